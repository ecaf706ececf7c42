"""Views kept by a post, alerts on a figure, and what was raised because of them."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models


class View(models.Model):
    """An address of a list under a name; whoever opens it sees it with rights of their own."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    post = models.UUIDField()
    unit = models.UUIDField(null=True)
    """Shared with this unit and all below it; with nobody where empty."""
    name = models.CharField(max_length=60)
    address = models.CharField(max_length=500)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "dashboard_view"
        indexes: ClassVar = [
            models.Index(fields=["post"], name="dashboard_view_post"),
            models.Index(fields=["unit"], name="dashboard_view_unit"),
        ]


class Alert(models.Model):
    """A rule on one figure of a unit with all below it, kept by a post until it ends."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    post = models.UUIDField()
    unit = models.UUIDField()
    indicator = models.TextField()
    rule = models.CharField(max_length=8)
    """``above``, ``below`` (a bound of the year so far), ``rising``, ``falling`` (so many months in a row)."""
    bound = models.DecimalField(max_digits=20, decimal_places=4)
    owner = models.CharField(max_length=120)
    """Who is to do what the alert asks for, as the task says it."""
    days = models.PositiveSmallIntegerField()
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        db_table = "dashboard_alert"
        indexes: ClassVar = [models.Index(fields=["indicator", "unit"], name="dashboard_alert_of")]


class Raised(models.Model):
    """That an alert was raised for a stretch of time, by which reading, and the task that it became."""

    id = models.BigAutoField(primary_key=True)
    alert = models.ForeignKey(Alert, models.PROTECT, related_name="raised")
    stretch = models.CharField(max_length=10)
    """The year of a bound, the month in which a row of months began."""
    matter = models.UUIDField()
    day = models.DateField()
    values = models.JSONField()
    """The values that raised it, the last one last, with the position they were read at."""

    class Meta:
        db_table = "dashboard_raised"
        constraints: ClassVar = [models.UniqueConstraint(fields=["alert", "stretch"], name="dashboard_raised_once")]
