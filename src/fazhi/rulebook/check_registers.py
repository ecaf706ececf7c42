"""Rules for pages of registers: columns that are there, no more of them to sort by than a row has room for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from fazhi.law import Finding
from fazhi.rulebook.check_pages import Checked
from fazhi.rulebook.columns import SLOTS, column_kinds, slot_of


def unlisted(it: Checked) -> Iterable[Finding]:
    """A register that names facts or columns which its page does not have."""
    register = it.procedure.register
    if register is None:
        return
    for word in ("enters", "leaves"):
        for fact in getattr(register, word):
            if fact not in it.procedure.facts:
                zh = f"register 的 {word} 写了 {fact}，本页没有这个事实"
                yield it.fault("unknown-fact", ("register", word), zh, f"register.{word}: there is no fact {fact}")
    known = {name for kind in it.procedure.facts.values() for name in kind.fields}
    named = [("columns", name) for name in register.columns]
    total = register.total
    inside = [("find", name) for name in register.find] + [("private", name) for name in register.private]
    inside += [(word, name) for word in ("plain", "key") for name in getattr(register, word)]
    inside += [("total", name) for name in (total.of, total.by, total.weight, total.less) if name] if total else []
    for word, name in [*named, *inside]:
        if name not in known or (word != "columns" and name not in register.columns):
            zh = f"register 的 {word} 写了 {name}，没有这一列"
            yield it.fault("unknown-column", ("register", word), zh, f"register.{word}: there is no column {name}")


def overfull(it: Checked) -> Iterable[Finding]:
    """More columns to sort by than a row has slots, or a private one among them, which nobody may sort by."""
    register = it.procedure.register
    if register is None:
        return
    kinds = column_kinds(it.procedure)
    wanted = Counter(slot_of(kinds[name].kind) for name in register.find if name in kinds)
    for slot, count in wanted.items():
        if count > SLOTS.get(slot, 0):
            zh = f"register 的 find 中这类列有 {count} 个，至多文字、数字、日期各 {SLOTS.get(slot, 0)} 个"
            yield it.fault("slots", ("register", "find"), zh, f"too many {slot or 'moment'} columns to find by")
    for name in sorted(set(register.find) & set(register.private)):
        zh = f"{name} 不对外，不能又用来筛选排序"
        yield it.fault("private", ("register", "private"), zh, f"{name} is private and cannot be found by")
    if (total := register.total) and not {total.of, total.by, *filter(None, [total.weight])} <= set(register.find):
        zh = "total 的 of、by 和 weight 须都在 find 中"
        yield it.fault("slots", ("register", "total"), zh, "the columns of total must be among find")


def unnamed(it: Checked) -> Iterable[Finding]:
    """A register of a group that has no name."""
    register = it.procedure.register
    if register and register.group and register.group not in it.groups:
        zh = (
            f"register 的 group 写了 {register.group}，registers/groups.toml 没有；已有：{'、'.join(sorted(it.groups))}"
        )
        yield it.fault("unknown-group", ("register", "group"), zh, f"there is no group {register.group}")
