"""Local rules as entries: one person proposes a page and sees what it changes, a second adopts it, who may repeals."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from fazhi.desk.act import Act, NoRight, Received, Recorded, Refused, refusal
from fazhi.desk.opening import enter
from fazhi.desk.recording import record_all
from fazhi.ledger import MatterView, query, read, read_many, today
from fazhi.ledger import act as transaction
from fazhi.ledger.adopted import look_again, shelves
from fazhi.ledger.local import PROCEDURE, adopted, proposal_of, text_of
from fazhi.people import units
from fazhi.people.actors import Actor
from fazhi.rulebook.proposed import Proposal, examine

LONGEST = 100_000

_IN_USE = "select matter from ledger_local_page where page = %s and matter <> %s"
_ALL = "select id from ledger_matter where procedure = %s order by opened desc, id"


@dataclass(frozen=True, slots=True)
class LocalRule:
    """One local rule as it stands: `state` is proposed, adopted, declined or repealed; `entry` its proposal."""

    matter: UUID
    head: int
    place: str
    entry: int
    text: str
    proposed_by: UUID | None
    state: str


def preview(place: str, text: str) -> Proposal:
    """The page as it would lie over the pages in use: what is wrong with it, or what it changes."""
    if len(text) > LONGEST:
        raise Refused((refusal("text", f"本地规则一页至多{LONGEST}字，请分开。", "the page is too long", "text"),))
    look_again()
    return examine(place, text, *shelves())


def propose(actor: Actor, place: str, text: str, *, reason: str = "", key: str) -> tuple[Received, Proposal]:
    """Put a page before a second person. Refused, with the line, if it is faulty or loosens what it may not."""
    _a_person(actor)
    proposal = preview(place, text)
    if proposal.errors:
        raise Refused(proposal.errors)
    act = Act(
        "proposed",
        today(),
        fields={"page": proposal.place, "digest": proposal.digest},
        body={"text": text, "reason": reason},
    )
    return enter(actor, PROCEDURE, [act], key=key, holder=False, own=True, unit=top_unit(actor)), proposal


def adopt(actor: Actor, matter: UUID, *, seen: int, key: str) -> Recorded:
    """Adopt what somebody else proposed. It is examined once more; from its day on the rulebook reads it."""
    _a_person(actor)
    with transaction("default"):
        query.fetch("default", "select pg_advisory_xact_lock(hashtextextended('fazhi.local_page', 0))")
        rule = find(matter)
        if rule.proposed_by == actor.account:
            raise NoRight("提出人不能审定自己提出的本地规则：请由安全管理员审定。")
        if query.fetch("default", _IN_USE, [rule.place, matter]):
            message = f"{rule.place} 已有适用中的本地规则：请先停止适用那一页，或者以新的施行日另提一页。"
            raise Refused((refusal("place", message, "another local page stands at this place", "page"),))
        if errors := preview(rule.place, rule.text).errors:
            raise Refused(errors)
        act = Act("adopted", today(), fields={"entry": str(rule.entry)})
        done = record_all(actor, matter, [act], seen=seen, key=key, own=True)
    look_again()
    return done


def decline(actor: Actor, matter: UUID, reason: str, *, seen: int, key: str) -> Recorded:
    """Do not adopt it; why stays readable."""
    return record_all(actor, matter, [Act("declined", today(), body={"text": reason})], seen=seen, key=key, own=True)


def repeal(actor: Actor, matter: UUID, reason: str, *, seen: int, key: str) -> Recorded:
    """Matters received from now on no longer read it; those received under it keep it to their end."""
    act = Act("repealed", today(), body={"text": reason})
    done = record_all(actor, matter, [act], seen=seen, key=key, own=True)
    look_again()
    return done


def find(matter: UUID) -> LocalRule:
    """The rule as it stands; Refused if the matter is no local rule or its text is not what was proposed."""
    view = read(matter)
    rule = _rule(view) if view.procedure == PROCEDURE else None
    if rule is None:
        raise Refused((refusal("matter", "这不是本地规则，或者其全文已不完整。", "no local rule", "matter"),))
    return rule


def rules() -> tuple[LocalRule, ...]:
    """Every local rule, the newest first. They are no secret: whoever is in the house reads the rules of the house."""
    ids = [row[0] for row in query.fetch("default", _ALL, [PROCEDURE])]
    found = read_many(ids)
    listed = (_rule(found[one]) for one in ids if one in found)
    return tuple(rule for rule in listed if rule is not None)


def top_unit(actor: Actor) -> UUID:
    """The unit at the root of the actor's tree, for which the rules of the house are made."""
    path = units.tree_on(today()).path(actor.unit)
    return path[0] if path else actor.unit


def _rule(view: MatterView) -> LocalRule | None:
    facts = view.horizon.facts
    last = max((fact.entry for fact in facts if fact.kind == "proposed"), default=0)
    proposal = adopted(view) or proposal_of(view, last)
    if proposal is None:
        return None
    line = view.entry(proposal.entry)
    kinds = {fact.kind for fact in facts}
    state = next((one for one in ("repealed", "declined") if one in kinds), "")
    state = state or ("adopted" if adopted(view) else "proposed")
    by = line.account if line else None
    place = proposal.fields["page"]
    return LocalRule(view.id, view.head, place, proposal.entry, text_of(view, proposal.entry), by, state)


def _a_person(actor: Actor) -> None:
    if actor.account is None:
        raise NoRight("本地规则须由两位工作人员分别提出和审定，程序和导入不能代办。")
