"""Values of indicator pages and report outlines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as made_of
from decimal import Decimal
from typing import Literal

from fazhi.law import Source, Title

UNSOURCED = Source("")
FigureKind = Literal["count", "sum", "ratio", "change", "duration", "rank", "compression"]
Idle = Literal["said", "omitted"]
Tells = Literal["shortcomings", "answers", "plan"]
"""This year's shortcomings with their causes; what answered last year's; what next year does about this year's."""
Verdict = Literal["in_time", "late", "early", "judged"]
Stated = Literal["latest", "largest"]
Rounding = Literal["half_up", "down"]

VARIANT = "@"
"""Between the name of a figure and the word for another way of counting it."""


@dataclass(frozen=True, slots=True)
class Selector:
    """What is counted: facts, or runs of clocks with a verdict, or matters open at an end of the period.

    `where` holds the latest choice values of the matter up to that fact ("" = not said). `judged` are runs ended or due
    by the cut-off; a clock without a verdict means its runs by the day they ended (their length, in a duration).
    `at_least` and `at_most` are bounds of numbers: a row that does not say the number is not picked. Lines of a
    register that stand at an end of the period are picked with what they said on that day.
    """

    procedure: str
    facts: tuple[str, ...] = ()
    clocks: tuple[str, ...] = ()
    open: Literal["", "start", "end"] = ""
    where: Mapping[str, tuple[str, ...]] = made_of(default_factory=dict)
    verdict: tuple[Verdict, ...] = ()
    deemed: bool = True
    matters: bool = False
    field: str = ""
    at_least: Mapping[str, Decimal] = made_of(default_factory=dict)
    at_most: Mapping[str, Decimal] = made_of(default_factory=dict)
    stated: Stated = "latest"
    """Which of several stated numbers a rank tells."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure: `of` is counted or the numerator, `per` the denominator, `base` what a compression starts from."""

    name: str
    title: Title
    kind: FigureKind
    unit: str
    of: tuple[Selector, ...]
    per: tuple[Selector, ...] = ()
    base: tuple[Selector, ...] = ()
    whose: Literal["receiving", "handling"] = "receiving"
    round: int = 0
    rounding: Rounding = "half_up"
    source: Source = UNSOURCED
    note: str = ""
    aliases: tuple[str, ...] = ()
    sensitive: bool = False
    """Its cells count persons or what they said of themselves: small ones are kept back in public."""
    digest: str = ""


def page_of(indicators: Iterable[Indicator], name: str, variant: str = "") -> Indicator:
    """The one page that states a figure, by its own name or an alias; LookupError says which variants there are."""
    asked = f"{name}{VARIANT}{variant}" if variant else name
    near = []
    for page in indicators:
        if asked == page.name or asked in page.aliases:
            return page
        near += [alias for alias in page.aliases if alias.partition(VARIANT)[0] == name]
    raise LookupError(f"没有名为 {asked} 的指标" + (f"；有：{'、'.join(sorted(near))}" if near else ""))


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Either a sentence with named readings, or what a person is asked to write.

    Words of a sentence in square brackets stand only where every figure in them has something to tell. `idle` is what
    becomes of a sentence about business that the unit has none of in the year. `tells` is what goes before the words of
    a person: lines of the register of shortcomings.
    """

    text: str = ""
    asks: str = ""
    idle: Idle = "said"
    tells: Tells | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """`required` says which of the five lawful contents it is (①–⑤), `system` which of the eight systems (S1–S8).

    `sentences` names another outline, whose sentences under the same key come first here.
    """

    key: str
    title: Title
    paragraphs: tuple[Paragraph, ...] = ()
    required: str = ""
    system: str = ""
    level: int = 1
    sentences: str = ""


@dataclass(frozen=True, slots=True)
class Outline:
    """The outline of a report for one kind of unit (`audience`)."""

    name: str
    title: Title
    source: Source
    sections: tuple[Section, ...]
    audience: Literal["district", "bureau", "department", "subdistrict"] = "district"
    digest: str = ""
