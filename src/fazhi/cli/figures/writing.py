"""Writing matters through the verbs of the desk, a batch in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import OperationalError, transaction
from psycopg.errors import DeadlockDetected

from fazhi import desk
from fazhi.cli.figures.district import actor
from fazhi.ledger import rulebook, today
from fazhi.reach.scope import Scope, scope_of

if TYPE_CHECKING:
    from fazhi.cli.figures.records import Entry


def write(batch: Sequence[Entry]) -> int:
    """Enter the matters of a batch; what was entered before under the same key is not entered again."""
    for last in (False, False, True):
        try:
            with transaction.atomic():
                for one in batch:
                    _write(one)
            break
        except (OperationalError, DeadlockDetected):  # two writers each waited for the number of the other
            if last:
                raise
    return len(batch)


def _write(entry: Entry) -> None:
    try:
        page = rulebook().page(entry.procedure, entry.acts[0][1])
        scope = _scope(entry.unit)
        acts = [desk.Act(kind, day, fields=fields) for kind, day, fields in entry.acts]
        got = desk.enter(scope.actor, page, acts, key=entry.key, holder=False, scope=scope, unit=entry.unit)
        if got.repeated or not entry.amends:
            return
        amends = [
            replace(desk.Act(kind, day, fields=fields or {}), corrects=at, strikes=fields is None)
            for at, kind, day, fields in entry.amends
        ]
        desk.record_all(scope.actor, got.matter, amends, seen=got.seq, key=f"{entry.key}:amended", scope=scope)
    except desk.Refused as refused:
        refused.add_note(f"{entry.key} {entry.procedure}: {entry.acts} {entry.amends}")
        raise


@lru_cache(maxsize=256)
def _scope(unit: UUID) -> Scope:
    return scope_of(actor(unit), today())
