"""Bringing understood rows into the record: each row whole in one transaction, the same row never twice."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal
from uuid import UUID

from django.db import transaction

from fazhi.desk.act import Act, Received, Refused
from fazhi.desk.opening import enter
from fazhi.desk.tables.appeals import AppealRow, Reply, Understood
from fazhi.desk.tables.findings import RowFinding
from fazhi.desk.tables.names import plain_spelling, spelled
from fazhi.law import Finding, Procedure
from fazhi.ledger import query, rulebook, today
from fazhi.people import parties, sealing, units
from fazhi.people.actors import Actor
from fazhi.reach.scope import Scope, scope_of

State = Literal["entered", "changed", "already", "refused"]


@dataclass(frozen=True, slots=True)
class Batch:
    """One named import: who brings it, for which unit, as which kind of business."""

    name: str
    actor: Actor
    scope: Scope
    procedure: str = "appeal"
    agencies: Mapping[str, UUID] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of one row."""

    row: int
    state: State
    findings: tuple[RowFinding, ...] = ()
    matter: UUID | None = None


_BEFORE = """
select split_part(key, ':', 2), count(*) from ledger_matter
where old_number = any (%s) and unit = %s and key like 'import:%%' and not starts_with(key, %s)
group by 1 order by 2 desc, 1
"""


class NoUnit(LookupError):
    """The unit that receives is not said or not there; the words say which there are."""


def receiving_unit(wanted: str) -> tuple[UUID, str]:
    """The unit of this name or id today; without a name the only one there is."""
    lines = list(units.tree_on(today()).units.values())
    by_name = spelled((line.id, line.name) for line in lines)
    found = by_name.get(plain_spelling(wanted)) if wanted else (lines[0].id if len(lines) == 1 else None)
    for line in lines:
        if line.id == found or (wanted and str(line.id) == wanted):
            return line.id, line.name
    known = "、".join(line.name for line in lines[:20]) or "（还没有任何单位，请先建立单位）"
    said = f"没有名为“{wanted}”的单位" if wanted else "请用 --unit 指明由哪个单位收件"
    raise NoUnit(f"{said}。现有单位：{known}。")


def batch(name: str, unit: UUID, procedure: str) -> Batch:
    """A named import for a unit; agencies are known by today's names of units."""
    actor = Actor(account=None, post=None, unit=unit, powers=frozenset(), face="import", name=name)
    return Batch(name, actor, scope_of(actor, today()), procedure, agencies())


def agencies() -> Mapping[str, UUID]:
    """The units of today by the spelling of their names."""
    return spelled((line.id, line.name) for line in units.tree_on(today()).units.values())


def brought_before(rows: Iterable[Understood], batch: Batch) -> Mapping[str, int]:
    """Rows whose number this unit took in under another name: how many, by that name."""
    numbers = [row.appeal.number for row in rows if row.appeal and row.appeal.number]
    found = query.fetch("default", _BEFORE, [numbers, batch.actor.unit, f"import:{batch.name}:"])
    return dict(found)


def row_secret() -> bytes:
    """The secret under which rows without a number are told apart; it never leaves the keys folder."""
    return sealing.mark("import.row", "rows", key="code").encode()


def bring(rows: Iterable[Understood], batch: Batch) -> Iterator[Brought]:
    """Each row in turn; what one row meets never touches another."""
    for row in rows:
        yield _bring(row.appeal, row.findings, batch) if row.appeal else Brought(row.row, "refused", row.findings)


def _bring(appeal: AppealRow, findings: tuple[RowFinding, ...], batch: Batch) -> Brought:
    page = _page(batch.procedure, appeal.received.day)
    if page is None:
        why = RowFinding(
            appeal.row,
            "来信时间",
            appeal.received.day.isoformat(),
            "这一天还没有可以适用的程序规定",
            "核对来信时间后再导入",
        )
        return Brought(appeal.row, "refused", (*findings, why))
    said: list[RowFinding] = list(findings)
    acts = [_received(appeal), *(_answered(appeal, appeal.reply, batch, said) if appeal.reply else ())]
    try:
        entered = _enter(appeal, page, acts, batch, said)
    except Refused as refused:
        return Brought(appeal.row, "refused", (*said, *_told(appeal, refused.findings, "refused")))
    if entered.repeated:
        return Brought(appeal.row, "already", (), entered.matter)
    return Brought(appeal.row, "entered", (*said, *_told(appeal, entered.findings, "note")), entered.matter)


def _enter(appeal: AppealRow, page: Procedure, acts: list[Act], batch: Batch, said: list[RowFinding]) -> Received:
    """The row in one transaction. It keeps the number it came with; a new one is not given to what is long past."""
    with transaction.atomic() if _sender(appeal) else nullcontext():  # without a sender the entry alone is whole
        acts[0] = replace(acts[0], parties=_parties(appeal, said))
        entered = enter(
            batch.actor,
            page,
            acts,
            key=f"import:{batch.name}:{appeal.key}",
            scope=batch.scope,
            holder=False,
            old_number=appeal.number or f"{batch.name}第{appeal.row}行",
        )
        if entered.repeated and _sender(appeal):
            transaction.set_rollback(True)  # the party registered above is not needed twice
    return entered


def _page(procedure: str, day: date) -> Procedure | None:
    try:
        return rulebook().page(procedure, day)
    except LookupError:
        return None


def _received(appeal: AppealRow) -> Act:
    body = {"title": appeal.title, "text": appeal.text}
    body |= {name: appeal.details[name] for name in ("place", "topic") if name in appeal.details}
    return Act("received", appeal.received.day, appeal.received.moment, {"channel": "web"}, body)


def _answered(appeal: AppealRow, reply: Reply, batch: Batch, said: list[RowFinding]) -> Iterator[Act]:
    """The reply; a unit of ours that replied has taken part, one whose name nobody knows stays named in the text."""
    unit = batch.agencies.get(plain_spelling(reply.agency)) if reply.agency else None
    body = {"text": reply.text} | ({"agency": reply.agency} if reply.agency else {})
    when = reply.when
    if unit and unit != batch.actor.unit:
        shown = {"text": "台账的“答复单位”一栏写明由该单位答复。"}
        yield Act("joined", when.day, when.moment, {"unit": str(unit)}, shown)
    elif reply.agency and unit is None:
        why = "单位名册里没有这个写法，答复记在收件单位名下，原写法留在答复里"
        said.append(RowFinding(appeal.row, "答复单位", reply.agency[:40], why, "需要时在名册里补上该单位", "note"))
    yield Act("answered", when.day, when.moment, {"outcome": "unstated"}, body)


def _sender(appeal: AppealRow) -> bool:
    return any(appeal.details.get(name) for name in ("sender", "phone", "address"))


def _parties(appeal: AppealRow, said: list[RowFinding]) -> tuple[UUID, ...]:
    """The sender as a party. A telephone number that cannot be one is left out with a note, the person is not."""
    if not _sender(appeal):
        return ()
    details = {name: appeal.details.get(name, "") for name in ("phone", "address")}
    name = appeal.details.get("sender", "")
    try:
        return (parties.register("citizen", name or "匿名", **details),)
    except parties.BadParty as error:
        said.append(RowFinding(appeal.row, "联系电话", "", f"没有登记电话：{error}", "核对后在事项里补充", "note"))
        return (parties.register("citizen", name or "匿名", address=details["address"]),)


def _told(appeal: AppealRow, findings: Sequence[Finding], weight: Literal["refused", "note"]) -> Iterator[RowFinding]:
    """What the law core says of a row, in the words of a row."""
    advice = "按规定核对日期后再导入" if weight == "refused" else "事项已如实登记；需要补充的，在事项里补记"
    for finding in findings:
        yield RowFinding(appeal.row, finding.where, "", finding.message, advice, weight, finding.source)
