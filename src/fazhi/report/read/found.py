"""A number found in a text, before it is known what it counts."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from fazhi.report.claims import Kind, Qualifier


@dataclass(frozen=True, slots=True)
class Found:
    """`start` and `end` hold the number with what qualifies it and its unit; `head` is where its digits begin."""

    start: int
    end: int
    head: int
    value: Decimal | None
    multiple: str
    """万, 亿 and the like as written behind the digits."""
    measure: str
    qualifier: Qualifier
    words: tuple[str, ...]
    kind: Kind

    @property
    def unit(self) -> str:
        return self.multiple + self.measure
