"""Writing matters through the verbs of the desk, a batch in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby
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
                for unit, entries in groupby(batch, key=lambda one: one.unit):
                    scope = _scope(unit)
                    desk.enter_many(scope.actor, [_entering(one) for one in entries], scope=scope)
            break
        except (OperationalError, DeadlockDetected):  # two writers each waited for the number of the other
            if last:
                raise
    return len(batch)


def _entering(entry: Entry) -> desk.Entering:
    page = rulebook().page(entry.procedure, entry.acts[0][1])
    acts = [desk.Act(kind, day, fields=fields) for kind, day, fields in entry.acts]
    amends = [
        desk.Act(kind, day, fields=fields or {}, corrects=at, strikes=fields is None)
        for at, kind, day, fields in entry.amends
    ]
    return desk.Entering(page, [*acts, *amends], entry.key, entry.unit)


@lru_cache(maxsize=256)
def _scope(unit: UUID) -> Scope:
    return scope_of(actor(unit), today())
