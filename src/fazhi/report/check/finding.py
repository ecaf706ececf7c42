"""A finding about a report: what is stated, what follows from it, and what would make it right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from fazhi.report.check.places import Said
    from fazhi.report.claims import Json, ReadReport

Severity = Literal["inconsistent", "cannot_check", "note"]
"""inconsistent: two things stated cannot both be true, or a rule with a date is broken; cannot_check: too little is
stated to tell; note: worth a look of the author."""


@dataclass(frozen=True, slots=True)
class Finding:
    """`claims` are places in `ReadReport.claims`; `start` and `end` are characters of its clean text, -1 for none.

    `source` is the rule of law it leans on, with its `status`; empty where arithmetic is enough.
    """

    rule: str
    severity: Severity
    message: str
    message_en: str
    claims: tuple[int, ...] = ()
    stated: str = ""
    computed: str = ""
    steps: tuple[str, ...] = ()
    sentence: str = ""
    start: int = -1
    end: int = -1
    source: str = ""
    status: str = ""

    def as_json(self, report: ReadReport) -> Json:
        stands = [(place, report.claims[place]) for place in self.claims]
        return {
            "rule": self.rule,
            "severity": self.severity,
            "message": self.message,
            "message_en": self.message_en,
            "claims": [
                {"claim": place, "text": one.text, "subject": one.subject, "start": one.start, "end": one.end}
                for place, one in stands
            ],
            "stated": self.stated,
            "computed": self.computed,
            "steps": list(self.steps),
            "sentence": self.sentence,
            "clean_start": self.start,
            "clean_end": self.end,
            "source": self.source or None,
            "status": self.status or None,
        }


def found(
    rule: str,
    severity: Severity,
    said: Sequence[Said],
    message: str,
    message_en: str,
    *,
    stated: str = "",
    computed: str = "",
    steps: Sequence[str] = (),
) -> Finding:
    """A finding about claims; it is marked at the first of them, and quotes its sentence."""
    first = said[0]
    return Finding(
        rule,
        severity,
        message,
        message_en,
        tuple(one.at for one in said),
        stated,
        computed,
        tuple(steps),
        first.sentence.text.strip(),
        first.start,
        first.end,
    )
