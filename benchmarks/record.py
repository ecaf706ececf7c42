"""Laying real entries by COPY: chained, bodies sealed, five to ten a matter, as a register of years holds them."""

from __future__ import annotations

import io
import json
import os
import random
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from multiprocessing import get_context
from typing import Any
from uuid import UUID

import django
import psycopg

from benchmarks.generate import TODAY, Made
from benchmarks.measure import Row, clock
from fazhi.ledger.entry import Draft

TEXTS = (
    "小区门口的路灯连续三晚不亮，老人下楼散步容易摔倒，请安排人员检修。",
    "楼下施工到深夜，孩子第二天要上学，希望有关部门到现场看一看。",
    "停车场入口被占，救护车进不来，反映过两次没有结果。",
    "物业换了公司以后垃圾不按时清运，夏天气味很大。",
)
LINE = (
    "matter, seq, kind, page, day, moment, thread, fields, unit, post, account, face, corrects, strikes, key, body,"
    " body_key, recorded_at, tx, prev, digest"
)
RATINGS = ("satisfied", "basically", "unsatisfied")
CHANNELS = ("web", "web", "phone", "visit", "letter")
MATTER = "id, procedure, page, opened, unit, parent, parent_thread, old_number, external_number, key, digest"
GOAL = 0.5
MAKERS = len(os.sched_getaffinity(0))
MOST = 10  # entries of one matter
WHY = "each line is hashed in canonical form and its text enciphered under a key of its own, in Python"


@dataclass(slots=True)
class Laid:
    """COPY text of some matters, the transaction they are laid in, and how many entries they hold."""

    act: str
    matters: io.StringIO = field(default_factory=io.StringIO)
    lines: io.StringIO = field(default_factory=io.StringIO)
    bodies: io.StringIO = field(default_factory=io.StringIO)
    entries: int = 0


def make(made: Sequence[Made], first: int, act: str) -> tuple[str, str, str, int]:
    """The entries of these matters linked and sealed, as COPY text of the three tables, and how many they are."""
    laid = Laid(act)
    for one in made:
        _write(one, random.Random(one.id.int), laid, first + laid.entries)
    return laid.matters.getvalue(), laid.lines.getvalue(), laid.bodies.getvalue(), laid.entries


@dataclass(slots=True)
class Loader:
    """Lays matters batch by batch behind what the record holds, made by as many processes as there are processors and
    copied by one, and sums up what it took."""

    address: str
    entries: int = 0
    whole: float = 0.0
    copied: float = 0.0
    next: int = 0
    makers: ProcessPoolExecutor | None = None

    def __call__(self, made: Sequence[Made]) -> None:
        if self.makers is None:
            with psycopg.connect(self.address) as connection:
                found = connection.execute("select coalesce(max(id), 0) + 1 from ledger_entry").fetchone()
                self.next = int(found[0]) if found else 1
            self.makers = ProcessPoolExecutor(MAKERS, get_context("spawn"), initializer=django.setup)
            list(self.makers.map(int, range(2 * MAKERS)))  # started before the clock is
        with clock() as whole, psycopg.connect(self.address) as connection, connection.cursor() as work:
            # the guards would choose today as the recording moment
            work.execute("set session_replication_role = replica")
            work.execute("set idle_in_transaction_session_timeout = 0")  # it waits for the makers
            act = str((work.execute("select pg_current_xact_id()::text").fetchone() or ("",))[0])
            size = -(-len(made) // MAKERS)
            parts = [made[start : start + size] for start in range(0, len(made), size)]
            starts = [self.next + MOST * size * place for place in range(len(parts))]
            laid = list(self.makers.map(make, parts, starts, [act] * len(parts)))
            with clock() as copied:
                for matters, lines, bodies, _ in laid:
                    _copy(work, f"ledger_matter ({MATTER})", matters)
                    _copy(work, f"ledger_entry (id, {LINE})", lines)
                    _copy(work, "ledger_body (entry, matter, seq, salt, sealed)", bodies)
                connection.commit()
        self.next += MOST * size * len(parts)
        self.entries += sum(entries for *_, entries in laid)
        self.whole, self.copied = self.whole + whole(), self.copied + copied()

    def finish(self) -> None:
        """Keep the pages with the record, seal what was laid, and let the next entry have the next number."""
        from fazhi.ledger.pages import keep, rulebook
        from fazhi.ledger.seal import seal_all

        if self.makers is not None:
            self.makers.shutdown()
        with psycopg.connect(self.address, autocommit=True) as connection:
            for (page,) in connection.execute("select distinct page from ledger_matter").fetchall():
                keep(rulebook().digests[page], "owner")
            work = "select setval(pg_get_serial_sequence('ledger_entry', 'id'), %s)"
            connection.execute(work, [self.next])
            connection.execute("vacuum analyze ledger_matter, ledger_entry, ledger_body")
            seal_all()
            waiting = "select (select count(*) from ledger_entry) - (select count(*) from ledger_position)"
            if found := (connection.execute(waiting).fetchone() or (0,))[0]:
                raise RuntimeError(f"{found} entries were laid and not sealed")
            connection.execute("vacuum analyze ledger_position")

    def row(self) -> Row:
        """The promise on bringing in a register that exists already."""
        ours, plain = self.entries / self.whole, self.entries / self.copied
        measured = f"{ours:,.0f} entries/s linked, sealed in cipher and copied ({self.entries:,})"
        beside = f"COPY of the same rows, ready made: {plain:,.0f} entries/s; ratio {ours / plain:.2f}"
        return Row("import of entries", "≥ 0.5 of COPY of the same rows", measured, beside, ours / plain >= GOAL, WHY)


def _copy(work: psycopg.Cursor[tuple[object, ...]], target: str, text: str) -> None:
    with work.copy(f"copy {target} from stdin") as copy:
        copy.write(text)


@cache
def _page(name: str, day: date) -> str:
    from fazhi.rulebook import load

    return load().page(name, day).digest


def _write(one: Made, chance: random.Random, laid: Laid, entry: int) -> None:
    from fazhi.ledger.chain import link, opening_digest
    from fazhi.people.actors import Actor

    procedure = "reconsideration" if one.kind == "reconsideration" else "appeal"
    page, unit = _page(procedure, one.day), one.units[-1] if len(one.units) < 2 else one.units[1]
    named = (one.id, procedure, page, one.day, unit, None, "", "", "")
    prev = opening_digest(*named)
    laid.matters.write(_text((*named, f"bench-{one.id}", prev)))
    actor = Actor(None, None, unit, frozenset(), "import")
    for seq, (draft, at) in enumerate(_acts(one, procedure, chance), 1):
        line, sealed = link(draft, actor, matter=one.id, seq=seq, page=page, key="", at=at, prev=prev)
        prev = line.digest
        columns = (line.matter, seq, line.kind, page, line.day, line.moment, line.thread, line.fields, line.unit)
        more = (
            None,
            None,
            line.face,
            None,
            False,
            "",
            line.commitment,
            line.body_key,
            at,
            laid.act,
            line.prev,
            line.digest,
        )
        laid.lines.write(_text((entry + seq, *columns, *more)))
        if sealed:
            laid.bodies.write(_text((entry + seq, one.id, seq, sealed.salt, sealed.sealed)))
    laid.entries += seq


def _acts(one: Made, procedure: str, chance: random.Random) -> Iterator[tuple[Draft, datetime]]:
    day = one.day
    words = "".join(one.words[:8])
    first = Draft(
        "received", day, fields={"channel": chance.choice(CHANNELS)}, body={"text": chance.choice(TEXTS) + words}
    )
    yield first, _moment(day)
    for _ in range(chance.randint(2, 6)):
        day = min(TODAY, day + timedelta(days=chance.randint(0, 4)))
        yield Draft("noted", day, body={"text": chance.choice(TEXTS)}), _moment(day)
    day = min(TODAY, day + timedelta(days=1))
    yield (
        Draft("accepted", day, fields={"procedure": "ordinary"} if procedure == "reconsideration" else {}),
        _moment(day),
    )
    if not one.open:
        review = procedure == "reconsideration"
        end = min(TODAY, day + timedelta(days=chance.randint(1, 70)))
        outcome = chance.choice(("upheld", "revoked", "illegal") if review else ("supported", "explained"))
        text = {"text": chance.choice(TEXTS)}
        yield Draft("decided" if review else "answered", end, fields={"outcome": outcome}, body=text), _moment(end)
        if not review and chance.random() < 0.3:
            yield Draft("rated", end, fields={"satisfaction": chance.choice(RATINGS)}), _moment(end)


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(2), UTC)


def _text(values: Sequence[object]) -> str:
    return "\t".join([_CELLS[type(value)](value) for value in values]) + "\n"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\t", " ").replace("\n", " ")


_CELLS: dict[type, Callable[[Any], str]] = {
    type(None): lambda _: "\\N",
    bool: lambda value: "t" if value else "f",
    bytes: lambda value: "\\\\x" + value.hex(),
    dict: lambda value: _escaped(json.dumps(value, ensure_ascii=False)) if value else "{}",
    str: _escaped,
    int: str,
    date: str,
    datetime: str,
    UUID: str,
}
