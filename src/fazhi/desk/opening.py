"""Opening a matter: one fact or several in one transaction, one fold of the rooms, and the holder's number and code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Unpack
from uuid import UUID

from fazhi.desk.act import Act, Received, refuse_by_hand, refuse_verbless
from fazhi.desk.admit import admit_all, kind_of
from fazhi.desk.numbering import series_for
from fazhi.desk.power import check_open, rights, seat_for
from fazhi.desk.recording import by_deputy
from fazhi.law import Matter, Procedure
from fazhi.ledger import Opening, UnknownMatter, begin, lawful_day, now, rulebook
from fazhi.ledger import act as transaction
from fazhi.people import holders
from fazhi.people.actors import Actor
from fazhi.reach.scope import Scope

SECRECY: Mapping[str, int] = {"1": 1, "2": 2, "internal": 1, "secret": 2, "内部": 1, "保密": 2}


def receive(
    actor: Actor,
    procedure: str,
    *,
    day: date | None = None,
    moment: datetime | None = None,
    fields: Mapping[str, str] | None = None,
    body: Mapping[str, str] | None = None,
    parties: Sequence[UUID] = (),
    files: Sequence[UUID] = (),
    key: str,
    channel: str = "",
    kind: str = "",
    scope: Scope | None = None,
    **opening: Unpack[Opening],
) -> Received:
    """Receive a matter. `procedure` is a page's name; the lawful day picks its version.

    `kind` is the fact that opens it unless the page says. A matter begun before this system: its real day and its
    `old_number`.
    """
    first = day or lawful_day(moment or now())
    page = page_for(procedure, first)
    act = Act(kind or page.opens_with, first, moment, dict(fields or {}), dict(body or {}), files=tuple(files))
    act = replace(act, parties=tuple(parties), fields=_with_channel(page, act, channel))
    return enter(actor, page, [act], key=key, scope=scope, **opening)


def enter(
    actor: Actor,
    procedure: str | Procedure,
    acts: Sequence[Act],
    *,
    key: str,
    scope: Scope | None = None,
    holder: bool = True,
    own: bool = False,
    **opening: Unpack[Opening],
) -> Received:
    """Open a matter with facts that follow one another, whole or not at all. `holder` gives number and code, `own` says
    that the verb which this kind of business has to itself calls."""
    page, acts = ready(procedure, acts, own=own)
    unit = opening.get("unit") or actor.unit
    with transaction("default"):
        seat = actor
        if actor.face != "portal" and not page.intake.anyone:
            scope = rights(actor, scope)
            check_open(scope, unit, page.name, secrecy_of(acts))
            seat = seat_for(actor, scope, unit, page.name, secrecy_of(acts))
        admitted = admit_all(Matter(page, later=rulebook().later(page)), acts, seat, head=0)
        drafts = [by_deputy(draft, actor.post if seat != actor else None) for draft in admitted.drafts]
        numbering = None if opening.get("old_number") else numbered_on(page, acts)
        series = series_for(page, unit, numbering) if numbering else None
        opening["unit"] = unit
        done, view = begin(page, drafts, seat, key=key, series=series, **opening)
        if done.repeated:
            return Received(done.matter, done.seq, holders.number_of(done.matter), "", (), done.number, repeated=True)
        number, code = holders.issue(done.matter) if holder else ("", "")
        return Received(done.matter, view.head, number, code, admitted.findings, done.number)


def ready(procedure: str | Procedure, acts: Sequence[Act], *, own: bool = False) -> tuple[Procedure, list[Act]]:
    """The page that opens with these acts, and the acts each with its day; Refused where one has a verb of its own."""
    acts = [replace(one, day=one.day or lawful_day(one.moment or now())) for one in acts]
    page = page_for(procedure, acts[0].day or lawful_day(now())) if isinstance(procedure, str) else procedure
    refuse_verbless(page.name, own=own)
    refuse_by_hand(acts, own=own)
    return page, acts


def secrecy_of(acts: Sequence[Act]) -> int:
    """How secret the first of the acts says that the matter is."""
    return SECRECY.get(acts[0].fields.get("secrecy", ""), 0)


def numbered_on(page: Procedure, acts: Sequence[Act]) -> date | None:
    """The day of the act that gives the official number, if there is one."""
    return next((one.day for one in acts if one.kind == page.numbered_by), None)


def page_for(procedure: str, day: date) -> Procedure:
    """The page in force on the day; UnknownMatter-like LookupError names the pages there are."""
    book = rulebook()
    if procedure not in book.procedures:
        raise UnknownMatter(f"没有名为“{procedure}”的办理规则，有：{'、'.join(book.procedures)}。")
    return book.page(procedure, day)


def _with_channel(page: Procedure, act: Act, channel: str) -> dict[str, str]:
    said = dict(act.fields)
    if channel and "channel" in kind_of(page, act.kind).fields:
        said.setdefault("channel", channel)
    return said
