"""Published reports, kept as values with the receipt of their record; and figures counted for a report to come."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Published(models.Model):
    """A report as the public reads it; a withdrawn one stays with its day and its reason."""

    id = models.TextField(primary_key=True)
    matter = models.UUIDField(db_index=True)
    entry = models.IntegerField()
    unit = models.UUIDField()
    year = models.IntegerField()
    title = models.TextField()
    values = models.JSONField(null=True)
    digest = models.TextField()
    seal = models.BigIntegerField(default=0)
    seal_root = models.TextField(default="")
    day = models.DateField()
    withdrawn = models.DateField(null=True)
    reason = models.TextField(default="")

    class Meta:
        db_table = "report_published"
        indexes: ClassVar = [models.Index(fields=["unit", "year"], name="report_by_unit")]


class Count(models.Model):
    """What the figures of an outline ask of the rows, as of one position: amounts by the key of each want."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    outline = models.TextField()
    unit = models.UUIDField()
    cutoff = models.DateField()
    units = ArrayField(models.UUIDField())
    position = models.BigIntegerField()
    amounts = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        db_table = "report_count"
        constraints: ClassVar = [models.UniqueConstraint(fields=["outline", "unit", "cutoff"], name="report_one_count")]
