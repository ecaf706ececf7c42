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
    day = models.DateField()
    lead = models.UUIDField(null=True)
    """The matter it was joined to."""
    marks = ArrayField(models.TextField())

    class Meta:
        db_table = "hotspots_voice"
        indexes: ClassVar = [
            GinIndex(fields=["marks"], name="hotspots_marks", fastupdate=False),
            models.Index(fields=["lead"], name="hotspots_lead", condition=~models.Q(lead=None)),
            models.Index(fields=["day"], name="hotspots_day"),
        ]
