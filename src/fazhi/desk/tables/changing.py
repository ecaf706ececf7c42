"""A row that came before and says something else now: the line it entered is changed, save what it leaves out."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from fazhi.desk.act import Act, Recorded
from fazhi.desk.recording import record_all
from fazhi.desk.tables.bring import Batch
from fazhi.desk.tables.layout import Layout
from fazhi.desk.tables.rows import TableRow
from fazhi.ledger import MatterView, read, today

CHANGED = "changed"
PARTIES = "party"


def change(line: TableRow, matter: UUID, named: Batch, layout: Layout) -> Recorded | None:
    """Record what differs from the line as it stands, with its leaving if the row tells one; None if nothing does.

    A row whose day is not later than the last of the line is of today: the day in it is that of its entering.
    """
    view = read(matter)
    acts = list(_acts(line, view, layout))
    if not acts or not layout.page.standing:
        return None
    key = f"table:{named.name}:{line.key}:{line.content}"
    return record_all(named.actor, matter, acts, seen=view.head, key=key, scope=named.scope)


def _acts(line: TableRow, view: MatterView, layout: Layout) -> list[Act]:
    kind = view.page.facts.get(CHANGED)
    stands = _standing(view)
    said = {name: value for name, value in line.fields.items() if kind and name in kind.fields}
    people = {column.role for column in layout.columns if column.kind == PARTIES}
    other = {name: value for name, value in said.items() if name not in people and value != stands.get(name, "")}
    last = max((fact.day for fact in view.horizon.facts if fact.entry), default=view.opened)
    day = line.day if line.day > last else today()
    acts = [Act(CHANGED, day, fields=other)] if other else []
    gone = any(one.kind == layout.leaves for one in view.entries)
    return [*acts, Act(layout.leaves, line.left)] if line.left and layout.leaves and not gone else acts


def _standing(view: MatterView) -> Mapping[str, str]:
    """The latest that the entries which stand say of each field."""
    said: dict[str, str] = {}
    for fact in view.horizon.facts:
        if fact.entry and not fact.deemed:
            said |= {**fact.fields, **(view.body(fact.entry) or {})}
    return said
