"""Alerts on a figure: set by who leads or supervises, judged from readings, raised once as a task."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal, cast, get_args
from uuid import UUID

from django.db import IntegrityError, transaction

from fazhi import desk
from fazhi.dashboard.models import Alert, Raised
from fazhi.desk.act import Act, NoRight
from fazhi.desk.watching import TASK
from fazhi.indicators import look, series
from fazhi.indicators.values import Reading, Span
from fazhi.ledger import rulebook, today
from fazhi.people import posts, units
from fazhi.people.actors import Actor, machine
from fazhi.reach.scope import Scope
from fazhi.rulebook import Indicator

Rule = Literal["above", "below", "rising", "falling"]
POWERS = frozenset({"lead", "supervise"})
FEWEST, MOST_MONTHS = 2, 11


class BadAlert(ValueError):
    """The alert cannot be set; the message says why."""


@dataclass(frozen=True, slots=True)
class Why:
    """What raised an alert: the values in order of time, the bound, and the position they were read at."""

    stretch: str
    values: tuple[tuple[str, str], ...]
    position: int


@dataclass(frozen=True, slots=True)
class Line:
    """An alert as pages show it, with what it raised, the last first.

    `keeper` is the post that keeps it today, another than the one that set it where that was abolished; None: it rests.
    """

    id: UUID
    unit: UUID
    indicator: str
    rule: Rule
    bound: Decimal
    owner: str
    days: int
    since: date
    raised: tuple[Raised, ...]
    own: bool
    keeper: UUID | None
    passed: bool


def set_alert(
    actor: Actor, scope: Scope, page: Indicator, unit: UUID, rule: str, bound: Decimal, owner: str, days: int
) -> UUID:
    """Set an alert on a figure of a unit; NoRight for who neither leads nor supervises or may not see the unit."""
    if not actor.powers & POWERS or actor.post is None:
        raise NoRight("预警由机关负责人或者具有“监督”职权的岗位设置，请改选岗位。")
    if unit not in scope.units:
        raise NoRight("您无权查看这个单位的指标，不能对它设置预警。")
    if rule not in get_args(Rule):
        raise BadAlert("请选择在什么情况下预警。")
    if rule in ("rising", "falling") and (bound != int(bound) or not FEWEST <= bound <= MOST_MONTHS):
        raise BadAlert(f"连续月数应为{FEWEST}到{MOST_MONTHS}的整数。")
    if not owner.strip() or len(owner) > 120:
        raise BadAlert("请写明由谁负责整改，120字以内。")
    if not 1 <= days <= 365:
        raise BadAlert("完成期限应为1到365天。")
    said = {"indicator": page.name, "rule": rule, "bound": bound, "owner": owner.strip(), "days": days}
    return Alert.objects.create(post=actor.post, unit=unit, since=today(), **said).pk


def end_alert(actor: Actor, alert: UUID) -> bool:
    """End an alert that one's own post keeps, from today; what it raised stays. Whether there was one."""
    found = Alert.objects.filter(pk=alert, until=None).first()
    if found is None or actor.post is None or keeper_of(found) != actor.post:
        return False
    return bool(Alert.objects.filter(pk=alert, until=None).update(until=today()))


def keeper_of(alert: Alert) -> UUID | None:
    """The post that keeps an alert today: its own, or the one that carries on its work."""
    return posts.heir(alert.post, today())


def take_over(actor: Actor, scope: Scope, alert: UUID) -> bool:
    """Take over an alert that rests since its post was abolished; whether there was one that one may see."""
    found = Alert.objects.filter(pk=alert, until=None, unit__in=list(scope.units)).first()
    if found is None or actor.post is None or not actor.powers & POWERS or keeper_of(found) is not None:
        return False
    return bool(Alert.objects.filter(pk=alert, until=None).update(post=actor.post))


def alerts_for(actor: Actor, scope: Scope, indicator: str = "") -> tuple[Line, ...]:
    """Alerts in force on units that the reader may see, of one figure or of all."""
    rows = Alert.objects.filter(until=None, unit__in=list(scope.units)).prefetch_related("raised")
    rows = rows.filter(indicator=indicator) if indicator else rows
    return tuple(_line(one, actor) for one in rows.order_by("indicator", "since", "pk"))


def check_all() -> int:
    """Judge every alert that somebody keeps and raise what is due, each stretch once; how many were raised."""
    kept = Alert.objects.filter(until=None).order_by("since", "pk")
    return sum(raise_one(one) for one in kept if keeper_of(one) is not None)


def raise_one(alert: Alert) -> bool:
    """Raise an alert as a task where its rule holds and its stretch has none yet."""
    page = rulebook().indicators.get(alert.indicator)
    why = judge(alert, page) if page is not None else None
    if page is None or why is None or Raised.objects.filter(alert=alert, stretch=why.stretch).exists():
        return False
    try:
        with transaction.atomic():
            matter = _task(alert, page, why)
            values = {"values": why.values, "position": why.position}
            Raised.objects.create(alert=alert, stretch=why.stretch, matter=matter, day=today(), values=values)
    except IntegrityError:  # another process was faster; the key of the task is the same
        return False
    return True


def judge(alert: Alert, page: Indicator) -> Why | None:
    """Why the alert is due, None where it is not; no data is no reason."""
    day = today()
    span = Span(units.whole(alert.unit, date(day.year, 1, 1), day), date(day.year, 1, 1), day)
    if alert.rule in ("above", "below"):
        reading = look.read(page, span)
        if reading.value is None or not _beyond(alert, reading.value):
            return None
        return Why(str(day.year), ((day.isoformat(), f"{reading.value:f}"),), reading.span.position)
    last = day.replace(day=1) - timedelta(days=1)  # only whole months are set beside one another
    run = _run(alert, series.months(page, Span(span.units, last.replace(day=1), last)))
    if len(run) <= int(alert.bound):
        return None
    values = tuple((f"{one.span.start:%Y-%m}", f"{one.value:f}") for one in run)
    return Why(values[0][0], values, run[-1].span.position)


def _beyond(alert: Alert, value: Decimal) -> bool:
    return value > alert.bound if alert.rule == "above" else value < alert.bound


def _run(alert: Alert, months: Iterable[Reading]) -> list[Reading]:
    """The months up to the last in which each went the same way from the one before, with that one in front."""
    run: list[Reading] = []
    for one in months:
        before = run[-1].value if run else None
        if one.value is None:
            run = []
        elif before is not None and (one.value > before if alert.rule == "rising" else one.value < before):
            run.append(one)
        else:
            run = [one]
    return run


def _task(alert: Alert, page: Indicator, why: Why) -> UUID:
    """The task that the alert becomes; the same stretch gives the same one, however often it is asked."""
    told = "、".join(f"{_when(when)}为{value}{page.unit}" for when, value in why.values)
    body = {
        "task": f"核查并整改：{units.name_of(alert.unit)}“{page.title}”{told}",
        "goal": goal_words(cast(Rule, alert.rule), alert.bound, page.unit),
        "owner": alert.owner,
        "origin": f"指标预警：{page.title}（按截至第{why.position}条的记录计算）",
    }
    day = today()
    fields = {"list": "alert", "day": (day + timedelta(days=alert.days)).isoformat()}
    act = Act("set", day, fields=fields, body=body)
    key = f"alert/{alert.pk}/{why.stretch}"
    return desk.enter(machine(alert.unit, "指标预警"), TASK, [act], key=key, holder=False, unit=alert.unit).matter


def _when(stretch: str) -> str:
    """A day or a month in Chinese words, as the task is to be read."""
    return "".join(f"{int(part)}{word}" for part, word in zip(stretch.split("-"), "年月日", strict=False))


def goal_words(rule: Rule, bound: Decimal, unit: str) -> str:
    """What the task is to reach."""
    limit = f"{bound.normalize():f}{unit}"
    return {
        "above": f"不高于{limit}",
        "below": f"不低于{limit}",
        "rising": "止住连月上升",
        "falling": "止住连月下降",
    }[rule]


def _line(alert: Alert, actor: Actor) -> Line:
    raised = tuple(sorted(alert.raised.all(), key=lambda one: one.pk, reverse=True))
    rule = cast(Rule, alert.rule)
    said = (alert.indicator, rule, alert.bound, alert.owner, alert.days, alert.since)
    keeper = keeper_of(alert)
    own = keeper is not None and keeper == actor.post
    return Line(alert.pk, alert.unit, *said, raised, own, keeper, keeper not in (None, alert.post))
