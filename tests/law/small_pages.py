"""Small pages for the tests of the law: words as a page has them, read into a Procedure."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import chinese_calendar.constants as notices

from fazhi.law import (
    ClockRule,
    Fact,
    FactKind,
    FieldKind,
    Matter,
    OtherTerm,
    Procedure,
    Register,
    Source,
    Term,
    Title,
    Transition,
    Workdays,
    read_clocks,
)

_LISTS = ("starts", "before", "stops", "drops", "restarts", "extended_by", "opens", "unless", "letters", "leads_to")
_TERMS = ("term", "at_least", "extension", "warns")


@lru_cache
def calendar() -> Workdays:
    """The working days of mainland China as the notices of 2004 to 2026 have them."""
    names = {day: str(notices.Holiday(name).chinese) for day, name in notices.holidays.items()}
    return Workdays(notices.holidays, notices.workdays, range(2004, 2027), names)


def listed(words: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words)


def fact_kind(name: str, words: Mapping[str, Any]) -> FactKind:
    made = dict(words)
    for group in ("after", "needs"):
        made[group] = tuple(tuple(one.split(" | ")) for one in listed(words.get(group, ())))
    made["when"] = {field: listed(values) for field, values in words.get("when", {}).items()}
    made["fields"] = {field: field_kind(field, kind) for field, kind in words.get("fields", {}).items()}
    return FactKind(name, **{**made, **{key: listed(words[key]) for key in _LISTS if key in words}})


def field_kind(name: str, kind: str | list[str]) -> FieldKind:
    if isinstance(kind, list):
        return FieldKind(name, "choice", tuple(kind))
    return FieldKind(name, kind, required=name != "lasts")  # type: ignore[arg-type]


def clock_rule(name: str, words: Mapping[str, Any]) -> ClockRule:
    made = dict(words)
    made.update({key: listed(words[key]) for key in _LISTS if key in words})
    made.update({key: Term.parse(words[key]) for key in _TERMS if key in words})
    made["pauses"] = {begin: listed(ends) for begin, ends in words.get("pauses", {}).items()}
    made["when"] = {field: listed(values) for field, values in words.get("when", {}).items()}
    if "or_term" in words:
        made["or_term"] = OtherTerm(Term.parse(words["or_term"]))
    made["source"] = Source(words.get("source", "第一条"))
    return ClockRule(name, **made)


def page(
    facts: Mapping[str, Mapping[str, Any]] | str,
    clocks: Mapping[str, Mapping[str, Any]],
    in_force: date = date(2004, 1, 1),
    **words: Any,
) -> Procedure:
    """Facts as a table, or their bare names in one string; clocks as tables."""
    table: Mapping[str, Mapping[str, Any]] = (
        {n: {"repeats": True} for n in facts.split()} if isinstance(facts, str) else facts
    )
    if "register" in words:
        words["register"] = Register(**{k: v if k == "public" else listed(v) for k, v in words["register"].items()})
    if "transition" in words:
        words["transition"] = Transition(listed(words["transition"]))
    return Procedure(
        words.pop("name", "small"),
        in_force,
        Title("小程序"),
        Source("《小法》"),
        words.pop("rolls", "never"),
        facts={name: fact_kind(name, kind) for name, kind in table.items()},
        clocks={name: clock_rule(name, rule) for name, rule in clocks.items()},
        common={"noted": FactKind("noted", repeats=True)},
        **words,
    )


def fact(line: str, entry: int = 0, **more: Any) -> Fact:
    """`2024-03-01T09:30 accepted #甲 procedure=simple`; underscores in values are blanks."""
    when, kind, *rest = line.split()
    thread = next((word[1:] for word in rest if word.startswith("#")), "")
    fields = dict(word.split("=", 1) for word in rest if "=" in word)
    return Fact(
        kind,
        date.fromisoformat(when[:10]),
        datetime.fromisoformat(when) if "T" in when else None,
        {name: value.replace("_", " ") for name, value in fields.items()},
        thread,
        entry,
        **more,
    )


def facts(lines: str) -> tuple[Fact, ...]:
    """One fact a line, numbered as typed."""
    told = [line for line in lines.strip().splitlines() if line.strip()]
    return tuple(fact(line, entry) for entry, line in enumerate(told, 1))


def read(procedure: Procedure, lines: str, on: str, only: str = "", **more: Any) -> list[str]:
    """The clocks on a day, one line each: name, thread, state, earliest, due."""
    reading = read_clocks(Matter(procedure, facts(lines), **more), moment(on), calendar())
    told = []
    for clock in reading.clocks:
        if not only or clock.name in only.split():
            words = [clock.name, f"#{clock.thread}" if clock.thread else "", clock.state]
            words += [f"not before {clock.earliest}" if clock.earliest else "", f"due {clock.due}" if clock.due else ""]
            told.append(" ".join(filter(None, words)))
    return told


def moment(text: str) -> datetime | date:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
