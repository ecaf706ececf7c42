"""Composes an outline, readings and what people wrote into a report. Pure: the same input gives the same report."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from fazhi.indicators.values import Reading, Span
from fazhi.report.values import Figure, Imprint, Number, Paragraph, Part, Report, Section
from fazhi.rulebook import Outline
from fazhi.rulebook import Paragraph as Slot
from fazhi.rulebook import Section as Chapter

NAMED = re.compile(r"\{([a-z][a-z0-9_]*)\}")
NO_DATA = "本段所涉数据暂缺：{}。"
TO_WRITE = "【本段待撰写：{}】"
NO_BUSINESS = "本年度没有{}的业务记录。"


def names_in(outline: Outline) -> tuple[str, ...]:
    """The indicators an outline prints, each once, in order."""
    texts = (slot.text for chapter in outline.sections for slot in chapter.paragraphs)
    return tuple(dict.fromkeys(name for text in texts for name in NAMED.findall(text)))


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
) -> Report:
    """`written` holds what people wrote, by section key and place of the paragraph: ``plan.1``.

    `idle` names the figures of business that the unit has none of, each with the title of that business.

    LookupError if a sentence names a figure that was not read.
    """
    known = {reading.name: reading for reading in readings}
    texts = written or {}
    none = idle or {}
    sections = tuple(_section(chapter, known, texts, none) for chapter in outline.sections)
    words = {"unit": unit_name, "year": str(year)}
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
        figures=tuple(_figure(known[name]) for name in _told(outline, none)),
        imprint=imprint,
        missing=tuple(_missing(outline, texts)),
    )


def _told(outline: Outline, idle: Mapping[str, str]) -> tuple[str, ...]:
    """The indicators of `names_in` without those that only sentences left out would print."""
    slots = [slot for chapter in outline.sections for slot in chapter.paragraphs if not _left_out(slot, idle)]
    told = {name for slot in slots for name in NAMED.findall(slot.text)}
    return tuple(name for name in names_in(outline) if name in told)


def _without_business(slot: Slot, idle: Mapping[str, str]) -> bool:
    named = NAMED.findall(slot.text)
    return bool(named) and all(name in idle for name in named)


def _left_out(slot: Slot, idle: Mapping[str, str]) -> bool:
    return slot.idle == "omitted" and _without_business(slot, idle)


def _missing(outline: Outline, written: Mapping[str, str]) -> list[str]:
    return [
        f"{chapter.title}：{slot.asks}"
        for chapter in outline.sections
        for at, slot in enumerate(chapter.paragraphs, 1)
        if slot.asks and not written.get(f"{chapter.key}.{at}", "").strip()
    ]


def _section(
    chapter: Chapter, readings: Mapping[str, Reading], written: Mapping[str, str], idle: Mapping[str, str]
) -> Section:
    paragraphs = tuple(
        _paragraph(slot, readings, written.get(f"{chapter.key}.{at}", "").strip(), idle)
        for at, slot in enumerate(chapter.paragraphs, 1)
    )
    return Section(chapter.key, chapter.title.zh, chapter.level, chapter.required, paragraphs)


def _paragraph(slot: Slot, readings: Mapping[str, Reading], written: str, idle: Mapping[str, str]) -> Paragraph:
    if slot.asks:
        return (
            Paragraph((written,), written=True) if written else Paragraph((TO_WRITE.format(slot.asks),), missing=True)
        )
    if _left_out(slot, idle):
        return Paragraph((), no_data=True)
    named = [_reading(name, readings) for name in NAMED.findall(slot.text)]
    if _without_business(slot, idle):
        titles = "、".join(dict.fromkeys(idle[reading.name] for reading in named))
        return Paragraph((NO_BUSINESS.format(titles),), no_data=True)
    if named and all(reading.no_data for reading in named):
        titles = "、".join(dict.fromkeys(str(reading.title) for reading in named))
        return Paragraph((NO_DATA.format(titles),), no_data=True)
    return Paragraph(tuple(_parts(slot.text, readings)))


def _parts(text: str, readings: Mapping[str, Reading]) -> list[Part]:
    """Text and numbers in turn; a unit that follows a number without a value is left out."""
    parts: list[Part] = []
    unit = ""
    for at, piece in enumerate(NAMED.split(text)):
        if at % 2:
            reading = _reading(piece, readings)
            parts.append(Number(piece, reading.text))
            unit = "" if reading.unit_told else reading.unit
        elif rest := piece.removeprefix(unit) if unit else piece:
            parts.append(rest)
    return parts


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
