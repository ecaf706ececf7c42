"""Acts against the law: values, powers and admission, one after another on a matter that grows with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from fazhi.desk.act import Act, Refused, refusal
from fazhi.desk.consulting import consulted
from fazhi.desk.power import BY_THE_RECORD, check_power
from fazhi.desk.values import check
from fazhi.law import Fact, FactKind, Finding, Matter, Procedure, admit
from fazhi.ledger import Draft, now, rulebook
from fazhi.people.actors import Actor

NEVER_CORRECTED = frozenset({"erased", "warned", "same_person", "not_same_person"})
"""These did happen; that two were taken for one is undone by an act of its own."""


@dataclass(frozen=True, slots=True)
class Admitted:
    """Drafts ready to be recorded, with what was found about them."""

    drafts: tuple[Draft, ...]
    findings: tuple[Finding, ...]


def admit_all(matter: Matter, acts: Sequence[Act], actor: Actor, *, head: int) -> Admitted:
    """Refused with every fault of the first act that has one; nothing else is looked at after it."""
    drafts: list[Draft] = []
    findings: list[Finding] = []
    for seq, act in enumerate(acts, head + 1):
        kind = kind_of(matter.page, act.kind)
        if kind.name in BY_THE_RECORD and act.corrects is None:
            message = f"“{kind.title}”由系统在编号、清除、提醒、制作文书时自动记录，不能另行登记。"
            raise Refused((refusal("kind", message, f"{kind.name} is recorded by the program alone", kind.name),))
        check_power(actor, kind)
        checked = check(kind, act)
        faults = [*checked.findings, *_correction(matter, act)]
        if faults:
            raise Refused(tuple(faults))
        if not act.strikes:
            checked = consulted(kind, checked)
        said = {name: text for name, text in {**checked.fields, **checked.body}.items() if name in kind.fields}
        fact = Fact(act.kind, checked.day, act.moment, said, act.thread, seq, act.corrects, act.strikes)
        found = admit(matter, fact, now=now(), calendar=rulebook().calendar)
        if any(finding.severity == "barred" for finding in found):
            raise Refused(found)
        findings += [*checked.findings, *found]
        matter = replace(matter, facts=(*matter.facts, replace(fact, fields=checked.fields)))
        drafts.append(Draft(act.kind, checked.day, act.moment, checked.fields, checked.body, *_place(act)))
    return Admitted(tuple(drafts), tuple(findings))


def kind_of(page: Procedure, name: str) -> FactKind:
    """The fact of the page or of the common page; Refused lists those there are."""
    kind = page.kind(name)
    if kind is None:
        there = "、".join(str(one.title) or one.name for one in page.facts.values())
        raise Refused((refusal("kind", f"“{page.title}”没有“{name}”这一步，有：{there}。", f"no fact {name}", name),))
    return kind


def _correction(matter: Matter, act: Act) -> list[Finding]:
    entries = {fact.entry for fact in matter.facts if fact.kind not in NEVER_CORRECTED}
    if act.corrects is None or act.corrects in entries:
        return []
    message = f"要更正的第{act.corrects}条不存在或不能更正，请从办理经过中选择要更正的记录。"
    return [refusal("corrects", message, f"there is no entry {act.corrects} to correct", "corrects")]


def _place(act: Act) -> tuple[str, int | None, bool]:
    return act.thread, act.corrects, act.strikes
