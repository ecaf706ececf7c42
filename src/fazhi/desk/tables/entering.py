"""Entering understood rows of a table of any page: each row whole in one transaction, the same row never twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal
from uuid import UUID

from django.db import transaction

from fazhi.desk.act import Act, NoRight, Received, Refused
from fazhi.desk.opening import enter
from fazhi.desk.tables import layout as parts
from fazhi.desk.tables.bring import Batch, Brought
from fazhi.desk.tables.changing import change
from fazhi.desk.tables.findings import RowFinding
from fazhi.desk.tables.layout import Layout
from fazhi.desk.tables.rows import TableRow, UnderstoodRow
from fazhi.law import Finding, Procedure
from fazhi.ledger import query, rulebook
from fazhi.people import parties

FIRM = ("公司", "厂", "店", "中心", "事务所", "合作社", "医院", "学校", "商行", "集团", "协会")
ORGAN = ("局", "委员会", "街道办", "政府", "法院", "检察院")
_BEFORE = """
select split_part(key, ':', 2), count(*) from ledger_matter
where key like 'table:%%' and procedure = %s and unit = any (%s) and split_part(key, ':', 3) = any (%s)
  and split_part(key, ':', 2) <> %s
group by 1 order by 2 desc, 1
"""


class Rehearsed(Exception):
    """Raised to undo a rehearsal of a row; nothing was written."""

    def __init__(self, done: Brought) -> None:
        self.done = done


def entered_before(rows: Iterable[UnderstoodRow], named: Batch) -> dict[str, int]:
    """Rows that another import of this kind and these units has entered already: how many, by its name."""
    lines = [row.line for row in rows if row.line]
    units = list({line.unit or named.actor.unit for line in lines})
    return dict(query.fetch("default", _BEFORE, [named.procedure, units, [line.key for line in lines], named.name]))


def enter_rows(
    rows: Iterable[UnderstoodRow], named: Batch, layout: Layout, *, rehearse: bool = False
) -> Iterator[Brought]:
    """Each row in turn; what one row meets never touches another. A rehearsal goes the whole way and writes nothing."""
    for row in rows:
        if row.line is None:
            yield Brought(row.row, "refused", row.findings)
        elif rehearse:
            yield _rehearse(row, row.line, named, layout)
        else:
            yield _enter(row, row.line, named, layout)


def _rehearse(row: UnderstoodRow, line: TableRow, named: Batch, layout: Layout) -> Brought:
    try:
        with transaction.atomic():
            raise Rehearsed(_enter(row, line, named, layout))
    except Rehearsed as rehearsed:
        return rehearsed.done


def _enter(row: UnderstoodRow, line: TableRow, named: Batch, layout: Layout) -> Brought:
    page = _page(layout.page, line)
    if page is None:
        why = RowFinding(line.row, "日期", line.day.isoformat(), "这一天还没有可以适用的规则", "核对日期后再导入")
        return Brought(line.row, "refused", (*row.findings, why))
    said = list(row.findings)
    try:
        done = _record(line, page, named, layout)
    except Refused as refused:
        return Brought(line.row, "refused", (*said, *_told(line, layout, refused.findings, "refused")))
    except (NoRight, parties.BadParty) as wrong:
        why = RowFinding(line.row, "", "", str(wrong), "改正后再导入")
        return Brought(line.row, "refused", (*said, why))
    if done.repeated:
        return _again(line, done.matter, named, layout)
    return Brought(line.row, "entered", (*said, *_told(line, layout, done.findings, "note")), done.matter)


def _again(line: TableRow, matter: UUID, named: Batch, layout: Layout) -> Brought:
    """What becomes of a row that was entered before: what it says otherwise is recorded as a change of its line."""
    try:
        with transaction.atomic():
            done = change(line, matter, named, layout)
    except Refused as refused:
        return Brought(line.row, "refused", tuple(_told(line, layout, refused.findings, "refused")), matter)
    except NoRight as wrong:
        why = RowFinding(line.row, "", "", str(wrong), "改正后再导入")
        return Brought(line.row, "refused", (why,), matter)
    if done is None or done.repeated:
        return Brought(line.row, "already", (), matter)
    return Brought(line.row, "changed", tuple(_told(line, layout, done.findings, "note")), matter)


def _record(line: TableRow, page: Procedure, named: Batch, layout: Layout) -> Received:
    with transaction.atomic():
        fields, people = _with_parties(line, page, layout)
        acts = [Act(layout.fact, line.day, line.moment, fields, line.body, parties=people)]
        if line.left and layout.leaves:
            acts.append(Act(layout.leaves, line.left))
        done = enter(
            named.actor,
            page,
            acts,
            key=f"table:{named.name}:{line.key}",
            scope=named.scope,
            holder=not page.standing,
            unit=line.unit or named.actor.unit,
            old_number=_old_number(line, page, named, layout),
        )
        if done.repeated and people:
            transaction.set_rollback(True)  # the parties registered above are not needed twice
        return done


def _old_number(line: TableRow, page: Procedure, named: Batch, layout: Layout) -> str:
    """The number that came with it; where one would be given anew to what is long past, its place in the table."""
    return line.number or (f"{named.name}第{line.row}行" if page.numbered_by == layout.fact else "")


def _page(page: Procedure, line: TableRow) -> Procedure | None:
    try:
        found = rulebook().page(page.name, line.day)
    except LookupError:
        return None
    return found if page.in_force == found.in_force or set(line.fields) <= _fields(found) else None


def _fields(page: Procedure) -> set[str]:
    return {name for kind in page.facts.values() for name in kind.fields}


def _with_parties(line: TableRow, page: Procedure, layout: Layout) -> tuple[dict[str, str], tuple[UUID, ...]]:
    """The fields with every party that they name registered, and the party of the row itself."""
    fields, people = dict(line.fields), []
    for column in layout.columns:
        if column.kind == "party" and (name := fields.get(column.role)):
            fields[column.role] = str(parties.register(_sort(name), name))
    if line.party or line.phone:
        name = line.party or "匿名"
        people.append(parties.register(_sort(name), name, phone=line.phone))
    return fields, tuple(people)


def _sort(name: str) -> parties.Kind:
    if any(word in name for word in FIRM):
        return "firm"
    return "organ" if name.endswith(ORGAN) else "citizen"


def _told(
    line: TableRow, layout: Layout, findings: Sequence[Finding], weight: Literal["refused", "note"]
) -> Iterator[RowFinding]:
    """What the law core says of a row, in the words of a row."""
    advice = "改正后再导入" if weight == "refused" else "已如实登记；需要补充的，在办理页面补记"
    for finding in findings:
        column = layout.column(finding.where) or layout.column(parts.DAY)
        where = column.title.zh if column else ""
        why = (finding.message, advice, weight, finding.source, finding.message_en)
        yield RowFinding(line.row, where, "", *why)
