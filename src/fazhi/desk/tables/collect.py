"""Collecting matters of a page within the reader's rights as rows of its table, for export."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from uuid import UUID

from fazhi.desk.tables import layout as parts
from fazhi.desk.tables.cells import shown_cell
from fazhi.desk.tables.layout import Column, Layout
from fazhi.desk.tables.read import Cell
from fazhi.law import left_to_do, register_line
from fazhi.ledger import MatterView, read_many
from fazhi.people import masks, parties, units
from fazhi.reach import ask
from fazhi.reach.scope import Filters, Scope
from fazhi.reach.subjects import acting

AT_ONCE = 200


def columns_of(layout: Layout) -> tuple[Column, ...]:
    """The columns of an export: those an import knows, then those it passes over."""
    return (*layout.columns, *layout.shown)


def everything(scope: Scope, name: str) -> Iterator[UUID]:
    """Every matter of a page within the rights, newest first."""
    filters, after = Filters(kinds=frozenset({name})), ""
    while True:
        page = ask.select(scope, filters, after=after, limit=AT_ONCE)
        yield from page.items
        if not (after := page.after):
            return


def collect(scope: Scope, layout: Layout, matters: Iterable[UUID], day: date) -> Iterator[list[Cell]]:
    """The rows alone of `rows_of`."""
    return (row for _matter, row in rows_of(scope, layout, matters, day))


def rows_of(scope: Scope, layout: Layout, matters: Iterable[UUID], day: date) -> Iterator[tuple[UUID, list[Cell]]]:
    """A row for each of the matters that may be seen, as it stands on the day. What is personal is masked: parties
    always, private columns and the free text of business for those who do not work on the matter."""
    wanted = iter(matters)
    while batch := list(islice(wanted, AT_ONCE)):
        seen = ask.visible(scope, batch)
        views = read_many([one for one in batch if one in seen], bodies=True)
        clear = acting(scope, views.keys())
        people = parties.masked_many({party for view in views.values() for party in view.parties})
        named = units.names(_units(layout, views.values()))
        names = {unit: line.name for unit, line in named.items()}
        for one in batch:
            if one in views and (row := _row(layout, views[one], day, names, people, clear=one in clear)):
                yield one, row


def _row(
    layout: Layout,
    view: MatterView,
    day: date,
    names: Mapping[UUID, str],
    people: Mapping[UUID, parties.MaskedParty],
    *,
    clear: bool,
) -> list[Cell] | None:
    """None for a line that has not entered by the day."""
    values = _values(view, day)
    entered, left, told = _standing(layout, view, day)
    if entered is None:
        return None
    body = view.body(1) or {}
    first = people.get(view.parties[0]) if view.parties else None
    own: dict[str, Cell] = {
        parts.NUMBER: view.number or "",
        parts.UNIT: names.get(view.unit, ""),
        parts.DAY: entered,
        parts.LEFT: left,
        parts.TITLE: _text(body.get("title", ""), clear=clear),
        parts.TEXT: _text(body.get("text", ""), clear=clear),
        parts.PARTY: first.name if first else "",
        parts.PHONE: first.phone if first else "",
        parts.STATE: told,
    }
    private = set(layout.page.register.private) if layout.page.register else set()
    row: list[Cell] = []
    for column in columns_of(layout):
        if column.role in own:
            row.append(own[column.role])
            continue
        value = values.get(column.role, "")
        if column.kind == "party":
            party = people.get(UUID(value)) if value else None
            row.append(party.name if party else "")
        elif column.role in private and not clear:
            row.append("××" if value else "")
        else:
            plain = clear or column.kind != "text" or layout.page.standing
            row.append(shown_cell(column, _text(value, clear=plain), names))
    return row


def _standing(layout: Layout, view: MatterView, day: date) -> tuple[date | None, date | None, str]:
    """When it entered and was taken off by a person, and how it stands on the day."""
    if not layout.page.standing:
        closed = view.horizon.closed
        if closed is None or closed > day:
            return view.opened, None, "办理中"
        left = left_to_do(view.horizon, day)
        return view.opened, None, f"已决定、待{left.zh}" if left else "已办结"
    line = register_line(view.horizon)
    if line is None or line.entered > day:
        return None, None, ""
    gone = line.left is not None and line.left <= day
    taken = gone and any(fact.day == line.left and not fact.deemed for fact in view.horizon.facts)
    return line.entered, line.left if taken else None, "已移出" if gone else "在册"


def _values(view: MatterView, day: date) -> dict[str, str]:
    """The latest value of every field by the day."""
    found: dict[str, str] = {}
    for fact in view.horizon.facts:
        if fact.day <= day and fact.entry and not fact.deemed:
            found |= {**fact.fields, **(view.body(fact.entry) or {})}
    return found


def _text(text: str, *, clear: bool) -> str:
    return text if clear else masks.free_text(text)


def _units(layout: Layout, views: Iterable[MatterView]) -> set[UUID]:
    """The units that the rows name."""
    fields: Sequence[str] = [column.role for column in columns_of(layout) if column.kind == "unit"]
    found: set[UUID] = set()
    for view in views:
        found.add(view.unit)
        for line in view.entries:
            found |= {UUID(line.fields[name]) for name in fields if line.fields.get(name)}
    return found
