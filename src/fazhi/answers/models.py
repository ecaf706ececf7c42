"""What was asked and what was quoted, so that a changed document shows which answers rested on it."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models


class Given(models.Model):
    """One answer. `question` is masked: names, numbers and addresses of persons do not stand in it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    at = models.DateTimeField()
    day = models.DateField()
    """The day for which it was asked."""
    face = models.TextField()
    question = models.TextField()
    refused = models.TextField(default="")
    support = models.FloatField(default=0)

    class Meta:
        db_table = "answers_given"
        indexes: ClassVar = [models.Index(fields=["-at"], name="answers_given_by_day")]


class Used(models.Model):
    """One passage quoted in an answer: the version by its digest, and the piece."""

    given = models.ForeignKey(Given, on_delete=models.CASCADE, related_name="used")
    digest = models.TextField(db_index=True)
    title = models.TextField()
    version = models.TextField()
    key = models.TextField()
    label = models.TextField()

    class Meta:
        db_table = "answers_used"
