"""The matter's page: course, clocks with their reasons, what may be done now and why not the rest, within rights."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from fazhi.law import Clock, Reading, read_clocks
from fazhi.law.explain import explain
from fazhi.law.possible import possible
from fazhi.ledger import lawful_day, read, read_many, rulebook
from fazhi.ledger.view import MatterView
from fazhi.people import holders, parties, posts
from fazhi.reach.ask import visible
from fazhi.reach.follow import NO_DUE
from fazhi.reach.involved import Involvement, involved
from fazhi.reach.scope import Scope
from fazhi.reach.subjects import subject
from fazhi.worklist.chain import chain_of
from fazhi.worklist.course import Names, course, linked_of, names_of, parties_of, teller
from fazhi.worklist.follow import FIGURES, lane_of
from fazhi.worklist.tasks import SOON, days_left, state_of
from fazhi.worklist.values import ClockLine, Linked, Looked, MatterPage, PossibleAct, Relation

_OVER = frozenset({"met", "early", "late", "dropped"})


class Unseen(LookupError):
    """There is no such matter, or the reader has no right to it: both look alike."""

    def __init__(self) -> None:
        super().__init__("没有这一事项，或者它不在您的权限之内；请核对编号，或联系承办单位。")


def matter(scope: Scope, one: UUID, now: datetime, *, revealed: bool = False) -> MatterPage:
    """The page of one matter; Unseen without a right to it. `revealed`: a purpose was recorded, texts stand whole."""
    if not scope.may_see(one):
        raise Unseen
    view = read(one)
    reading = read_clocks(view.matter, now, rulebook().calendar)
    found = involved(view)
    names = names_of(view, {found.unit_for("")})
    return _page(scope, view, reading, found, names, now, may_act=scope.may_act_on(view), revealed=revealed)


def _page(
    scope: Scope,
    view: MatterView,
    reading: Reading,
    found: Involvement,
    names: Names,
    now: datetime,
    *,
    may_act: bool,
    revealed: bool,
) -> MatterPage:
    today = lawful_day(now)
    clear = may_act and "record" in scope.powers_on(view)
    unit, unit_en = names.unit(view.unit)
    responsible, responsible_en = names.unit(found.unit_for(""))
    query_number = holders.number_of(view.id)
    involved_parties = [names.parties[party] for party in parties_of(view) if party in names.parties]
    return MatterPage(
        view=view,
        id=view.id,
        procedure=view.procedure,
        title=view.page.title,
        subject=subject(view, parties.told(view.parties, places=not clear), clear=clear),
        number=view.number or query_number,
        official_number=view.number or "",
        old_number=view.old_number,
        external_number=view.external_number,
        query_number=query_number,
        opened=view.opened,
        closed=reading.closed,
        secrecy=found.secrecy,
        unit=unit,
        unit_en=unit_en,
        responsible=responsible,
        responsible_en=responsible_en,
        seen=view.head,
        may_act=may_act,
        clear=clear,
        course=course(view, reading, names, teller(view, working=clear, revealed=revealed)),
        clocks=tuple(_clock(clock, today) for clock in _shown(reading.clocks)),
        acts=_acts(view, now),
        findings=reading.findings,
        parties=tuple(involved_parties),
        linked=_linked(scope, view),
        looked=_looked(view),
        threads=tuple(sorted({fact.thread for fact in reading.facts if fact.thread})),
        chain=chain_of(scope, view, now),
    )


def _shown(clocks: Sequence[Clock]) -> list[Clock]:
    """Running ones by day first, then those that are over; what only figures measure is nobody's duty."""
    ours = [clock for clock in clocks if clock.rule.by != FIGURES]
    return sorted(ours, key=lambda clock: (clock.state in _OVER, clock.due or NO_DUE, clock.start))


def _clock(clock: Clock, today: date) -> ClockLine:
    calendar = rulebook().calendar
    working = bool(clock.rule.term and clock.rule.term.unit == "working days")
    due = clock.due or NO_DUE
    watch = min(due, clock.warned_by or due)
    late_after = NO_DUE if clock.rule.soft else max(due, clock.other_due or due)
    over = clock.state in _OVER
    state = (
        "ended" if over else state_of(lane_of(clock), clock.due, watch, late_after, today, calendar.add(today, SOON))
    )
    left = None if over else days_left(clock.due, today, working, calendar)
    return ClockLine(clock, explain(clock, calendar), left, working, state)


def _acts(view: MatterView, now: datetime) -> tuple[PossibleAct, ...]:
    found = possible(view.matter, now, rulebook().calendar)
    return tuple(
        PossibleAct(one.kind, one.kind.name not in view.page.facts, one.findings, one.barred, not one.lawful)
        for one in found
    )


def _linked(scope: Scope, view: MatterView) -> tuple[Linked, ...]:
    relations: dict[UUID, Linked] = {}
    children = [child.id for child in view.children]
    wanted = [*linked_of(view), *([view.parent] if view.parent else []), *children]
    seen = visible(scope, wanted)
    views = read_many(seen)
    for one in wanted:
        relation: Relation = "parent" if one == view.parent else "child" if one in children else "linked"
        other = views.get(one)
        if other is not None:
            number = other.number or holders.number_of(one)
            relations[one] = Linked(one, relation, number, other.page.title, seen=True)
    return tuple(relations.values())


def _looked(view: MatterView) -> tuple[Looked, ...]:
    rows = parties.looks(parties_of(view), matter=view.id)
    who = posts.displays({row.account for row in rows if row.account})
    titles = posts.titles({row.post for row in rows if row.post})
    return tuple(
        Looked(
            row.party_id,
            who.get(row.account, "") if row.account else "",
            titles.get(row.post, ("", ""))[0] if row.post else "",
            row.purpose,
            row.at,
        )
        for row in rows
    )
