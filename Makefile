# Fazhi 法治. `make` alone prints what can be made.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c

PYTHON ?= python3
MATTERS ?= 100000
UV_VERSION := 0.13.9
UV := .tools/uv/bin/uv
BIN := .venv/bin
export UV_PYTHON_DOWNLOADS := never
export UV_LINK_MODE := copy
export UV_SYSTEM_CERTS := true
COMPILE := $(UV) pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links

.PHONY: help install install-dev demo test test-all check bench lock messages reference clean

help: ## print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

$(UV):
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --target .tools/uv --upgrade uv==$(UV_VERSION)
	@touch $(UV)

.venv/pyvenv.cfg: | $(UV)
	$(UV) venv --quiet --allow-existing --python $(PYTHON) .venv

.venv/.run: requirements/run.txt pyproject.toml .venv/pyvenv.cfg
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements/run.txt
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

WORDS := src/fazhi/locale/en/LC_MESSAGES/django
$(WORDS).mo: $(WORDS).po .venv/.run
	@$(BIN)/python -m fazhi.site.messages --compile

.venv/.dev: requirements/dev.txt .venv/.run
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements/dev.txt
	@touch $@

install: .venv/.run $(WORDS).mo ## install what Fazhi needs, as locked, into .venv

install-dev: install .venv/.dev ## install what tests and checks need too

demo: install ## serve a sample district-year on 127.0.0.1:8000
	$(BIN)/fazhi demo

test: install-dev ## run the house checks and the tests (without the slow ones)
	@bash tests/prepare.sh
	@$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

test-all: install-dev ## run every test, the slow ones too
	@bash tests/prepare.sh
	@$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder -m ""

check: install-dev ## lint, format, types, floors and pages
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/fazhi rulebook check

bench: install ## measure the yardsticks and print their table (MATTERS=1000000 for the whole)
	$(BIN)/python -m benchmarks --matters $(MATTERS)

lock: $(UV) ## rewrite requirements/*.txt from pyproject.toml
	$(COMPILE) --extra build --output-file requirements/run.txt
	$(COMPILE) --extra build --extra dev --constraint requirements/run.txt --output-file requirements/dev.txt

messages: install-dev ## collect the words of the pages into the message files
	DJANGO_SETTINGS_MODULE=fazhi.site.settings $(BIN)/python -m fazhi.site.messages

reference: install-dev ## print the reference of the commands into docs/
	DJANGO_SETTINGS_MODULE=fazhi.site.settings $(BIN)/python -m fazhi.site.reference

clean: ## remove what was built here; the data folder stays
	rm -rf .venv .tools build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
