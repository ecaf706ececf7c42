"""The library of reports by anyone: a folder of files, each report whole or not there at all; needs no database."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from fazhi.report.check import Finding, check
from fazhi.report.claims import ReadReport
from fazhi.report.compare.scorecard import Score, scorecard
from fazhi.report.read import read_content

FORMAT = "fazhi-read-report-1"
READING, ANSWERS, ORIGINAL = "reading.json", "answers.jsonl", "original"
_NAME = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Kept:
    """A report of the library. `id` is the beginning of the digest of its original."""

    id: str
    name: str
    unit: str
    year: int | None
    title: str
    added: str
    findings: dict[str, int]
    scores: tuple[Score, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody says of a finding: accepted (it will be mended) or answered (why it stands)."""

    finding: str
    verdict: str
    text: str
    who: str
    at: str


@dataclass(frozen=True)
class Shelf:
    """The library in this folder."""

    folder: Path

    def add(self, content: bytes, name: str, at: datetime) -> tuple[Kept, bool]:
        """Keeps a report: original, repairs, claims, findings, scorecard; False if the very same was there.

        It is written beside the shelf and moved onto it in one step, so that a kill leaves all of it or nothing.
        Raises Unreadable where the file cannot be read; nothing is kept then.
        """
        identity = identity_of(content)
        if (self.folder / identity / READING).exists():
            return self._kept(identity), False
        report = read_content(content, name)
        self.folder.mkdir(parents=True, exist_ok=True)
        self._sweep()
        making = Path(tempfile.mkdtemp(prefix=".making-", dir=self.folder))
        _write(making / ORIGINAL, content)
        said = json.dumps(_reading(report, identity, name, at), ensure_ascii=False, indent=1)
        _write(making / READING, said.encode())
        try:
            making.rename(self.folder / identity)
        except OSError:  # somebody else kept the very same in this moment
            shutil.rmtree(making, ignore_errors=True)
            return self._kept(identity), False
        _settle(self.folder)
        return self._kept(identity), True

    def kept(self) -> tuple[Kept, ...]:
        """Everything on the shelf, by unit and year."""
        found = [self._kept(path.name) for path in self._places()]
        return tuple(sorted(found, key=lambda one: (one.unit, one.year or 0, one.added)))

    def find(self, identity: str) -> Kept | None:
        """A report by its id, or by the beginning of it."""
        names = [path.name for path in self._places() if identity and path.name.startswith(identity)]
        return self._kept(names[0]) if len(names) == 1 else None

    def read(self, identity: str) -> ReadReport:
        """The report read anew from its original, by today's rules; LookupError if it is not here."""
        return read_content(self.original(identity), self._table(identity)["name"])

    def original(self, identity: str) -> bytes:
        """The file as it came; LookupError if it is not here or its digest is another."""
        path = self._place(identity) / ORIGINAL
        content = path.read_bytes()
        if identity_of(content) != identity:
            raise LookupError(f"报告库中 {identity} 的原件与入库时不同，请从备份恢复：{path}")
        return content

    def answer(self, identity: str, answer: Answer) -> None:
        """Adds one answer; earlier ones stay in the file, the last one counts."""
        line = json.dumps(_plain(answer), ensure_ascii=False)
        with (self._place(identity) / ANSWERS).open("ab") as file:
            file.write(f"{line}\n".encode())
            file.flush()
            os.fsync(file.fileno())

    def answers(self, identity: str) -> dict[str, Answer]:
        """The last answer to each finding; a line that a kill left half written is passed over."""
        path = self._place(identity) / ANSWERS
        found: dict[str, Answer] = {}
        for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
            try:
                said = Answer(**json.loads(line))
            except (ValueError, TypeError):
                continue
            found[said.finding] = said
        return found

    def _kept(self, identity: str) -> Kept:
        said = self._table(identity)
        scores = tuple(Score(**one) for one in said["scores"])
        head = said["report"]
        return Kept(
            identity,
            said["name"],
            head["unit"] or "",
            head["year"],
            head["title"],
            said["added"],
            _counts(said),
            scores,
        )

    def _table(self, identity: str) -> dict[str, Any]:
        said: dict[str, Any] = json.loads((self._place(identity) / READING).read_text(encoding="utf-8"))
        if said.get("format") != FORMAT:
            raise LookupError(f"报告库中 {identity} 的保存格式不是 {FORMAT}，无法打开。")
        return said

    def _place(self, identity: str) -> Path:
        """The folder of a report; ids from outside never become any other path."""
        if not _NAME.fullmatch(identity) or not (self.folder / identity / READING).exists():
            raise LookupError(f"报告库中没有 {identity}。")
        return self.folder / identity

    def _places(self) -> Iterator[Path]:
        if self.folder.exists():
            yield from (path for path in sorted(self.folder.iterdir()) if _NAME.fullmatch(path.name))

    def _sweep(self) -> None:
        """Takes away what kills left half made an hour ago or earlier."""
        now = datetime.now().timestamp()  # noqa: DTZ005 -- compared with the clock of the file system
        for path in self.folder.glob(".making-*"):
            if now - path.stat().st_mtime > 3600:
                shutil.rmtree(path, ignore_errors=True)


def identity_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


def name_of(finding: Finding) -> str:
    """A name for a finding that stays as long as the finding does."""
    said = f"{finding.rule}|{finding.stated}|{finding.computed}|{finding.sentence}"
    return hashlib.sha256(said.encode()).hexdigest()[:12]


def _reading(report: ReadReport, identity: str, name: str, at: datetime) -> dict[str, Any]:
    findings = check(report)
    return {
        "format": FORMAT,
        "id": identity,
        "name": name,
        "added": at.isoformat(timespec="seconds"),
        **report.as_json(),
        "findings": [one.as_json(report) for one in findings],
        "scores": [_plain(one) for one in scorecard(report, findings)],
    }


def _plain(value: Score | Answer) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__slots__}


def _counts(said: dict[str, Any]) -> dict[str, int]:
    severities: Sequence[str] = [one["severity"] for one in said["findings"]]
    return {name: severities.count(name) for name in ("inconsistent", "cannot_check", "note")}


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _settle(folder: Path) -> None:
    """The name itself must be on the disk too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
