"""What the holder of a matter may be told of it: one row a matter, without personal data."""

from __future__ import annotations

from django.db import models


class Tracked(models.Model):
    """Steps, terms and the reply of a matter, as its entries imply them; today's state is read from the days."""

    matter = models.UUIDField(primary_key=True)
    procedure = models.TextField()
    title = models.TextField()
    title_en = models.TextField(default="")
    number = models.TextField(default="")
    unit = models.UUIDField()
    opened = models.DateField()
    closed = models.DateField(null=True)
    steps = models.JSONField(default=list)
    clocks = models.JSONField(default=list)
    reply = models.IntegerField(null=True)
    """The entry whose body is the reply to the holder."""
    head = models.IntegerField()

    class Meta:
        db_table = "tracking_matter"
