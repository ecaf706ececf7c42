"""Rows of a table of appeals, understood: the message, its reply, and what is wrong with a row."""

import hashlib
import hmac
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from fazhi.desk.tables.columns import ROLES, Columns
from fazhi.desk.tables.findings import RowFinding
from fazhi.desk.tables.read import Cell, Sheet
from fazhi.desk.tables.times import SHANGHAI, When, read_when

_SHOWN = ("number", "received", "replied", "agency")
_DETAILS = ("sender", "phone", "address", "place", "topic")


@dataclass(frozen=True, slots=True)
class Reply:
    """What was answered, when, and by whom as the table spells it."""

    when: When
    text: str
    agency: str


@dataclass(frozen=True, slots=True)
class AppealRow:
    """One good row: a message and perhaps its reply.

    `key` is the same whenever the row comes again: its own number, else `content`, a keyed digest of what it says.
    """

    row: int
    key: str
    content: str
    number: str
    received: When
    title: str
    text: str
    reply: Reply | None
    details: Mapping[str, str]  # sender, phone, address, place, topic


@dataclass(frozen=True, slots=True)
class Understood:
    """A row as far as it can be understood: `appeal` is None where it is refused, for the reasons given."""

    row: int
    appeal: AppealRow | None
    findings: tuple[RowFinding, ...] = ()


def understand(sheet: Sheet, columns: Columns, *, secret: bytes, now: datetime) -> Iterator[Understood]:
    """Each row below the heading, in order. `secret` keys the digest of rows that have no number of their own."""
    seen: dict[str, AppealRow] = {}
    for number, cells in sheet.rows:
        if number <= columns.heading_row:
            continue
        understood = _Row(number, cells, columns).understand(secret, now)
        yield _against_earlier(understood, columns, seen)


class _Row:
    """One row while it is read."""

    def __init__(self, number: int, cells: Sequence[Cell], columns: Columns) -> None:
        self.number, self.cells, self.columns = number, cells, columns
        self.findings: list[RowFinding] = []

    def understand(self, secret: bytes, now: datetime) -> Understood:
        received = self.when("received")
        text, title = self.text("text"), self.text("title")
        reply = self.reply()
        if len(self.cells) > len(self.columns.headings) and any(self.cells[len(self.columns.headings) :]):
            self.refuse("text", "这一行的列数多于表头，各列可能错位", "检查这一行里多余的分隔符或引号后再导入")
        if received is None and not self.refused("received"):
            self.refuse("received", "没有来信时间，期限无从起算", "补上来信时间后再导入")
        if not text and title:
            self.note("text", "没有来信内容，以标题作为内容登记", "如有原件，登记后补充内容")
        elif not text:
            self.refuse("text", "没有来信内容", "补上内容后再导入")
        if received:
            self.check_times(received, reply, now)
        refused = any(finding.weight == "refused" for finding in self.findings)
        if refused or received is None:
            return Understood(self.number, None, tuple(self.findings))
        details = {role: value for role in _DETAILS if (value := self.text(role))}
        own, content = self.text("number"), self.content(secret)
        appeal = AppealRow(self.number, own or content, content, own, received, title, text or title, reply, details)
        return Understood(self.number, appeal, tuple(self.findings))

    def reply(self) -> Reply | None:
        when, text = self.when("replied"), self.text("reply")
        if text and when is None and not self.refused("replied"):
            self.refuse("replied", "有答复内容而没有答复时间，是否按期无从判断", "补上答复时间后再导入")
        elif when and not text:
            self.refuse("reply", "有答复时间而没有答复内容，看不出是否已经答复", "补上答复内容，或删去答复时间后再导入")
        return Reply(when, text, self.text("agency")) if when and text else None

    def check_times(self, received: When, reply: Reply | None, now: datetime) -> None:
        today = When(now.astimezone(SHANGHAI).date(), now)
        if today.before(received):
            self.refuse("received", "来信时间在今天之后", "改正来信时间后再导入")
        if reply and reply.when.before(received):
            self.refuse("replied", f"答复时间早于来信时间（{received.day.isoformat()}）", "核对两个时间，改正后再导入")
        elif reply and today.before(reply.when):
            self.refuse("replied", "答复时间在今天之后", "改正答复时间后再导入")

    def when(self, role: str) -> When | None:
        try:
            return read_when(self.columns.cell(self.cells, role))
        except ValueError as error:
            self.refuse(role, f"{ROLES[role]}读不懂：{error}", "写成 2024-05-06 或 2024-05-06 09:30 的样子后再导入")
            return None

    def text(self, role: str) -> str:
        cell = self.columns.cell(self.cells, role)
        return "" if cell is None else _tidy(str(cell))

    def content(self, secret: bytes) -> str:
        """A digest from which nobody without the secret can try out texts."""
        told = "\x1f".join(self.text(role) for role in ROLES)
        return hmac.new(secret, told.encode(), hashlib.sha256).hexdigest()[:32]

    def refused(self, role: str) -> bool:
        column = self.columns.heading(role)
        return any(finding.weight == "refused" and finding.column == column for finding in self.findings)

    def refuse(self, role: str, reason: str, advice: str) -> None:
        self.findings.append(RowFinding(self.number, self.columns.heading(role), self.shown(role), reason, advice))

    def note(self, role: str, reason: str, advice: str) -> None:
        value = self.shown(role)
        self.findings.append(RowFinding(self.number, self.columns.heading(role), value, reason, advice, "note"))

    def shown(self, role: str) -> str:
        """The value, where it can hold no name and no free text."""
        text = self.text(role)
        return text[:40] if role in _SHOWN else (f"（{len(text)} 字）" if text else "")


def _tidy(text: str) -> str:
    """The text without spaces at its ends and without empty lines; its own words untouched."""
    lines = (re.sub(r"[\t\u3000\xa0 ]+", " ", line).strip() for line in text.replace("\x00", "").splitlines())
    return "\n".join(line for line in lines if line)


def _against_earlier(now: Understood, columns: Columns, seen: dict[str, AppealRow]) -> Understood:
    """Two rows of one table with one number: the same row twice is noted, two different rows cannot both be it."""
    appeal = now.appeal
    if appeal is None:
        return now
    first = seen.setdefault(appeal.key, appeal)
    if first is appeal:
        return now
    heading = columns.heading("number")
    if first.content == appeal.content:
        same = RowFinding(appeal.row, heading, appeal.number, f"与第 {first.row} 行完全相同", "不重复登记", "note")
        return Understood(now.row, appeal, (*now.findings, same))
    reason = f"编号与第 {first.row} 行相同，内容却不同，看不出哪一行是它"
    clash = RowFinding(appeal.row, heading, appeal.number, reason, "改正其中一行的编号后再导入")
    return Understood(now.row, None, (*now.findings, clash))
