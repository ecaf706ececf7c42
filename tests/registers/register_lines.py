"""Lines of registers for tests: one said in full for any page, entered through the desk."""

from __future__ import annotations

import itertools
from datetime import date
from typing import Any
from uuid import UUID

from district import District

_keys = itertools.count()
TEXT = "示例"


def said(page: Any, kind: str, unit: UUID, /, **given: str) -> dict[str, str]:
    """A value for everything that a fact must say, and those given."""
    values = {"number": "30", "money": "1000.00", "day": "2027-06-30", "unit": str(unit), "text": TEXT}
    found = {}
    for name, field in page.facts[kind].fields.items():
        if field.required:
            found[name] = field.choices[0] if field.choices else values[field.kind]
    return found | given


def enter(district: District, name: str, unit: str, day: date, fact: str = "", /, **given: str) -> UUID:
    """A line entered by the machine of the unit, with the fact by which lines enter unless another is named."""
    from fazhi import desk
    from fazhi.ledger import rulebook
    from fazhi.people.actors import machine

    page = rulebook().page(name, day)
    kind = fact or page.register.enters[0]
    fields = said(page, kind, district.units[unit], **given)
    actor = machine(district.units[unit])
    return desk.receive(actor, name, kind=kind, day=day, fields=fields, key=f"line/{next(_keys)}").matter
