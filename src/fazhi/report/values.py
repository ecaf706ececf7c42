"""A report as values: sections of text and numbers, each number bound to the figure it was read from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

FEW = 5
"""A written paragraph with fewer characters says next to nothing."""

OTHER_MATTERS = "⑤"
ANNEX = "指标口径和数据来源"
"""The title above the definitions behind a report's text: what follows it states nothing of the year."""


def plain(amount: Decimal) -> str:
    """An exact number as it is printed: without noughts behind the point that tell nothing."""
    told = f"{amount:f}"
    return told.rstrip("0").rstrip(".") if "." in told else told


@dataclass(frozen=True, slots=True)
class Number:
    """A place in a sentence that shows a figure, or one of its parts; `text` is what is printed, without the unit.

    `part` is ``of`` for what stands above the line, ``per`` for what stands below it, or for last year's figure.
    """

    figure: str
    text: str
    part: str = ""


Part = str | Number


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`written` by a person; `missing` when it should have been; `no_data` when no figure in it has any.

    `slot` is the key of what a person writes there (``plan.1``), `author` the unit that contributed it. A sentence left
    out for want of business keeps its place, without parts.
    """

    parts: tuple[Part, ...]
    written: bool = False
    missing: bool = False
    no_data: bool = False
    slot: str = ""
    author: str = ""

    @property
    def text(self) -> str:
        return "".join(part if isinstance(part, str) else part.text for part in self.parts)


@dataclass(frozen=True, slots=True)
class Section:
    """`required` says which of the five lawful contents it is; `level` 2 stands under the section before it."""

    key: str
    title: str
    level: int
    required: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its definition, as it was when the report was composed."""

    name: str
    title: str
    kind: str
    text: str
    unit: str
    numerator: Decimal | None
    denominator: Decimal | None
    suppressed: bool
    source: str
    status: str
    note: str
    page_digest: str
    fingerprint: str

    @property
    def unit_told(self) -> str:
        """The unit, where the text ends in a number that it can follow."""
        return self.unit if self.text[-1:].isdigit() else ""


@dataclass(frozen=True, slots=True)
class Imprint:
    """What holds the report against the record: the last receipt, the position counted to, the outline."""

    position: int
    seal: int
    root: str
    outline_digest: str
    composed: date


@dataclass(frozen=True, slots=True)
class Shortcoming:
    """A shortcoming as the register tells it: stated in the report of `year`, with what was done since."""

    year: int
    text: str
    cause: str = ""
    plan: str = ""
    measure: str = ""
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Contributed:
    """The approved text of a unit for one section."""

    section: str
    author: str
    text: str


@dataclass(frozen=True, slots=True)
class Report:
    """A composed report. `missing` names what a person still has to write."""

    outline: str
    title: str
    source: str
    status: str
    unit: UUID
    unit_name: str
    year: int
    start: date
    cutoff: date
    sections: tuple[Section, ...]
    figures: tuple[Figure, ...]
    imprint: Imprint
    missing: tuple[str, ...]
    unanswered: tuple[str, ...] = ()
    """Shortcomings that find no answer: this year's without a plan, last year's without a measure."""

    def figure(self, name: str) -> Figure | None:
        return next((figure for figure in self.figures if figure.name == name), None)

    @property
    def hollow(self) -> bool:
        """Every figure is 0 or has no data: nothing was counted, so nothing can be reported."""
        return bool(self.figures) and not any(
            one.suppressed or one.numerator or one.denominator for one in self.figures
        )

    def thin(self) -> tuple[str, ...]:
        """Titles of sections in which somebody wrote next to nothing; 无 is an answer among the other matters only."""
        return tuple(
            section.title for section in self.sections if any(_is_thin(section, one) for one in section.paragraphs)
        )

    def lacking(self) -> tuple[str, ...]:
        """Titles of the lawful contents that have no sentence yet: without them the report is not complete."""
        empty: list[str] = []
        under: list[Section] = []
        for section in reversed(self.sections):
            under.append(section)
            if section.level == 1:
                if section.required and not any(_says(one) for one in under):
                    empty.append(section.title)
                under = []
        return tuple(reversed(empty))


def _is_thin(section: Section, paragraph: Paragraph) -> bool:
    text = paragraph.text.strip().rstrip("。.")
    nothing = section.required == OTHER_MATTERS and text == "无"
    return paragraph.written and len(text) < FEW and not nothing


def _says(section: Section) -> bool:
    return any(paragraph.parts and not paragraph.missing for paragraph in section.paragraphs)
