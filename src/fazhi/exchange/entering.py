"""One row into the record, whole or not at all: a matter opened, facts recorded, what is said otherwise corrected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from django.db import transaction

from fazhi.desk import Act, NoRight, Refused
from fazhi.desk.opening import enter, page_for
from fazhi.desk.recording import record_all
from fazhi.exchange.links import Linked
from fazhi.exchange.models import Number, Statement
from fazhi.exchange.rows import BadRow, Stated, Units, number_of, stated
from fazhi.exchange.sheet import Line
from fazhi.ledger import Collision, FollowerFailed, MatterView, read_many, rulebook
from fazhi.ledger.elsewhere import ELSEWHERE, NUMBER, SYSTEM
from fazhi.ledger.joined import original_of
from fazhi.people import parties, sealing
from fazhi.reach.scope import Scope

State = Literal["opened", "recorded", "changed", "already", "older", "waiting", "refused"]
Stamp = tuple[str, int, int]
"""Day of the file, its running number, the row: the later one is the newer word of the partner."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a row."""

    state: State
    number: str = ""
    matter: UUID | None = None
    column: str = ""
    reason: str = ""


class Waits(BadRow):
    """The row may be right: what it stands on has not come yet."""


def take_row(line: Line, stamp: Stamp, one: Linked, scope: Scope, units: Units) -> Outcome:
    """Enter a row in a transaction of its own; whatever stands against it is told and nothing of it is kept."""
    number = ""
    try:
        number = number_of(line, one.partner)
        with transaction.atomic():
            return _enter(line, number, stamp, one, scope, units)
    except Waits as waits:
        return Outcome("waiting", number, None, waits.column, str(waits))
    except BadRow as bad:
        return Outcome("refused", number, None, bad.column, str(bad))
    except Refused as refused:
        barred = [finding for finding in refused.findings if finding.severity == "barred"]
        early = bool(barred) and all(finding.rule == "after" for finding in barred)
        return Outcome("waiting" if early else "refused", number, None, "", str(refused))
    except (NoRight, LookupError, FollowerFailed) as wrong:
        return Outcome("refused", number, None, "", str(wrong))
    except Collision:
        return Outcome("waiting", number, None, "", "同时有人在办理这一件，稍后自动再试")


def _enter(line: Line, number: str, stamp: Stamp, one: Linked, scope: Scope, units: Units) -> Outcome:
    view = matter_of(one.partner.name, number)
    if view is None:
        return _open(line, number, stamp, one, scope, units)
    said = stated(line, one.partner, view.page, units)
    known = {row.fact: row for row in Statement.objects.filter(partner=one.partner.name, number=number)}
    fresh = [fact for fact in said if _stands(fact, known.get(fact.name), stamp, view)]
    acts = [_act(fact, known.get(fact.name), view) for fact in fresh]
    if acts:
        record_all(one.actor, view.id, acts, seen=view.head, key=_key(one, number, stamp, fresh), scope=scope)
    _keep(_statement(one, number, view.id, fact, seq, stamp) for seq, fact in enumerate(fresh, view.head + 1))
    if any(act.corrects for act in acts):
        return Outcome("changed", number, view.id)
    if acts:
        return Outcome("recorded", number, view.id)
    older = [known[fact.name] for fact in said if fact.name in known and _stamp(known[fact.name]) > stamp]
    return Outcome("older" if len(older) == len(said) else "already", number, view.id)


def matter_of(partner: str, number: str) -> MatterView | None:
    """The matter with this number of this partner; of two that were found to be one, the earlier."""
    ids = [row.matter for row in Number.objects.filter(system=partner, number=number).order_by("pk")]
    views = read_many(ids, bodies=True)
    found = [view for view in views.values() if original_of(view.horizon.facts) is None]
    return next(iter([*found, *views.values()]), None)


def _open(line: Line, number: str, stamp: Stamp, one: Linked, scope: Scope, units: Units) -> Outcome:
    said = stated(line, one.partner, rulebook().procedures[one.partner.procedure][-1], units)
    if not said[0].opens:
        raise Waits(one.partner.number, "还没有收到这个编号的首个环节，收到后自动补记")
    page = page_for(one.partner.procedure, said[0].day)
    said = stated(line, one.partner, page, units)
    named = Act(ELSEWHERE, said[0].day, fields={SYSTEM: one.partner.name, NUMBER: number})
    first, *rest = [_act(fact, None, None) for fact in said]
    key = f"exchange:{one.partner.name}:{sealing.mark('exchange.number', number)[4:44]}"
    done = enter(one.actor, page, [first, named, *rest], key=key, scope=scope, holder=False, unit=one.unit)
    if done.repeated:
        raise BadRow(one.partner.number, "这个编号曾经登记，其外部编号已被我方撤销，请先对账")
    seqs = (1, *range(3, len(said) + 2))  # the second entry is the number
    _keep(_statement(one, number, done.matter, fact, seq, stamp) for seq, fact in zip(seqs, said, strict=True))
    return Outcome("opened", number, done.matter)


def _stands(fact: Stated, prior: Statement | None, stamp: Stamp, view: MatterView) -> bool:
    """Whether there is something to record; a newer word that says the same moves the stamp alone."""
    if prior is None:
        return not _ours_already(fact, view)
    if _stamp(prior) > stamp:
        return False
    if prior.mark != fact.mark:
        _refuse_if_ours(prior, view)
        return True
    Statement.objects.filter(pk=prior.pk).update(day=stamp[0], serial=stamp[1], row=stamp[2])
    return False


def _ours_already(fact: Stated, view: MatterView) -> bool:
    """Whether we recorded the same by ourselves and they tell it back. Told otherwise, people have to settle it."""
    kind = view.page.kind(fact.step.fact)
    there = next((one for one in view.horizon.facts if one.kind == fact.step.fact and one.entry), None)
    if there is None or (kind and kind.repeats):
        return False
    if fact.opens:
        return True
    if there.day != fact.day or any(there.fields.get(name, value) != value for name, value in fact.fields.items()):
        raise BadRow(fact.step.day, f"我方已经记有“{kind.title if kind else fact.step.fact}”，与这一行不一致，请对账")
    return True


def _refuse_if_ours(prior: Statement, view: MatterView) -> None:
    line = view.entry(prior.seq)
    if any(one.corrects == prior.seq and not one.key.startswith("exchange:") for one in view.entries):
        raise BadRow("", "我方已经更正过这一步，对方又有改动，请对账")
    if line is not None and line.commitment and view.body(prior.seq) is None:
        raise BadRow("", "这一步的内容已依法清除，不再接收改动")


def _act(fact: Stated, prior: Statement | None, view: MatterView | None) -> Act:
    people: tuple[UUID, ...] = ()
    line = view.entry(prior.seq) if prior and view else None
    if line is not None and prior is not None and prior.person == fact.person_mark:
        people = tuple(UUID(one) for one in line.fields.get("parties", "").split())
    elif fact.person:
        if view is not None and any(one.kind == "erased" for one in view.entries):
            raise BadRow("", "本件的个人信息已依法清除，不再接收")
        people = (_register(fact),)
    corrects = prior.seq if prior else None
    return Act(fact.step.fact, fact.day, fact.moment, fact.fields, fact.body, parties=people, corrects=corrects)


def _register(fact: Stated) -> UUID:
    person = dict(fact.person)
    name = person.pop("name", "") or "匿名"
    try:
        return parties.register(fact.step.person_kind, name, **person)
    except parties.BadParty as bad:
        raise BadRow(fact.step.person.get(bad.field, ""), str(bad)) from bad


def _statement(one: Linked, number: str, matter: UUID, fact: Stated, seq: int, stamp: Stamp) -> Statement:
    return Statement(
        partner=one.partner.name,
        number=number,
        fact=fact.name,
        matter=matter,
        seq=seq,
        mark=fact.mark,
        person=fact.person_mark,
        day=date.fromisoformat(stamp[0]),
        serial=stamp[1],
        row=stamp[2],
    )


def _keep(statements: Iterable[Statement]) -> None:
    """The last word of the partner on each fact, in one statement."""
    once, anew = ("partner", "number", "fact"), ("matter", "seq", "mark", "person", "day", "serial", "row")
    Statement.objects.bulk_create(statements, update_conflicts=True, unique_fields=once, update_fields=anew)


def _stamp(row: Statement) -> Stamp:
    return row.day.isoformat(), row.serial, row.row


def _key(one: Linked, number: str, stamp: Stamp, facts: Sequence[Stated]) -> str:
    said = "\x1f".join((number, *map(str, stamp), *(fact.mark for fact in facts)))
    return f"exchange:{one.partner.name}:{sealing.mark('exchange.row', said)[4:44]}"


def values_of(view: MatterView) -> Mapping[str, Mapping[str, str]]:
    """What stands of each fact of a matter: its day as "" and its coded values, the last of each kind."""
    return {fact.kind: {"": fact.day.isoformat(), **fact.fields} for fact in view.horizon.facts if fact.entry}
