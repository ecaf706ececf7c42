"""Lines of a register that its rules raise: found, recorded with why, the gravest made a task once."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from fazhi.desk.watching import raise_watch, set_task
from fazhi.ledger import rulebook
from fazhi.registers import look
from fazhi.registers.values import Line
from fazhi.registers.watch import Judged, Told, judge
from fazhi.rulebook.watches import Watch


@dataclass(frozen=True, slots=True)
class Found:
    """A line that rose: what it is called, from what to what, why."""

    line: Line
    name: str
    before: str
    judged: Judged


def rising(watch: Watch, units: Iterable[UUID], day: date, only: Collection[UUID] | None = None) -> list[Found]:
    """Standing lines of these units that the rules raise, in the order they were entered; `only` some of them."""
    page = rulebook().page(watch.register, day).register
    named = page.find[0] if page and page.find else ""
    found = []
    for line in look.lines_in(watch.register, units, day):
        if line.matter is None or not line.stands(day) or (only is not None and line.matter not in only):
            continue
        versions = look.versions_of(watch.register, line.matter)
        judged = judge(watch, [Told(one.since, one.data) for one in versions if one.since <= day], day)
        if judged.raised:
            name = line.data.get(named, "")
            found.append(Found(line, name, line.data.get(watch.grade, ""), judged))
    return found


def apply(watch: Watch, one: Found, day: date) -> UUID | None:
    """Record the level and why; the task where it is the gravest."""
    assert one.line.matter is not None
    why = "；".join(str(rule.title) for rule in one.judged.rules)
    raise_watch(one.line.matter, watch.grade, one.judged.level, (watch.sign, why), day)
    if one.judged.level != watch.levels[-1]:
        return None
    return set_task(one.line.matter, f"核查{one.name}：{why}", day)
