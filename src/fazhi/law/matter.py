"""A matter: its page, what happened, and its sub-matters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from fazhi.law.procedure import Procedure


@dataclass(frozen=True, slots=True)
class Fact:
    """What happened, as one entry says it. `corrects` names the entry it replaces; `strikes` only strikes that out."""

    kind: str
    day: date
    moment: datetime | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    thread: str = ""
    entry: int = 0
    corrects: int | None = None
    strikes: bool = False
    deemed: bool = False


@dataclass(frozen=True, slots=True)
class Matter:
    """Facts in any order; children by the thread they are heard in; `later` pages that may take the matter over."""

    page: Procedure
    facts: tuple[Fact, ...] = ()
    children: Mapping[str, tuple[Matter, ...]] = field(default_factory=dict)
    later: tuple[Procedure, ...] = ()
