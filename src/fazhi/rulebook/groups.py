"""The group under which each kind of business is offered; registers name their own on their page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from fazhi.rulebook.figures import Indicator
from fazhi.rulebook.load import NATIONAL, Rulebook
from fazhi.rulebook.pages import read_page


@lru_cache(maxsize=1)
def groups_of_procedures() -> Mapping[str, str]:
    """Group by kind of business; a kind laid down only locally has none."""
    return dict(read_page(NATIONAL / "procedures" / "groups.toml").table)


def group_of(book: Rulebook, procedure: str) -> str:
    """The group of a kind of business or of a register; empty where it has none."""
    versions = book.procedures.get(procedure, ())
    register = versions[-1].register if versions else None
    return register.group if register and register.group else groups_of_procedures().get(procedure, "")


def grouped_figures(book: Rulebook, pages: Iterable[Indicator]) -> dict[str, list[Indicator]]:
    """Figures by the group of what they count, in the order of the groups; those without one last, under "".

    In a group those of business come before those of registers.
    """
    found: dict[str, list[Indicator]] = {name: [] for name in (*book.groups, "")}
    for page in pages:
        group = group_of(book, page.of[0].procedure)
        found[group if group in found else ""].append(page)
    return {name: sorted(mine, key=lambda page: _place(book, page)) for name, mine in found.items() if mine}


def _place(book: Rulebook, page: Indicator) -> tuple[bool, str]:
    versions = book.procedures.get(page.of[0].procedure, ())
    return bool(versions) and versions[-1].standing, page.of[0].procedure
