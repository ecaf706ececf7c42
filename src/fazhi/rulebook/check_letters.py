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
Use = tuple[Procedure, str]
"""A page and its fact that names a letter; of a paper of the whole matter no fact."""
_TERM = re.compile(
    r"[0-9０-９〇一二三四五六七八九十百两]+\s*(?:个)?(?:工作日|自然日|日内|日以内|日前|天|个?月内|年内|小时)"
)
_ARTICLE = re.compile(r"第[0-9〇一二三四五六七八九十百零]+条")


def check_letters(rulebook: Rulebook, *roots: Path) -> Iterator[Finding]:
    """Everything that is wrong with the templates under these folders, and with the facts that name them."""
    templates = read_templates(*roots)
    yield from templates.findings
    users: dict[tuple[str, str], list[Use]] = {}
    for page, kind, name in letters_named(rulebook):
        template = templates.find(page.name, name)
        if template is None:
            yield _lacking(rulebook, page, kind, name)
        else:
            users.setdefault((template.folder, name), []).append((page, kind.name))
    for folder, letters in templates.folders.items():
        for name, template in letters.items():
            uses = users.get((folder, name), [])
            if template.of_matter:
                uses = [(page, "") for versions in rulebook.procedures.values() for page in versions]
            yield from typed(template)
            yield from _ungiven(rulebook, template, uses)
            if not uses and folder != COMMON:
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


def _ungiven(rulebook: Rulebook, template: Template, uses: list[Use]) -> Iterator[Finding]:
    """Slots that a page cannot fill. What stands in a conditional needs to be given by one of its pages only."""
    for word, text in template.texts:
        for slot, conditional in slots_of(text):
            lacking = [page for page, kind in uses if not _gives(rulebook, page, kind, slot)]
            if lacking and not (conditional and len(lacking) < len(uses)):
                where = "、".join(dict.fromkeys(f"{page.name}/{page.in_force}" for page in lacking))
                zh = f"“{template.name}”的空格 {{{slot}}} 在规则页 {where} 中没有来处"
                en = f"{template.name}: nothing on {where} gives {slot}"
                yield template.page.finding("letter-slot", (template.name, word), zh, en)


def _gives(rulebook: Rulebook, page: Procedure, kind: str, slot: Slot) -> bool:
    head, *more = slot.path
    if head in PLAIN:
        return not more or (len(more) == 1 and more[0] in PLAIN[head])
    if head == "clock":
        return _gives_clock(rulebook, page, more)
    if head == "sub":
        return _gives_sub(rulebook, page, more)
    fact = page.kind({"this": kind, "opening": page.opens_with}.get(head, head))
    if fact is None or len(more) != 1:
        return False
    return more[0] in OF_A_FACT or more[0] in fact.fields


def _gives_sub(rulebook: Rulebook, page: Procedure, more: list[str]) -> bool:
    """Whether a fact of the page leads to such a sub-matter, and that has what is asked for."""
    if len(more) != 3 or not any(more[0] in kind.leads_to for kind in page.facts.values()):
        return False
    others = rulebook.procedures.get(more[0], ())
    return bool(others) and _gives(rulebook, others[-1], "", Slot(tuple(more[1:])))


def _gives_clock(rulebook: Rulebook, page: Procedure, more: list[str]) -> bool:
    if len(more) == 3:
        others = rulebook.procedures.get(more[0], ())
        return bool(others) and more[1] in others[-1].clocks and more[2] in OF_A_RULE
    return len(more) == 2 and more[0] in page.clocks and more[1] in OF_A_CLOCK
