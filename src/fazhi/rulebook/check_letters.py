"""Rules for letters: each fact's letter has a template, each slot something that gives it, no term is typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from fazhi.law import FactKind, Finding, Procedure
from fazhi.rulebook.load import COMMON, Rulebook
from fazhi.rulebook.templates import Slot, Template, Text, When, read_templates, slots_of

PLAIN: Mapping[str, tuple[str, ...]] = {
    "organ": (), "unit": (), "number": (), "matter": (), "subject": (), "parties": (), "today": (), "year": (),
    "law": (), "opened": (), "party": ("name", "phone", "id_number", "address"),
}  # fmt: skip
"""Slots that every matter gives, with what may stand behind the point."""
OF_A_FACT = frozenset({"on", "at", "text", "place", "title", "reason", "by", "article"})
OF_A_CLOCK = frozenset({"start", "due", "term", "extension", "article"})
OF_A_RULE = frozenset({"term", "extension", "article"})
_TERM = re.compile(
    r"[0-9０-９〇一二三四五六七八九十百两]+\s*(?:个)?(?:工作日|自然日|日内|日以内|日前|天|个?月内|年内|小时)"
)
_ARTICLE = re.compile(r"第[0-9〇一二三四五六七八九十百零]+条")


def check_letters(rulebook: Rulebook, *roots: Path) -> Iterator[Finding]:
    """Everything that is wrong with the templates under these folders, and with the facts that name them."""
    templates = read_templates(*roots)
    yield from templates.findings
    named: set[tuple[str, str]] = set()
    for page, kind, name in letters_named(rulebook):
        template = templates.find(page.name, name)
        if template is None:
            yield _lacking(rulebook, page, kind, name)
            continue
        named.add((template.folder, name))
        yield from _ungiven(rulebook, page, kind, template)
    for folder, letters in templates.folders.items():
        for name, template in letters.items():
            yield from typed(template)
            if template.of_matter:
                for page in rulebook.digests.values():
                    yield from _ungiven(rulebook, page, None, template)
            elif folder != COMMON and (folder, name) not in named:
                zh = f"没有事实写明会用到“{name}”：请在规则页的 letters 中写上，或删去模板"
                yield template.page.finding("letter-unused", (name,), zh, f"no fact names {name}", warning=True)


def letters_named(rulebook: Rulebook) -> Iterator[tuple[Procedure, FactKind, str]]:
    """Every letter that a fact of a page names."""
    for versions in rulebook.procedures.values():
        for page in versions:
            for kind in page.facts.values():
                yield from ((page, kind, name) for name in kind.letters)


def _lacking(rulebook: Rulebook, page: Procedure, kind: FactKind, name: str) -> Finding:
    zh = f'facts.{kind.name} 的文书“{name}”没有模板：请写 letters/{page.name}/ 下的 ["{name}"]'
    where = ("facts", kind.name, "letters")
    return rulebook.source_page(page).finding("letter-template", where, zh, f"{kind.name}: no template for {name}")


def typed(template: Template) -> Iterable[Finding]:
    """A number of days, or an article, typed into the text: both come from the pages, so that they change with them."""
    for word, text in template.texts:
        plain = "".join(_plain(text))
        for pattern, what, how in ((_TERM, "期限", "term"), (_ARTICLE, "条文", "article")):
            if found := pattern.search(plain):
                zh = f"“{template.name}”写死了{what}“{found[0]}”：应写作 {{clock.期限名.{how}}}，由规则页给出"
                en = f"{template.name} types {found[0]}: take it from the page"
                yield template.page.finding("letter-typed", (template.name, word), zh, en)
    if template.rights:
        paths = [slot.path for slot, _ in slots_of(template.rights)]
        asked = {path[-1] for path in paths if path[0] == "clock"}
        if not {"term", "article"} <= asked:
            zh = f"“{template.name}”的权利告知须从规则页取期限和条文，如 {{clock.apply.term}}、{{clock.apply.article}}"
            where = (template.name, "rights")
            yield template.page.finding("letter-rights", where, zh, f"{template.name}: rights need term and article")


def _plain(text: Text) -> Iterator[str]:
    for part in text:
        if isinstance(part, When):
            yield from ("…" if isinstance(one, Slot) else one for one in part.parts)
        else:
            yield "…" if isinstance(part, Slot) else part


def _ungiven(rulebook: Rulebook, page: Procedure, kind: FactKind | None, template: Template) -> Iterator[Finding]:
    """Slots that this page cannot fill. What stands in a conditional may be of another version of the page."""
    versions = rulebook.procedures.get(page.name, ()) or (page,)
    for word, text in template.texts:
        for slot, conditional in slots_of(text):
            pages = versions if conditional else (page,)
            if not any(_gives(rulebook, one, kind.name if kind else "", slot) for one in pages):
                zh = f"“{template.name}”的空格 {{{slot}}} 在规则页 {page.name}/{page.in_force} 中没有来处"
                en = f"{template.name}: nothing on {page.name}/{page.in_force} gives {slot}"
                yield template.page.finding("letter-slot", (template.name, word), zh, en)


def _gives(rulebook: Rulebook, page: Procedure, kind: str, slot: Slot) -> bool:
    head, *more = slot.path
    if head in PLAIN:
        return not more or (len(more) == 1 and more[0] in PLAIN[head])
    if head == "clock":
        return _gives_clock(rulebook, page, more)
    fact = page.kind(kind if head == "this" else head)
    if fact is None or len(more) != 1:
        return False
    return more[0] in OF_A_FACT or more[0] in fact.fields


def _gives_clock(rulebook: Rulebook, page: Procedure, more: list[str]) -> bool:
    if len(more) == 3:
        others = rulebook.procedures.get(more[0], ())
        return bool(others) and more[1] in others[-1].clocks and more[2] in OF_A_RULE
    return len(more) == 2 and more[0] in page.clocks and more[1] in OF_A_CLOCK
