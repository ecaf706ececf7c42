"""Composes an outline, readings and what people wrote into a report. Pure: the same input gives the same report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from fazhi.indicators.values import Reading, Span
from fazhi.report.shortcomings import Stated
from fazhi.report.values import Contributed, Figure, Imprint, Number, Paragraph, Part, Report, Section, plain
from fazhi.rulebook import Outline
from fazhi.rulebook import Paragraph as Slot
from fazhi.rulebook import Section as Chapter

NAMED = re.compile(r"\{([a-z][a-z0-9_]*)(?:\.(of|per))?\}")
WORDS = ("unit", "year", "period", "start", "cutoff")
NO_DATA = "本段所涉数据暂缺：{}。"
OPTION = re.compile(r"\[([^\]]*)\]")
TO_WRITE = "【本段待撰写：{}】"
NO_BUSINESS = "本年度没有{}的业务记录。"


def names_in(outline: Outline) -> tuple[str, ...]:
    """The indicators an outline prints, each once, in order."""
    texts = (slot.text for chapter in outline.sections for slot in chapter.paragraphs)
    return tuple(dict.fromkeys(name for text in texts for name in named_in(text)))


def named_in(text: str) -> list[str]:
    """The indicators a sentence names, in order; words of the report itself are none."""
    return [name for name, _part in NAMED.findall(text) if name not in WORDS]


def compose(
    outline: Outline,
    unit: UUID,
    unit_name: str,
    year: int,
    span: Span,
    readings: Sequence[Reading],
    imprint: Imprint,
    written: Mapping[str, str] | None = None,
    idle: Mapping[str, str] | None = None,
    stated: Stated = Stated(),  # noqa: B008 - a value that nothing changes
    contributed: Sequence[Contributed] = (),
) -> Report:
    """`written` holds what people wrote, by section key and place among what is asked there: ``plan.1``.

    `idle` names the figures of business that the unit has none of, each with the title of that business; `contributed`
    are the approved texts of other units.

    LookupError if a sentence names a figure that was not read.
    """
    known = {reading.name: reading for reading in readings}
    words = {"unit": unit_name, "year": str(year), **_words(span)}
    given = _Given(known, written or {}, idle or {}, stated, contributed, words)
    sections = tuple(_section(chapter, given) for chapter in outline.sections)
    return Report(
        outline=outline.name,
        title=outline.title.zh.format(**words),
        source=outline.source.text,
        status=outline.source.weakest,
        unit=unit,
        unit_name=unit_name,
        year=year,
        start=span.start,
        cutoff=span.cutoff,
        sections=sections,
        figures=tuple(_figure(known[name]) for name in _told(sections, outline)),
        imprint=imprint,
        missing=tuple(_missing(outline, sections)),
        unanswered=tuple(stated.unanswered()),
    )


def _told(sections: Sequence[Section], outline: Outline) -> tuple[str, ...]:
    """The indicators of `names_in` that are printed or said to have no data."""
    told: set[str] = set()
    for chapter, section in zip(outline.sections, sections, strict=True):
        sentences = [one.text for one in chapter.paragraphs if one.text]
        shown = [one for one in section.paragraphs if not one.written and not one.missing]
        for text, one in zip(sentences, shown, strict=True):
            told |= {part.figure for part in one.parts if isinstance(part, Number)}
            told |= set(named_in(text)) if one.no_data and one.parts else set()
    return tuple(name for name in names_in(outline) if name in told)


def _missing(outline: Outline, sections: Sequence[Section]) -> list[str]:
    asked = {f"{chapter.key}.{at}": (chapter, slot) for chapter in outline.sections for at, slot in asks_in(chapter)}
    gaps = [one.slot for section in sections for one in section.paragraphs if one.missing]
    return [f"{asked[slot][0].title}：{asked[slot][1].asks}" for slot in gaps]


def asks_in(chapter: Chapter) -> Iterator[tuple[int, Slot]]:
    """What a person is asked to write in a section, each with its place among these."""
    return enumerate((slot for slot in chapter.paragraphs if slot.asks), 1)


@dataclass(frozen=True, slots=True)
class _Given:
    """What a report is composed from."""

    readings: Mapping[str, Reading]
    written: Mapping[str, str]
    idle: Mapping[str, str]
    stated: Stated
    contributed: Sequence[Contributed]
    words: Mapping[str, str]


def _words(span: Span) -> dict[str, str]:
    """The period in words: 全年 only where the cut-off is the end of the year."""
    start, end = (f"{day:%Y年%-m月%-d日}" for day in (span.start, span.cutoff))
    whole = (span.start.month, span.start.day, span.cutoff.month, span.cutoff.day) == (1, 1, 12, 31)
    return {"start": start, "cutoff": end, "period": "全年" if whole else "本期"}


def _section(chapter: Chapter, given: _Given) -> Section:
    paragraphs: list[Paragraph] = []
    asked = 0
    for slot in chapter.paragraphs:
        if slot.asks:
            asked += 1
            paragraphs += _written(slot, f"{chapter.key}.{asked}", given)
        else:
            sentence = _sentence(slot, given)
            said = sentence.no_data and sentence in paragraphs  # once is enough
            paragraphs.append(Paragraph((), no_data=True) if said else sentence)
    paragraphs += [
        Paragraph((one.text,), written=True, author=one.author)
        for one in given.contributed
        if one.section == chapter.key and one.text.strip()
    ]
    return Section(chapter.key, chapter.title.zh, chapter.level, chapter.required, tuple(paragraphs))


def _written(slot: Slot, key: str, given: _Given) -> Iterator[Paragraph]:
    """What the register tells, then what a person wrote; either is enough."""
    told = given.stated.told(slot.tells) if slot.tells else ""
    if told:
        yield Paragraph((told,), written=True)
    if text := given.written.get(key, "").strip():
        yield Paragraph((text,), written=True, slot=key)
    elif not told:
        yield Paragraph((TO_WRITE.format(slot.asks),), missing=True, slot=key)


def _sentence(slot: Slot, given: _Given) -> Paragraph:
    names = named_in(slot.text)
    if names and all(name in given.idle for name in names):
        if slot.idle == "omitted":
            return Paragraph((), no_data=True)
        titles = "、".join(dict.fromkeys(given.idle[name] for name in names))
        return Paragraph((NO_BUSINESS.format(titles),), no_data=True)
    named = [_reading(name, given.readings) for name in names]
    if named and all(reading.no_data for reading in named):
        titles = "、".join(dict.fromkeys(str(reading.title) for reading in named))
        return Paragraph((NO_DATA.format(titles),), no_data=True)
    return Paragraph(tuple(_parts(_with_options(slot.text, given), given)))


def _with_options(text: str, given: _Given) -> str:
    """The sentence without the bracketed words of which a figure has nothing to tell: no data, or a count of nought."""

    def stays(words: re.Match[str]) -> str:
        parts = [(name, part) for name, part in NAMED.findall(words[1]) if name not in WORDS]
        told = all(_tells(_reading(name, given.readings), part, given.idle) for name, part in parts)
        return words[1] if told else ""

    return OPTION.sub(stays, text)


def _tells(reading: Reading, part: str, idle: Mapping[str, str]) -> bool:
    if reading.name in idle or reading.no_data or (part and reading.suppressed):
        return False
    return reading.suppressed or reading.kind not in ("count", "sum", "rank") or bool(reading.value)


def _parts(text: str, given: _Given) -> list[Part]:
    """Text and numbers in turn; a unit that follows a number without a value is left out."""
    parts: list[Part] = []
    unit, end = "", 0
    for match in NAMED.finditer(text):
        _say(parts, text[end : match.start()], unit)
        end = match.end()
        name, part = match[1], match[2] or ""
        if name in WORDS:
            _say(parts, given.words[name], "")
            unit = ""
            continue
        reading = _reading(name, given.readings)
        told = _amount_of(reading, part) if part else reading.text
        parts.append(Number(name, told, part))
        unit = "" if part or reading.unit_told else reading.unit
    _say(parts, text[end:], unit)
    return parts


def _say(parts: list[Part], text: str, unit: str) -> None:
    if rest := text.removeprefix(unit) if unit else text:
        if parts and isinstance(parts[-1], str):
            rest = f"{parts.pop()}{rest}"
        parts.append(rest)


def _amount_of(reading: Reading, part: str) -> str:
    """A figure's part as a number; as little as the figure itself where that is kept back."""
    amount = reading.numerator if part == "of" else reading.denominator
    if amount is None or reading.suppressed:
        return reading.text
    return plain(amount)


def _reading(name: str, readings: Mapping[str, Reading]) -> Reading:
    if name not in readings:
        raise LookupError(f"提纲用到指标 {name}，但没有读到它：请检查规则库中是否有 indicators/{name}.toml。")
    return readings[name]


def _figure(reading: Reading) -> Figure:
    return Figure(
        name=reading.name,
        title=str(reading.title),
        kind=reading.kind,
        text=reading.text,
        unit=reading.unit,
        numerator=reading.numerator,
        denominator=reading.denominator,
        suppressed=reading.suppressed,
        source=reading.source.text,
        status=reading.source.weakest,
        note=reading.note,
        page_digest=reading.page_digest,
        fingerprint=reading.fingerprint,
    )


def year_span(units: Sequence[UUID], year: int, cutoff: date | None, position: int) -> Span:
    """From New Year to the cut-off (the last day of the year unless said); ValueError if it lies in another year."""
    last = cutoff or date(year, 12, 31)
    if last.year != year:
        raise ValueError(f"统计截止日 {last} 不在报告年度 {year} 年之内。")
    return Span(tuple(units), date(year, 1, 1), last, position)
