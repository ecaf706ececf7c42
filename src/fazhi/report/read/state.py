"""What the sentences of a report state in numbers: each number with its subject, indicator and time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fazhi.law.numerals import times
from fazhi.report.claims import Claim, Heading, Sentence
from fazhi.report.read.changes import as_change, refers_back
from fazhi.report.read.found import Found
from fazhi.report.read.indicate import Place, indicate
from fazhi.report.read.joint import spread
from fazhi.report.read.masks import masked
from fazhi.report.read.numbers import find_digits, find_lost, find_numerals
from fazhi.report.read.periods import Clock, Period, usual_period
from fazhi.report.read.ranks import find_ranks, one_of_many
from fazhi.report.read.subjects import beside_of, clause_of, context_of, subject_of
from fazhi.report.read.traced import Traced

REACH = 4
"""Sentences before a number that may tell what it counts."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A sentence with its number in the report and what stands above it."""

    sentence: Sentence
    at: int
    above: str


def find_claims(
    clean: Traced, headings: tuple[Heading, ...], sentences: tuple[Sentence, ...], year: int | None
) -> Iterator[Claim]:
    """Every claim in order."""
    clock = Clock(year, usual_period(clean.text, year))
    titles = {heading.path: heading.title for heading in headings}
    for at, sentence in enumerate(sentences):
        spoken = Spoken(sentence, at, _above(sentences, at, titles))
        moments = clock.enter(sentence)
        found = numbers_in(sentence.text, masked(clean.text, sentence.start, sentence.end))
        counted: Claim | None = None
        for number in found:
            period = clock.at(number.head, moments)
            for subject in spread(sentence.text, number, found) or [subject_of(sentence.text, number)]:
                claim = _claim(clean, spoken, number, period, _named(spoken, number, found, subject, counted))
                counted = counted if number.kind == "yoy" else claim
                yield claim
        clock.leave(moments)


def numbers_in(text: str, covered: list[bool]) -> list[Found]:
    """The numbers of a sentence in order; of two at one place the more telling stays."""
    ranked = [*find_ranks(text, covered), *find_lost(text, covered)]
    taken = [False] * (len(text) + 1)
    for one in ranked:
        taken[one.start : one.end] = [True] * (one.end - one.start)
    for candidate in (*find_digits(text, covered), *find_numerals(text, covered)):
        if not any(taken[candidate.start : candidate.end]):
            taken[candidate.start : candidate.end] = [True] * (candidate.end - candidate.start)
            ranked.append(candidate)
    ranked.sort(key=lambda found: (found.head, found.end))
    changed: list[Found] = []
    for number in ranked:
        changed.append(as_change(text, number, changed[-1] if changed else None))
    return [one_of_many(text, number) for number in changed]


def _named(spoken: Spoken, number: Found, found: list[Found], subject: str, counted: Claim | None) -> tuple[str, str]:
    """Subject and indicator; a change told right behind a number (563宗，同比增长111.7%) is that number's own."""
    text = spoken.sentence.text
    behind = counted.clean_end - spoken.sentence.start if counted else 0
    if counted and number.kind == "yoy" and refers_back(text, behind, number.start):
        return f"{counted.subject}同比", f"{counted.indicator}.yoy" if counted.indicator else ""
    _, end = clause_of(text, number)
    near = context_of(text, number, found)
    place = Place(subject, beside_of(text, number, found), near, text[:end], spoken.above)
    if subject.startswith("方面"):
        return subject, ""
    return subject, indicate(place, number.kind, number.unit, number.measure)


def _claim(clean: Traced, spoken: Spoken, number: Found, period: Period, named: tuple[str, str]) -> Claim:
    sentence = spoken.sentence
    start, end = sentence.start + number.start, sentence.start + number.end
    first, last = clean.span(start, end)
    return Claim(
        value=number.value,
        text=clean.text[start:end],
        qualifier=number.qualifier,
        unit=number.unit,
        kind=number.kind,
        subject=named[0],
        indicator=named[1],
        section=sentence.section,
        sentence=sentence.text,
        start=first,
        end=last,
        period=period.text,
        as_of=period.as_of,
        basis=period.basis,
        amount=None if number.value is None else number.value * times(number.multiple),
        measure=number.measure,
        approximate=number.words,
        sentence_at=spoken.at,
        clean_start=start,
        clean_end=end,
    )


def _above(sentences: tuple[Sentence, ...], at: int, titles: dict[str, str]) -> str:
    """The headings above a sentence and the sentences before it under the same one."""
    path = sentences[at].section
    parts = path.split("/") if path else []
    told = [titles.get("/".join(parts[: depth + 1]), "") for depth in range(len(parts))]
    near = [one.text for one in sentences[max(at - REACH, 0) : at] if one.section == path]
    return "\n".join([*told, *near])
