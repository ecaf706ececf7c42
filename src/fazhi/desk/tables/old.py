"""Entering a matter begun before this system: its parties, its old number and its facts with their real days."""

from dataclasses import replace
from uuid import UUID

from django.db import transaction

from fazhi.desk.act import Act, Received
from fazhi.desk.opening import enter
from fazhi.desk.tables.bring import NoUnit, receiving_unit
from fazhi.desk.tables.past import PastMatter, Unwritable, WrittenFact
from fazhi.law import FactKind, Procedure
from fazhi.ledger import rulebook
from fazhi.people import parties
from fazhi.people.actors import Actor


class Rehearsed(Exception):
    """Raised to undo a rehearsal; nothing was written."""

    def __init__(self, received: Received) -> None:
        self.received = received


def enter_past(past: PastMatter, *, rehearse: bool = False) -> Received:
    """Enter it whole or not at all; the same matter again adds nothing. A rehearsal checks all and writes nothing.

    Unwritable, NoUnit and Refused say what is wrong.
    """
    page = _page(past)
    unit, name = receiving_unit(past.unit)
    actor = Actor(account=None, post=None, unit=unit, powers=frozenset(), face="import", name=name)
    acts = [_act(page, number, fact) for number, fact in enumerate(past.facts, 1)]
    try:
        with transaction.atomic():
            known = tuple(_party(number, past) for number in range(len(past.parties)))
            acts[0] = replace(acts[0], parties=known)
            key = f"enter:{past.procedure}:{unit}:{past.key}"
            old = past.old_number or past.key
            done = enter(actor, page, acts, key=key, old_number=old, external_number=past.external_number)
            if rehearse:
                raise Rehearsed(done)
            if done.repeated:
                transaction.set_rollback(True)  # the parties registered above are not needed twice
            return done
    except Rehearsed as rehearsed:
        return rehearsed.received


def _page(past: PastMatter) -> Procedure:
    book = rulebook()
    if past.procedure not in book.procedures:
        raise Unwritable(f"没有名为“{past.procedure}”的程序。有：{'、'.join(sorted(book.procedures))}。")
    first = past.facts[0].when.day
    try:
        return book.page(past.procedure, first)
    except LookupError as error:
        raise Unwritable(f"{first.isoformat()} 还没有可以适用的“{past.procedure}”程序规定：{error}") from error


def _act(page: Procedure, number: int, fact: WrittenFact) -> Act:
    kind = page.kind(fact.kind)
    if kind is None:
        there = "、".join(sorted(page.facts))
        raise Unwritable(f"第 {number} 个 [[fact]] 的 kind “{fact.kind}”不在“{page.title}”的程序里。可用：{there}。")
    fields = {name: _named(kind, name, text) for name, text in fact.fields.items()}
    return Act(fact.kind, fact.when.day, fact.when.moment, fields, fact.body, fact.thread)


def _named(kind: FactKind, name: str, text: str) -> str:
    """A unit may be written by its name."""
    field = kind.fields.get(name)
    if field is None or field.kind != "unit":
        return text
    try:
        return str(receiving_unit(text)[0])
    except NoUnit as error:
        raise Unwritable(f"{kind.title}的 {name}：{error}") from error


def _party(number: int, past: PastMatter) -> UUID:
    one = past.parties[number]
    try:
        return parties.register(one.kind, one.name, one.phone, one.id_number, one.address)
    except parties.BadParty as error:
        raise Unwritable(f"第 {number + 1} 个 [[party]]：{error}") from error
