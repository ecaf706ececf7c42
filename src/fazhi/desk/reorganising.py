"""Reorganisation as entries: a unit begins, is renamed, moves, merges or ends on a day; open work is handed over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import NAMESPACE_OID, UUID, uuid5

from fazhi.desk.act import Act, NoRight, Received, Refused, refusal
from fazhi.desk.local import top_unit
from fazhi.desk.opening import enter
from fazhi.desk.recording import record_all
from fazhi.desk.seating import Seats, carry_grants, carry_posts, seats_of
from fazhi.ledger import Collision, MatterView, query, read, today
from fazhi.ledger import act as transaction
from fazhi.people import units
from fazhi.people.actors import Actor, machine
from fazhi.reach.involved import involved

PROCEDURE = "reorganisation"
TRIES = 5

ChangeOfUnit = Literal["created", "renamed", "moved", "merged", "abolished"]
Step = Callable[[int, int], None]

_OPEN = """
select matter, kind from reach_row
where unit = %s and open and todo and role in ('receiving', 'responsible') and kind <> %s order by day, matter
"""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to happen to a unit from a day on. `unit` is the one concerned (none for a new one), `under` its parent,
    `into` the unit that carries on, `ground` the document that says so."""

    change: ChangeOfUnit
    day: date
    unit: UUID | None = None
    name: str = ""
    name_en: str = ""
    code: str = ""
    under: UUID | None = None
    into: UUID | None = None
    ground: str = ""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a plan would do. `work` counts the open matters to be handed over by kind; `seats` are the posts that end
    or go along, with the grants that hang on them."""

    plan: Plan
    moving: tuple[UUID, ...]
    work: Mapping[str, int]
    seats: Seats


@dataclass(frozen=True, slots=True)
class HandedOver:
    """How many open matters were handed over, and which could not be, each with the reason."""

    count: int
    left: tuple[tuple[UUID, str], ...]


def foresee(plan: Plan) -> Foreseen:
    """What the plan would do, without doing it; Refused says why it cannot be."""
    tree = units.tree_on(plan.day)
    wrong = _fault(plan, tree)
    if wrong:
        raise Refused((refusal("unit", wrong, "the plan cannot be carried out", "unit"),))
    if plan.unit is None or plan.change in ("created", "moved"):
        below = sorted(tree.subtree(plan.unit) - {plan.unit}, key=str) if plan.unit else ()
        return Foreseen(plan, tuple(below), {}, Seats((), ()))
    work = Counter(str(kind) for _, kind in query.fetch("default", _OPEN, [plan.unit, PROCEDURE]))
    return Foreseen(plan, tree.children.get(plan.unit, ()), dict(work), seats_of(plan.unit, plan.day))


def carry_out(actor: Actor, plan: Plan, *, key: str) -> tuple[Received, UUID]:
    """Do it and write it down, both or neither; the unit that is there afterwards. Past days stay as they were."""
    with transaction("default"):
        foresee(plan)
        new = uuid5(NAMESPACE_OID, f"fazhi.unit.{key}")
        after = new if plan.change in ("created", "renamed") else plan.into or plan.unit or new
        first = not units.tree_on(today()).units  # the first unit of a house records its own beginning
        if first:
            _apply(plan, after)
        top, by = (after, machine(after)) if first else (top_unit(actor), actor)
        act = Act("decided", today(), fields=_said(plan, after), body={"text": plan.ground, "name": plan.name})
        done = enter(by, PROCEDURE, [act], key=key, holder=False, own=True, unit=top)
        if not done.repeated and not first:
            _apply(plan, after)
        return done, after


def _said(plan: Plan, after: UUID) -> dict[str, str]:
    said = {"change": plan.change, "from": plan.day.isoformat(), "unit": str(plan.unit or after)}
    if plan.unit not in (None, after):
        said["into"] = str(after)
    return said | ({"under": str(plan.under)} if plan.under else {})


def hand_over(actor: Actor, matter: UUID, *, key: str, most: int | None = None, step: Step | None = None) -> HandedOver:
    """Hand the open work of the unit over to the one that carries on, each matter in a transaction of its own; run
    again, it goes on where it ended, or where it had done the `most` it was to do. Closed matters and past numbers keep
    the unit they had."""
    view = read(matter)
    line = view.entries[0] if view.procedure == PROCEDURE else None
    if line is None or "into" not in line.fields:
        raise Refused((refusal("matter", "这次调整没有需要移交的在办事项。", "nothing to hand over", "matter"),))
    if "administer" not in actor.powers and actor.face == "office":
        raise NoRight("移交在办事项应由系统管理员办理。")
    if date.fromisoformat(line.fields["from"]) > today():
        raise Refused((refusal("from", "调整的日期还没有到，到那一天再移交。", "not before its day", "from"),))
    old, new = UUID(line.fields["unit"]), UUID(line.fields["into"])
    ids = list(dict.fromkeys(row[0] for row in query.fetch("default", _OPEN, [old, PROCEDURE])))
    every, ids = len(ids), ids[:most]
    left: list[tuple[UUID, str]] = []
    for place, one in enumerate(ids, 1):
        if why := _hand_one(one, old, new, f"{matter}/{one}"):
            left.append((one, why))
        if step:
            step(place, len(ids))
    done = len(ids) - len(left)
    acts = [Act("handed_over", today(), fields={"unit": str(new), "count": str(done)})]
    acts += [] if left or every > len(ids) else [Act("completed", today())]
    record_all(actor, matter, acts, seen=read(matter).head, key=key, own=True)
    return HandedOver(done, tuple(left))


def waiting() -> tuple[tuple[MatterView, int], ...]:
    """Reorganisations that are not completed, with the open matters still to be handed over."""
    rows = query.fetch("default", "select id from ledger_matter where procedure = %s order by opened, id", [PROCEDURE])
    found = []
    for view in (read(row[0]) for row in rows):
        line = view.entries[0]
        if "into" in line.fields and all(entry.kind != "completed" for entry in view.entries):
            work = query.fetch("default", _OPEN, [UUID(line.fields["unit"]), PROCEDURE])
            found.append((view, len({row[0] for row in work})))
    return tuple(found)


def _hand_one(matter: UUID, old: UUID, new: UUID, key: str) -> str:
    """Why it could not be handed over; nothing if it was."""
    for _ in range(TRIES):
        view = read(matter)
        acts = _handing(view, old, new)
        try:
            if acts:
                record_all(machine(new, "机构调整"), matter, acts, seen=view.head, key=key)
        except Collision:
            continue
        except (Refused, NoRight) as error:
            return str(error)
        return ""
    return "有人正在办理这件事项，请稍后再移交。"


def _handing(view: MatterView, old: UUID, new: UUID) -> list[Act]:
    """The acts by which the new unit takes the old one's turn, thread by thread. What the old one was merely asked for
    or joined needs none: whoever works for the new unit sees it as the old one's successor."""
    found = involved(view)
    threads = [thread for thread, unit in found.responsible.items() if unit == old]
    if not threads and found.receiving == old and not found.responsible:
        threads = [""]
    return [Act("transferred", today(), fields={"unit": str(new)}, thread=thread) for thread in threads]


def _apply(plan: Plan, after: UUID) -> None:
    if plan.change == "created":
        more = {"name_en": plan.name_en, "organ_code": plan.code}
        units.found(plan.name, parent=plan.under, since=plan.day, id=after, **more)
        return
    assert plan.unit is not None
    if plan.change == "moved":
        units.move(plan.unit, parent=plan.under, day=plan.day)
        return
    seats = seats_of(plan.unit, plan.day)
    if plan.change == "renamed":
        before = units.tree_on(plan.day).units[plan.unit]
        more = {"name_en": plan.name_en, "organ_code": plan.code or before.organ_code}
        units.found(plan.name, parent=before.parent, since=plan.day, id=after, kind=before.kind, **more)
    units.merge(plan.unit, into=after, day=plan.day)
    if plan.change in ("renamed", "merged"):
        posts = carry_posts(seats, after, plan.day)
        carry_grants(seats, posts, plan.unit, after, plan.day, others=plan.change == "renamed")


def _fault(plan: Plan, tree: units.Tree) -> str:
    there = {line.name: unit for unit, line in tree.units.items()}
    if plan.change in ("created", "renamed"):
        if not plan.name.strip():
            return "请写新的名称。"
        if plan.name.strip() in there:
            return f"{plan.day}已有名为“{plan.name}”的单位，请另起名称。"
    if plan.change == "created":
        return "" if plan.under is None or plan.under in tree.units else f"{plan.day}没有这个上级单位，请核对日期。"
    if plan.unit is None or plan.unit not in tree.units:
        return f"{plan.day}没有这个单位，请核对日期。"
    if plan.change == "moved" and (plan.under is None or plan.under not in tree.units):
        return "请写改隶到哪个上级单位。"
    if plan.change == "moved" and plan.under in tree.subtree(plan.unit):
        return "不能把单位移到自己的下级单位之下，请另选上级单位。"
    if plan.change in ("merged", "abolished"):
        if plan.into is None or plan.into not in tree.units:
            return "请写由哪个单位承接；被撤销的单位，其在办事项也须有单位承接。"
        if plan.into in tree.subtree(plan.unit):
            return "不能并入自己或自己的下级单位，请另选承接单位。"
    return ""
