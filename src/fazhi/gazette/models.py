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


class Course(models.Model):
    """The way of a matter from draft to final text, once something of it is published."""

    id = models.TextField(primary_key=True)
    matter = models.UUIDField(db_index=True)
    procedure = models.TextField()
    title_zh = models.TextField()
    title_en = models.TextField(default="")
    unit = models.UUIDField()
    number = models.TextField(default="")
    began = models.DateField()
    steps = models.JSONField(default=list)
    """In order: names, and the facts with day and published item."""
    draft = models.TextField(default="")
    """The published item that holds the draft."""
    final = models.TextField(default="")
    comments = models.TextField(default="")
    """The kind of business by which anyone may comment now."""
    changed = models.DateField()

    class Meta:
        db_table = "gazette_course"
        indexes: ClassVar = [models.Index(fields=["-changed", "-id"], name="gazette_courses")]


class Comment(models.Model):
    """A comment on a draft without its words: which clause, and what became of it."""

    id = models.TextField(primary_key=True)
    matter = models.UUIDField(db_index=True)
    course = models.TextField()
    clause = models.IntegerField(default=0)
    """0 is the whole."""
    adoption = models.TextField(default="")
    item = models.TextField(default="")
    """The published item that answers it."""
    day = models.DateField()

    class Meta:
        db_table = "gazette_comment"
        indexes: ClassVar = [models.Index(fields=["course", "clause", "day", "id"], name="gazette_comments")]
