"""A file of a partner taken in: kept in the archive, entered row by row, receipted; the same file changes nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction

from fazhi import archive
from fazhi.cluster.passwords import write_private
from fazhi.desk.tables.bring import agencies
from fazhi.exchange.entering import Outcome, take_row
from fazhi.exchange.links import Linked, alone, folder
from fazhi.exchange.models import File, Row
from fazhi.exchange.receipts import make
from fazhi.exchange.rows import Units
from fazhi.exchange.sheet import BadFile, Line, Sheet, read_lines, read_sheet
from fazhi.ledger import now, today
from fazhi.reach.scope import Scope, scope_of

SETTLED = ("opened", "recorded", "changed", "already", "older")
FORGOTTEN = "文件里有人的个人信息已依法清除，原文件不再保存：请对方重报这一行"


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that was taken, its receipt, and where the receipt lies; `repeated` if it had been taken before."""

    file: UUID
    receipt: dict[str, Any]
    path: Path
    repeated: bool = False

    def count(self, *states: str) -> int:
        """How many rows came to one of these states."""
        return sum(line["state"] in states for line in self.receipt["lines"])


def take(
    one: Linked,
    data: bytes,
    name: str,
    *,
    day: date | None = None,
    serial: int | None = None,
    told: Callable[[int, int], None] = lambda _done, _total: None,
) -> Taken:
    """Take a file. BadFile changes nothing; cut short, the same file again goes on where it stopped. `told` hears how
    many of its lines are done."""
    sheet = read_sheet(one.partner, data, name, day=day, serial=serial)
    with alone(one.partner):
        when = {"day": sheet.day, "serial": sheet.serial}
        file = File.objects.filter(partner=one.partner.name, way="in", digest=sheet.digest, **when).first()
        if file is not None and file.done:
            return Taken(file.pk, file.answer or {}, _path(one, file), repeated=True)
        file = file or _keep(one, data, sheet)
        scope, units = scope_of(one.actor, today()), agencies()
        there = set(file.lines.values_list("row", flat=True))
        for number, line in enumerate(sheet.lines, 1):
            if line.row not in there:
                _note(file, line.row, take_row(line, _stamp(file, line), one, scope, units))
            told(number, len(sheet.lines))
        earlier = list(_again(one, scope, units, file))
        lines = [_told(row) for row in file.lines.order_by("row")]
        file.answer, file.done, file.answered_at = make(file, lines, earlier), True, now()
        path = _path(one, file)
        write_private(path, json.dumps(file.answer, ensure_ascii=False, indent=1).encode())
        file.save(update_fields=["answer", "done", "answered_at"])
        return Taken(file.pk, file.answer, path)


def _keep(one: Linked, data: bytes, sheet: Sheet) -> File:
    try:
        with transaction.atomic():
            stored = archive.put_bytes(data, sheet.name, one.actor)
            return File.objects.create(
                partner=one.partner.name,
                way="in",
                day=sheet.day,
                serial=sheet.serial,
                name=sheet.name,
                digest=sheet.digest,
                stored=stored,
                rows=len(sheet.lines),
            )
    except archive.BadFile as bad:
        raise BadFile(str(bad)) from bad


def _note(file: File, row: int, outcome: Outcome) -> Row:
    line = Row(
        file=file, row=row, number=outcome.number, state=outcome.state, matter=outcome.matter,
        column=outcome.column[:80], reason=outcome.reason, at=now(),
    )  # fmt: skip
    anew = ("number", "state", "matter", "column", "reason", "at")
    Row.objects.bulk_create([line], update_conflicts=True, unique_fields=("file", "row"), update_fields=anew)
    return line


def _again(one: Linked, scope: Scope, units: Units, taken: File) -> Iterator[dict[str, Any]]:
    """Rows that waited, tried again in the order of their days until no more goes in; those of other files are told."""
    while True:
        moved = False
        for file in _waiting_files(one):
            lines = _lines_of(one, file)
            for row in file.lines.filter(state="waiting").order_by("row"):
                line = lines.get(row.row)
                outcome = (
                    take_row(line, _stamp(file, line), one, scope, units)
                    if line
                    else Outcome("refused", row.number, None, "", FORGOTTEN)
                )
                if outcome.state != "waiting":
                    moved = True
                    row = _note(file, row.row, outcome)
                    if file.pk != taken.pk:
                        yield {"file": file.name, **_told(row)}
        if not moved:
            return


def _waiting_files(one: Linked) -> list[File]:
    found = File.objects.filter(partner=one.partner.name, way="in", lines__state="waiting").distinct()
    return sorted(found, key=lambda file: (file.day, file.serial, str(file.pk)))


def _lines_of(one: Linked, file: File) -> dict[int, Line]:
    """The rows of a file that was kept; none if it was erased since."""
    try:
        data = archive.open(file.stored).data if file.stored else b""
    except archive.Gone:
        return {}
    return {line.row: line for line in read_lines(one.partner, data)} if data else {}


def _stamp(file: File, line: Line) -> tuple[str, int, int]:
    return file.day.isoformat(), file.serial, line.row


def _told(row: Row) -> dict[str, Any]:
    return {"row": row.row, "number": row.number, "state": row.state, "column": row.column, "reason": row.reason}


def _path(one: Linked, file: File) -> Path:
    return folder(one.partner, "out") / f"回执-{file.day:%Y%m%d}-{file.serial}-{file.pk.hex[:8]}.json"
