"""The table of runs: one row a clock run of a matter, true whether or not a job has run."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q

_ASKED = ("clock", "thread", "run", "start", "ended_on", "late_after", "watch", "provisional")
"""What the desk asks of a run beside its place: held in the indexes, so that no row is read to be counted."""


class Run(models.Model):
    """One run. `watch` is the day to act by, `late_after` the last on which it is not late, `by_day` the due day: each
    the last day of 9999 where there is none. `lane` is ours, option, waiting or paused; `live` until a recorded fact
    ends it."""

    pk = models.CompositePrimaryKey("matter", "clock", "thread", "run")
    matter = models.UUIDField()
    clock = models.CharField(max_length=60)
    thread = models.CharField(max_length=60)
    run = models.SmallIntegerField()
    kind = models.CharField(max_length=40)
    unit = models.UUIDField()
    secrecy = models.SmallIntegerField()
    lane = models.CharField(max_length=8)
    live = models.BooleanField()
    provisional = models.BooleanField()
    start = models.DateField()
    watch = models.DateField()
    by_day = models.DateField(default=date(9999, 12, 31))
    due = models.DateField(null=True)
    late_after = models.DateField()
    other_due = models.DateField(null=True)
    minimum = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    end_state = models.CharField(max_length=10)
    duty = models.CharField(max_length=40)

    class Meta:
        db_table = "worklist_row"
        indexes: ClassVar = [
            models.Index(
                fields=("unit", "kind", "secrecy", "lane", "by_day", "matter"),
                include=_ASKED,
                name="worklist_unit",
                condition=Q(live=True),
            ),
            models.Index(
                fields=("lane", "by_day", "matter"),
                include=("unit", "kind", "secrecy", *_ASKED),
                name="worklist_lane",
                condition=Q(live=True),
            ),
            models.Index("by_day", "matter", name="worklist_moving", condition=Q(live=True, provisional=True)),
            models.Index("by_day", "matter", name="worklist_approve", condition=Q(live=True, clock="approve")),
        ]
