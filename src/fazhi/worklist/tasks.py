"""My desk: what is to be done by which day, in buckets, within the rights of the one who asks."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, get_args
from uuid import UUID

from fazhi.law import ClockRule, Title, Workdays
from fazhi.ledger import query, read, rulebook
from fazhi.ledger.brief import Brief, read_briefs
from fazhi.people import holders, units
from fazhi.people.actors import LEADING
from fazhi.reach.ask import CAP, BadCursor, Count
from fazhi.reach.follow import NO_DUE
from fazhi.reach.scope import NO_FILTER, Filters, Scope, condition
from fazhi.reach.subjects import subjects
from fazhi.worklist.follow import (
    APPROVAL_AWAITED,
    ASKED,
    AWAITED,
    COUNTERSIGN_AWAITED,
    TO_APPROVE,
    TO_COUNTERSIGN,
    TO_DECIDE,
)
from fazhi.worklist.values import BUCKETS, Bucket, DeskPage, Task

SOON = 3
GAP = timedelta(days=31)
"""How far the day to act by, the due day and the other reading of it may lie apart and still be looked for."""
MOST = 200
AT_ONCE = 20_000
WIDE = 150

# Found and counted in the indexes alone, which hold all that is asked of a run; only what is shown is read.
_ROWS = """
with found as materialized (
    select w.matter, w.clock, w.thread, w.run from worklist_row w
    where {within} and w.live and {bucket} and {now}{place}
    order by {order} limit {limit}
)
select w.matter, w.clock, w.thread, w.run, w.kind, w.unit, w.lane, w.due, w.other_due, w.minimum, w.provisional,
       w.watch, w.late_after, w.duty
from found join worklist_row w using (matter, clock, thread, run)
order by {order}
"""
_COUNTED = """
(select count(*) from (select 1 from worklist_row w where {within} and w.live and {bucket} and {now} limit {cap}) c)"""
# One pass over all that is live, where that is little; else each bucket up to its cap.
_COUNTED_AT_ONCE = """
select case {buckets} end, w.provisional, w.clock = 'approve', count(*)
from (select w.* from worklist_row w where {within} and w.live and {now} limit {most}) w group by 1, 2, 3
"""
_NOW = "w.start <= %s and (w.ended_on is null or w.ended_on > %s)"
_PLACE = " and (w.by_day, w.matter, w.clock, w.thread, w.run) {sign} (%s, %s, %s, %s, %s)"
_KEY = ("matter", "clock", "thread", "run")
REQUESTS = {
    ASKED: Title("回复协助请求", "Reply to the unit that asked"),
    AWAITED: Title("等待协助单位回复", "Await the reply of the unit asked"),
    TO_COUNTERSIGN: Title("会审会签", "Give an opinion or a signature"),
    COUNTERSIGN_AWAITED: Title("等待会审会签", "Await an opinion or a signature"),
    TO_APPROVE: Title("审批", "Approve or send back"),
    APPROVAL_AWAITED: Title("等待审批", "Await approval"),
    TO_DECIDE: Title("处理会审会签的不同意见", "Deal with objections to the text sent round"),
}
_IN_BUCKET: dict[Bucket, str] = {
    "ours": "w.lane = 'ours'",
    "approve": "w.clock = 'approve'",
    "overdue": "w.lane = 'ours' and w.by_day < %(today)s and w.late_after < %(today)s",
    "today": "w.lane = 'ours' and w.by_day between %(lately)s and %(today)s and w.late_after >= %(today)s",
    "soon": "w.lane = 'ours' and w.by_day > %(today)s and w.by_day <= %(ahead)s and w.watch <= %(soon)s",
    "later": "w.lane = 'ours' and w.by_day > %(today)s and w.by_day < %(never)s"
    " and not (w.by_day <= %(ahead)s and w.watch <= %(soon)s)",
    "undated": "w.lane = 'ours' and w.by_day = %(never)s and w.clock <> 'approve'",
    "waiting": "w.lane = 'waiting'",
    "paused": "w.lane = 'paused'",
    "option": "w.lane = 'option' and w.by_day >= %(today)s",
    "provisional": "w.provisional",
}


@dataclass(frozen=True, slots=True)
class Sought:
    """What a task must be of to be found: one of these matters, or of these terms."""

    matters: Collection[UUID]
    clocks: Collection[str]

    def condition(self) -> tuple[str, list[object]]:
        """Over a row `w`; one side is left out where it is empty, so that the other is found by its index."""
        if not self.clocks:
            return "w.matter = any(%s::uuid[])", [list(self.matters)]
        if not self.matters:
            return "w.clock = any(%s::text[])", [list(self.clocks)]
        return "(w.matter = any(%s::uuid[]) or w.clock = any(%s::text[]))", [list(self.matters), list(self.clocks)]


@dataclass(frozen=True, slots=True)
class _Row:
    matter: UUID
    clock: str
    thread: str
    run: int
    kind: str
    unit: UUID
    lane: str
    due: date | None
    other_due: date | None
    minimum: date | None
    provisional: bool
    watch: date
    late_after: date
    duty: str


def desk(
    scope: Scope,
    today: date,
    bucket: Bucket = "ours",
    filters: Filters = NO_FILTER,
    after: str = "",
    limit: int = 50,
    *,
    counted: bool = True,
    sought: Sought | None = None,
    last_first: bool = False,
    due: tuple[date, date] | None = None,
) -> DeskPage:
    """Tasks of a bucket by day, and how many there are in each (up to 1,000). Without rights no query is asked. `due`:
    those of these days, the first and the last included."""
    boxes = scope.narrowed(filters)
    if not boxes:
        return DeskPage(today, dict.fromkeys(BUCKETS, Count(0)), ())
    if bucket not in get_args(Bucket):
        raise ValueError(f"没有“{bucket}”这一栏，有：{'、'.join(get_args(Bucket))}。")
    within, values = condition(boxes, "w")
    whose, of_post = approvals_of(scope)
    within, values = f"{within} and {whose}", [*values, *of_post]
    if sought is not None:
        text, of_words = sought.condition()
        within, values = f"{within} and {text}", [*values, *of_words]
    if due is not None:
        within, values = f"{within} and w.by_day between %s and %s", [*values, *due]
    calendar = rulebook().calendar
    soon = calendar.add(today, SOON)
    rows = _rows(within, values, bucket, today, soon, after, min(max(limit, 1), MOST) + 1, last_first)
    shown = rows[: min(max(limit, 1), MOST)]
    wide = any(box.kinds is None and len(box.units) > WIDE for box in boxes)
    counts = _counts(within, values, today, soon, wide=wide) if counted else {}
    more = _cursor(shown[-1]) if len(rows) > len(shown) else ""
    return DeskPage(today, counts, _tasks(scope, shown, today, soon, calendar), more)


def approvals_of(scope: Scope) -> tuple[str, list[object]]:
    """What was sent up is to do for a post that may approve it, or for its deputy, and awaited by everyone else."""
    mine: list[str] = []
    values: list[object] = []
    if scope.actor.powers & LEADING:
        mine, values = ["w.thread in ('', %s)"], [str(scope.actor.post or "")]
    for one in scope.lent:
        if one.powers & LEADING:
            within, given = condition(one.boxes, "w")
            mine.append(f"({within} and w.thread in ('', %s))")
            values += [*given, str(one.post)]
    if not mine:
        return "w.clock <> 'approve'", []
    whose = f"({' or '.join(mine)})"
    return f"(w.clock <> 'approve' or {whose}) and (w.clock <> 'approval_awaited' or not {whose})", [*values, *values]


def days_left(due: date | None, today: date, working: bool, calendar: Workdays) -> int | None:
    """Days from today to the due day, negative once it has passed."""
    if due is None:
        return None
    if not working:
        return (due - today).days
    return calendar.count(today, due) if due >= today else -calendar.count(due, today)


def state_of(lane: str, due: date | None, watch: date, late_after: date, today: date, soon: date) -> Bucket:
    """The bucket of a run that has started and not ended."""
    if lane == "paused":
        return "paused"
    if lane in ("waiting", "option"):
        return "waiting" if lane == "waiting" else "option"
    if late_after < today:
        return "overdue"
    if due is None:
        return "undated"
    if due <= today:
        return "today"
    return "soon" if watch <= soon and due <= soon + GAP else "later"


def _bucket(bucket: Bucket, today: date, soon: date) -> tuple[str, list[object]]:
    text, values = _IN_BUCKET[bucket], []
    given = {"today": today, "soon": soon, "never": NO_DUE, "lately": today - GAP, "ahead": soon + GAP}
    while "%(" in text:
        head, _, rest = text.partition("%(")
        name, _, tail = rest.partition(")s")
        values.append(given[name])
        text = f"{head}%s{tail}"
    return f"({text})", list(values)


def _rows(
    within: str,
    values: Sequence[object],
    bucket: Bucket,
    today: date,
    soon: date,
    after: str,
    limit: int,
    last_first: bool,
) -> list[_Row]:
    inside, of_bucket = _bucket(bucket, today, soon)
    place = _place(after) if after else []
    beyond = _PLACE.format(sign="<" if last_first else ">") if place else ""
    order = ", ".join(f"w.{one}{' desc' if last_first else ''}" for one in ("by_day", *_KEY))
    statement = _ROWS.format(within=within, bucket=inside, now=_NOW, place=beyond, limit=limit, order=order)
    return [
        _Row(*row) for row in query.fetch_planned("default", statement, [*values, *of_bucket, today, today, *place])
    ]


def _counts(within: str, values: Sequence[object], today: date, soon: date, *, wide: bool) -> dict[Bucket, Count]:
    inside = {bucket: _bucket(bucket, today, soon) for bucket in BUCKETS}
    numbers = None if wide else _counted_at_once(within, values, today, inside)
    if numbers is None:
        parts = [_COUNTED.format(within=within, bucket=text, now=_NOW, cap=CAP + 1) for text, _ in inside.values()]
        given = [value for _, of_bucket in inside.values() for value in (*values, *of_bucket, today, today)]
        row = query.fetch_planned("default", "select " + ", ".join(parts), given)[0]
        numbers = Counter(dict(zip(inside, row, strict=True)))
    return {name: Count(min(numbers[name], CAP), numbers[name] > CAP) for name in BUCKETS}


def _counted_at_once(
    within: str, values: Sequence[object], today: date, inside: Mapping[Bucket, tuple[str, list[object]]]
) -> Counter[Bucket] | None:
    """All buckets in one pass; None if too much is live for that. A run is in one bucket at most, beside the two that
    are told apart by themselves."""
    apart = [one for one in inside if one not in ("approve", "provisional")]
    cases = " ".join(f"when {inside[one][0]} then '{one}'" for one in apart)
    statement = _COUNTED_AT_ONCE.format(within=within, now=_NOW, most=AT_ONCE + 1, buckets=cases)
    of_buckets = [value for one in apart for value in inside[one][1]]
    rows = query.fetch_planned("default", statement, [*of_buckets, *values, today, today])
    if sum(number for *_, number in rows) > AT_ONCE:
        return None
    numbers: Counter[Bucket] = Counter()
    for bucket, provisional, approve, number in rows:
        numbers.update({bucket: number, "provisional": number * provisional, "approve": number * approve})
    return numbers


def _tasks(scope: Scope, rows: Sequence[_Row], today: date, soon: date, calendar: Workdays) -> tuple[Task, ...]:
    briefs = read_briefs({row.matter for row in rows})
    about = subjects(scope, briefs)
    named = units.names({row.unit for row in rows})
    query_numbers = holders.numbers_of(brief.id for brief in briefs.values() if not brief.number)
    found = []
    for row in rows:
        if brief := briefs.get(row.matter):
            number = brief.number or query_numbers.get(row.matter, "")
            found.append(_task(row, brief, about[brief.id], named.get(row.unit), number, today, soon, calendar))
    return tuple(found)


def rule_of(brief: Brief, clock: str) -> ClockRule | None:
    """The rule of a run: of the page the matter was opened under, else of the later one that took over."""
    if clock in REQUESTS:
        return None
    if own := brief.page.clocks.get(clock):
        return own
    later = [page.clocks[clock] for page in rulebook().later(brief.page) if clock in page.clocks]
    return read(brief.id).horizon.page.clocks.get(clock) if len(later) > 1 else next(iter(later), None)


def _task(
    row: _Row,
    brief: Brief,
    subject: str,
    unit: units.UnitLine | None,
    number: str,
    today: date,
    soon: date,
    calendar: Workdays,
) -> Task:
    rule = rule_of(brief, row.clock)
    source = (rule.source if rule else None) or brief.page.source
    working = bool(rule and rule.term and rule.term.unit == "working days")
    return Task(
        matter=row.matter,
        number=number,
        procedure=row.kind,
        title=brief.page.title,
        subject=subject,
        clock=row.clock,
        what=rule.title if rule else REQUESTS.get(row.clock, Title(row.clock)),
        thread="" if row.clock in REQUESTS else row.thread,
        unit=row.unit,
        unit_name=unit.name if unit else "",
        unit_name_en=(unit.name_en or unit.name) if unit else "",
        due=row.due,
        other_due=row.other_due,
        minimum=row.minimum,
        days_left=days_left(row.due, today, working, calendar),
        working=working,
        state="approve"
        if row.clock == TO_APPROVE
        else state_of(row.lane, row.due, row.watch, row.late_after, today, soon),
        provisional=row.provisional,
        duty=row.duty,
        source=source.text if rule and source else "",
        status=source.weakest if rule and source else "",
    )


def _cursor(row: _Row) -> str:
    place: list[Any] = [(row.due or NO_DUE).isoformat(), row.matter.hex, row.clock, row.thread, row.run]
    return urlsafe_b64encode(json.dumps(place, ensure_ascii=False).encode()).decode().rstrip("=")


def _place(after: str) -> list[object]:
    try:
        watch, matter, clock, thread, run = json.loads(urlsafe_b64decode(after + "=" * (-len(after) % 4)))
        return [date.fromisoformat(watch), UUID(hex=matter), str(clock), str(thread), int(run)]
    except (ValueError, TypeError) as error:
        raise BadCursor("列表的翻页位置无效，请从第一页重新打开。") from error
