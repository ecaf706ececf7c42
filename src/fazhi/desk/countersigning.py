"""Sending a text round: several places asked at once or in order, each answering what it read; changed, asked anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from fazhi.desk.act import Act, NoRight, Recorded, Refused, refusal
from fazhi.desk.recording import record_all
from fazhi.law import Finding
from fazhi.ledger import Collision, MatterView, read, today
from fazhi.ledger import countersign as round_
from fazhi.ledger.countersign import Ask, Round, running_round
from fazhi.people import posts
from fazhi.people.actors import WORKING, Actor
from fazhi.reach import grants
from fazhi.reach.involved import involved

MOST = 30
ANSWERS = ("agree", "changes", "object")
TRIES = 3


@dataclass(frozen=True, slots=True)
class Place:
    """Whom to ask: a unit, or one post of it; those of one `order` at once, the next when they have answered."""

    unit: UUID
    post: UUID | None = None
    order: int = 1


@dataclass(frozen=True, slots=True)
class Signing:
    """A place that the actor may answer for now; `deputy_for` is the post stood in for, if it is not one's own."""

    ask: Ask
    deputy_for: UUID | None


def send_round(
    actor: Actor,
    matter: UUID,
    places: Sequence[Place],
    *,
    form: str,
    rule: str,
    by: date,
    text: str,
    files: Sequence[UUID] = (),
    seen: int,
    key: str,
) -> Recorded:
    """Ask places for their opinion or signature by a day. Refused: another round runs, nobody or one twice is asked,
    there is nothing to read, or the day is over."""
    view = read(matter)
    faults = tuple(_faults(view, places, by, text, files))
    if faults and not any(line.key == key for line in view.entries):
        raise Refused(faults)
    fields = {"form": form, "rule": rule, "unit": str(actor.unit), "day": by.isoformat()}
    acts = [Act(round_.OPENED, today(), fields=fields, body={"text": text.strip()}, files=tuple(files))]
    ordered = sorted(places, key=lambda place: place.order)
    ranks = {order: rank for rank, order in enumerate(sorted({place.order for place in ordered}), 1)}
    for place in ordered:
        asked = {"unit": str(place.unit), "order": str(ranks[place.order]), "day": by.isoformat()}
        acts.append(Act(round_.ASKED, today(), fields=asked | ({"post": str(place.post)} if place.post else {})))
    return record_all(actor, matter, acts, seen=seen, key=key, own=True)


def signing_of(actor: Actor, view: MatterView) -> tuple[Signing, ...]:
    """The places that the actor may answer for now, in the actor's own right first."""
    found = running_round(view.horizon.facts)
    if found is None or actor.post is None or not actor.powers & WORKING:
        return ()
    lent = grants.stands_in_for(actor.post, actor.account, today())
    where = posts.units_of(lent, today())
    signings = [one for one in (_signing(actor, ask, lent, where) for ask in found.turn) if one]
    return tuple(sorted(signings, key=lambda one: (one.deputy_for is not None, one.ask.post is None, one.ask.entry)))


def _signing(actor: Actor, ask: Ask, lent: frozenset[UUID], where: dict[UUID, UUID]) -> Signing | None:
    if ask.post:
        if ask.post == actor.post:
            return Signing(ask, None)
        return Signing(ask, ask.post) if ask.post in lent else None
    if ask.unit == actor.unit:
        return Signing(ask, None)
    stood_for = next((post for post in sorted(lent, key=str) if where.get(post) == ask.unit), None)
    return Signing(ask, stood_for) if stood_for else None


def sign(actor: Actor, matter: UUID, ask: int, *, answer: str, remark: str = "", digest: str, key: str) -> Recorded:
    """Answer for a place whose turn it is. What others record meanwhile is no hindrance, unless it changed the text:
    then Refused, for `digest` is of the text that was read."""
    for left in reversed(range(TRIES)):
        view = read(matter)
        try:
            return _sign(actor, view, ask, answer, remark.strip(), digest, key)
        except Collision:
            if not left:
                raise
    raise AssertionError


def _sign(actor: Actor, view: MatterView, ask: int, answer: str, remark: str, digest: str, key: str) -> Recorded:
    mine = next((one for one in signing_of(actor, view) if one.ask.entry == ask), None)
    found = running_round(view.horizon.facts)
    if not any(line.key == key for line in view.entries):
        if mine is None or found is None:
            raise NoRight(
                "现在不由您会审会签：还没有轮到，已经答复过，或者请的是别的单位、岗位。请看会审会签页面上的进度。"
            )
        if digest != digest_of(view, found):
            message = "文稿在您打开以后改过，请看过新的文稿再答复。"
            raise Refused(
                (refusal("digest", message, "The text was changed after you opened it; read it again.", "digest"),)
            )
        if answer not in ANSWERS:
            raise Refused((refusal("field", "请选择意见。", "Choose an answer.", "answer"),))
        if answer != "agree" and not remark:
            message = "不同意、修改后同意的，请写明理由和修改意见。"
            raise Refused((refusal("field", message, "Say what to change, or why you object.", "text"),))
    fields = {"answer": answer, "entry": str(ask), "digest": digest}
    fields["unit"] = str(mine.ask.unit if mine else actor.unit)
    if mine and mine.deputy_for:
        fields["post"] = str(mine.deputy_for)
    act = Act(round_.ANSWERED, today(), fields=fields, body={"text": remark} if remark else {})
    return record_all(actor, view.id, [act], seen=view.head, key=key, own=True)


def digest_of(view: MatterView, found: Round) -> str:
    """The digest of the entry that holds the text: it covers the text's commitment and the files."""
    line = view.entry(found.text)
    return line.digest if line else ""


def change_text(actor: Actor, matter: UUID, *, text: str, files: Sequence[UUID] = (), seen: int, key: str) -> Recorded:
    """Put another text in the place of the one sent round: what was answered before is void, everyone is asked anew."""
    view = read(matter)
    if not any(line.key == key for line in view.entries):
        _own_round(actor, view)
        if not text.strip() and not files:
            raise Refused(
                (refusal("field", "请写明修改后的文稿，或者附上文件。", "Give the changed text or a file.", "text"),)
            )
    act = Act(round_.REVISED, today(), body={"text": text.strip()} if text.strip() else {}, files=tuple(files))
    return record_all(actor, matter, [act], seen=seen, key=key, own=True)


def decide_over(actor: Actor, matter: UUID, *, reason: str, seen: int, key: str) -> Recorded:
    """A leader goes on over objections, with the reason; only where the round was opened so, and all have answered."""
    view = read(matter)
    if not any(line.key == key for line in view.entries):
        found = _own_round(actor, view)
        if found.rule != "leader":
            message = "这次会审会签须全部同意才算完成，不能裁定；请修改文稿后重签，或者撤销。"
            raise Refused((refusal("rule", message, "This round completes only when all agree.", "rule"),))
        if found.missing or not found.objections:
            message = "还没有全部答复，或者没有不同意见，不需要裁定。"
            raise Refused((refusal("after", message, "Not all have answered, or nobody objects.", "rule"),))
        if not reason.strip():
            raise Refused((refusal("field", "请写明裁定的理由。", "Give the reason of the decision.", "text"),))
    act = Act(round_.DECIDED, today(), body={"text": reason.strip()})
    return record_all(actor, matter, [act], seen=seen, key=key, own=True)


def call_off(actor: Actor, matter: UUID, *, reason: str, seen: int, key: str) -> Recorded:
    """Call the round off, with the reason; what was answered stays readable."""
    view = read(matter)
    if not any(line.key == key for line in view.entries):
        _own_round(actor, view)
        if not reason.strip():
            raise Refused((refusal("field", "请写明撤销的理由。", "Give the reason.", "text"),))
    act = Act(round_.ENDED, today(), body={"text": reason.strip()})
    return record_all(actor, matter, [act], seen=seen, key=key, own=True)


def leads_round(actor: Actor, view: MatterView, found: Round) -> bool:
    """Whether the round is the actor's to lead: that of the unit which asked, or of the one that has the matter now."""
    return actor.unit in (found.unit, involved(view).unit_for(""))


def _own_round(actor: Actor, view: MatterView) -> Round:
    found = running_round(view.horizon.facts)
    if found is None:
        raise Refused((refusal("after", "现在没有进行中的会审会签。", "No round is under way.", "kind"),))
    if not leads_round(actor, view, found):
        raise NoRight("会审会签由发起单位或者承办单位改稿、裁定、撤销。")
    return found


def _faults(view: MatterView, places: Sequence[Place], by: date, text: str, files: Sequence[UUID]) -> Iterator[Finding]:
    if running_round(view.horizon.facts) is not None:
        yield refusal("unless", "已有一次会审会签在进行，请先完成或者撤销。", "Another round is under way.", "form")
    if not places:
        yield refusal("field", "请至少选一个单位或者岗位。", "Choose at least one unit or post.", "places")
    if len(places) > MOST:
        yield refusal("field", f"一次至多请{MOST}处。", f"At most {MOST} at once.", "places")
    if len({(place.unit, place.post) for place in places}) < len(places):
        yield refusal("field", "同一单位或者岗位请了两次，请删去一个。", "A unit or post is asked twice.", "places")
    if by < today():
        yield refusal("field", "截止日已经过了，请改为今天以后。", "The day is already over.", "day")
    if not text.strip() and not files:
        yield refusal("field", "请写明要会审会签的文稿，或者附上文件。", "Give the text or a file.", "text")
