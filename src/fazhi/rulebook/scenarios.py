"""Runs scenarios: facts of a matter, a day, and the clocks and findings that a lawyer expects on it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from fazhi.law import Clock, Fact, Finding, Matter, admit, read_clocks
from fazhi.rulebook.load import Rulebook
from fazhi.rulebook.pages import read_page

_THREAD = re.compile(r"^(\w+?)(?:#(\S+))?$")


class ScenarioFault(ValueError):
    """A scenario that cannot be read; says which line of its text is wrong."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one scenario gave. No `faults`: it passed. `states` are the states its clocks were seen in, by name."""

    name: str
    where: str
    line: int
    faults: tuple[str, ...] = ()
    states: Mapping[str, frozenset[str]] = field(default_factory=dict)
    moved: Mapping[str, frozenset[str]] = field(default_factory=dict)
    page: str = ""


def run_scenarios(path: Path, rulebook: Rulebook) -> tuple[Outcome, ...]:
    """Every [[scenario]] of a file, or of all `scenarios*.toml` under a folder."""
    files = sorted(path.rglob("scenarios*.toml")) if path.is_dir() else [path]
    return tuple(outcome for file in files for outcome in _run_file(file, rulebook))


def scenario_names(folder: Path) -> frozenset[str]:
    """The names of the scenarios beside a page."""
    files = sorted(folder.glob("scenarios*.toml"))
    return frozenset(str(one.get("name", "")) for file in files for one in read_page(file).table.get("scenario", []))


def _run_file(path: Path, rulebook: Rulebook) -> Iterator[Outcome]:
    lines = [at for at, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if text.startswith("[[")]
    for line, table in zip(lines, read_page(path).table.get("scenario", []), strict=True):
        name = str(table.get("name", f"第 {line} 行"))
        try:
            yield run_scenario(table, rulebook, path.parent.name, name=name, where=str(path), line=line)
        except (ScenarioFault, LookupError, KeyError) as fault:
            yield Outcome(name, str(path), line, (str(fault),))


def run_scenario(
    table: Mapping[str, Any], rulebook: Rulebook, procedure: str, *, name: str = "", where: str = "", line: int = 1
) -> Outcome:
    """One scenario against the rulebook: compares states, days and findings, and says every difference."""
    matter = build_matter(table, rulebook, str(table.get("procedure", procedure)))
    now = _day(table.get("on"), "on")
    recorded, findings = judge_entries(matter, rulebook)
    reading = read_clocks(recorded, now, rulebook.calendar)
    only = set(str(table["only"]).split()) if "only" in table else None
    clocks = [clock for clock in reading.clocks if only is None or clock.name in only]
    faults = [*_compare_clocks(clocks, str(table.get("expect", "")))]
    faults += _compare_findings(findings, str(table.get("finds", "")))
    states: dict[str, set[str]] = {}
    moved: dict[str, set[str]] = {}
    for clock in clocks:
        states.setdefault(clock.name, set()).add(clock.state)
        moved.setdefault(clock.name, set()).update(event.kind for event in clock.events)
        if clock.rule.deems and any(fact.kind == clock.rule.deems for fact in reading.deemed):
            moved[clock.name].add("deemed")
    return Outcome(
        name, where, line, tuple(faults),
        {key: frozenset(found) for key, found in states.items()},
        {key: frozenset(found) for key, found in moved.items()},
        f"{matter.page.name}/{matter.page.in_force}",
    )  # fmt: skip


def build_matter(table: Mapping[str, Any], rulebook: Rulebook, procedure: str) -> Matter:
    """The matter of a scenario: `page` or the day of the opening fact picks the page in force."""
    facts = read_facts(str(table.get("facts", "")))
    if not facts:
        raise ScenarioFault("facts 中没有事实")
    name, _, day = str(table.get("page", procedure)).partition("/")
    opening = rulebook.procedures[name][-1].opens_with if name in rulebook.procedures else ""
    opened = next((fact.day for fact in facts if fact.kind == opening), facts[0].day)
    page = rulebook.page(name, date.fromisoformat(day) if day else opened)
    children = {
        thread: (build_matter(child, rulebook, str(child.get("page", procedure))),)
        for thread, child in table.get("children", {}).items()
    }
    return Matter(page, facts, children, rulebook.later(page))


def read_facts(text: str) -> tuple[Fact, ...]:
    """`DAY KIND [#thread] [field=value …]`, one a line, numbered in order; `fixes=N` and `strikes=N` correct line N."""
    facts = []
    for entry, line in enumerate((one for one in text.splitlines() if one.strip()), 1):
        when, *said = line.split()
        if not said:
            raise ScenarioFault(f"“{line}”：应写作 2024-01-05 received channel=web")
        kind, thread, fields = said[0], "", {}
        for word in said[1:]:
            if word.startswith("#"):
                thread = word[1:]
            elif "=" in word:
                key, _, value = word.partition("=")
                fields[key] = value
            else:
                raise ScenarioFault(f"“{line}”：不认识 {word}，应为 #线索 或 字段=值")
        corrects = fields.pop("fixes", "") or fields.pop("strikes", "")
        strikes = f"strikes={corrects}" in said
        day = _day(when[:10], line)
        moment = datetime.fromisoformat(when) if "T" in when else None
        facts.append(Fact(kind, day, moment, fields, thread, entry, int(corrects) if corrects else None, strikes))
    return tuple(facts)


def _day(value: Any, where: str) -> date:
    try:
        return value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError:
        raise ScenarioFault(f"“{where}”：{value} 不是日期，应写作 2024-01-05") from None


def judge_entries(matter: Matter, rulebook: Rulebook) -> tuple[Matter, list[tuple[Fact, Finding]]]:
    """The matter as recorded when the facts are entered one after another as written, and what was said against them.

    A barred fact is refused: it stands in no record and moves no clock."""
    recorded = Matter(matter.page, (), matter.children, matter.later)
    said: list[tuple[Fact, Finding]] = []
    latest = date.min
    for fact in matter.facts:
        latest = max(latest, fact.day)
        found = admit(recorded, fact, now=datetime.combine(latest, time.max), calendar=rulebook.calendar)
        said += [(fact, finding) for finding in found if finding.severity in ("barred", "unlawful")]
        if not any(finding.severity == "barred" for finding in found):
            recorded = Matter(matter.page, (*recorded.facts, fact), matter.children, matter.later)
    return recorded, said


def describe_clock(clock: Clock) -> str:
    """A clock in the words of a scenario: `decide running due 2024-05-01 strict …`."""
    thread = f"#{clock.thread}" if clock.thread else ""
    told = [f"{clock.name}{thread}", clock.state]
    days = (("not before", clock.earliest), ("due", clock.due), ("strict", clock.strict), ("warned", clock.warned_by))
    told += [f"{word} {day}" for word, day in days if day is not None]
    return " ".join([*told, "provisional"] if clock.provisional else told)


def _compare_clocks(clocks: list[Clock], expected: str) -> Iterator[str]:
    """Each expected line must say the state and some of the days of one clock; and no clock is left over."""
    left = list(clocks)
    for line in (one.strip() for one in expected.splitlines() if one.strip()):
        match = next((clock for clock in left if _fits(clock, line)), None)
        if match is None:
            seen = "；".join(describe_clock(clock) for clock in clocks if clock.name == line.split()[0].split("#")[0])
            yield f"期望 {line}，实为 {seen or '没有这个期限'}"
        else:
            left.remove(match)
    for clock in left:
        yield f"未列出的期限：{describe_clock(clock)}"


def _fits(clock: Clock, line: str) -> bool:
    found = _THREAD.match(line.split()[0])
    if found is None or clock.name != found[1] or clock.thread != (found[2] or ""):
        return False
    told = describe_clock(clock)
    parts = re.findall(r"(?:not before|due|strict|warned) \S+|provisional|\S+", line)[1:]
    return all(part in told for part in parts) and parts[:1] == [clock.state]


def _compare_findings(found: list[tuple[Fact, Finding]], expected: str) -> Iterator[str]:
    """`KIND SEVERITY: words of the finding or its rule`; what is not expected is a fault too."""
    left = list(found)
    for line in (one.strip() for one in expected.splitlines() if one.strip()):
        head, _, words = line.partition(":")
        said = head.split()
        match = next(
            (
                (fact, finding)
                for fact, finding in left
                if [fact.kind, finding.severity] == said
                and any(words.strip() in text for text in (finding.message, finding.message_en, finding.rule))
            ),
            None,
        )
        if match is None:
            seen = "；".join(_described(fact, finding) for fact, finding in found)
            yield f"期望发现 {line}，实为 {seen or '没有发现'}"
        else:
            left.remove(match)
    for fact, finding in left:
        yield f"未列出的发现：{_described(fact, finding)}"


def _described(fact: Fact, finding: Finding) -> str:
    return f"{fact.kind} {finding.severity}: {finding.rule} {finding.message}"
