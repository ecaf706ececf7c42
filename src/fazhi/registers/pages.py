"""Which registers there are, by group, for the office and for anyone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from fazhi.law import Procedure, Title
from fazhi.ledger import rulebook


def page_of(name: str, day: date) -> Procedure | None:
    """The page of a register in force on the day; one that came into force later stands for the days before it."""
    versions = rulebook().procedures.get(name, ())
    if not versions or not versions[-1].standing:
        return None
    in_force = [one for one in versions if one.in_force <= day]
    return in_force[-1] if in_force else versions[0]


def public_page_of(name: str, day: date) -> Procedure | None:
    """The same, of public registers only."""
    page = page_of(name, day)
    return page if page and page.register and page.register.public else None


def grouped(names: Iterable[str], day: date) -> Iterator[tuple[Title, list[Procedure]]]:
    """Registers of these names by group, in the order of the groups."""
    wanted = set(names)
    pages = [page for name in rulebook().procedures if name in wanted and (page := page_of(name, day))]
    for group, title in rulebook().groups.items():
        if found := [page for page in pages if page.register and page.register.group == group]:
            yield title, found


def public_names() -> list[str]:
    """The registers that anyone may read."""
    return [name for name, pages in rulebook().procedures.items() if _public(pages[-1])]


def _public(page: Procedure) -> bool:
    return page.standing and page.register is not None and page.register.public
