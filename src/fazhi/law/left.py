"""What a decided matter still asks of us: the delivery of the decision, or the first term that runs on."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from fazhi.law.clock import Clock, Reading
from fazhi.law.procedure import Procedure
from fazhi.law.source import Title

DELIVERED = "delivered"
OURS = frozenset({"", "office"})


def undelivered(page: Procedure, kinds: Collection[str]) -> Title | None:
    """The delivery that the closing act still awaits; None where it was done or is none of this business."""
    delivery = page.kind(DELIVERED)
    ended = [one for one in kinds if (kind := page.kind(one)) is not None and kind.closes]
    if delivery is None or DELIVERED in kinds or not ended:
        return None
    return delivery.title if any(ended[-1] in some for some in delivery.after) else None


def left_to_do(reading: Reading, day: date) -> Title | None:
    """What is still to be done on a day of a matter that is closed by then; None where nothing is."""
    if title := undelivered(reading.page, [fact.kind for fact in reading.facts if fact.day <= day]):
        return title
    runs = [(one.due, one.rule.name) for one in reading.clocks if one.due and _runs_on(one, day)]
    return reading.page.clocks[min(runs)[1]].title if runs else None


def _runs_on(clock: Clock, day: date) -> bool:
    if clock.rule.by not in OURS or not clock.rule.outlives or clock.state in ("paused", "dropped"):
        return False
    return clock.start <= day and (clock.ended_on is None or clock.ended_on > day)
