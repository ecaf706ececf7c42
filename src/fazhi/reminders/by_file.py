"""One CSV a day that an SMS gateway fetches, and the receipts it lays beside: who was reached, who was not."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from uuid import UUID

from fazhi.ledger import today
from fazhi.reminders.adapters import Letter, Result

HEAD = ("id", "phone", "text")
REACHED = frozenset({"delivered", "成功", "已送达"})
MISSED = frozenset({"failed", "失败", "未送达"})
RECEIPTS, READ = "receipts", "read"
LATEST = 3
"""Files of late days in which a message may stand already."""


class Files:
    """`FOLDER/20250305.csv` with id, phone and text; `FOLDER/receipts/*.csv` with id and state, read once and moved."""

    name = "file"
    needs_phone = True

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def send(self, letters: Sequence[Letter]) -> Mapping[UUID, Result]:
        """Adds what stands in no file yet and exchanges the day's file whole: a crash leaves the old one or the new."""
        day = today()
        if not self.folder.is_dir():
            self.folder.mkdir(parents=True)
            self.folder.chmod(0o750)
        rows, known = self._rows(self._path(day)), self._lately()
        fresh = [[str(one.id), one.phone, one.text] for one in letters if str(one.id) not in known]
        if fresh:
            self._write(self._path(day), [*rows, *fresh])
        return {one.id: Result("sent", sheet=known.get(str(one.id), day)) for one in letters}

    def receipts(self) -> Mapping[UUID, bool]:
        """What the gateway says since last asked, by message: whether it arrived. Lines that say neither are left."""
        found: dict[UUID, bool] = {}
        folder = self.folder / RECEIPTS
        for path in sorted(folder.glob("*.csv")) if folder.is_dir() else ():
            found.update(_read_receipts(path))
            (folder / READ).mkdir(mode=0o750, exist_ok=True)
            path.replace(folder / READ / path.name)
        return found

    def _path(self, day: date) -> Path:
        return self.folder / f"{day:%Y%m%d}.csv"

    def _lately(self) -> dict[str, date]:
        """Ids in the files of late days, with the day."""
        names = sorted((path for path in self.folder.glob("????????.csv") if path.stem.isdecimal()), reverse=True)
        days = {path: date(int(path.stem[:4]), int(path.stem[4:6]), int(path.stem[6:])) for path in names[:LATEST]}
        return {row[0]: day for path, day in days.items() for row in self._rows(path)}

    def _rows(self, path: Path) -> list[list[str]]:
        if not path.exists():
            return []
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.reader(file))[1:]

    def _write(self, path: Path, rows: Sequence[Sequence[str]]) -> None:
        part = path.with_suffix(".part")
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", newline="") as file:
            file.write("\ufeff")
            csv.writer(file).writerows([HEAD, *rows])
            file.flush()
            os.fsync(file.fileno())
        part.chmod(0o640)  # the gateway reads it as a member of the group
        part.replace(path)


def _read_receipts(path: Path) -> Iterator[tuple[UUID, bool]]:
    with path.open(encoding="utf-8-sig", newline="", errors="replace") as file:
        for row in csv.reader(file):
            state = row[1].strip().lower() if len(row) > 1 else ""
            try:
                identity = UUID(row[0].strip()) if row else None
            except ValueError:
                continue
            if identity and state in REACHED | MISSED:
                yield identity, state in REACHED
