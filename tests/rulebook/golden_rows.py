"""The worked deadlines, led to page, clock and facts by their own words: amount, unit and roll stay the page's own."""

import csv
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from fazhi.law import HORIZON, Clock, ClockRule, Fact, Matter, Procedure, read_clocks
from fazhi.rulebook import load
from fazhi.rulebook.scenarios import read_facts

FOLDER = Path(__file__).parent / "golden"
_NAMED_DAY = re.compile(r"(?:(\d{4})-)?(?<!\d)(\d{1,2})-(\d{1,2})(?!\d)")
_NAMED_LENGTH = re.compile(r"(\d+)日")
_GRANTED = re.compile(r"延长?(?:了)?(\d+)")
_MONTH = timedelta(days=35)


@dataclass(frozen=True)
class Row:
    """What the runner may read of a worked deadline: no amount, no unit, no roll, no answer."""

    id: str
    procedure: str
    stage: str
    law_version: str
    start: str
    facts: str

    @property
    def first(self) -> date:
        return date.fromisoformat(self.start[:10])

    def days(self) -> Iterator[date]:
        """The days that the facts name; one without a year is the first on or after the start."""
        for year, month, day in _NAMED_DAY.findall(self.facts):
            named = date(int(year or self.first.year), int(month), int(day))
            yield named if year or named >= self.first else named.replace(year=named.year + 1)

    def lasted(self) -> timedelta:
        """The length in days that the facts name; a fortnight if they name none."""
        said = _NAMED_LENGTH.search(self.facts)
        return timedelta(days=int(said[1]) if said else 14)

    def fill(self, text: str) -> str:
        """The facts of a matter: `{start}` with its hour, `{before}`, `{month_before}`, `{next}`, `{later}`, `{1}` …"""
        named = {str(at): day for at, day in enumerate(self.days(), 1)}
        filled: dict[str, Any] = {"start": self.start, "day": self.first, "before": self.first - timedelta(days=1)}
        filled["next"] = self.first + timedelta(days=1)
        filled["later"] = filled["next"] + self.lasted()
        return text.format("", *named.values(), month_before=self.first - _MONTH, **filled)


@dataclass(frozen=True)
class Lead:
    """Words of a row, and the page, clock and matter they mean; `day` is the end of the clock, or its minimum."""

    procedure: str
    page: str
    clock: str
    matter: str
    stage: str = ""
    law: str = ""
    facts: str = ""
    day: str = "end"

    def fits(self, row: Row) -> bool:
        said = f"{row.stage} {row.facts}"
        pairs = ((self.stage, row.stage), (self.law, row.law_version), (self.facts, said))
        return self.procedure == row.procedure and all(re.search(words, said) for words, said in pairs)

    def procedure_page(self) -> Procedure:
        name, _, day = self.page.partition("/")
        return load().page(name, date.fromisoformat(day))


@lru_cache
def leads() -> tuple[Lead, ...]:
    """Every entry of `golden/*.toml`, in order."""
    tables = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.toml"))]
    return tuple(Lead(procedure=table["procedure"], **entry) for table in tables for entry in table["row"])


def lead_of(row: Row) -> Lead | None:
    """The first entry whose words the row says."""
    return next((lead for lead in leads() if lead.fits(row)), None)


@lru_cache
def answers(path: Path) -> dict[str, dict[str, str]]:
    """The rows as they stand in the file, by id."""
    with path.open(encoding="utf-8") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def questions(path: Path) -> dict[str, Row]:
    return {key: Row(**{word: row[word] for word in Row.__dataclass_fields__}) for key, row in answers(path).items()}


def worked_out(row: Row, lead: Lead, page: Procedure | None = None) -> tuple[str, str]:
    """`(due, strict)` as the page says them, in the form of the file; empty where the page starts no such clock."""
    there = page or lead.procedure_page()
    facts = granted(read_facts(row.fill(lead.matter)), row, there.clocks[lead.clock])
    matter = Matter(there, facts)
    last = max(fact.day for fact in facts)
    clock = read_clocks(matter, last, load().calendar).clock(lead.clock)
    if clock is None:
        clock = read_clocks(matter, HORIZON, load().calendar).clock(lead.clock)
    return _days_of(clock, lead.day) if clock else ("", "")


def granted(facts: tuple[Fact, ...], row: Row, rule: ClockRule) -> tuple[Fact, ...]:
    """The facts, an extension saying the length that the row says was granted, in the unit of the page."""
    said = _GRANTED.search(f"{row.stage} {row.facts}")
    if said is None or rule.extension is None:
        return facts
    length = f"{said[1]} {rule.extension.unit}"
    return tuple(
        replace(fact, fields={"lasts": length, **fact.fields}) if fact.kind in rule.extended_by else fact
        for fact in facts
    )


def _days_of(clock: Clock, day: str) -> tuple[str, str]:
    if clock.due_moment is not None:
        moment = clock.due_moment.isoformat(timespec="minutes")
        return moment, moment
    if clock.due is None or day == "minimum":
        return str(clock.earliest or ""), str(clock.earliest or "")
    return str(clock.due), str(clock.strict)


def without_term(lead: Lead) -> Procedure:
    """The page, broken: the clock of this entry runs one longer."""
    page = lead.procedure_page()
    rule = page.clocks[lead.clock]
    longer = {
        word: replace(term, amount=term.amount + 1) if term.amount else replace(term, unit="days", amount=40)
        for word in ("term", "at_least")
        if (term := getattr(rule, word)) is not None
    }
    return replace(page, clocks={**page.clocks, rule.name: replace(rule, **longer)})


def unrolled(lead: Lead) -> Procedure:
    """The page, broken: no last day of this clock is moved."""
    page = lead.procedure_page()
    rule = page.clocks[lead.clock]
    return replace(page, clocks={**page.clocks, rule.name: replace(rule, rolls="never")})
