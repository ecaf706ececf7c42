"""The tables of registers: one row a version of a line, and one a version that anyone may read."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

NEVER = date(9999, 12, 31)
NO_NUMBER = Decimal("NaN")
"""Sorted after every number, as NEVER is after every day."""


class Version(models.Model):
    """What a line said from `since` until the day before `until`; `leaves` if the line then left the register.

    `data` holds what is shown; the slots hold what its page declares to be found and sorted by. `faults` are columns
    whose value does not fit its slot.
    """

    matter = models.UUIDField()
    version = models.SmallIntegerField()
    kind = models.CharField(max_length=60)
    unit = models.UUIDField()
    entered = models.DateField()
    since = models.DateField()
    until = models.DateField(default=NEVER)
    leaves = models.BooleanField(default=False)
    data = models.JSONField()
    faults = ArrayField(models.CharField(max_length=60), default=list)
    text1 = models.TextField(default="")
    text2 = models.TextField(default="")
    number1 = models.DecimalField(max_digits=30, decimal_places=6, default=NO_NUMBER)
    number2 = models.DecimalField(max_digits=30, decimal_places=6, default=NO_NUMBER)
    day1 = models.DateField(default=NEVER)
    day2 = models.DateField(default=NEVER)

    class Meta:
        abstract = True


def _sorted_by(table: str) -> list[models.Index]:
    slots = ("since", "until", "text1", "text2", "number1", "number2", "day1", "day2")
    return [models.Index(fields=["kind", slot, "matter"], name=f"{table}_{slot}") for slot in slots]


class Line(Version):
    """A version as the office reads it, within its rights."""

    pk = models.CompositePrimaryKey("matter", "version")
    secrecy = models.SmallIntegerField()

    class Meta:
        db_table = "registers_line"
        indexes: ClassVar = _sorted_by("line")


class Face(Version):
    """A version as anyone may read it: public columns only, under addresses that lead back to no matter."""

    id = models.TextField(primary_key=True)
    line = models.TextField(db_index=True)
    told = models.TextField(default="")
    """All that it says, for finding a part of a word."""

    class Meta:
        db_table = "registers_face"
        indexes: ClassVar = [*_sorted_by("face"), models.Index(fields=["matter"], name="face_matter")]
