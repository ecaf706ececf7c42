"""Registers as they stand on a day: pages of lines, one line with its versions, sums; within rights or as anyone."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from uuid import UUID

from fazhi.law import Procedure, Total
from fazhi.ledger import query
from fazhi.people import units as people_units
from fazhi.reach.ask import CAP, BadCursor, Count
from fazhi.reach.scope import Filters, Scope, condition
from fazhi.registers.models import NEVER
from fazhi.registers.values import Line, Listed, Sum, Wanted
from fazhi.rulebook.columns import column_kinds, slots_of

PAGE = 50
MOST = 200
AHEAD = timedelta(days=90)
"""How far ahead the end of a line's validity is shown as near."""

_COLUMNS = "l.{address}, l.version, l.unit, l.entered, l.since, l.until, l.leaves, l.data, l.faults, l.matter"
_ROWS = """
select {columns}, {sort}::text from {table} l
where l.kind = %s{within}{where}{place} order by {sort} {way}, l.matter {way} limit {limit}
"""
_COUNT = "select count(*) from (select 1 from {table} l where l.kind = %s{within}{where} limit {cap}) c"
_LINE = "select {columns} from {table} l where {which}{within} order by l.version"
_KINDS = """
select l.kind, count(*) from {table} l where l.since <= %s and l.until > %s{within} group by l.kind
"""
_VALUES = """
select l.{slot}, count(*) from {table} l where l.kind = %s{within}{where} and l.{slot} <> ''
group by 1 order by 2 desc, 1 limit 40
"""
_SUMS = """
select l.{by}, count(*), sum({of}) filter (where l.{number} <> 'NaN') from {table} l
where l.kind = %s{within}{where} group by 1 order by 3 desc nulls last, 1 limit 500
"""
_Source = tuple[str, str, list[object], str]
"""Table, rights as a condition with its values, and the database role that reads."""


def page(scope: Scope, of: Procedure, wanted: Wanted, after: str = "", limit: int = PAGE) -> Listed:
    """Lines of a register within the reader's rights; without any no query is asked."""
    source = _within(scope, of.name)
    return _page(source, of, wanted, after, limit) if source else Listed(())


def public_page(of: Procedure, wanted: Wanted, after: str = "", limit: int = PAGE, using: str = "public") -> Listed:
    """Lines of a public register as anyone may read them."""
    return _page(_open(using), of, wanted, after, limit)


def count(scope: Scope, of: Procedure, wanted: Wanted, cap: int = CAP) -> Count:
    """How many lines there are, counted up to `cap`."""
    source = _within(scope, of.name)
    return _count(source, of, wanted, cap) if source else Count(0)


def public_count(of: Procedure, wanted: Wanted, using: str = "public") -> Count:
    return _count(_open(using), of, wanted, CAP)


def lines_of(scope: Scope, kind: str, matters: Iterable[UUID], day: date) -> dict[UUID, Line]:
    """The version of each of these matters on the day, else its last: for those found by words."""
    source = _within(scope, kind)
    wanted = list(matters)
    if source is None or not wanted:
        return {}
    found: dict[UUID, Line] = {}
    for one in _lines(source, "l.matter = any(%s::uuid[]) and l.kind = %s", [wanted, kind]):
        if one.matter and (one.matter not in found or one.since <= day):
            found[one.matter] = one
    return found


def lines_in(kind: str, units: Iterable[UUID], day: date) -> tuple[Line, ...]:
    """The last version by that day of every open line of these units, left ones too: what a unit tells of itself."""
    source: _Source = ("registers_line", "", [], "default")
    found: dict[UUID | None, Line] = {}
    for one in _lines(source, "l.kind = %s and l.unit = any(%s::uuid[]) and l.secrecy = 0", [kind, list(units)]):
        if one.since <= day:
            found[one.matter] = one
    return tuple(sorted(found.values(), key=lambda one: (one.entered, str(one.matter))))


def line(scope: Scope, kind: str, matter: UUID) -> tuple[Line, ...]:
    """Every version of a line in order; empty if there is none within reach."""
    source = _within(scope, kind)
    return _lines(source, "l.matter = %s and l.kind = %s", [matter, kind]) if source else ()


def versions_of(kind: str, matter: UUID) -> tuple[Line, ...]:
    """Every version of a line in order, for a job that judges lines and shows nothing of them."""
    return _lines(("registers_line", "", [], "default"), "l.matter = %s and l.kind = %s", [matter, kind])


def public_versions(kind: str, address: str, using: str = "public") -> tuple[Line, ...]:
    """Every version of a public line in order."""
    return _lines(_open(using), "l.line = %s and l.kind = %s", [address, kind])


def counts(scope: Scope, day: date) -> dict[str, int]:
    """How many lines stand in each register within reach."""
    if not scope.boxes:
        return {}
    within, values = condition(scope.boxes, "l")
    statement = _KINDS.format(table="registers_line", within=f" and {within}")
    return dict(query.fetch_planned("default", statement, [day, day, *values]))


def public_counts(day: date, using: str = "public") -> dict[str, int]:
    return dict(query.fetch(using, _KINDS.format(table="registers_face", within=""), [day, day]))


def values(scope: Scope, of: Procedure, wanted: Wanted, column: str) -> dict[str, int]:
    """The values of a column to find by with the number of lines that say them, most frequent first."""
    source = _within(scope, of.name)
    return _values(source, of, wanted, column) if source else {}


def public_values(of: Procedure, wanted: Wanted, column: str, using: str = "public") -> dict[str, int]:
    return _values(_open(using), of, wanted, column)


def sums(scope: Scope, of: Procedure, wanted: Wanted) -> tuple[Sum, ...]:
    """The sums that the page of a register asks for, over the lines wanted."""
    source, total, slots = _within(scope, of.name), of.register.total if of.register else None, slots_of(of)
    if source is None or total is None:
        return ()
    table, within, given, using = source
    where, more = _where(of, wanted)
    number = slots[total.of]
    statement = _SUMS.format(
        table=table, within=within, where=where, by=slots[total.by], number=number, of=_added(total, slots)
    )
    found = []
    for value, lines, amount in query.fetch_planned(using, statement, [of.name, *given, *more]):
        reached = Decimal(amount or 0)
        short = max(Decimal(0), Decimal(total.at_least or 0) - reached)
        found.append(Sum(value, lines, reached, short))
    return tuple(found)


def _added(total: Total, slots: Mapping[str, str]) -> str:
    """What each line adds: its number, less what is taken off, by its weight of a hundred."""
    said = f"l.{slots[total.of]}"
    if total.less:
        off = f"l.data->>'{total.less}'"
        said = f"({said} - case when {off} ~ '^[0-9]+([.][0-9]+)?$' then ({off})::numeric else 0 end)"
    if not total.weight:
        return said
    weight = f"l.{slots[total.weight]}"
    return f"case when {weight} = 'NaN' then 0 else {said} * {weight} / 100 end"


def with_words(wanted: Wanted, words: str) -> Wanted:
    """The same, narrowed to public lines that say this somewhere; the office asks its search instead."""
    return replace(wanted, words=words)


def unit_names(of: Procedure, lines: Iterable[Line], *, english: bool) -> dict[str, str]:
    """The names of the units that keep these lines or are named in them, by id."""
    fields = [name for name, kind in column_kinds(of).items() if kind.kind == "unit"]
    wanted = {UUID(text) for one in lines for text in (str(one.unit), *(one.data.get(name) for name in fields)) if text}
    found = people_units.names(wanted)
    return {str(unit): known.name_en if english and known.name_en else known.name for unit, known in found.items()}


def _within(scope: Scope, kind: str) -> _Source | None:
    boxes = scope.narrowed(Filters(kinds=frozenset({kind})))
    if not boxes:
        return None
    within, values = condition(boxes, "l")
    return "registers_line", f" and {within}", values, "default"


def _open(using: str) -> _Source:
    return "registers_face", "", [], using


def _page(source: _Source, of: Procedure, wanted: Wanted, after: str, limit: int) -> Listed:
    table, within, values, using = source
    limit = max(1, min(limit, MOST))
    where, more = _where(of, wanted)
    sort = f"l.{slots_of(of).get(wanted.order, 'since')}"
    down = wanted.down if wanted.order else not wanted.down
    place, at = _place(after, sort, "<" if down else ">")
    way = "desc" if down else "asc"
    columns = _COLUMNS.format(address="matter" if table == "registers_line" else "line")
    statement = _ROWS.format(
        columns=columns, table=table, within=within, where=where, place=place, sort=sort, way=way, limit=limit + 1
    )
    rows = query.fetch_planned(using, statement, [of.name, *values, *more, *at])
    lines = tuple(_line(row) for row in rows[:limit])
    last = rows[limit - 1] if len(rows) > limit else None
    return Listed(lines, _cursor(str(last[-1]), last[-2]) if last else "")


def _count(source: _Source, of: Procedure, wanted: Wanted, cap: int) -> Count:
    table, within, values, using = source
    where, more = _where(of, wanted)
    statement = _COUNT.format(table=table, within=within, where=where, cap=cap + 1)
    ((number,),) = query.fetch_planned(using, statement, [of.name, *values, *more])
    return Count(min(number, cap), number > cap)


def _values(source: _Source, of: Procedure, wanted: Wanted, column: str) -> dict[str, int]:
    table, within, values, using = source
    slot = slots_of(of).get(column, "")
    if not slot.startswith("text"):
        return {}
    where, more = _where(of, wanted)
    statement = _VALUES.format(table=table, within=within, where=where, slot=slot)
    return dict(query.fetch_planned(using, statement, [of.name, *values, *more]))


def _lines(source: _Source, which: str, given: list[object]) -> tuple[Line, ...]:
    table, within, values, using = source
    columns = _COLUMNS.format(address="matter" if table == "registers_line" else "line")
    statement = _LINE.format(columns=columns, table=table, which=which, within=within)
    return tuple(_line(row) for row in query.fetch_planned(using, statement, [*given, *values]))


def _where(of: Procedure, wanted: Wanted) -> tuple[str, list[object]]:
    """The state on the day, the year and the columns as a condition with its values; unknown columns are left out."""
    stands = " and l.since <= %s and l.until > %s"
    parts, values = {
        "standing": (stands, [wanted.day, wanted.day]),
        "left": (" and l.leaves and l.until <= %s", [wanted.day]),
        "ending": (f"{stands} and l.leaves and l.until <= %s", [wanted.day, wanted.day, wanted.day + AHEAD]),
        "all": (" and l.since <= %s and (l.until > %s or l.leaves)", [wanted.day, wanted.day]),
    }[wanted.state]
    given: list[object] = list(values)
    if wanted.year:
        parts += " and l.entered >= %s and l.entered < %s"
        given += [date(wanted.year, 1, 1), date(wanted.year + 1, 1, 1)]
    for column, value in wanted.columns.items():
        text, more = _column(of, column, value)
        parts += text
        given += more
    if wanted.words:
        parts += " and l.told ilike %s"
        given.append("%" + wanted.words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%")
    return parts, given


def _column(of: Procedure, column: str, value: str) -> tuple[str, list[object]]:
    slot, kinds = slots_of(of).get(column, ""), column_kinds(of)
    if not slot or not value:
        return "", []
    if slot.startswith("text"):
        exact = kinds[column].kind != "text"
        return (f" and l.{slot} = %s", [value]) if exact else (f" and starts_with(l.{slot}, %s)", [value])
    least, _, most = value.partition("..")
    read = _number if slot.startswith("number") else _day
    pairs = [(sign, read(text)) for sign, text in ((">=", least), ("<=", most or ("" if ".." in value else least)))]
    kept = [(sign, bound) for sign, bound in pairs if bound is not None]
    return "".join(f" and l.{slot} {sign} %s" for sign, _ in kept), [bound for _, bound in kept]


def _number(text: str) -> object:
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None


def _day(text: str) -> object:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _line(row: query.Row) -> Line:
    address, version, unit, entered, since, until, leaves, data, faults, matter = row[:10]
    known: Mapping[str, str] = json.loads(data) if isinstance(data, str) else data
    ends = None if until == NEVER else until
    return Line(str(address), version, unit, entered, since, ends, leaves, known, tuple(faults), matter)


def _cursor(value: str, matter: UUID) -> str:
    return urlsafe_b64encode(json.dumps([value, matter.hex]).encode()).decode().rstrip("=")


def _place(after: str, sort: str, sign: str) -> tuple[str, list[object]]:
    if not after:
        return "", []
    try:
        value, matter = json.loads(urlsafe_b64decode(after + "=" * (-len(after) % 4)))
        place: list[object] = [str(value), UUID(hex=matter)]
    except (ValueError, TypeError) as error:
        raise BadCursor("列表的翻页位置无效，请从第一页重新打开。") from error
    slot = sort.removeprefix("l.")
    cast = "numeric" if slot.startswith("number") else ("text" if slot.startswith("text") else "date")
    return f" and ({sort}, l.matter) {sign} (%s::{cast}, %s)", place
