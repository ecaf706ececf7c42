"""The columns of a register: what each is, and which slot of a row it takes to be found and sorted by."""

from __future__ import annotations

from collections import Counter

from fazhi.law import FieldKind, Procedure

SLOTS = {"text": 2, "number": 2, "day": 2}
"""How many columns of each sort a register may be filtered and sorted by."""


def slot_of(kind: str) -> str:
    """The sort of slot that a field of this kind takes; none for a moment."""
    return {"number": "number", "money": "number", "day": "day", "moment": ""}.get(kind, "text")


def column_kinds(page: Procedure) -> dict[str, FieldKind]:
    """The columns of a register with what the facts of its page say of them, in order."""
    said: dict[str, FieldKind] = {}
    for kind in page.facts.values():
        for name, field in kind.fields.items():
            said.setdefault(name, field)
    columns = page.register.columns if page.register else ()
    return {name: said[name] for name in columns if name in said}


def slots_of(page: Procedure) -> dict[str, str]:
    """Which slot each column to find by takes: text1, number2 …"""
    kinds = column_kinds(page)
    used: Counter[str] = Counter()
    found: dict[str, str] = {}
    for name in page.register.find if page.register else ():
        slot = slot_of(kinds[name].kind) if name in kinds else ""
        used[slot] += 1
        if slot and used[slot] <= SLOTS[slot]:
            found[name] = f"{slot}{used[slot]}"
    return found
