"""Hiding the people of a matter in what is about to be made public, before it is recorded."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from fazhi.desk.act import Act
from fazhi.ledger import MatterView
from fazhi.people import masks, parties

PUBLIC: Final = frozenset({"published", "unpublished"})
"""What these acts say is read by everyone."""


def hide_people(view: MatterView, act: Act) -> Act:
    """The act as it may be read by everyone: citizens of the matter are hidden wherever they stand. A firm keeps its
    name, by which a penalty is published (Administrative Penalty Law, article 48). Hidden once and for all: when a
    person is erased nobody knows any more what to hide."""
    if act.kind not in PUBLIC or not act.body:
        return act
    people = (one for one in parties.clear_many(view.parties).values() if one.kind == "citizen")
    named = parties.values_of(people)
    return replace(act, body={name: masks.free_text(text, named) for name, text in act.body.items()})
