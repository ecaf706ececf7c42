"""Joining matters that speak of one thing, parting them again, and answering everyone who joined, each in their own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from fazhi.desk.act import Act, NoRight, Recorded, Refused, refusal
from fazhi.desk.recording import correct, record, record_all
from fazhi.ledger import Collision, MatterView, UnknownMatter, read
from fazhi.ledger.joined import DUPLICATE, JOINED, PARTED, lead_of, original_of
from fazhi.people.actors import Actor
from fazhi.reach.scope import Scope

ANSWER = "answered"
FARTHEST = 8


@dataclass(frozen=True, slots=True)
class Told:
    """What came of answering one who joined; `wrong` says why nothing was recorded."""

    matter: UUID
    wrong: str = ""


def final_lead(view: MatterView) -> MatterView:
    """The matter at the head: a lead may itself have been joined to another."""
    for _ in range(FARTHEST):
        lead = lead_of(view.horizon.facts)
        if lead is None:
            break
        view = read(lead)
    return view


def join(
    actor: Actor, matter: UUID, lead: UUID, *, note: str = "", seen: int, key: str, scope: Scope | None = None
) -> Recorded:
    """Join a matter to the one that leads; joined to a joined one, it is joined to the head. Refused: to itself."""
    try:
        head = final_lead(read(lead))
    except UnknownMatter as unknown:
        raise Refused((refusal("merged", str(unknown), "there is no such matter", "matter"),)) from unknown
    if head.id == matter:
        message = "不能并入自己，也不能并入已经并到本件的事项；请先撤销那一件的合并。"
        raise Refused((refusal("merged", message, "a matter cannot be joined to itself", "matter"),))
    fields, body = {"matter": str(head.id)}, {"text": note} if note else {}
    return record(actor, matter, JOINED, fields=fields, body=body, seen=seen, key=key, scope=scope)


def part(actor: Actor, matter: UUID, *, note: str = "", seen: int, key: str) -> Recorded:
    """Undo the joining; what was recorded stays readable."""
    if lead_of(read(matter).horizon.facts) is None:
        raise Refused((refusal("merged", "这一件没有并入别的事项。", "this matter was not joined", "matter"),))
    return record(actor, matter, PARTED, body={"text": note} if note else {}, seen=seen, key=key)


def join_duplicate(
    actor: Actor, matter: UUID, first: UUID, *, note: str = "", seen: int, key: str, scope: Scope | None = None
) -> Recorded:
    """The matter was registered twice: it goes on as `first` alone and is counted there; both numbers stay good.

    Refused where the other is of another kind or was received later: no term may begin anew because of it.
    """
    try:
        own, head = read(matter), final_lead(read(first))
    except UnknownMatter as unknown:
        raise Refused((refusal("merged", str(unknown), "there is no such matter", "matter"),)) from unknown
    if head.id == matter:
        message = "不能并入自己，也不能并入已经并到本件的事项；请先撤销那一件的合并。"
        raise Refused((refusal("merged", message, "a matter cannot be joined to itself", "matter"),))
    if head.procedure != own.procedure:
        message = "两件不是同一种业务，各有各的期限，不能算作重复登记；可以作为关联事项记录。"
        raise Refused((refusal("merged", message, "the two are different kinds of business", "matter"),))
    if head.opened > own.opened:
        message = f"另一件收到在后（{head.opened}），并过去会推迟期限；请到那一件上操作，把它并入本件。"
        raise Refused((refusal("merged", message, "the other was received later", "matter"),))
    fields, body = {"matter": str(head.id)}, {"text": note} if note else {}
    act = Act(DUPLICATE, fields=fields, body=body)
    return record_all(actor, matter, [act], seen=seen, key=key, scope=scope, own=True)


def part_duplicate(actor: Actor, matter: UUID, *, seen: int, key: str) -> Recorded:
    """Undo it: the entry is struck out and stays readable, the clocks run on as if it had never been joined."""
    view = read(matter)
    if original_of(view.horizon.facts) is None:
        raise Refused((refusal("merged", "这一件没有记为重复登记。", "this was not registered twice", "matter"),))
    entry = next(fact.entry for fact in reversed(view.horizon.facts) if fact.kind == DUPLICATE)
    return correct(actor, matter, entry, strikes=True, seen=seen, key=key)


def answer_joined(actor: Actor, lead: UUID, members: Iterable[UUID], *, text: str, key: str) -> tuple[Told, ...]:
    """Answer each open matter that was joined, with the outcome of the lead and a text written for all of them.

    Each is an answer of its own, which stops the clocks of its matter; what cannot be recorded in one stops no other.
    """
    outcome = next((line.fields for line in reversed(read(lead).entries) if line.kind == ANSWER), None)
    if outcome is None:
        message = "牵头事项还没有答复，不能一并答复。"
        raise Refused((refusal("after", message, "the lead has not been answered", "answered"),))
    if not text.strip():
        raise Refused((refusal("field", "请写明一并答复的内容。", "say what to answer", "text"),))
    fields = {name: value for name, value in outcome.items() if name == "outcome"}
    return tuple(_answer(actor, lead, one, fields, text, f"{key}/{one}") for one in members)


def _answer(actor: Actor, lead: UUID, one: UUID, fields: dict[str, str], text: str, key: str) -> Told:
    view = read(one)
    if lead_of(view.horizon.facts) != lead:
        return Told(one, "这一件已经不在合并之内。")
    try:
        record(actor, one, ANSWER, fields=fields, body={"text": text}, seen=view.head, key=key)
    except Refused as refused:
        return Told(one, str(refused))
    except (NoRight, Collision) as wrong:
        return Told(one, str(wrong))
    return Told(one)
