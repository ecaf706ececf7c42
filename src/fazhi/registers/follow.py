"""Folds a matter into the versions of its line: when it entered, what changed since, when it left or will leave."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar
from uuid import UUID

from fazhi.law import Fact, Procedure, Register
from fazhi.ledger.view import MatterView
from fazhi.people import masks
from fazhi.reach.involved import involved
from fazhi.registers.models import NEVER, NO_NUMBER
from fazhi.rulebook.columns import column_kinds, slots_of

EMPTY: Mapping[str, Any] = {
    "text1": "", "text2": "", "number1": NO_NUMBER, "number2": NO_NUMBER, "day1": NEVER, "day2": NEVER,
}  # fmt: skip
LONGEST = 500
"""Signs of a text by which lines are sorted; what is longer is sorted by its beginning."""


@dataclass(slots=True)
class Standing:
    """One version of a line while it is folded."""

    since: date
    values: dict[str, str] = field(default_factory=dict)
    until: date = NEVER
    leaves: bool = False


class Lines:
    """Rows of registers_line; matters of pages without a register have none."""

    name: ClassVar[str] = "registers"
    table: ClassVar[str] = "registers_line"
    key: ClassVar[tuple[str, ...]] = ("matter", "version")
    heavy: ClassVar[bool] = False

    def rows(self, view: MatterView) -> Iterable[Mapping[str, Any]]:
        register = view.horizon.page.register
        if register is None:
            return
        found = involved(view)
        for row in _rows(view, register, set(register.columns) - set(register.private)):
            yield row | {"unit": found.unit_for(""), "secrecy": found.secrecy}


class Faces:
    """Rows of registers_face: ordinary lines of public registers, texts masked once more."""

    name: ClassVar[str] = "registers_public"
    table: ClassVar[str] = "registers_face"
    key: ClassVar[tuple[str, ...]] = ("id",)
    heavy: ClassVar[bool] = False

    def rows(self, view: MatterView) -> Iterable[Mapping[str, Any]]:
        register = view.horizon.page.register
        if register is None or not register.public:
            return
        found = involved(view)
        if found.secrecy:
            return
        for row in _rows(view, register, set(register.columns) - set(register.private)):
            yield _faced(view, register, row) | {"unit": found.unit_for("")}


FOLLOWERS = (Lines(), Faces())


def public_line(matter: UUID) -> str:
    """The public name of a line, which leads back to no matter."""
    return hashlib.sha256(b"register line" + matter.bytes).hexdigest()[:20]


def versions_of(view: MatterView, register: Register) -> list[Standing]:
    """The versions of a line in order. What is said before it enters counts from the day on which it enters; of two
    facts of one day the later stands. What is said with its end makes a last version, which stands on no day."""
    found: list[Standing] = []
    said: dict[str, str] = {}
    standing = False
    for fact in view.horizon.facts:
        told = _told(view, fact, register)
        said |= told
        if fact.kind in register.leaves and standing:
            if told:
                _begin(found, fact.day, said, follows=True)
            _leave(found[-1], fact)
            standing = False
        elif fact.kind in register.enters or (standing and told):
            _begin(found, fact.day, said, follows=standing)
            standing = True
    return found


def _begin(found: list[Standing], day: date, said: Mapping[str, str], *, follows: bool) -> None:
    if follows and found[-1].since >= day:
        found[-1].values = dict(said)
        return
    if follows:
        found[-1].until = day
    found.append(Standing(day, dict(said)))


def _leave(last: Standing, fact: Fact) -> None:
    """What lapses stands through its last day; what a person ends does not stand on that day."""
    last.until = fact.day + timedelta(days=1) if fact.deemed else fact.day
    last.leaves = True


def _told(view: MatterView, fact: Fact, register: Register) -> dict[str, str]:
    body = view.body(fact.entry) or {} if fact.entry and not fact.deemed else {}
    return {name: value for name, value in {**fact.fields, **body}.items() if name in register.columns}


def _rows(view: MatterView, register: Register, shown: set[str]) -> Iterator[dict[str, Any]]:
    page = view.horizon.page
    versions = versions_of(view, register)
    for number, one in enumerate(versions, 1):
        data = {name: value for name, value in one.values.items() if name in shown}
        slots, faults = fill_slots(page, data)
        yield {
            "matter": view.id,
            "version": number,
            "kind": view.procedure,
            "entered": versions[0].since,
            "since": one.since,
            "until": one.until,
            "leaves": one.leaves,
            "data": data,
            "faults": faults,
            **slots,
        }


def fill_slots(page: Procedure, data: Mapping[str, str]) -> tuple[dict[str, Any], list[str]]:
    """The slots as the page declares them; a value that does not fit stays in `data` alone, and its column is told."""
    filled, faults = dict(EMPTY), []
    for name, slot in slots_of(page).items():
        if not (value := data.get(name, "")):
            continue
        try:
            filled[slot] = _read(slot, value)
        except (ValueError, InvalidOperation):
            faults.append(name)
    return filled, faults


def _read(slot: str, value: str) -> str | Decimal | date:
    if slot.startswith("number"):
        number = Decimal(value)
        if not number.is_finite() or abs(number) >= Decimal(10) ** 24:
            raise ValueError
        return number
    return date.fromisoformat(value) if slot.startswith("day") else value[:LONGEST]


def _faced(view: MatterView, register: Register, row: dict[str, Any]) -> dict[str, Any]:
    kinds = column_kinds(view.horizon.page)
    texts = {name for name, kind in kinds.items() if kind.kind == "text"}
    masked = texts - set(register.plain)
    data = {name: masks.free_text(value) if name in masked else value for name, value in row["data"].items()}
    slots, _ = fill_slots(view.horizon.page, data)
    line = public_line(view.id)
    told = "\n".join(data[name] for name in kinds if name in texts and name in data)
    return row | slots | {"id": f"{line}-{row['version']}", "line": line, "told": told, "data": data}
