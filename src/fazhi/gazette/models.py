"""What was published: one row an item, masked, readable by anyone."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Item(models.Model):
    """A publication as the public reads it; withdrawn ones stay with their reason and without their text."""

    id = models.TextField(primary_key=True)
    """Matter and entry of the publication; never reused."""
    matter = models.UUIDField(db_index=True)
    entry = models.IntegerField()
    list = models.TextField()
    procedure = models.TextField()
    procedure_title = models.TextField()
    procedure_title_en = models.TextField(default="")
    fact_title = models.TextField()
    fact_title_en = models.TextField(default="")
    unit = models.UUIDField()
    number = models.TextField(default="")
    title = models.TextField()
    text = models.TextField()
    happened = models.DateField(null=True)
    """Lawful day of the act that is published."""
    day = models.DateField()
    """Day of publication."""
    source = models.TextField(default="")
    status = models.TextField(default="")
    withdrawn = models.DateField(null=True)
    reason = models.TextField(default="")

    class Meta:
        db_table = "gazette_item"
        indexes: ClassVar = [
            models.Index(fields=["list", "-day", "-id"], name="gazette_by_list"),
            models.Index(fields=["unit", "-day", "-id"], name="gazette_by_unit"),
            models.Index(fields=["-day", "-id"], name="gazette_by_day"),
        ]
