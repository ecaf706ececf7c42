"""Rules for facts that look something up in a register: the register, its columns and the fields are there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fazhi.law import Consult, FactKind, Finding
from fazhi.rulebook.check_pages import Checked
from fazhi.rulebook.columns import column_kinds, slots_of
from fazhi.rulebook.load import Rulebook
from fazhi.rulebook.words import CONSULTED


def misdirected(it: Checked, rulebook: Rulebook) -> Iterable[Finding]:
    """A consultation of a register, column or field that is not there, or that no index helps to find."""
    for name, kind in it.procedure.facts.items():
        for one in kind.consults:
            for zh, en in _faults(kind, one, rulebook):
                where = ("facts", name, "consults")
                yield it.fault("consults", where, f"facts.{name} 的 consults：{zh}", f"{name}.consults: {en}")


def _faults(kind: FactKind, one: Consult, rulebook: Rulebook) -> Iterator[tuple[str, str]]:
    said = [*(field for field, _ in one.by), one.contains[0], one.within[0], one.fills, one.excused_by, one.personal]
    said += [field for field, _ in one.takes]
    for field in filter(None, said):
        if field not in kind.fields:
            yield f"本步骤没有登记项 {field}", f"the fact has no field {field}"
    if one.fills in kind.fields and not set(kind.fields[one.fills].choices) <= set(CONSULTED):
        yield f"{one.fills} 的选项只能是 {'、'.join(CONSULTED)}", f"{one.fills} may only offer {', '.join(CONSULTED)}"
    if one.personal:
        return
    pages = rulebook.procedures.get(one.register, ())
    if not pages or pages[-1].register is None:
        yield f"没有名录 {one.register}", f"there is no register {one.register}"
        return
    columns, slots = column_kinds(pages[-1]), slots_of(pages[-1])
    looked = [
        *(column for _, column in one.by),
        *(column for column, _ in one.where),
        one.contains[1],
        *one.within[1:],
        *(column for _, column in one.takes),
    ]
    for column in filter(None, looked):
        if column not in columns:
            yield f"{one.register} 没有这一列：{column}", f"{one.register} has no column {column}"
    first = one.by[0][1] if one.by else one.where[0][0] if one.where else ""
    if first and not slots.get(first, "").startswith("text"):
        yield f"{first} 须在 {one.register} 的 find 中", f"{first} must be among find of {one.register}"
