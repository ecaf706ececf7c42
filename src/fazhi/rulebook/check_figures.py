"""Rules for indicators, outlines and the glossary."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from fazhi.law import Finding, Title
from fazhi.rulebook.figures import Indicator, Outline, Section, Selector
from fazhi.rulebook.load import Rulebook
from fazhi.rulebook.pages import Page
from fazhi.rulebook.settlements import COUNTED, settling
from fazhi.rulebook.words import CLOCK_WORDS, FACT_WORDS, PAGE_WORDS

FIVE = ("①", "②", "③", "④", "⑤")
OTHER_NAMES = frozenset({"unit", "year", "period", "start", "cutoff"})


def unknown_counted(rulebook: Rulebook, indicator: Indicator, page: Page) -> Iterable[Finding]:
    """An indicator that counts what no page knows."""
    for word in ("of", "per", "base"):
        for selector in getattr(indicator, word):
            for zh, en in _unknown(rulebook, selector):
                yield page.finding("indicator", (word,), f"{indicator.name}：{zh}", f"{indicator.name}: {en}")


def _unknown(rulebook: Rulebook, selector: Selector) -> Iterable[tuple[str, str]]:
    versions = rulebook.procedures.get(selector.procedure, ())
    if not versions:
        yield f"没有名为 {selector.procedure} 的业务", f"there is no kind {selector.procedure}"
        return
    facts = {name: kind for version in versions for name, kind in (*version.common.items(), *version.facts.items())}
    clocks = {name for version in versions for name in version.clocks}
    of_chain = COUNTED if selector.procedure in settling() else frozenset[str]()
    for name in selector.facts:
        if name not in facts and name not in of_chain:
            yield f"{selector.procedure} 没有事实 {name}", f"{selector.procedure} has no fact {name}"
    for name in selector.clocks:
        if name not in clocks:
            yield f"{selector.procedure} 没有期限 {name}", f"{selector.procedure} has no clock {name}"
    choices: dict[str, set[str]] = {}
    kinds = [kind for version in versions for kind in (*version.facts.values(), *version.common.values())]
    for kind in kinds:
        for field in kind.fields.values():
            choices.setdefault(field.name, set()).update(field.choices)
    for field_name, values in selector.where.items():
        for value in values:
            if field_name not in choices or (value and value not in choices[field_name]):
                yield f"没有事实能说 {field_name} = {value}", f"no fact can say {field_name} = {value}"
    if selector.field and selector.field not in choices:
        yield f"没有字段 {selector.field}", f"there is no field {selector.field}"
    numbers = {field.name for kind in kinds for field in kind.fields.values() if field.kind in ("number", "money")}
    for name in (*selector.at_least, *selector.at_most):
        if name not in numbers:
            yield f"没有数字字段 {name}", f"there is no number field {name}"


def ill_formed(rulebook: Rulebook, indicator: Indicator, page: Page) -> Iterable[Finding]:
    """Slots that do not fit the kind of figure."""
    said = []
    if (indicator.kind == "ratio") != bool(indicator.per):
        said.append(("per", "比率须有 per，其他指标不得有", "a ratio needs per, others have none"))
    if indicator.base and indicator.kind != "compression":
        said.append(("base", "只有压降（compression）可以有 base", "only a compression has base"))
    for selector in (*indicator.of, *indicator.per, *indicator.base):
        if selector.verdict and not selector.clocks:
            said.append(("of", "verdict 只用于 clock", "verdict is for clocks only"))
        if selector.matters and selector.field:
            said.append(("of", "matters 与 field 不能同时写", "matters and field exclude each other"))
        if indicator.kind in ("sum", "rank") and not selector.field:
            said.append(("of", f"{indicator.kind} 须写明 field", f"a {indicator.kind} needs a field"))
        if selector.stated != "latest" and indicator.kind != "rank":
            said.append(("of", "只有名次与已说的数（rank）可以写 stated", "only a rank has stated"))
        if indicator.kind == "duration" and (not selector.clocks or selector.verdict):
            said.append(
                ("of", "用时（duration）须写 clock，且不写 verdict", "a duration takes a clock without verdict")
            )
    for word, zh, en in said:
        yield page.finding("indicator", (word,), f"{indicator.name}：{zh}", f"{indicator.name}: {en}")


def unknown_readings(rulebook: Rulebook, outline: Outline, page: Page) -> Iterable[Finding]:
    """A sentence that names a figure nobody defined."""
    for section in outline.sections:
        for paragraph in section.paragraphs:
            for name in re.findall(r"\{(\w+)(?:\.(?:of|per))?\}", paragraph.text):
                if name not in rulebook.indicators and name not in OTHER_NAMES:
                    zh = f"“{section.title}”引用了没有定义的指标 {name}"
                    yield page.finding("outline", ("sections",), zh, f"{section.key} names an unknown indicator {name}")
            if bool(paragraph.text) == bool(paragraph.asks):
                zh = f"“{section.title}”的段落须写 text 或 asks 中的一个"
                yield page.finding("outline", ("sections",), zh, f"{section.key}: a paragraph has either text or asks")
            if paragraph.text.count("[") != paragraph.text.count("]") or re.search(r"\[[^{\]]*\]", paragraph.text):
                zh = f"“{section.title}”的方括号不成对，或者括住的话里没有指标"
                yield page.finding("outline", ("sections",), zh, f"{section.key}: brackets enclose words with a figure")
        if section.sentences and not any(
            one.key == section.key for one in _sections_of(rulebook, section.sentences, outline)
        ):
            zh = f"“{section.title}”借用的提纲 {section.sentences} 没有这一节"
            yield page.finding("outline", ("sections",), zh, f"{section.key}: there is no such section to borrow from")


def _sections_of(rulebook: Rulebook, name: str, outline: Outline) -> tuple[Section, ...]:
    lender = rulebook.outlines.get(name)
    return lender.sections if lender and name != outline.name else ()


def missing_contents(rulebook: Rulebook, outline: Outline, page: Page) -> Iterable[Finding]:
    """One of the five contents that the rule names is not there, or a key stands twice."""
    there = {section.required for section in outline.sections}
    for content in FIVE:
        if content not in there:
            zh = f"提纲缺少法定内容 {content}（①举措成效 ②不足原因 ③第一责任人 ④下年安排 ⑤其他）"
            yield page.finding("outline", ("sections",), zh, f"the outline lacks the required content {content}")
    keys = [section.key for section in outline.sections]
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        yield page.finding("outline", ("sections",), f"章节 {key} 出现两次", f"section {key} stands twice")


def alias_twice(indicators: Mapping[str, Indicator], pages: Mapping[str, Page]) -> Iterable[Finding]:
    """Two figures under one name."""
    owner: dict[str, str] = {name: name for name in indicators}
    for name, indicator in indicators.items():
        for alias in indicator.aliases:
            if alias in owner:
                zh = f"别名 {alias} 已属于 {owner[alias]}"
                yield pages[name].finding("indicator", ("aliases",), zh, f"{alias} already belongs to {owner[alias]}")
            owner.setdefault(alias, name)


def glossary_gaps(glossary: Mapping[str, Title], page: Page) -> Iterable[Finding]:
    """A word of a page without its Chinese term, or two words with the same term."""
    for word in sorted({*PAGE_WORDS, *FACT_WORDS, *CLOCK_WORDS} - glossary.keys()):
        yield page.finding("glossary", (word,), f"词汇表缺少 {word}", f"the glossary lacks {word}")
    owner: dict[str, str] = {}
    for word, term in glossary.items():
        if term.zh in owner:
            zh = f"{word} 与 {owner[term.zh]} 的中文词相同：{term.zh}"
            yield page.finding("glossary", (word,), zh, f"{word} and {owner[term.zh]} have the same term")
        owner.setdefault(term.zh, word)
