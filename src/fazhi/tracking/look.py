"""What a citizen who proves to hold a matter sees of it on a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from fazhi import archive, ledger
from fazhi.law import Title, explain, possible, read_clocks
from fazhi.ledger import MatterView
from fazhi.ledger.entry import EntryLine
from fazhi.ledger.joined import lead_of
from fazhi.people import holders
from fazhi.tracking.follow import HOLDER
from fazhi.tracking.models import Tracked
from fazhi.tracking.plain import UNDECIDED, WHETHER, ended, told
from fazhi.tracking.values import Led, Moved, Onward, Own, State, Step, Term, Tracking

REPLY = ("text", "reply")
CITIZEN = "portal"
HANDED_ON = "handed_on"
TOLD = "warned"
FARTHEST = 8


def follow(query_number: str, code: str, *, origin: str = "", now: datetime | None = None) -> Tracking | None:
    """The matter of a holder; None for a wrong and for an absent number alike. `holders.TooManyTries` after many."""
    matter = holders.prove(query_number, code, origin=origin)
    return None if matter is None else of_matter(matter, now)


def tries_left(query_number: str, *, origin: str = "") -> int:
    """How many wrong tries are still heard; the same for a number that there is not."""
    return holders.tries_left(query_number, origin=origin)


def of_matter(matter: UUID, now: datetime | None = None) -> Tracking | None:
    """The same for one who is already known to hold the matter."""
    row = Tracked.objects.filter(matter=matter).first()
    if row is None:
        return None
    moment = now or ledger.now()
    today = ledger.lawful_day(moment)
    view = ledger.read(matter)
    terms = [term for clock in row.clocks if (term := _term(clock, today)) is not None]
    next_due = _explained(_next(terms), view, moment)
    body = view.body(row.reply) if row.reply else {}
    reply = next((body[name] for name in REPLY if body.get(name)), None) if body else None
    return Tracking(
        matter=matter,
        procedure=row.procedure,
        title=Title(row.title, row.title_en),
        number=row.number,
        unit=row.unit,
        opened=row.opened,
        closed=row.closed if row.closed and row.closed <= today else None,
        state=_state(row, terms, today),
        steps=tuple(_timed(row.steps, view, today)),
        next_due=next_due,
        awaited=tuple(term for term in terms if term.yours and not term.late),
        reply=reply,
        reply_erased=bool(row.reply) and body is None,
        acts=_acts(view, moment),
        head=view.head,
        own=tuple(_own(view)),
        onward=tuple(_onward(view, today)),
        led=_led(view, today),
        moved=tuple(_moved(view)),
    )


def _moved(view: MatterView) -> Iterator[Moved]:
    """Days told in letters that have moved since, each as it stands now."""
    last: dict[str, Moved] = {}
    for line in view.entries:
        letter, was = line.fields.get("letter", ""), line.fields.get("was", "")
        if line.kind == TOLD and letter and was:
            first = last.get(letter)
            stated = first.was if first else date.fromisoformat(was)
            last[letter] = Moved(letter, stated, date.fromisoformat(line.fields["due"]))
    yield from last.values()


def _led(view: MatterView, today: date) -> Led | None:
    """Where the matter stands that leads this one; of it nothing but that, for somebody else wrote the rest."""
    lead = lead_of(view.horizon.facts)
    for _ in range(FARTHEST):
        if lead is None or (above := lead_of(ledger.read(lead).horizon.facts)) is None:
            break
        lead = above
    row = Tracked.objects.filter(matter=lead).first() if lead else None
    if row is None:
        return None
    terms = [term for clock in row.clocks if (term := _term(clock, today)) is not None]
    return Led(row.unit, _state(row, terms, today))


def _onward(view: MatterView, today: date) -> Iterator[Onward]:
    """The procedures it was handed on to, and these in turn; no other sub-matter is the holder's affair."""
    into = {line.fields.get("into", "") for line in view.entries if line.kind == HANDED_ON}
    rows = {row.matter: row for row in Tracked.objects.filter(matter__in=[child.id for child in view.children])}
    for child in sorted(view.children, key=lambda one: one.opened):
        row = rows.get(child.id)
        if row is None or child.procedure not in into:
            continue
        terms = [term for clock in row.clocks if (term := _term(clock, today)) is not None]
        yield Onward(Title(row.title, row.title_en), row.number, row.unit, row.opened, _state(row, terms, today))
        yield from _onward(child, today)


def _own(view: MatterView) -> Iterator[Own]:
    """Entries that came through the public pages, corrected ones too: they are the holder's words."""
    for line in view.entries:
        kind = view.page.kind(line.kind)
        if line.face != CITIZEN or kind is None:
            continue
        body = view.body(line.seq)
        texts = tuple(text for text in (body or {}).values() if text.strip())
        if body is None or texts or line.fields.get("files"):
            yield Own(told(line.kind, kind.title), line.day, texts, _files(line), body is None)


def _files(line: EntryLine) -> tuple[str, ...]:
    names = []
    for one in line.fields.get("files", "").split():
        try:
            names.append(archive.open(UUID(one)).name)
        except (archive.Gone, archive.BadFile):
            continue
    return tuple(names)


def _acts(view: MatterView, now: datetime) -> frozenset[str]:
    offered = possible(view.matter, now, ledger.rulebook().calendar)
    return frozenset(one.kind.name for one in offered if one.kind.by == HOLDER and one.lawful)


def _timed(steps: Iterable[dict[str, Any]], view: MatterView, today: date) -> Iterator[Step]:
    """The steps up to today, each with its moment where one is known that lies on its lawful day."""
    left = list(view.entries)
    for step in steps:
        if step["day"] > today.isoformat():
            continue
        day = date.fromisoformat(step["day"])
        line = next((one for one in left if (one.kind, one.day) == (step["kind"], day)), None)
        if line is not None and not step["deemed"]:
            left.remove(line)
            yield _step(step, day, _moment(line))
        else:
            yield _step(step, day)


def _moment(line: EntryLine) -> datetime | None:
    """When it happened as far as is known; what was entered on a later day has no hour."""
    at = line.moment or line.recorded_at
    return at if ledger.lawful_day(at) == line.day else None


def _step(step: dict[str, Any], day: date, at: datetime | None = None) -> Step:
    title = told(step["kind"], Title(step["zh"], step["en"]))
    return Step(title, day, step["deemed"], step["letter"], step["kind"], at)


def _term(clock: dict[str, Any], today: date) -> Term | None:
    """The term as it stands today, or None if it has not begun, has ended, only measures, or binds someone else."""
    on = today.isoformat()
    if clock["start"] > on or (clock["ended"] and clock["ended"] <= on) or clock["measures"]:
        return None
    if not clock["yours"] and not clock["office"]:
        return None
    return Term(
        rule=clock["rule"],
        thread=clock["thread"],
        title=Title(clock["zh"], clock["en"]),
        due=date.fromisoformat(clock["due"]) if clock["due"] else None,
        late=bool(clock["last"]) and clock["last"] < on,
        paused=clock["paused"],
        yours=clock["yours"],
        acts=tuple(Title(zh, en) for zh, en in clock["acts"]),
        provisional=clock["provisional"],
        source=clock["source"],
        status=clock["status"],
    )


def _next(terms: list[Term]) -> Term | None:
    """The office's term that ends first; one that is paused only if no other runs."""
    owed = [term for term in terms if not term.yours]
    return min(owed, key=lambda term: (term.due is None, term.due or date.max), default=None)


def _explained(term: Term | None, view: MatterView, now: datetime) -> Term | None:
    if term is None:
        return None
    calendar = ledger.rulebook().calendar
    clock = read_clocks(view.matter, now, calendar).clock(term.rule, term.thread)
    return replace(term, explanation=explain(clock, calendar)) if clock else term


def _state(row: Tracked, terms: list[Term], today: date) -> State:
    steps = [step for step in row.steps if step["day"] <= today.isoformat()]
    last_told = told(steps[-1]["kind"], Title(steps[-1]["zh"], steps[-1]["en"])) if steps else None
    closing = next((step for step in reversed(steps) if step["closes"]), None)
    if row.closed and row.closed <= today and closing:
        return State(ended(closing["kind"], Title(closing["zh"], closing["en"])), "done")
    if any(term.yours and not term.late and term.due for term in terms) and _waits(steps):
        return State(Title("等待您补充或者回复", "Waiting for you"), "yours")
    if any(term.paused for term in terms if not term.yours):
        said = f"（{last_told.zh}）" if last_told else ""
        return State(Title(f"期限暂停计算{said}", "The term is paused"), "paused")
    if any(term.late for term in terms if not term.yours):
        return State(Title("超过期限，仍在办理", "Past its term, still under way"), "late")
    if any(term.rule in WHETHER for term in terms):
        if len(steps) == 1 or last_told is None:
            return State(UNDECIDED, "waiting")
        words = (
            f"正在看是否受理 · {last_told.zh}",
            f"It is being looked at whether to take it on · {last_told.english}",
        )
        return State(Title(*words), "waiting")
    title = last_told or Title(row.title, row.title_en)
    return State(Title(f"办理中 · {title.zh}", f"Under way · {title.english}"), "waiting")


def _waits(steps: list[dict[str, Any]]) -> bool:
    return not any(step["closes"] for step in steps)
