"""Tables of grants and of units involved in matters. Dated rows hold from `since` until the day before `until`."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q


class Grant(models.Model):
    """To a post or an account: matters of a unit (with its subtree), of kinds or all, up to a secrecy.

    With `deputy_for` it gives instead what that post is granted on the day, no further than these kinds and this
    secrecy. `acts` is off for those who only look.
    """

    id = models.BigAutoField(primary_key=True)
    post = models.UUIDField(null=True, db_index=True)
    account = models.UUIDField(null=True, db_index=True)
    unit = models.UUIDField(null=True)
    subtree = models.BooleanField(default=True)
    kinds = ArrayField(models.CharField(max_length=40), null=True)
    secrecy = models.PositiveSmallIntegerField(default=0)
    acts = models.BooleanField(default=True)
    deputy_for = models.UUIDField(null=True)
    since = models.DateField()
    until = models.DateField(null=True)
    reason = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="grant_days"),
            models.CheckConstraint(condition=Q(post=None) ^ Q(account=None), name="grant_to_one"),
            models.CheckConstraint(condition=Q(unit=None) ^ Q(deputy_for=None), name="grant_of_one"),
            models.CheckConstraint(condition=Q(secrecy__lte=2), name="grant_secrecy"),
        ]


class Involved(models.Model):
    """One row a matter and unit involved. Without a clock `due` is the last day of 9999, so that lists can order."""

    pk = models.CompositePrimaryKey("matter", "unit")
    matter = models.UUIDField()
    unit = models.UUIDField()
    kind = models.CharField(max_length=40)
    secrecy = models.SmallIntegerField()
    open = models.BooleanField()
    todo = models.BooleanField()
    role = models.CharField(max_length=12)
    due = models.DateField()
    day = models.DateField()

    class Meta:
        db_table = "reach_row"
        indexes: ClassVar = [
            models.Index("unit", "kind", "secrecy", F("day").desc(), F("matter").desc(), name="reach_unit_day"),
            models.Index("unit", "kind", "secrecy", "due", "matter", name="reach_unit_due", condition=Q(open=True)),
            models.Index(
                fields=("-day", "-matter"), include=("unit", "kind", "secrecy", "open", "todo"), name="reach_day"
            ),
            models.Index(
                fields=("due", "matter"),
                include=("unit", "kind", "secrecy", "todo", "day"),
                name="reach_due",
                condition=Q(open=True),
            ),
        ]
