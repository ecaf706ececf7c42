"""Reads pages of procedures into values of law, collecting what is wrong with file and line."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from fazhi.law import ClockRule, FactKind, Finding, Intake, OtherTerm, Procedure
from fazhi.law.source import UNTITLED
from fazhi.rulebook import words
from fazhi.rulebook.pages import Page, Where, digest
from fazhi.rulebook.words import CLOCK_WORDS, FACT_WORDS, PAGE_WORDS, Read, WordFault

RESTRICTING = ("after", "needs", "unless", "by")


def read_procedure(
    page: Page, name: str, in_force: date, common: Mapping[str, FactKind]
) -> tuple[Procedure, list[Finding]]:
    """The page as a procedure; what cannot be understood is left out and told as a finding."""
    findings: list[Finding] = []
    said = read_words(page, (), page.table, PAGE_WORDS, findings)
    given = said.get("status", "VERIFIED")
    text = said.get("source", "")
    facts = {
        fact: read_fact(page, ("facts", fact), fact, table, (text, given), findings)
        for fact, table in tables(page, "facts", findings)
    }
    clocks = {
        clock: read_clock(page, ("clocks", clock), clock, table, (text, given), findings)
        for clock, table in tables(page, "clocks", findings)
    }
    procedure = Procedure(
        name=name,
        in_force=in_force,
        title=said.get("title", UNTITLED),
        source=words.source_of(text, "", given) if text else None,
        rolls=said.get("rolls", "law"),
        every=said.get("every", ""),
        opens_with=said.get("opens_with", ""),
        facts=facts,
        clocks=clocks,
        register=said.get("register"),
        transition=said.get("transition"),
        retention=said.get("retention"),
        numbered_by=said.get("numbered_by", ""),
        number_word=said.get("number_word", ""),
        intake=said.get("intake", Intake()),
        course=said.get("course"),
        digest=digest(page.table),
        common=restrict(page, common, findings),
    )
    return procedure, findings


def tables(page: Page, word: str, findings: list[Finding]) -> list[tuple[str, Mapping[str, Any]]]:
    """The named tables under [facts], [clocks] or [common]; anything else there is a finding."""
    found: list[tuple[str, Mapping[str, Any]]] = []
    for name, table in page.table.get(word, {}).items():
        if isinstance(table, dict):
            found.append((name, table))
        else:
            message = f"[{word}] 下的 {name} 应为一张表，如 [{word}.{name}]"
            findings.append(page.finding("wrong-type", (word, name), message, f"{name} should be a table"))
    return found


def read_words(
    page: Page, where: Where, table: Mapping[str, Any], known: Mapping[str, Read], findings: list[Finding]
) -> dict[str, Any]:
    """Each word of a table, understood; unknown words and wrong types become findings."""
    said: dict[str, Any] = {}
    for word, value in table.items():
        if word not in known:
            findings.append(unknown_word(page, (*where, word), word, known))
            continue
        try:
            said[word] = known[word](value)
        except WordFault as fault:
            label = ".".join((*where, word))
            findings.append(page.finding("wrong-type", (*where, word), f"{label}：{fault}", f"{label}: {fault.en}"))
        except (TypeError, ValueError):
            label = ".".join((*where, word))
            findings.append(
                page.finding("wrong-type", (*where, word), f"{label}：应为一张表", f"{label}: should be a table")
            )
    return said


def unknown_word(page: Page, where: Where, word: str, known: Mapping[str, Read]) -> Finding:
    """Says which word may have been meant."""
    near = difflib.get_close_matches(word, known, 1)
    hint = f"，是否为 {near[0]}？" if near else f"；可用的词：{'、'.join(known)}"
    hint_en = f"; did you mean {near[0]}?" if near else ""
    return page.finding("unknown-word", where, f"不认识的词 {word}{hint}", f"Unknown word {word}{hint_en}")


def read_fact(
    page: Page, where: Where, name: str, table: Mapping[str, Any], page_source: tuple[str, Any], findings: list[Finding]
) -> FactKind:
    """One fact."""
    said = read_words(page, where, table, FACT_WORDS, findings)
    source = _source(said, page_source)
    return FactKind(name=name, source=source, **said)


def read_clock(
    page: Page, where: Where, name: str, table: Mapping[str, Any], page_source: tuple[str, Any], findings: list[Finding]
) -> ClockRule:
    """One clock. A clock that names no article of its own has no source."""
    said = read_words(page, where, table, CLOCK_WORDS, findings)
    own = "source" in said
    source = _source(said, page_source)
    if "or_term" in said:
        said["or_term"] = _other_term(page, (*where, "or_term"), said["or_term"], page_source, findings)
    return ClockRule(name=name, source=source if own else None, **said)


def _source(said: dict[str, Any], page_source: tuple[str, Any]) -> Any:
    """Takes `source` and `status` out of the words; without its own status a fact or clock has the page's."""
    text, given = page_source
    return words.source_of(text, said.pop("source", ""), said.pop("status", given))


def _other_term(
    page: Page, where: Where, table: Mapping[str, Any], page_source: tuple[str, Any], findings: list[Finding]
) -> OtherTerm | None:
    known: Mapping[str, Read] = {"term": words.term, "source": words.text, "status": words.status}
    said = read_words(page, where, table, known, findings)
    if "term" not in said:
        findings.append(page.finding("wrong-type", where, "or_term 须有 term", "or_term needs a term"))
        return None
    source = _source(said, page_source)
    return OtherTerm(said["term"], source)


def restrict(page: Page, common: Mapping[str, FactKind], findings: list[Finding]) -> dict[str, FactKind]:
    """The acts common to all kinds, with the conditions this page adds; it can add, never take away."""
    restricted = dict(common)
    known = {word: FACT_WORDS[word] for word in RESTRICTING}
    for name, table in tables(page, "common", findings):
        if name not in common:
            message = f"[common] 中的 {name} 不是共用行为；共用行为：{'、'.join(common)}"
            findings.append(page.finding("unknown-fact", ("common", name), message, f"{name} is no common act"))
            continue
        said = read_words(page, ("common", name), table, known, findings)
        kind = common[name]
        restricted[name] = replace(
            kind,
            after=kind.after + said.get("after", ()),
            needs=kind.needs + said.get("needs", ()),
            unless=kind.unless + said.get("unless", ()),
            by=said.get("by", kind.by),
        )
    return restricted
