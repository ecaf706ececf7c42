"""Striking out records at random, by correcting entries, so that every count of a district must move with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from django.db import transaction

from fazhi import desk
from fazhi.cli.figures.coverage import Covered
from fazhi.cli.figures.district import actor
from fazhi.cli.figures.records import COUNTED, Record
from fazhi.ledger import query, read


@dataclass(frozen=True, slots=True)
class Struck:
    """A matter whose entries were all struck out, and the record it was made from."""

    key: str
    record: Record


def strike(covered: Covered, many: int, seed: int) -> Sequence[Struck]:
    """Strike out so many of the matters that count for some figure; the same seed strikes the same."""
    chance = Random(seed)  # noqa: S311 - a sample, not a secret
    counted = [
        Struck(f"{covered.prefix}:{at}:{copy}", record)
        for at, record in enumerate(covered.plan.records)
        if record.use == COUNTED
        for copy in range(record.copies)
    ]
    chosen = chance.sample(counted, min(many, len(counted)))
    for one in chosen:
        _strike(one)
    return chosen


def _strike(struck: Struck) -> None:
    (matter,) = query.fetch("default", "select id from ledger_matter where key = %s", [struck.key])[0]
    with transaction.atomic():
        view = read(matter)
        said = {fact.entry for fact in view.matter.facts if fact.kind not in ("numbered", "warned")}
        acts = [
            desk.Act(line.kind, line.day, corrects=line.seq, strikes=True)
            for line in reversed(view.entries)
            if line.seq in said
        ]
        desk.record_all(actor(view.unit), matter, acts, seen=view.head, key=f"{struck.key}:out")
