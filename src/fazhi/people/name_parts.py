"""Parts of names as keyed marks: a person is found by half a name, and no part of a name stands in a table."""

from __future__ import annotations

from uuid import UUID

from fazhi.people import sealing
from fazhi.people.models import Party as Row

SIGNS = 12
"""Hexadecimal signs of a mark: 48 bits."""


def parts_of(name: str) -> list[str]:
    """A mark for every two neighbouring signs of a name, spaces left out."""
    plain = "".join(name.split()).casefold()
    pairs = {plain[at : at + 2] for at in range(len(plain) - 1)}
    return sorted(sealing.mark("party.name-part", pair).removeprefix("sm3:")[:SIGNS] for pair in pairs)


def holding(text: str, most: int = 1000) -> tuple[UUID, ...]:
    """Parties whose names hold every two neighbouring signs of the text, newest first; none for a single sign, which
    would name half a town."""
    wanted = parts_of(text)
    if not wanted:
        return ()
    rows = Row.objects.filter(name_parts__contains=wanted).order_by("-created", "pk")
    return tuple(rows.values_list("pk", flat=True)[:most])
