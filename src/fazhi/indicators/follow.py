"""Keeps the counted rows from sealed positions, so that a figure can be read as of any of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from fazhi.indicators.fold import history
from fazhi.ledger.pages import rulebook
from fazhi.ledger.view import MatterView


class Counting:
    """The fold of one matter into counted rows, with their life in positions."""

    name = "indicators"
    table = "indicators_counted"
    key = ("matter", "ref", "from_position")
    heavy = True

    def rows(self, view: MatterView) -> Iterable[Mapping[str, Any]]:
        return history(view, rulebook().calendar)


FOLLOWERS = (Counting(),)
