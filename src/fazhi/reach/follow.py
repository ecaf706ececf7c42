"""The follower that keeps one row a matter and unit involved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar

from fazhi.ledger.view import MatterView
from fazhi.reach.involved import involved

NO_DUE = date(9999, 12, 31)


class Reach:
    """Rows of reach_row. `open` until a recorded fact closes the matter; `due` is the nearest end of an open duty.

    `todo` outlasts the closing: who had the matter to do delivers the answer, corrects it, takes up a recheck.
    """

    name: ClassVar[str] = "reach"
    table: ClassVar[str] = "reach_row"
    key: ClassVar[tuple[str, ...]] = ("matter", "unit")
    heavy: ClassVar[bool] = False

    def rows(self, view: MatterView) -> Iterable[Mapping[str, Any]]:
        found = involved(view)
        still_open, due = is_open(view), next_due(view)
        for unit, part in found.parts.items():
            yield {
                "matter": view.id,
                "unit": unit,
                "kind": view.procedure,
                "secrecy": found.secrecy,
                "open": still_open,
                "todo": part.todo,
                "role": part.role,
                "due": due,
                "day": view.opened,
            }


FOLLOWERS = (Reach(),)


def is_open(view: MatterView) -> bool:
    """Whether no recorded fact has closed the matter; one only deemed closed stays open to those who work on it."""
    closing = view.page.closing
    return not any(fact.kind in closing and fact.entry and not fact.deemed for fact in view.horizon.facts)


def next_due(view: MatterView) -> date:
    """The nearest end of a run of the office that nothing has ended, NO_DUE if there is none."""
    running = (clock for clock in view.horizon.clocks if clock.open and not clock.rule.by and clock.state != "dropped")
    return min((clock.due for clock in running if clock.due), default=NO_DUE)
