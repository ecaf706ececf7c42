"""Verification: reads the whole record in one snapshot and says what holds, what does not, and what cannot be known."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db import connections

from fazhi.ledger import cipher, keys, query
from fazhi.ledger.chain import line_digest, opening_digest
from fazhi.ledger.entry import EntryLine
from fazhi.ledger.erase import erased_seqs
from fazhi.ledger.pages import holds
from fazhi.ledger.receipt import Receipt
from fazhi.ledger.verify_seals import check_against, check_seals
from fazhi.ledger.view import LINE_COLUMNS, line_of
from fazhi.ledger.wrong import Wrong

LATE = timedelta(hours=1)

_ALL = f"""
select m.id, m.procedure, m.page, m.opened, m.unit, m.parent, m.parent_thread, m.old_number, m.external_number,
       m.digest, b.salt, b.sealed, p.position, p.seal, p.digest, {LINE_COLUMNS}
from ledger_matter m left join ledger_entry e on e.matter = m.id
left join ledger_body b on b.entry = e.id left join ledger_position p on p.entry = e.id
order by m.id, e.seq
"""  # noqa: S608 - columns of our own
_AT_ENTRY = 15
_STRAY = """
select id, matter, seq from ledger_entry e where not exists (select from ledger_matter m where m.id = e.matter)
"""
_GAPS = """
select unit::text, word, year, max(seq) - min(seq) + 1 - count(*) from ledger_number
group by unit, word, year having max(seq) - min(seq) + 1 <> count(*)
"""
_UNTOLD = """
select n.text, n.matter from ledger_number n where not exists (
    select from ledger_entry e where e.matter = n.matter and e.kind = 'numbered' and e.fields ->> 'number' = n.text)
"""


@dataclass(slots=True)
class VerifyReport:
    """`wrong` locates each fault. `compared` is the seal of the receipt held against the record: without one a cut tail
    or an older copy of the database cannot be seen, and the verdict says so."""

    matters: int = 0
    entries: int = 0
    erased: int = 0
    unsealed: int = 0
    seals: int = 0
    positions: int = 0
    compared: int | None = None
    wrong: list[Wrong] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.wrong

    @property
    def verdict(self) -> str:
        read = f"已核{self.matters}件、{self.entries}条记录、{self.seals}个封存"
        left = f"，其中{self.erased}条正文已依法清除" if self.erased else ""
        left += f"，{self.unsealed}条尚待封存" if self.unsealed else ""
        if self.wrong:
            return f"{read}{left}：发现{len(self.wrong)}处不符，见下列位置。"
        if self.compared is None:
            return f"{read}{left}：前后一致，但未与外部回执比对；末尾被整段删去或换成旧库时，须有回执才能发现。"
        return f"{read}{left}：前后一致，并与第{self.compared}号封存的回执相符。"

    def as_json(self) -> str:
        values = {**asdict(self), "ok": self.ok, "verdict": self.verdict}
        return json.dumps(values, ensure_ascii=False, indent=2, default=str)


def verify(against: Receipt | None = None, using: str = "default") -> VerifyReport:
    """Recompute every link, body, position, seal and number. Writers are not disturbed."""
    report = VerifyReport()
    with _snapshot(using):
        last_closed = query.fetch(using, "select max(closed_at) from ledger_seal")[0][0]
        for _, rows in groupby(query.stream(using, _ALL), key=lambda row: row[0]):
            _check_matter(list(rows), report, last_closed)
        for entry, matter, seq in query.fetch(using, _STRAY):
            report.wrong.append(Wrong("stray", f"第{entry}号记录所属的事项不存在。", matter, seq))
        report.seals, report.positions = check_seals(report.wrong, using)
        _check_numbers(report, using)
        _check_pages(report, using)
        if against is not None:
            against.check()
            check_against(against, report.wrong, using)
            report.compared = against.seal
    return report


class _snapshot:
    """One snapshot for the whole reading, unless a transaction is open already."""

    def __init__(self, using: str) -> None:
        self.fresh = not connections[using].in_atomic_block
        self.act, self.using = query.act(using), using

    def __enter__(self) -> None:
        self.act.__enter__()
        if self.fresh:
            query.run(self.using, "set transaction isolation level repeatable read, read only")

    def __exit__(self, *error: Any) -> None:
        self.act.__exit__(*error)


def _check_matter(rows: list[tuple[Any, ...]], report: VerifyReport, last_closed: datetime | None) -> None:
    report.matters += 1
    matter, prev = rows[0][0], rows[0][9]
    if opening_digest(*rows[0][:9]) != prev:
        report.wrong.append(Wrong("changed", "事项的登记栏（单位、日期、编号等）被改动。", matter, 0))
    lines = [(row, line_of(row[_AT_ENTRY:])) for row in rows if row[_AT_ENTRY] is not None]
    if not lines:
        report.wrong.append(Wrong("missing", "事项没有任何记录，首条记录被删除。", matter, 1))
    gone = {seq for _, line in lines for seq in erased_seqs(line)}
    expected = 1
    for row, line in lines:
        report.entries += 1
        for seq in range(expected, line.seq):
            report.wrong.append(Wrong("missing", f"第{seq}条被删除。", matter, seq))
        expected = line.seq + 1
        report.wrong += _check_line(row, line, prev)
        prev = line.digest
        _check_body(row, line, gone, report)
        if row[12] is None:
            report.unsealed += 1
            if last_closed and line.recorded_at < last_closed - LATE:
                message = f"第{line.seq}条所写的记录时刻早已封存，却没有位置：可能是事后插入，或库刚恢复、尚待封存。"
                report.wrong.append(Wrong("inserted", message, matter, line.seq))


def _check_line(row: tuple[Any, ...], line: EntryLine, prev: str) -> Iterator[Wrong]:
    position, seal, sealed_digest = row[12:_AT_ENTRY]
    if line_digest(line) != line.digest:
        yield Wrong("changed", f"第{line.seq}条的内容与其摘要不符。", line.matter, line.seq, position, seal)
    elif position is not None and sealed_digest != line.digest:
        message = f"第{line.seq}条在封存之后被改写（摘要已重算）。"
        yield Wrong("rewritten", message, line.matter, line.seq, position, seal)
    if line.prev != prev:
        message = f"第{line.seq}条与前一条不相接：其间有删除、插入、调换或改写。"
        yield Wrong("chain", message, line.matter, line.seq, position, seal)


def _check_body(row: tuple[Any, ...], line: EntryLine, gone: set[int], report: VerifyReport) -> None:
    salt, sealed = row[10], row[11]
    where = (line.matter, line.seq, row[12], row[13])
    if sealed is None:
        if line.commitment and line.seq in gone:
            report.erased += 1
        elif line.commitment:
            report.wrong.append(Wrong("body", f"第{line.seq}条的正文不见了，却没有清除记录。", *where))
        return
    if line.commitment and line.seq in gone:
        report.wrong.append(Wrong("body", f"第{line.seq}条的正文已记录清除，却仍在库中：请重放清除清单。", *where))
        return
    try:
        cipher.open_body(line.matter, line.seq, bytes(salt), bytes(sealed), line.commitment)
    except cipher.BodyAltered as error:
        report.wrong.append(Wrong("body", str(error), *where))


def _check_numbers(report: VerifyReport, using: str) -> None:
    for _, word, year, missing in query.fetch(using, _GAPS):
        report.wrong.append(Wrong("number", f"“{word}〔{year}〕”案号缺{missing}个。"))
    for text, matter in query.fetch(using, _UNTOLD):
        report.wrong.append(Wrong("number", f"案号{text}没有对应的编号记录。", UUID(str(matter))))


def _check_pages(report: VerifyReport, using: str) -> None:
    for own, name, in_force, text in query.fetch(using, "select digest, name, in_force, text from ledger_page"):
        if not holds(own, text):
            report.wrong.append(Wrong("page", f"规则页面 {name}（{in_force}）的文本与摘要不符。"))


def fingerprint() -> str:
    """The key that seals here, by its short name."""
    return keys.fingerprint(keys.public_hex(keys.signer().public_key()))
