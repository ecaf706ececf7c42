"""Rows that figures are counted from: one row for each fact, run of a clock and matter, with its life in positions."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from fazhi.indicators.values import END_OF_CHAIN, NEVER

_ASKED = ["unit", "from_position", "to_position", "item", "verdict", "deemed", "again", "days"]
"""What figures without a choice or a number ask of a row: they are counted from the index alone."""


class Counted(models.Model):
    """A countable thing as it stood between two sealed positions."""

    pk = models.CompositePrimaryKey("matter", "ref", "from_position")
    matter = models.UUIDField()
    ref = models.TextField()
    from_position = models.BigIntegerField()
    to_position = models.BigIntegerField(default=END_OF_CHAIN)
    procedure = models.TextField()
    item = models.TextField()
    """``fact``, ``clock`` or ``matter``."""
    name = models.TextField()
    unit = models.UUIDField()
    """The unit that received the matter."""
    handler = models.UUIDField()
    """The unit in charge of it."""
    day = models.DateField()
    """Lawful day of a fact; day on which the verdict of a clock stood; day on which a matter began."""
    until = models.DateField(default=NEVER)
    """Day on which a clock ended or a matter was closed."""
    verdict = models.TextField(default="")
    deemed = models.BooleanField(default=False)
    again = models.BooleanField(default=False)
    """Whether the matter had a fact of this kind before."""
    days = models.IntegerField(null=True)
    """From the opening of the matter to the fact; for a clock the days it measured."""
    fields = models.JSONField(default=dict)
    """Choices of the matter, as last said up to this fact."""
    numbers = models.JSONField(default=dict)
    """Numbers and sums of money that this fact says."""

    class Meta:
        db_table = "indicators_counted"
        indexes: ClassVar = [
            models.Index(fields=["unit", "day"], name="indicators_by_unit"),
            models.Index(fields=["handler", "day"], name="indicators_by_handler"),
            models.Index(fields=["procedure", "name", "day"], name="indicators_of_name", include=_ASKED),
            models.Index(
                fields=["procedure", "name", "until"],
                name="indicators_of_until",
                condition=~models.Q(item="fact"),
                include=["day", *_ASKED],
            ),
        ]
