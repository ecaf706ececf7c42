"""Links to systems outside, the files that came and went, what became of each row, and lists held against ours."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q


class Link(models.Model):
    """That files are exchanged with a partner, and for which unit, from a day on. One at a time."""

    id = models.BigAutoField(primary_key=True)
    partner = models.CharField(max_length=40)
    unit = models.UUIDField()
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        db_table = "exchange_link"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partner"], condition=Q(until=None), name="exchange_link_one"),
        ]


class Number(models.Model):
    """The numbers of matters in other systems; kept by a follower."""

    id = models.BigAutoField(primary_key=True)
    matter = models.UUIDField()
    system = models.CharField(max_length=80)
    number = models.CharField(max_length=200)

    class Meta:
        db_table = "exchange_number"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["matter", "system", "number"], name="exchange_number_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["system", "number"], name="exchange_number_of")]


class Duplicate(models.Model):
    """That a matter is another one registered again; kept by a follower."""

    matter = models.UUIDField(primary_key=True)
    first = models.UUIDField(db_index=True)

    class Meta:
        db_table = "exchange_duplicate"


class File(models.Model):
    """A file that came in or went out. `stored` is its copy in the archive, None once it was erased; `position` is how
    far the record was told in a file that went out; `answer` is the receipt: ours of theirs, theirs of ours."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partner = models.CharField(max_length=40)
    way = models.CharField(max_length=3)
    day = models.DateField()
    serial = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=80)
    stored = models.UUIDField(null=True)
    rows = models.PositiveIntegerField(default=0)
    done = models.BooleanField(default=False)
    position = models.BigIntegerField(default=0)
    answer = models.JSONField(null=True)
    made_at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "exchange_file"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(way__in=["in", "out"]), name="exchange_file_way"),
            models.UniqueConstraint(fields=["partner", "way", "day", "serial", "digest"], name="exchange_file_once"),
            models.UniqueConstraint(fields=["partner", "serial"], condition=Q(way="out"), name="exchange_file_running"),
        ]
        indexes: ClassVar = [models.Index(fields=["partner", "way", "-day", "-serial"], name="exchange_file_lately")]


class Row(models.Model):
    """What became of one row of a file. `reason` is a sentence of ours and holds nothing of what the row said."""

    id = models.BigAutoField(primary_key=True)
    file = models.ForeignKey(File, models.PROTECT, related_name="lines")
    row = models.PositiveIntegerField()
    number = models.CharField(max_length=200)
    state = models.CharField(max_length=10)
    matter = models.UUIDField(null=True)
    column = models.CharField(max_length=80, blank=True, default="")
    reason = models.TextField(blank=True, default="")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        db_table = "exchange_row"
        constraints: ClassVar = [models.UniqueConstraint(fields=["file", "row"], name="exchange_row_once")]
        indexes: ClassVar = [
            models.Index(fields=["matter"], name="exchange_row_matter"),
            models.Index(fields=["file"], condition=Q(state="waiting"), name="exchange_row_waits"),
        ]


class Statement(models.Model):
    """The last that a partner stated of one fact of one matter: a keyed mark of it, when, and in which entry."""

    id = models.BigAutoField(primary_key=True)
    partner = models.CharField(max_length=40)
    number = models.CharField(max_length=200)
    fact = models.CharField(max_length=240)
    matter = models.UUIDField()
    seq = models.PositiveIntegerField()
    mark = models.CharField(max_length=72)
    person = models.CharField(max_length=72, blank=True, default="")
    day = models.DateField()
    serial = models.PositiveIntegerField()
    row = models.PositiveIntegerField()

    class Meta:
        db_table = "exchange_statement"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partner", "number", "fact"], name="exchange_statement_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["matter"], name="exchange_statement_matter")]


class Comparison(models.Model):
    """A list of theirs held against ours for a stretch of days."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partner = models.CharField(max_length=40)
    since = models.DateField()
    until = models.DateField()
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=80)
    theirs = models.PositiveIntegerField()
    ours = models.PositiveIntegerField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "exchange_comparison"


class Difference(models.Model):
    """One thing in which the two sides differ; `kind` is absent_here, absent_there, value or state."""

    id = models.BigAutoField(primary_key=True)
    comparison = models.ForeignKey(Comparison, models.PROTECT, related_name="differences")
    number = models.CharField(max_length=200)
    kind = models.CharField(max_length=14)
    matter = models.UUIDField(null=True)
    column = models.CharField(max_length=80, blank=True, default="")
    theirs = models.CharField(max_length=200, blank=True, default="")
    ours = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        db_table = "exchange_difference"


class Settlement(models.Model):
    """How a difference was settled, by whom and why. Insert-only: a later one takes the place of an earlier."""

    id = models.BigAutoField(primary_key=True)
    difference = models.ForeignKey(Difference, models.PROTECT, related_name="settlements")
    how = models.CharField(max_length=12)
    reason = models.CharField(max_length=400)
    matter = models.UUIDField(null=True)
    account = models.UUIDField(null=True)
    post = models.UUIDField(null=True)
    unit = models.UUIDField(null=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "exchange_settlement"
