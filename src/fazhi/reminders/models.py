"""Tables of reminders: what is to be told to whom, each person's wishes, and the steps of a warning's ladder."""

from __future__ import annotations

import uuid
from datetime import time
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class Message(models.Model):
    """One thing told to one person, once: the key says what, of which day, to whom. No word of a matter stands here;
    the recipient is an account, or a party whose telephone is encrypted in the room of people."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=240, unique=True)
    account = models.UUIDField(null=True)
    party = models.UUIDField(null=True)
    kind = models.CharField(max_length=12)
    matter = models.UUIDField(null=True)
    thing = models.CharField(max_length=120, blank=True, default="")
    """What of the matter, or which warning or alert: the same for all who are told of it."""
    clock = models.CharField(max_length=60, blank=True, default="")
    due = models.DateField(null=True)
    urgent = models.BooleanField(default=False)
    created = models.DateTimeField(auto_now_add=True)
    seen = models.DateTimeField(null=True)
    state = models.CharField(max_length=12, default="queued")
    """``queued``, ``held`` until `after`, ``sent``, ``failed``, ``kept`` in the house alone, ``acknowledged``."""
    after = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent = models.DateTimeField(null=True)
    sheet = models.DateField(null=True)
    """The day of the file it was written into."""
    delivered = models.DateTimeField(null=True)
    failure = models.CharField(max_length=40, blank=True, default="")
    within = models.UUIDField(null=True)
    """The daily summary that told it."""

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(account=None) ^ Q(party=None), name="reminder_to_one"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["account", "-created"], name="reminder_inbox"),
            models.Index(fields=["account"], name="reminder_unseen", condition=Q(seen=None)),
            models.Index(fields=["matter", "kind"], name="reminder_of"),
            models.Index(fields=["after"], name="reminder_waiting", condition=Q(state__in=["queued", "held"])),
            models.Index(fields=["sheet"], name="reminder_sheet", condition=~Q(sheet=None)),
        ]


class Setting(models.Model):
    """How one person wants to be reminded; the row of no account says it for the district."""

    account = models.UUIDField(primary_key=True)
    kinds = ArrayField(models.CharField(max_length=12), default=list)
    """What is sent; the inbox in the house shows everything."""
    quiet_from = models.TimeField(default=time(21))
    quiet_until = models.TimeField(default=time(8))
    rest_days = models.BooleanField(default=False)
    """Whether on days off too."""
    digest = models.BooleanField(default=False)
    digest_at = models.TimeField(default=time(8, 30))
    phone = models.BinaryField(null=True)


class Call(models.Model):
    """Something in a matter that somebody is to be told: a row of the follower, gone once it is answered."""

    pk = models.CompositePrimaryKey("matter", "seq", "kind")
    matter = models.UUIDField()
    seq = models.IntegerField()
    kind = models.CharField(max_length=12)
    unit = models.UUIDField()
    account = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "reminders_call"
        indexes: ClassVar = [models.Index(fields=["at"], name="reminder_call_at")]


class Step(models.Model):
    """One step of the ladder of a warning: who was told when, until when an answer is waited for, who gave it."""

    id = models.BigAutoField(primary_key=True)
    warning = models.UUIDField()
    step = models.PositiveSmallIntegerField()
    accounts = ArrayField(models.UUIDField())
    told = models.DateTimeField()
    until = models.DateTimeField()
    acknowledged = models.DateTimeField(null=True)
    by = models.UUIDField(null=True)
    by_post = models.UUIDField(null=True)
    remark = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["warning", "step"], name="reminder_step_once")]
        indexes: ClassVar = [
            models.Index(fields=["until"], name="reminder_step_open", condition=Q(acknowledged=None)),
        ]
