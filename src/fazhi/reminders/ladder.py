"""The ladder of a warning: told to one step, and to the next only if nobody there says in time that they have it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from fazhi.hotspots import board
from fazhi.hotspots.warning import LEVELS, SILENT
from fazhi.ledger import now, query
from fazhi.ledger.day import SHANGHAI
from fazhi.people import units
from fazhi.people.actors import LEADING, WORKING, Actor
from fazhi.reminders.models import Message, Step
from fazhi.reminders.queue import remind
from fazhi.reminders.whom import Recipients

HOURS = (8, 4, 4)
"""Waking hours that each step has to acknowledge before the next is told."""
LATELY = timedelta(days=14)
LETTERS_OFFICE = "信访"

_OPEN = """
select w.id, w.day, w.level, w.tell_at,
    array(select distinct v.unit from hotspots_voice v where v.matter = any (w.members))
from hotspots_warning w
where w.day >= %s and w.tell_at <= %s
  and not exists (select from reminders_step s where s.warning = w.id and s.acknowledged is not null)
order by w.tell_at, w.day, w.id
"""
_TOLD = "update hotspots_warning set told_at = coalesce(told_at, %s) where id = %s"


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step as pages show it: to whom, when, until when, and who has it."""

    step: int
    to: str
    told: datetime
    until: datetime
    accounts: tuple[UUID, ...]
    acknowledged: datetime | None
    by: UUID | None
    remark: str


class NotTold(PermissionError):
    """Only those who were told of a warning can say that they have it."""


def climb(moment: datetime | None = None) -> int:
    """Tell the first step of each new warning, and the next of each that nobody took in time; how many were told."""
    at = moment or now()
    rows = query.fetch("default", _OPEN, [at.date() - LATELY, at])
    people = Recipients(at.astimezone(SHANGHAI).date())
    return sum(_climb(row, at, people) for row in rows)


def _climb(row: tuple[Any, ...], at: datetime, people: Recipients) -> int:
    identity, day, level, _tell_at, places = row
    last = Step.objects.filter(warning=identity).order_by("-step").first()
    if last is not None and (last.until > at or last.step >= len(LEVELS)):
        return 0
    first = last.step + 1 if last else level
    for step in range(first, len(LEVELS) + 1):
        told = _of_step(step, places, people, identity)
        if told:
            return _tell(identity, day, step, told, at)
    return 0


def _of_step(step: int, places: Iterable[UUID], people: Recipients, warning: UUID) -> tuple[UUID, ...]:
    """Those of a step who may see the warning: one whom the page would refuse is not told of it."""
    own = list(places)
    if step == 1:
        found = people.in_units(own, WORKING)
    elif step == 2:
        offices = [line.id for line in units.tree_on(people.day).units.values() if LETTERS_OFFICE in line.name]
        found = (*people.in_units(own, LEADING), *people.in_units(offices, LEADING))
    else:
        found = people.in_units({people.top(one) for one in own}, {"lead"})
    seeing = [one.account for one in found if one.account and board.warning(people.scope(one), warning) is not None]
    return tuple(dict.fromkeys(seeing))


def _tell(warning: UUID, day: date, step: int, accounts: tuple[UUID, ...], at: datetime) -> int:
    with transaction.atomic():
        until = waking(at, HOURS[step - 1])
        made = Step.objects.get_or_create(
            warning=warning, step=step, defaults={"accounts": list(accounts), "told": at, "until": until}
        )[1]
        if not made:
            return 0
        remind("warning", accounts, thing=f"{warning}/{step}", due=day)
        query.run("default", _TOLD, [at, warning])
    return 1


def waking(at: datetime, hours: float) -> datetime:
    """So many hours on, of which those of the night do not count."""
    begins, ends = SILENT
    local, left = at.astimezone(SHANGHAI), timedelta(hours=hours)
    while True:
        opens = datetime.combine(local.date(), ends, SHANGHAI)
        closes = datetime.combine(local.date(), begins, SHANGHAI)
        local = max(local, opens)
        if local + left <= closes:
            return local + left
        left -= max(closes - local, timedelta())
        local = datetime.combine(local.date() + timedelta(days=1), time(), SHANGHAI)


def acknowledge(actor: Actor, warning: UUID, remark: str = "") -> StepLine:
    """Say that one has it: the ladder ends, and who and when stays. NotTold for others; said again, the first stays."""
    with transaction.atomic():
        rows = list(Step.objects.select_for_update().filter(warning=warning).order_by("step"))
        mine = [row for row in rows if actor.account in row.accounts]
        if not mine:
            raise NotTold("这条预警没有报给您，由收到的人确认。")
        taken = next((row for row in rows if row.acknowledged), None)
        if taken is None:
            taken = mine[-1]
            taken.acknowledged, taken.by, taken.by_post = now(), actor.account, actor.post
            taken.remark = remark.strip()[:200]
            taken.save(update_fields=["acknowledged", "by", "by_post", "remark"])
        told = Message.objects.filter(kind="warning", thing__startswith=f"{warning}/")
        told.filter(state__in=["queued", "held"]).update(state="acknowledged", after=None)
        told.filter(account=actor.account, seen=None).update(seen=now())
    return _line(taken)


def steps(warning: UUID) -> tuple[StepLine, ...]:
    """The ladder of a warning as far as it was climbed."""
    return tuple(_line(row) for row in Step.objects.filter(warning=warning).order_by("step"))


def _line(row: Step) -> StepLine:
    told = (row.told, row.until, tuple(row.accounts), row.acknowledged, row.by, row.remark)
    return StepLine(row.step, LEVELS[row.step - 1], *told)
