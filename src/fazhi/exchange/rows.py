"""What one row states: the facts of its matter in order, each with its values, or the reason why it states nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from fazhi.desk.tables.cells import Misread, read_cell
from fazhi.desk.tables.layout import Column
from fazhi.exchange.sheet import Line
from fazhi.law import FieldKind, Procedure, Title
from fazhi.ledger import today
from fazhi.people import sealing
from fazhi.rulebook.partners import Cell, Partner, Step

Units = Mapping[str, UUID]


class BadRow(ValueError):
    """The row cannot be taken; `column` is where it is wrong. The words repeat nothing that could name a person."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column = column


@dataclass(frozen=True, slots=True)
class Stated:
    """A fact as a row states it. `name` tells it from the other facts of its matter; `mark` and `person_mark` are keyed
    digests of what it says, and of whom it names."""

    name: str
    step: Step
    day: date
    moment: datetime | None
    fields: Mapping[str, str]
    body: Mapping[str, str]
    person: Mapping[str, str]
    opens: bool

    @property
    def mark(self) -> str:
        said = [self.day.isoformat(), self.moment.isoformat() if self.moment else ""]
        said += [f"{name}={value}" for name, value in sorted({**self.fields, **self.body}.items())]
        return sealing.mark("exchange.statement", "\x1f".join([*said, self.person_mark]))

    @property
    def person_mark(self) -> str:
        told = "\x1f".join(f"{name}={value}" for name, value in sorted(self.person.items()) if value)
        return sealing.mark("exchange.person", told) if told else ""


def number_of(line: Line, partner: Partner) -> str:
    """The number of the matter; BadRow without one."""
    if line.wrong:
        raise BadRow("", line.wrong)
    number = line.cells[partner.number]
    if not number:
        raise BadRow(partner.number, f"没有“{partner.number}”，不知道是哪一件")
    if len(number) > 200:
        raise BadRow(partner.number, f"“{partner.number}”过长，至多200字")
    return number


def stated(line: Line, partner: Partner, page: Procedure, units: Units) -> tuple[Stated, ...]:
    """Every fact that the row states, the opening one first, then in the order of days; BadRow for the first fault."""
    found = [_state(line, step, page, units) for step in (partner.opens, *partner.steps) if _applies(line, step)]
    if not found:
        raise BadRow("", "这一行没有说发生了什么：环节或日期都对不上约定")
    first = [one for one in found if one.step is partner.opens]
    rest = sorted((one for one in found if one.step is not partner.opens), key=lambda one: one.day)
    for one in rest:
        if first and one.day < first[0].day and one.step.fact in page.facts and page.facts[one.step.fact].after:
            reason = f"“{one.step.day}”早于“{first[0].step.day}”"
            raise BadRow(one.step.day, reason)
    return (*first, *rest)


def _applies(line: Line, step: Step) -> bool:
    if any(line.cells[column] not in values for column, values in step.when.items()):
        return False
    return bool(line.cells[step.day] or step.when)


def _state(line: Line, step: Step, page: Procedure, units: Units) -> Stated:
    kind = page.kind(step.fact)
    assert kind is not None
    day, moment = _when(line, step)
    fields: dict[str, str] = {}
    body = {name: line.cells[column] for name, column in step.body.items() if line.cells[column]}
    for name, cell in step.fields.items():
        if value := _value(line, cell, kind.fields[name], units):
            fields[name] = value
    each = line.cells[step.each] if step.each else ""
    if step.each and not each:
        raise BadRow(step.each, f"没有“{step.each}”，分不清是哪一次")
    person = {name: line.cells[column] for name, column in step.person.items()}
    return Stated(
        f"{step.fact}#{each}"[:240], step, day, moment, fields, body,
        person if any(person.values()) else {}, step.fact in page.opening,
    )  # fmt: skip


def _when(line: Line, step: Step) -> tuple[date, datetime | None]:
    column = Column(step.day, Title(step.day), "when")
    said = _read(step.day, column, line.cells[step.day], {})
    if not said:
        raise BadRow(step.day, f"没有“{step.day}”")
    day = date.fromisoformat(said[:10])
    if day > today():
        raise BadRow(step.day, f"“{step.day}”在今天之后")
    return day, datetime.fromisoformat(said) if "T" in said else None


def _value(line: Line, cell: Cell, known: FieldKind, units: Units) -> str:
    if cell.says:
        return cell.says
    text = line.cells[cell.column]
    if cell.values:
        if text and text not in cell.values:
            raise BadRow(cell.column, f"“{cell.column}”没有这个值，约定的有：{'、'.join(cell.values)}")
        return cell.values.get(text, "")
    return _read(cell.column, Column(cell.column, Title(cell.column), known.kind, field=known), text, units)


def _read(name: str, column: Column, text: str, units: Units) -> str:
    try:
        return read_cell(column, text or None, units)
    except Misread as wrong:
        raise BadRow(name, f"{wrong}：{wrong.advice.removesuffix('后再导入').removesuffix('，')}") from wrong


def comparable(line: Line, partner: Partner, page: Procedure, units: Units) -> Iterator[tuple[str, Step, str, str]]:
    """(column, step, field, value) of every value in a list that can be held against ours: no text and no person."""
    for step in (partner.opens, *partner.steps):
        if not _applies_if_there(line, step):
            continue
        yield step.day, step, "", _when(line, step)[0].isoformat()
        kind = page.kind(step.fact)
        for name, cell in step.fields.items():
            known = kind.fields[name] if kind else None
            if known is None or cell.says or cell.column not in line.cells or known.kind == "text":
                continue
            if value := _value(line, cell, known, units):
                yield cell.column, step, name, value


def _applies_if_there(line: Line, step: Step) -> bool:
    if step.each or not {step.day, *step.when} <= set(line.cells):
        return False
    return _applies(line, step) and bool(line.cells[step.day])
