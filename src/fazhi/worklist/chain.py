"""The chain of a matter: what it was handed on from and into, each procedure with where it stands, within rights."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from uuid import UUID

from fazhi.law import Reading, Title, read_clocks, undelivered
from fazhi.ledger import lawful_day, read, rulebook
from fazhi.ledger.view import MatterView
from fazhi.people import holders, units
from fazhi.reach.ask import visible
from fazhi.reach.involved import involved
from fazhi.reach.scope import Scope
from fazhi.worklist.values import ChainLink

OPEN = 0
"""The secrecy of an ordinary matter; of any other not even its kind is told to one who may not see it."""


def chain_of(scope: Scope, view: MatterView, now: datetime) -> tuple[ChainLink, ...]:
    """From the first procedure down, in order of opening; empty for a matter that stands alone."""
    if view.parent is None and not view.children:
        return ()
    members = list(_below(_first(view), 0))
    seen = visible(scope, [one.id for one, _ in members])
    named = units.names({one.unit for one, _ in members})
    near = {one.parent for one, _ in members if one.id in seen}
    found = []
    for one, depth in members:
        if one.id in seen:
            found.append(_link(one, depth, named, now, here=one.id == view.id))
        elif (one.id in near or one.parent in seen) and involved(one).secrecy == OPEN:
            found.append(_place(one, depth, named))
        else:
            found.append(ChainLink(one.id, depth, here=False))
    return tuple(found)


def _place(view: MatterView, depth: int, named: Mapping[UUID, units.UnitLine]) -> ChainLink:
    """Where a matter was handed on to, or came from: who handed it on knows, and who received it. Nothing of what it
    is about, of its people, or of how far it has come."""
    unit, number = named.get(view.unit), view.number or holders.number_of(view.id)
    name, english = (unit.name, unit.name_en or unit.name) if unit else ("", "")
    return ChainLink(
        view.id, depth, here=False, title=view.page.title, number=number, unit=name, unit_en=english, hidden=True
    )


def _first(view: MatterView) -> MatterView:
    while view.parent is not None:
        view = read(view.parent)
    return view


def _below(view: MatterView, depth: int) -> Iterator[tuple[MatterView, int]]:
    yield view, depth
    for child in sorted(view.children, key=lambda one: (one.opened, str(one.id))):
        yield from _below(child, depth + 1)


def _link(
    view: MatterView, depth: int, named: Mapping[UUID, units.UnitLine], now: datetime, *, here: bool
) -> ChainLink:
    reading = read_clocks(view.matter, now, rulebook().calendar)
    unit = named.get(view.unit)
    over = reading.closed is not None and reading.closed <= lawful_day(now)
    return ChainLink(
        matter=view.id,
        depth=depth,
        here=here,
        title=view.page.title,
        number=view.number or holders.number_of(view.id),
        unit=unit.name if unit else "",
        unit_en=(unit.name_en or unit.name) if unit else "",
        opened=view.opened,
        closed=reading.closed if over else None,
        outcome=tuple(_outcome(reading)) if over else (),
        left=undelivered(view.page, [fact.kind for fact in reading.facts]) if over else None,
    )


def _outcome(reading: Reading) -> Iterator[Title]:
    """How it ended: the closing act and the choices it says."""
    closing = next((fact for fact in reading.facts if fact.kind in reading.page.closing), None)
    kind = reading.page.kind(closing.kind) if closing else None
    if closing is None or kind is None:
        return
    yield kind.title
    for name, field in kind.fields.items():
        title = field.choice_titles.get(closing.fields.get(name, ""))
        if title is not None:
            yield title
