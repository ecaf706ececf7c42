"""The table of operations: who asked for what, how far it is, and the file that came of it."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class Operation(models.Model):
    """One long work. What was asked and what came of it are sealed; the file lies in the archive."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.UUIDField()
    post = models.UUIDField()
    kind = models.CharField(max_length=40)
    language = models.CharField(max_length=10)
    key = models.CharField(max_length=80)
    state = models.CharField(max_length=10, default="waiting")
    """``waiting``, ``running``, ``done``, ``failed``, ``cancelled``."""
    stopping = models.BooleanField(default=False)
    """Its asker wants it no longer."""
    tries = models.PositiveSmallIntegerField(default=0)
    done = models.IntegerField(default=0)
    total = models.IntegerField(null=True)
    asked = models.DateTimeField(auto_now_add=True)
    began = models.DateTimeField(null=True)
    ended = models.DateTimeField(null=True)
    expires = models.DateTimeField(null=True)
    seen = models.DateTimeField(null=True)
    sealed = models.BinaryField()
    outcome = models.BinaryField(null=True)
    brought = models.UUIDField(null=True)
    """The file it works on, until it ends."""
    file = models.UUIDField(null=True)
    """The file it made, until it expires."""
    matters = ArrayField(models.UUIDField(), default=list)
    """Whose rows stand in that file."""

    class Meta:
        db_table = "operations_operation"
        constraints: ClassVar = [models.UniqueConstraint(fields=["account", "key"], name="operation_once")]
        indexes: ClassVar = [
            models.Index(fields=["account", "-asked"], name="operation_of"),
            models.Index(fields=["asked"], name="operation_open", condition=Q(state__in=["waiting", "running"])),
            models.Index(fields=["expires"], name="operation_kept", condition=~Q(file=None)),
        ]
