"""What people decided a letter is, beside what had been proposed; only added to, so that it can be taken back."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now


class Choice(models.Model):
    """One decision, or the withdrawal of the one before; no word of the letter stands here."""

    id = models.BigAutoField(primary_key=True)
    matter = models.UUIDField()
    topic = models.TextField()
    """Names of the topic, the widest first, with a slash between."""
    urgency = models.TextField()
    kind = models.TextField()
    way = models.TextField()
    proposed = models.TextField()
    """The topic that had been proposed."""
    version = models.IntegerField()
    withdrawn = models.BooleanField(default=False)
    post = models.UUIDField(null=True)
    account = models.UUIDField(null=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "triage_choice"
        indexes: ClassVar = [models.Index(fields=["matter", "-id"], name="triage_choice_matter")]
