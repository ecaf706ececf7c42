"""Documents as they are kept: a row for each version and a row for each of its pieces; all of it public."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Version(models.Model):
    """One version of a document; `name` joins the versions of one document."""

    digest = models.TextField(unique=True)
    """Of the bytes of the file, with its algorithm: the same file is never kept twice."""
    name = models.TextField(db_index=True)
    title = models.TextField()
    kind = models.TextField()
    label = models.TextField(default="")
    passed = models.DateField(null=True)
    first = models.DateField(null=True)
    since = models.DateField(null=True)
    assumed = models.BooleanField(default=False)
    stated_until = models.DateField(null=True)
    stated_why = models.TextField(default="")
    """What the document says of its own end; `until` also counts later versions and other documents."""
    ended = models.BooleanField(default=False)
    until = models.DateField(null=True)
    why = models.TextField(default="")
    replaced = models.BooleanField(default=False)
    file = models.TextField(default="")
    link = models.TextField(default="")
    history = models.JSONField(default=list)
    repeals = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    changed = models.DateTimeField()

    class Meta:
        db_table = "library_version"


class Piece(models.Model):
    """An article or a section of a version, in order."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="pieces")
    number = models.IntegerField()
    key = models.TextField()
    label = models.TextField(default="")
    headings = models.JSONField(default=list)
    article = models.IntegerField(default=0)
    inserted = models.IntegerField(default=0)
    text = models.TextField()

    class Meta:
        db_table = "library_piece"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "key"], name="library_piece_key"),
            models.UniqueConstraint(fields=["version", "number"], name="library_piece_order"),
        ]
