"""Which units a matter involves, as what, and whose turn it is: a fold over its effective facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

from fazhi.law import Fact
from fazhi.ledger.countersign import KINDS as COUNTERSIGNING
from fazhi.ledger.countersign import Round, rounds_of
from fazhi.ledger.view import MatterView

Role = Literal["receiving", "responsible", "asked", "joined", "named"]

HANDS_OVER = frozenset({"assigned", "transferred", "forwarded"})
KEEPS = frozenset({"assigned", "forwarded"})
"""Acts after which the unit that received the matter still answers for it: it may urge, correct, assign anew."""
SECRECY = {"0": 0, "1": 1, "2": 2, "ordinary": 0, "internal": 1, "secret": 2, "一般": 0, "内部": 1, "保密": 2}


@dataclass(slots=True)
class Part:
    """A unit's part in a matter; `todo` while something is expected of it and it may act."""

    role: Role
    todo: bool


@dataclass(slots=True)
class Involvement:
    """`responsible` has the unit whose turn it is by thread; the thread "" stands for all others."""

    receiving: UUID
    parts: dict[UUID, Part] = field(default_factory=dict)
    responsible: dict[str, UUID] = field(default_factory=dict)
    asked: dict[UUID, int] = field(default_factory=dict)
    secrecy: int = 0
    round: Round | None = None
    """The countersigning that waits for somebody now."""

    def unit_for(self, thread: str) -> UUID:
        """Whose duty a run in this thread is."""
        return self.responsible.get(thread) or self.responsible.get("") or self.receiving


def involved(view: MatterView) -> Involvement:
    """The units of a matter: receiving, then as handed over, returned, asked, replied and joined, in order."""
    found = Involvement(receiving=view.unit)
    found.parts[view.unit] = Part("receiving", True)
    actors = {line.seq: line.unit for line in view.entries}
    for fact in view.horizon.facts:
        if fact.entry and not fact.deemed:
            _take(found, fact, _units(view, fact), actors.get(fact.entry, view.unit))
    if view.parent is not None:
        found.parts.setdefault(view.unit, Part("receiving", True))
    for one in rounds_of(view.horizon.facts):
        _send_round(found, one)
    return found


def _send_round(found: Involvement, one: Round) -> None:
    """Who is asked sees the matter from then on, and may act while it is their turn; a turn to come shows it only."""
    turn = {ask.unit for ask in one.turn}
    for unit in dict.fromkeys(ask.unit for ask in one.asks):
        if unit in turn:
            _add(found, unit, "asked")
        elif (part := found.parts.setdefault(unit, Part("asked", False))).role == "asked" and unit not in found.asked:
            part.todo = False
    found.round = one if one.running else None


def _take(found: Involvement, fact: Fact, named: list[UUID], actor: UUID) -> None:
    found.secrecy = SECRECY.get(fact.fields.get("secrecy", ""), found.secrecy)
    if fact.kind in COUNTERSIGNING:
        return
    if fact.kind in HANDS_OVER and named:
        _hand_over(found, fact.thread, named[0], keeps=fact.kind in KEEPS)
        for other in named[1:]:
            _add(found, other, "joined")
    elif fact.kind == "returned":
        _give_back(found, fact.thread, actor)
        if named and named[0] != found.receiving:
            _hand_over(found, fact.thread, named[0], keeps=False)
    elif fact.kind == "asked":
        for unit in named:
            found.asked[unit] = fact.entry
            _add(found, unit, "asked")
    elif fact.kind == "replied":
        _answered(found, named[0] if named else actor)
    else:
        for unit in named:
            _add(found, unit, "joined" if fact.kind == "joined" else "named")


def _hand_over(found: Involvement, thread: str, unit: UUID, *, keeps: bool) -> None:
    before = found.unit_for(thread)
    found.responsible[thread] = unit
    found.parts[unit] = Part("receiving" if unit == found.receiving else "responsible", True)
    if keeps and before == found.receiving:
        return
    if before != unit and before not in found.responsible.values():
        found.parts.setdefault(before, Part("named", False)).todo = before in found.asked


def _give_back(found: Involvement, thread: str, actor: UUID) -> None:
    """The unit that returns it is rid of it; it goes back to the unit that received the matter."""
    if found.unit_for(thread) == actor or actor in found.responsible.values():
        for slot in [slot for slot, unit in found.responsible.items() if unit == actor and thread in ("", slot)]:
            del found.responsible[slot]
    if actor in found.parts and actor != found.receiving:
        found.parts[actor].todo = actor in found.responsible.values()
        found.asked.pop(actor, None)
    if found.unit_for(thread) == found.receiving:
        found.parts[found.receiving].todo = True


def _answered(found: Involvement, unit: UUID) -> None:
    found.asked.pop(unit, None)
    part = found.parts.get(unit)
    if part is not None and part.role == "asked":
        part.todo = False


def _add(found: Involvement, unit: UUID, role: Role) -> None:
    part = found.parts.get(unit)
    if part is None:
        found.parts[unit] = Part(role, role != "named")
    elif role != "named":
        part.todo = True


def _units(view: MatterView, fact: Fact) -> list[UUID]:
    kind = view.page.kind(fact.kind)
    fields: Mapping[str, str] = fact.fields
    named = [name for name, one in (kind.fields.items() if kind else ()) if one.kind == "unit" and fields.get(name)]
    found: list[UUID] = []
    for name in named:
        found += ids_in(fields[name].replace("，", ",").split(","))
    return found


def ids_in(texts: Iterable[str]) -> list[UUID]:
    """The identities among some texts; what is none is left out."""
    found = []
    for text in texts:
        with suppress(ValueError):
            found.append(UUID(text))
    return found
