"""The followers that keep the numbers of matters in other systems, and which were registered twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from fazhi.ledger.elsewhere import numbers_elsewhere
from fazhi.ledger.joined import original_of
from fazhi.ledger.view import MatterView


class Numbers:
    """One row a matter and number."""

    name: ClassVar[str] = "exchange"
    table: ClassVar[str] = "exchange_number"
    key: ClassVar[tuple[str, ...]] = ("matter", "system", "number")
    heavy: ClassVar[bool] = False

    def rows(self, view: MatterView) -> Iterable[Mapping[str, Any]]:
        for system, number in numbers_elsewhere(view.horizon.facts):
            yield {"matter": view.id, "system": system[:80], "number": number[:200]}


class Duplicates:
    """One row for a matter that was registered twice."""

    name: ClassVar[str] = "duplicates"
    table: ClassVar[str] = "exchange_duplicate"
    key: ClassVar[tuple[str, ...]] = ("matter",)
    heavy: ClassVar[bool] = False

    def rows(self, view: MatterView) -> Iterable[Mapping[str, Any]]:
        first = original_of(view.horizon.facts)
        if first is not None:
            yield {"matter": view.id, "first": first}


FOLLOWERS = (Numbers(), Duplicates())
