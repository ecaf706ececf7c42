"""From the text of a report to what it states: repair, outline, imprint, claims."""

from __future__ import annotations

from collections.abc import Iterator

from fazhi.report.claims import Claim, ReadReport, Sentence
from fazhi.report.read.changes import as_change
from fazhi.report.read.found import Found
from fazhi.report.read.imprint import read_imprint
from fazhi.report.read.indicate import Place, indicate
from fazhi.report.read.joint import spread
from fazhi.report.read.lines import find_body, find_headings, find_sentences, furniture_between
from fazhi.report.read.masks import masked
from fazhi.report.read.numbers import find_digits, find_lost, find_numerals
from fazhi.report.read.numerals import times
from fazhi.report.read.periods import Clock
from fazhi.report.read.ranks import find_ranks
from fazhi.report.read.repair import repair
from fazhi.report.read.subjects import beside_of, clause_of, subject_of
from fazhi.report.read.traced import Traced


def read_text(text: str, source: str = "", format: str = "txt") -> ReadReport:
    """Read a report given as text."""
    bench = repair(text)
    body = find_body(bench.text.text)
    imprint = read_imprint(bench.text.text, body)
    bench.apply("furniture", [(start, end, "") for start, end in furniture_between(bench.text.text, body)])
    clean = bench.text
    headings = find_headings(clean.text)
    sentences = find_sentences(clean.text, headings)
    claims = tuple(_claims(clean, sentences, imprint.year))
    return ReadReport(
        source=source,
        format=format,
        title=imprint.title,
        unit=imprint.unit,
        level=imprint.level,
        year=imprint.year,
        dates=imprint.dates,
        outline=headings,
        text=clean.text,
        sentences=sentences,
        claims=claims,
        repairs=tuple(bench.repairs),
    )


def _claims(clean: Traced, sentences: tuple[Sentence, ...], year: int | None) -> Iterator[Claim]:
    covered = masked(clean.text)
    clock = Clock(year)
    before = ""
    for at, sentence in enumerate(sentences):
        spoken = clock.enter(sentence)
        found = numbers_in(sentence.text, covered[sentence.start : sentence.end + 1])
        for number in found:
            period = clock.at(number.head, spoken)
            for subject, place in _told_of(sentence.text, number, found, before):
                start, end = sentence.start + number.start, sentence.start + number.end
                first, last = clean.span(start, end)
                yield Claim(
                    value=number.value,
                    text=clean.text[start:end],
                    qualifier=number.qualifier,
                    unit=number.unit,
                    kind=number.kind,
                    subject=subject,
                    indicator=indicate(place, number.kind, number.unit, number.measure),
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
                    sentence_at=at,
                    clean_start=start,
                    clean_end=end,
                )
        clock.leave(spoken)
        before = sentence.text


def numbers_in(text: str, covered: list[bool]) -> list[Found]:
    """The numbers of a sentence in order; of two at one place the more telling stays."""
    ranked = [*find_ranks(text, covered), *find_lost(text, covered)]
    for candidate in (*find_digits(text, covered), *find_numerals(text, covered)):
        if not any(candidate.start < other.end and other.start < candidate.end for other in ranked):
            ranked.append(candidate)
    ranked.sort(key=lambda found: (found.head, found.end))
    changed: list[Found] = []
    for number in ranked:
        changed.append(as_change(text, number, changed[-1] if changed else None))
    return changed


def _told_of(text: str, number: Found, all_found: list[Found], before: str) -> Iterator[tuple[str, Place]]:
    """The subjects of a number with the words around each."""
    start, end = clause_of(text, number)
    beside = beside_of(text, number, all_found)
    for subject in spread(text, number, all_found) or [subject_of(text, number)]:
        yield subject, Place(subject, beside, text[start:end], text[:end], before)
