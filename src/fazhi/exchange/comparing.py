"""Both sides held against each other: a list of theirs for a stretch of days, and the matters that we have of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from django.db import transaction

from fazhi.desk.act import Refused, refusal
from fazhi.desk.tables.bring import agencies
from fazhi.exchange.entering import values_of
from fazhi.exchange.links import Linked, alone
from fazhi.exchange.models import Comparison, Difference, Number, Settlement
from fazhi.exchange.rows import BadRow, Units, comparable, number_of
from fazhi.exchange.sheet import BadFile, Line, digest_of, plain_name, read_lines
from fazhi.ledger import MatterView, query, read_many, today
from fazhi.ledger.joined import original_of
from fazhi.people import masks
from fazhi.people.actors import Actor

Kind = Literal["absent_here", "absent_there", "value", "state"]
HOWS = ("asked", "recorded", "theirs_wrong", "ours_wrong")
"""Asked for again, recorded here, wrong on their side, wrong on our side and corrected."""
_OURS = """
select n.number, n.matter from exchange_number n join ledger_matter m on m.id = n.matter
where n.system = %s and m.opened between %s and %s order by n.number, n.id
"""


@dataclass(frozen=True, slots=True)
class Differs:
    """One thing in which the two sides differ; without personal data on either side."""

    number: str
    kind: Kind
    matter: UUID | None = None
    column: str = ""
    theirs: str = ""
    ours: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """What came of it: how many matters either side has in these days, and every difference."""

    id: UUID
    theirs: int
    ours: int
    differences: tuple[Differs, ...]


def compare(one: Linked, data: bytes, name: str, since: date, until: date) -> Compared:
    """Hold a list against ours and keep what differs. BadFile where it cannot be read, or a row has no number.

    The list may have fewer columns than the daily file; what it has is compared, save text and personal data.
    """
    if since > until or until > today():
        raise BadFile("对账的起止日期不对：止日不能早于起日，也不能在今天之后。")
    lines = _by_number(one, read_lines(one.partner, data, (one.partner.number,)))
    with alone(one.partner):
        ours: dict[str, UUID] = dict(query.fetch("default", _OURS, [one.partner.name, since, until]))
        views = _views(one, {*ours, *lines})
        found = tuple(_differences(one, lines, ours, views))
        count = len({matter for number, matter in ours.items() if not _twice(views.get(number))})
        kept = _keep(one, plain_name(name), digest_of(data), (since, until), (len(lines), count), found)
    return Compared(kept, len(lines), count, found)


def _by_number(one: Linked, lines: Sequence[Line]) -> Mapping[str, Line]:
    try:
        return {number_of(line, one.partner): line for line in lines}
    except BadRow as bad:
        raise BadFile(f"清单里有一行不能对账：{bad}。") from bad


def _views(one: Linked, numbers: set[str]) -> Mapping[str, MatterView]:
    """The matters with these numbers, whenever they were opened; one registered twice stands behind its first."""
    rows = (
        Number.objects.filter(system=one.partner.name, number__in=numbers)
        .order_by("pk")
        .values_list("number", "matter")
    )
    views = read_many({matter for _, matter in rows})
    found: dict[str, MatterView] = {}
    for number, matter in rows:
        if number not in found or _twice(found[number]):
            found[number] = views[matter]
    return found


def _twice(view: MatterView | None) -> bool:
    return view is not None and original_of(view.horizon.facts) is not None


def _differences(
    one: Linked, lines: Mapping[str, Line], ours: Mapping[str, UUID], views: Mapping[str, MatterView]
) -> Iterator[Differs]:
    units = agencies()
    for number, line in lines.items():
        if number not in views:
            yield Differs(number, "absent_here")
            continue
        yield from _values(one, number, line, views[number], units)
    for number, matter in ours.items():
        if number not in lines and not _twice(views.get(number)):
            yield Differs(number, "absent_there", matter)


def _values(one: Linked, number: str, line: Line, view: MatterView, units: Units) -> Iterator[Differs]:
    stands = values_of(view)
    try:
        told = tuple(comparable(line, one.partner, view.page, units))
    except BadRow as bad:
        yield Differs(number, "value", view.id, bad.column, "（读不懂）", "")
        return
    for column, step, name, theirs in told:
        here = stands.get(step.fact, {}).get(name, "")
        if here != (theirs[:10] if not name else theirs):
            shown = [_shown(view, name, value) for value in (theirs, here)]
            yield Differs(number, "value", view.id, column, *shown)
    if one.partner.state and one.partner.state in line.cells:
        closed = line.cells[one.partner.state] in one.partner.closed
        if closed != (view.horizon.closed is not None):
            words = ("已办结", "在办")
            pair = (words[not closed], words[view.horizon.closed is None])
            yield Differs(number, "state", view.id, one.partner.state, *pair)


def _shown(view: MatterView, name: str, value: str) -> str:
    title = view.page.choices.get((name, value))
    return str(title) if title else value[:200]


def _keep(
    one: Linked, name: str, digest: str, days: tuple[date, date], counts: tuple[int, int], found: Sequence[Differs]
) -> UUID:
    with transaction.atomic():
        made = Comparison.objects.create(
            partner=one.partner.name, since=days[0], until=days[1], name=name, digest=digest,
            theirs=counts[0], ours=counts[1],
        )  # fmt: skip
        rows = [
            Difference(
                comparison=made,
                number=each.number,
                kind=each.kind,
                matter=each.matter,
                column=each.column[:80],
                theirs=each.theirs,
                ours=each.ours,
            )
            for each in found
        ]
        Difference.objects.bulk_create(rows)
    return made.pk


def settle(actor: Actor, difference: int, how: str, reason: str, *, matter: UUID | None = None) -> None:
    """Keep how a difference was settled and why; names and numbers in the reason are masked before it is kept."""
    if how not in HOWS or not reason.strip():
        message = "请选择怎样处理，并写明理由。"
        raise Refused((refusal("settle", message, "say how and why", "reason"),))
    row = Difference.objects.filter(pk=difference).first()
    if row is None:
        raise Refused((refusal("settle", "没有这一处差异。", "there is no such difference", "difference"),))
    who = {"account": actor.account, "post": actor.post, "unit": actor.unit}
    said = masks.free_text(reason.strip())[:400]
    Settlement.objects.create(difference=row, how=how, reason=said, matter=matter, **who)
