"""Checks every page of the rulebook: one list of rules, each finding with its file and line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from fazhi.law import Finding
from fazhi.rulebook import check_consults, check_courses, check_figures, check_letters, check_pages, check_registers
from fazhi.rulebook.calendars import build_calendar
from fazhi.rulebook.check_pages import Checked
from fazhi.rulebook.load import COMMON, KINDS, NATIONAL, Loading, Rulebook, assemble, read_all, read_glossary
from fazhi.rulebook.pages import PageFault, read_page
from fazhi.rulebook.partners import check_partners
from fazhi.rulebook.systems import check_systems

PAGE_RULES: tuple[Callable[[Checked], Iterable[Finding]], ...] = (
    check_pages.unknown_facts,
    check_pages.unknown_kinds,
    check_pages.unknown_choices,
    check_pages.unknown_cases,
    check_pages.untitled,
    check_pages.unsourced,
    check_pages.startless,
    check_pages.endless,
    check_pages.unreachable_facts,
    check_pages.dead_end,
    check_pages.analogy_chained,
    check_pages.silent_choice,
    check_pages.swallowed,
    check_pages.forgotten,
    check_pages.overstated,
    check_pages.judged_unread,
    check_pages.redefined,
    check_registers.unlisted,
    check_registers.overfull,
    check_registers.unnamed,
    check_courses.lost_steps,
)
INDICATOR_RULES = (check_figures.unknown_counted, check_figures.ill_formed)
OUTLINE_RULES = (check_figures.unknown_readings, check_figures.missing_contents)


def check(*overlays: Path) -> tuple[Finding, ...]:
    """Everything that is wrong with the national pages and these local folders; empty: nothing."""
    loading = read_all(NATIONAL, *overlays)
    calendar, of_calendar = build_calendar(loading.years)
    glossary, of_glossary = read_glossary(NATIONAL / "glossary.toml")
    rulebook = assemble(loading, calendar, glossary)
    found = [*loading.findings, *of_calendar, *of_glossary]
    found += [finding for checked in _checked(loading) for rule in PAGE_RULES for finding in rule(checked)]
    for checked in _checked(loading):
        found += check_consults.misdirected(checked, rulebook)
    found += _check_figures(loading, rulebook)
    found += check_scenario_files(NATIONAL, *overlays)
    found += check_systems(rulebook)
    found += check_partners(rulebook, NATIONAL, *overlays)
    found += check_letters.check_letters(rulebook, NATIONAL, *overlays)
    return tuple(dict.fromkeys(found))


def _checked(loading: Loading) -> Iterator[Checked]:
    kinds = frozenset(loading.procedures)
    for name, dated in loading.procedures.items():
        for day, procedure in dated.items():
            earlier = tuple(dated[one] for one in sorted(dated) if one < day)
            page = loading.pages[procedure.digest]
            yield Checked(page, procedure, kinds, earlier, is_common=name == COMMON, groups=frozenset(loading.groups))


def _check_figures(loading: Loading, rulebook: Rulebook) -> Iterator[Finding]:
    for name, indicator in loading.indicators.items():
        for rule in INDICATOR_RULES:
            yield from rule(rulebook, indicator, loading.indicator_pages[name])
    for name, outline in loading.outlines.items():
        for one in OUTLINE_RULES:
            yield from one(rulebook, outline, loading.outline_pages[name])
    yield from check_figures.alias_twice(loading.indicators, loading.indicator_pages)
    yield from check_figures.glossary_gaps(rulebook.glossary, read_page(NATIONAL / "glossary.toml"))


def check_scenario_files(*roots: Path) -> Iterator[Finding]:
    """A kind of business without a single scenario, or scenarios that are no TOML."""
    for root in roots:
        folders = (path for kind in KINDS for path in root.glob(f"{kind}/*"))
        for folder in sorted(path for path in folders if path.is_dir() and path.name != COMMON):
            files = sorted(folder.glob("scenarios*.toml"))
            pages = [path for path in sorted(folder.glob("*.toml")) if path not in files]
            if pages and not files:
                zh = f"{folder.name} 没有场景：请写 {folder.name}/scenarios.toml"
                yield Finding("no-scenario", "warning", zh, f"{folder.name} has no scenarios", str(pages[0]), 1)
            for path in files:
                try:
                    read_page(path)
                except PageFault as fault:
                    yield from fault.findings
