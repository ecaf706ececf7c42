"""Published reports: kept as values, with the receipt of the record they were counted from."""

from __future__ import annotations

from typing import ClassVar

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
