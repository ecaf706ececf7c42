"""Recording in a matter that is there: an act, a correction, several acts at once, the sub-matter an act leads to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from fazhi.desk.act import Act, Child, Recorded, Refused, refusal, refuse_by_hand, refuse_off_page, refuse_verbless
from fazhi.desk.admit import admit_all, kind_of
from fazhi.desk.masking import hide_people
from fazhi.desk.numbering import series_for
from fazhi.desk.power import check_act, check_not_own, rights, seat_on
from fazhi.desk.telling import KIND as TOLD
from fazhi.law import Matter
from fazhi.ledger import Appended, Collision, Draft, MatterView, begin, extend, held, settle
from fazhi.ledger import act as transaction
from fazhi.ledger.append import repeated
from fazhi.people.actors import DEPUTY, Actor
from fazhi.reach.scope import Scope


def record(
    actor: Actor,
    matter: UUID,
    kind: str,
    *,
    day: date | None = None,
    moment: datetime | None = None,
    fields: Mapping[str, str] | None = None,
    body: Mapping[str, str] | None = None,
    thread: str = "",
    files: Sequence[UUID] = (),
    parties: Sequence[UUID] = (),
    seen: int,
    key: str,
    child: Child | None = None,
    scope: Scope | None = None,
) -> Recorded:
    """Record one act. Refused, NoRight and Collision write nothing; the same `key` again gives the same answer."""
    said, text = dict(fields or {}), dict(body or {})
    act = Act(kind, day, moment, said, text, thread, tuple(files), tuple(parties))
    return record_all(actor, matter, [act], seen=seen, key=key, child=child, scope=scope)


def correct(
    actor: Actor,
    matter: UUID,
    seq: int,
    *,
    kind: str = "",
    day: date | None = None,
    moment: datetime | None = None,
    fields: Mapping[str, str] | None = None,
    body: Mapping[str, str] | None = None,
    thread: str | None = None,
    strikes: bool = False,
    seen: int,
    key: str,
) -> Recorded:
    """Put another entry in the place of entry `seq`, or strike it out. What was recorded first stays readable."""
    with transaction("default"):
        wrong = held(matter).entry(seq)
    if wrong is None:
        raise Refused((refusal("corrects", f"没有第{seq}条记录可以更正。", f"there is no entry {seq}", "corrects"),))
    thread = wrong.thread if thread is None else thread
    said = dict(wrong.fields) if fields is None and not strikes else dict(fields or {})
    said.pop(DEPUTY, None)
    files = tuple(UUID(one) for one in said.pop("files", "").split())
    parties = tuple(UUID(one) for one in said.pop("parties", "").split())
    act = Act(kind or wrong.kind, day or (None if moment else wrong.day), moment, said, dict(body or {}), thread)
    act = replace(act, files=files, parties=parties, corrects=seq, strikes=strikes)
    return record_all(actor, matter, [act], seen=seen, key=key)


def record_all(
    actor: Actor,
    matter: UUID,
    acts: Sequence[Act],
    *,
    seen: int,
    key: str,
    child: Child | None = None,
    scope: Scope | None = None,
    proven: bool = False,
    own: bool = False,
) -> Recorded:
    """Several acts of one matter in one transaction. `proven`: a holder of the matter acts, whose code was checked.
    `own`: the verb that its kind of business has to itself calls."""
    try:
        with transaction("default"):
            view = held(matter)
            refuse_verbless(view.procedure, own=own)
            refuse_by_hand(acts, own=own)
            refuse_off_page(view.procedure, acts, face=actor.face, own=own)
            if again := repeated(view, key, acts[0].kind if acts else None):
                return _answer(again, view, ())
            seat = actor
            if not proven:
                scope = rights(actor, scope)
                check_act(scope, view)
                kinds = [kind_of(view.page, act.kind) for act in acts]
                seat = seat_on(actor, scope, view, kinds)
                check_not_own(actor, seat, view, kinds)
            return _record(seat, view, acts, seen, key, child, deputy=actor.post if seat != actor else None)
    except Collision as collision:
        return Recorded(settle(collision, key, "default").seq, repeated=True)


def _record(
    actor: Actor,
    view: MatterView,
    acts: Sequence[Act],
    seen: int,
    key: str,
    child: Child | None,
    *,
    deputy: UUID | None = None,
) -> Recorded:
    """`deputy` is the post of one who acts in another's place, whose post the actor then has."""
    if 0 < seen < view.head and all(line.kind == TOLD for line in view.entries[seen:]):
        seen = view.head  # that a warning went out meanwhile is no reason to look again
    if seen != view.head:
        extend(view, (), actor, seen=seen, key=key)  # tells who recorded what since
    acts = [hide_people(view, act) for act in acts]
    admitted = admit_all(view.matter, acts, actor, head=view.head)
    numbering = next((d for d in admitted.drafts if d.kind == view.page.numbered_by and not d.corrects), None)
    series = series_for(view.page, view.unit, numbering.day) if numbering and view.number is None else None
    drafts = [by_deputy(draft, deputy) for draft in admitted.drafts]
    done, grown = extend(view, drafts, actor, seen=seen, key=key, series=series)
    opened = _open_child(actor, grown, acts[-1], child, key) if child else None
    return Recorded(done.seq, admitted.findings, done.number, opened)


def by_deputy(draft: Draft, deputy: UUID | None) -> Draft:
    """A draft that names who acts in the place of the post it is signed by."""
    return replace(draft, fields={**draft.fields, DEPUTY: str(deputy)}) if deputy else draft


def _open_child(actor: Actor, view: MatterView, leading: Act, child: Child, key: str) -> UUID:
    kind = kind_of(view.page, leading.kind)
    into = leading.fields.get("into", child.procedure.name)
    if child.procedure.name not in kind.leads_to or into != child.procedure.name:
        allowed = "、".join(kind.leads_to) or "任何子事项"
        message = f"“{kind.title}”不能引出“{child.procedure.title}”，只能引出：{allowed}。"
        raise Refused((refusal("leads_to", message, f"{kind.name} does not lead there", leading.kind),))
    admitted = admit_all(Matter(child.procedure), [child.act], actor, head=0)
    unit = child.unit or actor.unit
    named = child.act.kind == child.procedure.numbered_by
    series = series_for(child.procedure, unit, admitted.drafts[0].day) if named else None
    done, _ = begin(
        child.procedure,
        admitted.drafts,
        actor,
        key=f"{key}/child",
        series=series,
        unit=unit,
        parent=view.id,
        parent_thread=leading.thread,
    )
    return done.matter


def _answer(again: Appended, view: MatterView, findings: tuple[()]) -> Recorded:
    return Recorded(again.seq, findings, view.number, repeated=True)
