"""Raising the level of watch over a line of a register, and setting a task for the gravest, each once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID

from fazhi.desk.opening import receive
from fazhi.desk.recording import record
from fazhi.ledger import read
from fazhi.people.actors import Actor, machine

TASK = "supervision_task"
DAYS = timedelta(days=14)


def tell_line(line: UUID, said: Mapping[str, str], day: date, *, actor: Actor | None = None) -> bool:
    """Record what a line says from a day on, as its unit or as `actor`; the same of the same day is recorded once."""
    view = read(line)
    key = f"told/{line}/{day}/{'/'.join(f'{name}={value}' for name, value in sorted(said.items()))}"
    teller = actor or machine(view.unit)
    done = record(teller, line, "changed", day=day, fields=dict(said), seen=view.head, key=key)
    return not done.repeated


def raise_watch(line: UUID, column: str, level: str, sign: tuple[str, str], day: date) -> bool:
    """Record that the line is at this level and why (`sign`: column and words); whether this was new."""
    view = read(line)
    key = f"watch/{line}/{level}/{view.head}"
    said = {column: level, sign[0]: sign[1]}
    done = record(machine(view.unit), line, "changed", day=day, fields=said, seen=view.head, key=key)
    return not done.repeated


def set_task(line: UUID, task: str, day: date) -> UUID:
    """A task of supervision from the line, once for each time it came to this: the entry that raised it names it."""
    view = read(line)
    raised = max((one.seq for one in view.entries if one.kind == "changed"), default=1)
    said = {
        "list": "warning",
        "task": task,
        "goal": "核查风险，落实资金存管，防止卷款跑路",
        "owner": "属地街道和行业主管部门",
        "day": (day + DAYS).isoformat(),
    }
    done = receive(machine(view.unit), TASK, day=day, fields=said, key=f"watch/{line}/{raised}", unit=view.unit)
    return done.matter
