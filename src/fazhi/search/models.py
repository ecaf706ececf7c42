"""The table of words: one row a matter, words as keyed marks beside tokens of rights, parties and numbers."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F


class Words(models.Model):
    """No word stands here in the clear: what a person wrote is found by a keyed mark and read from the record."""

    matter = models.UUIDField(primary_key=True)
    day = models.DateField()
    words = ArrayField(models.TextField())

    class Meta:
        db_table = "search_row"
        indexes: ClassVar = [
            GinIndex(fields=["words"], name="search_words"),
            models.Index(F("day").desc(), F("matter").desc(), name="search_day"),
        ]
