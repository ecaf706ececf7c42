"""Reads indicator pages and report outlines, collecting what is wrong with file and line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, get_args

from fazhi.law import Finding, Title
from fazhi.rulebook import words
from fazhi.rulebook.figures import (
    FigureKind,
    Idle,
    Indicator,
    Outline,
    Paragraph,
    Rounding,
    Section,
    Selector,
    Stated,
    Tells,
    Verdict,
)
from fazhi.rulebook.pages import Page, Where, digest
from fazhi.rulebook.read import read_words
from fazhi.rulebook.words import Read

KINDS: tuple[str, ...] = get_args(FigureKind)
DECIMALS = {"count": 0, "rank": 0}
MONEY = "元"


def _verdicts(value: Any) -> tuple[str, ...]:
    read = words.one_of(*get_args(Verdict))
    return tuple(read(one) for one in words.names(value))


def _selectors(value: Any) -> list[Mapping[str, Any]]:
    found = [value] if isinstance(value, dict) else value
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise words.WordFault("应为 { procedure = …, fact = … } 或其列表", "should be a selector or a list of them")
    return found


def _bounds(value: Any) -> dict[str, Decimal]:
    if not isinstance(value, dict) or not all(type(one) in (int, float) for one in value.values()):
        raise words.WordFault("应为 { 数字字段 = 数 }", "should be { number field = number }")
    return {name: Decimal(str(one)) for name, one in value.items()}


SELECTOR_WORDS: Mapping[str, Read] = {
    "procedure": words.text, "fact": words.names, "clock": words.names, "open": words.one_of("start", "end"),
    "where": words.cases, "verdict": _verdicts, "deemed": words.flag, "matters": words.flag, "field": words.text,
    "at_least": _bounds, "at_most": _bounds, "stated": words.one_of(*get_args(Stated)),
}  # fmt: skip
INDICATOR_WORDS: Mapping[str, Read] = {
    "title": words.title, "kind": words.one_of(*KINDS), "unit": words.text, "of": _selectors, "per": _selectors,
    "base": _selectors, "whose": words.one_of("receiving", "handling"), "round": words.number,
    "rounding": words.one_of(*get_args(Rounding)),
    "source": words.text, "status": words.status, "note": words.text, "aliases": words.names,
    "sensitive": words.flag,
}  # fmt: skip
OUTLINE_WORDS: Mapping[str, Read] = {
    "title": words.title, "source": words.text, "status": words.status, "sections": list,
    "audience": words.one_of("district", "bureau", "department", "subdistrict"),
}  # fmt: skip
SECTION_WORDS: Mapping[str, Read] = {
    "key": words.text, "title": words.title, "paragraphs": list, "required": words.one_of("①", "②", "③", "④", "⑤"),
    "system": words.one_of(*(f"S{n}" for n in range(1, 9))), "level": words.number,
    "sentences": words.text,
}  # fmt: skip
PARAGRAPH_WORDS: Mapping[str, Read] = {
    "text": words.text, "asks": words.text, "idle": words.one_of(*get_args(Idle)),
    "tells": words.one_of(*get_args(Tells)),
}  # fmt: skip


def read_indicator(page: Page, name: str) -> tuple[Indicator | None, list[Finding]]:
    """The page as an indicator, or None where the least it needs is missing."""
    findings: list[Finding] = []
    said = read_words(page, (), page.table, INDICATOR_WORDS, findings)
    for word in ("title", "kind", "unit", "of", "source"):
        if word not in said:
            findings.append(page.finding("missing-word", (word,), f"指标须写明 {word}", f"an indicator needs {word}"))
    if findings:
        return None, findings
    for word in ("of", "per", "base"):
        said[word] = tuple(_selector(page, word, one, findings) for one in said.get(word, []))
    source = words.source_of(said.pop("source"), "", said.pop("status", "VERIFIED"))
    said.setdefault("round", _decimals(said["kind"], said["unit"]))
    indicator = Indicator(name=name, source=source, digest=digest(page.table), **said)
    return indicator, findings


def _decimals(kind: str, unit: str) -> int:
    """Decimals of a figure whose page does not say: persons and things are added up whole, money to the cent."""
    return 0 if kind == "sum" and not unit.endswith(MONEY) else DECIMALS.get(kind, 2)


def _selector(page: Page, word: str, table: Mapping[str, Any], findings: list[Finding]) -> Selector:
    where: Where = (word,)
    said = read_words(page, where, table, SELECTOR_WORDS, findings)
    if "procedure" not in said:
        findings.append(page.finding("missing-word", where, f"{word} 须写明 procedure", f"{word} needs a procedure"))
    if sum(one in said for one in ("fact", "clock", "open")) != 1:
        message = f"{word} 须写明 fact、clock、open 中的一个"
        findings.append(page.finding("missing-word", where, message, f"{word} needs one of fact, clock, open"))
    said["facts"], said["clocks"] = said.pop("fact", ()), said.pop("clock", ())
    said.setdefault("procedure", "")
    return Selector(**said)


def read_outline(page: Page, name: str) -> tuple[Outline | None, list[Finding]]:
    """The page as an outline of a report."""
    findings: list[Finding] = []
    said = read_words(page, (), page.table, OUTLINE_WORDS, findings)
    for word in ("title", "source", "sections"):
        if word not in said:
            findings.append(page.finding("missing-word", (word,), f"提纲须写明 {word}", f"an outline needs {word}"))
    sections = tuple(_section(page, table, findings) for table in said.pop("sections", []))
    if findings:
        return None, findings
    source = words.source_of(said.pop("source"), "", said.pop("status", "VERIFIED"))
    return Outline(name=name, source=source, sections=sections, digest=digest(page.table), **said), findings


def borrow(outlines: Mapping[str, Outline]) -> dict[str, Outline]:
    """The outlines with the sentences that their sections take over from another; the digest is of both pages."""
    return {name: _borrowed(one, outlines) for name, one in outlines.items()}


def _borrowed(outline: Outline, outlines: Mapping[str, Outline]) -> Outline:
    lenders = [outlines[name] for name in dict.fromkeys(one.sentences for one in outline.sections) if name in outlines]
    if not lenders:
        return outline
    sections = tuple(_with_sentences(one, outlines) for one in outline.sections)
    both = digest({"own": outline.digest, "of": [one.digest for one in lenders]})
    return replace(outline, sections=sections, digest=both)


def _with_sentences(section: Section, outlines: Mapping[str, Outline]) -> Section:
    lender = outlines.get(section.sentences)
    there = [one for one in lender.sections if one.key == section.key] if lender else []
    told = tuple(replace(slot, idle="omitted") for one in there for slot in one.paragraphs if slot.text)
    return replace(section, paragraphs=told + section.paragraphs)


def _section(page: Page, table: Mapping[str, Any], findings: list[Finding]) -> Section:
    said = read_words(page, ("sections",), table, SECTION_WORDS, findings)
    for word in ("key", "title"):
        if word not in said:
            findings.append(
                page.finding("missing-word", ("sections",), f"章节须写明 {word}", f"a section needs {word}")
            )
    paragraphs = []
    for one in said.pop("paragraphs", []):
        words_said = read_words(page, ("sections", "paragraphs"), one, PARAGRAPH_WORDS, findings)
        paragraphs.append(Paragraph(**words_said))
    return Section(key=said.pop("key", ""), title=said.pop("title", Title("")), paragraphs=tuple(paragraphs), **said)
