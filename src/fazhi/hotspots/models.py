"""Voices in the record: one row a matter, its terms as keyed marks, and the matter it was joined to."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class VoiceRow(models.Model):
    """No word stands here in the clear: terms are keyed marks, the heaviest first; the text is read from the record."""

    matter = models.UUIDField(primary_key=True)
    procedure = models.TextField()
    unit = models.UUIDField()
    """Whose turn it is."""
    day = models.DateField()
    lead = models.UUIDField(null=True)
    """The matter it was joined to."""
    marks = ArrayField(models.TextField())
    places = ArrayField(models.TextField(), default=list)
    """Places it names, as keyed marks with the kind of place before them."""

    class Meta:
        db_table = "hotspots_voice"
        indexes: ClassVar = [
            GinIndex(fields=["marks"], name="hotspots_marks", fastupdate=False),
            models.Index(fields=["lead"], name="hotspots_lead", condition=~models.Q(lead=None)),
            models.Index(fields=["day"], name="hotspots_day"),
        ]


class EventRow(models.Model):
    """An event of the record as last worked out: its rank and which matters are in it. What they say is not here."""

    id = models.UUIDField(primary_key=True)
    rank = models.IntegerField()
    score = models.FloatField()
    severity = models.FloatField()
    members = ArrayField(models.UUIDField())
    """The likeliest to speak for all first."""

    class Meta:
        db_table = "hotspots_event"


class WarningRow(models.Model):
    """A warning as it was given; the place is one that several people named, the subject a code."""

    id = models.UUIDField(primary_key=True)
    place = models.TextField()
    subject = models.TextField()
    day = models.DateField()
    level = models.IntegerField()
    count = models.IntegerField()
    expected = models.FloatField()
    chance = models.FloatField()
    threshold = models.FloatField()
    members = ArrayField(models.UUIDField())
    tell_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "hotspots_warning"
        indexes: ClassVar = [models.Index(fields=["day"], name="hotspots_warned")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["place", "subject", "day", "level"], name="hotspots_warned_once")
        ]


class KeptRow(models.Model):
    """What was worked out over all messages and is shown beside: the last back-test, when events were worked out."""

    name = models.TextField(primary_key=True)
    told = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        db_table = "hotspots_kept"
