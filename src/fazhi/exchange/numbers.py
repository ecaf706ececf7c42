"""A number in another system put on a matter, by an official, as an entry."""

from __future__ import annotations

from uuid import UUID

from fazhi.desk import Recorded, Refused
from fazhi.desk.act import refusal
from fazhi.desk.recording import record
from fazhi.exchange.models import Number
from fazhi.ledger.elsewhere import ELSEWHERE, NUMBER, SYSTEM
from fazhi.people.actors import Actor
from fazhi.rulebook.partners import Partner

LONGEST = 200


def put_number(actor: Actor, matter: UUID, partner: Partner, number: str, *, seen: int, key: str) -> Recorded:
    """Record the number; Refused without one, and where another matter bears it."""
    number = " ".join(number.split())
    if not number or len(number) > LONGEST:
        message = f"请填写外部编号，至多{LONGEST}字。"
        raise Refused((refusal("field", message, "give the number there", NUMBER),))
    if Number.objects.filter(system=partner.name, number=number).exclude(matter=matter).exists():
        message = f"“{partner.title}”的这个编号已登记在另一件事项上：请搜索这个编号；两件确是同一件的，先合为一件。"
        raise Refused((refusal("field", message, "another matter bears this number", NUMBER),))
    return record(actor, matter, ELSEWHERE, fields={SYSTEM: partner.name, NUMBER: number}, seen=seen, key=key)
