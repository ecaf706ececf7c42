"""A hint that the same person has other matters of this kind: told as it is, and nothing follows from it."""

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.urls import reverse

from fazhi.ledger import read_many
from fazhi.people import parties
from fazhi.reach.subjects import subjects
from fazhi.search.look import of_people
from fazhi.web.faces.words import said
from fazhi.web.office.gate import Here
from fazhi.worklist.values import MatterPage

MOST: Final = 20


@dataclass(frozen=True, slots=True)
class Repeat:
    """Another matter of the same kind by the same person."""

    href: str
    title: str
    day: date


def repeats_of(page: MatterPage, here: Here) -> tuple[Repeat, ...]:
    """The newest others within reach, by document number, or by name and telephone together."""
    mine = [party.id for party in page.parties if not party.erased]
    if page.view.page.standing or not mine:
        return ()
    same: tuple[UUID, ...] = (*parties.alike(mine), *mine)
    found = [(day, one) for day, one in of_people(here.scope, same, page.procedure, MOST + 1) if one != page.id]
    views = read_many([one for _, one in found[:MOST]])
    told = subjects(here.scope, views)
    return tuple(
        Repeat(reverse("office:matter", args=[one]), told.get(one, "") or views[one].number or said(page.title), day)
        for day, one in found[:MOST]
        if one in views
    )
