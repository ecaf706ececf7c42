"""What a report by anyone says: its claims in numbers, its outline and dates, and every repair made to its text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

Qualifier = Literal["exact", "over", "about", "at_least", "at_most", "under", "unknown"]
"""余 超 逾 多 → over; 约 近 左右 → about; 以上 不少于 → at_least; 以下 不超过 → at_most; a lost digit → unknown."""

Kind = Literal["count", "ratio", "yoy", "amount", "duration", "rank", "other"]
"""ratio: a share of a whole; yoy: a change against a year before; rank: 首个 第一名; other: 三大产业 and the like."""

Basis = Literal["stated", "carried", "whole_year", "default"]
"""How the period is known: in the sentence, from an earlier one of the paragraph, by 全年, or the report's year."""

RepairKind = Literal["pinyin", "traditional", "byte_shift", "width", "space", "furniture", "lost"]
"""`lost` is no repair: a place that cannot be recovered, left as it was read."""

Level = Literal["province", "city", "district", "town", "department", "unknown"]
"""town: 街道 镇 乡; department: an organ of any government."""

Json = dict[str, "object"]


@dataclass(frozen=True, slots=True)
class Claim:
    """One number that the report states of the world.

    `value` is as written (1 for 1万余家, whose `unit` is 万家), negative for a year-on-year fall, None where the source
    lost a digit; `amount` is it multiplied out (10000) in `measure` (家). A period is `2024`, `2024-01..2024-10` or
    `2024-01..2024-12-16`; `as_of` is its end where one is stated, else empty. `start` and `end` are characters of the
    text as it came, `clean_start` and `clean_end` of `ReadReport.text`.
    """

    value: Decimal | None
    text: str
    qualifier: Qualifier
    unit: str
    kind: Kind
    subject: str
    indicator: str
    section: str
    sentence: str
    start: int
    end: int
    period: str
    as_of: str
    basis: Basis = "default"
    amount: Decimal | None = None
    measure: str = ""
    approximate: tuple[str, ...] = ()
    """Every word around the number that qualifies it (约, 余): two may contradict."""
    sentence_at: int = 0
    """Which of `ReadReport.sentences` it stands in."""
    clean_start: int = 0
    clean_end: int = 0

    def as_json(self) -> Json:
        return {
            "value": _number(self.value),
            "text": self.text,
            "qualifier": self.qualifier,
            "unit": self.unit,
            "kind": self.kind,
            "subject": self.subject,
            "indicator": self.indicator or None,
            "section": self.section,
            "sentence": self.sentence,
            "start": self.start,
            "end": self.end,
            "period": self.period,
            "as_of": self.as_of or None,
            "basis": self.basis,
            "amount": _number(self.amount),
            "measure": self.measure,
            "approximate": list(self.approximate),
            "clean_start": self.clean_start,
            "clean_end": self.clean_end,
        }


@dataclass(frozen=True, slots=True)
class Repair:
    """One change to the text as it came, or one place that could not be repaired; `count` tells how often the same."""

    kind: RepairKind
    before: str
    after: str
    start: int
    end: int
    count: int = 1

    def as_json(self) -> Json:
        return {
            "kind": self.kind,
            "before": self.before,
            "after": self.after,
            "start": self.start,
            "end": self.end,
            "count": self.count,
        }


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the outline: `level` 1 for 一、, 2 for (一), 3 for 1. or 一是 below; `path` as in 一/(二)/一是."""

    level: int
    mark: str
    title: str
    path: str
    start: int
    """In `ReadReport.text`."""

    def as_json(self) -> Json:
        return {"level": self.level, "mark": self.mark, "title": self.title, "path": self.path, "start": self.start}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the clean text; `section` is the path of the heading it stands under, `paragraph` counts from 0."""

    text: str
    start: int
    end: int
    section: str
    paragraph: int

    def as_json(self) -> Json:
        return {
            "text": self.text,
            "start": self.start,
            "end": self.end,
            "section": self.section,
            "paragraph": self.paragraph,
        }


@dataclass(frozen=True, slots=True)
class Dates:
    """Days found in the head, foot and signature of the report; None where the text has none."""

    published: date | None = None
    signed: date | None = None

    @property
    def earliest(self) -> date | None:
        """The day the report stood written: what it states cannot reach further."""
        return min((day for day in (self.published, self.signed) if day), default=None)

    def as_json(self) -> Json:
        return {
            "published": self.published.isoformat() if self.published else None,
            "signed": self.signed.isoformat() if self.signed else None,
        }


@dataclass(frozen=True, slots=True)
class ReadReport:
    """A report as read. `text` is repaired and without page furniture; empty `unit`, None `year`: not found."""

    source: str
    """The name of the file, or empty."""
    format: str
    """`txt`, `html`, `docx` or `pdf`, with the encoding after a space where there was one to detect: `txt gb18030`."""
    title: str
    unit: str
    level: Level
    year: int | None
    dates: Dates
    outline: tuple[Heading, ...]
    text: str
    sentences: tuple[Sentence, ...]
    claims: tuple[Claim, ...]
    repairs: tuple[Repair, ...]

    def as_json(self) -> Json:
        """The shape that `fazhi report read --json` prints."""
        return {
            "report": {
                "source": self.source,
                "format": self.format,
                "title": self.title,
                "unit": self.unit or None,
                "level": self.level,
                "year": self.year,
                "dates": self.dates.as_json(),
                "outline": [heading.as_json() for heading in self.outline],
                "text": self.text,
                "sentences": [sentence.as_json() for sentence in self.sentences],
            },
            "repairs": [repair.as_json() for repair in self.repairs],
            "claims": [claim.as_json() for claim in self.claims],
        }


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
