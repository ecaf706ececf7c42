"""Reads templates of letters: text with named slots, one conditional in brackets, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from fazhi.law import Finding, Title
from fazhi.rulebook import words
from fazhi.rulebook.load import COMMON, NATIONAL
from fazhi.rulebook.pages import Page, PageFault, read_page
from fazhi.rulebook.words import Read, WordFault

NOTICES = "notices"
"""The file of notices that several letters share; a letter names one by its key."""
TAKES = "takes_from"
_TOKEN = re.compile(r"\{([^{}]*)\}|([\[\]{}])")
_SLOT = re.compile(r"[a-z_]+(\.[a-z0-9_]+){0,3}")


@dataclass(frozen=True, slots=True)
class Slot:
    """A named place: `party`, `received.on`, `this.text`, `clock.decide.due`, `clock.reconsideration.apply.term`."""

    path: tuple[str, ...]

    def __str__(self) -> str:
        return ".".join(self.path)


@dataclass(frozen=True, slots=True)
class When:
    """Printed only if every slot in it is there."""

    parts: tuple[str | Slot, ...]


Part = str | Slot | When
Text = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """One letter. `arrives` names who sends it to us: nothing is written then, it is attached when it comes.

    `rows` is a form of (label, text), `hand` what is left to be signed by hand, `signs` who signs instead of the organ.
    With a `number_word` each copy gets a number of its own; without one it bears the number of the matter.
    """

    name: str
    folder: str
    title: Title
    page: Page
    to: Text = ()
    text: Text = ()
    rights: Text = ()
    rows: tuple[tuple[str, Text], ...] = ()
    hand: tuple[str, ...] = ()
    signs: str = ""
    arrives: str = ""
    of_matter: bool = False
    number_word: str = ""

    @property
    def texts(self) -> Iterator[tuple[str, Text]]:
        """Each text with the word that it stands behind."""
        yield "to", self.to
        yield "text", self.text
        yield "rights", self.rights
        for _, text in self.rows:
            yield "rows", text


@dataclass(frozen=True, slots=True)
class Templates:
    """Every template by folder and name; a folder may take from another, and all take from the common one."""

    folders: Mapping[str, Mapping[str, Template]]
    takes: Mapping[str, str]
    findings: tuple[Finding, ...] = ()

    def find(self, procedure: str, name: str) -> Template | None:
        """The procedure's own letter of that name, else the one it takes from elsewhere, else the common one."""
        for folder in (procedure, self.takes.get(procedure, ""), COMMON):
            if found := self.folders.get(folder, {}).get(name):
                return found
        return None

    @property
    def of_matters(self) -> tuple[Template, ...]:
        """Papers that belong to no single act: the cover, the approval sheet."""
        return tuple(one for one in self.folders.get(COMMON, {}).values() if one.of_matter)


@lru_cache(maxsize=8)
def load_templates(*overlays: Path) -> Templates:
    """The national templates and local ones over them; raises PageFault with every fault. Cached."""
    found = read_templates(NATIONAL, *overlays)
    if found.findings:
        raise PageFault(found.findings)
    return found


def read_templates(*roots: Path) -> Templates:
    """Every template under these folders; faults are collected, not raised."""
    folders: dict[str, dict[str, Template]] = {}
    takes: dict[str, str] = {}
    notices: dict[str, Text] = {}
    findings: list[Finding] = []
    for root in roots:
        notices |= _notices(root / "letters" / f"{NOTICES}.toml", findings)
        for path in sorted(root.glob("letters/*/*.toml")):
            try:
                page = read_page(path)
            except PageFault as fault:
                findings.extend(fault.findings)
                continue
            folder = folders.setdefault(path.parent.name, {})
            for name, table in page.table.items():
                if name == TAKES:
                    takes[path.parent.name] = str(table)
                elif (one := _template(page, path.parent.name, name, table, notices, findings)) is not None:
                    folder[name] = one
    return Templates(folders, takes, tuple(findings))


def _notices(path: Path, findings: list[Finding]) -> dict[str, Text]:
    if not path.exists():
        return {}
    found: dict[str, Text] = {}
    try:
        page = read_page(path)
    except PageFault as fault:
        findings.extend(fault.findings)
        return {}
    for name, said in page.table.items():
        try:
            found[name] = parse(words.text(said))
        except WordFault as fault:
            findings.append(page.finding("letter-word", (name,), f"{name}：{fault}", f"{name}: {fault.en}"))
    return found


def _template(
    page: Page, folder: str, name: str, table: Any, notices: Mapping[str, Text], findings: list[Finding]
) -> Template | None:
    if not isinstance(table, dict):
        zh = f"{name} 应为一张表，写明这份文书的 to、text、rights 等"
        findings.append(page.finding("letter-word", (name,), zh, f"{name} should be a table"))
        return None
    said: dict[str, Any] = {}
    for word, value in table.items():
        if word not in WORDS:
            zh = f"{name} 中不认识的词 {word}；可用的词：{'、'.join(WORDS)}"
            findings.append(page.finding("letter-word", (name, word), zh, f"{name}: unknown word {word}"))
            continue
        try:
            if word == "rights" and value in notices:
                said[word] = notices[value]
            else:
                said[word] = WORDS[word](value)
        except WordFault as fault:
            findings.append(page.finding("letter-word", (name, word), f"{name}：{fault}", f"{name}: {fault.en}"))
    title = Title(said.pop("title", name), said.pop("en", ""))
    return Template(name, folder, title, page, **said)


def parse(text: str) -> Text:
    """Text with `{slots}` and `[conditionals]`; WordFault where a bracket or a slot is not well formed."""
    found: list[Part] = []
    inner: list[str | Slot] | None = None
    at = 0
    for token in _TOKEN.finditer(text):
        plain, at = text[at : token.start()], token.end()
        into: list[Any] = found if inner is None else inner
        into += [plain] if plain else []
        slot, mark = token[1], token[2]
        if slot is not None:
            into.append(_slot(slot))
        elif mark == "[" and inner is None:
            inner = []
        elif mark == "]" and inner is not None:
            found, inner = [*found, When(tuple(inner))], None
        else:
            raise WordFault(f"括号“{mark}”不成对：条件写作 [文字 {{空格}}]，不能套用", f"unpaired {mark}")
    if inner is not None:
        raise WordFault("有“[”而没有“]”", "a [ without its ]")
    return (*found, text[at:]) if text[at:] else tuple(found)


def _slot(said: str) -> Slot:
    if not _SLOT.fullmatch(said):
        raise WordFault(f"“{{{said}}}”不是名称：应写作 {{party}}、{{received.on}}、{{clock.decide.due}}", f"{said}?")
    return Slot(tuple(said.split(".")))


def slots_of(text: Text) -> Iterator[tuple[Slot, bool]]:
    """Each slot, and whether it stands in a conditional."""
    for part in text:
        if isinstance(part, Slot):
            yield part, False
        elif isinstance(part, When):
            yield from ((one, True) for one in part.parts if isinstance(one, Slot))


def _text(value: Any) -> Text:
    return parse(words.text(value).strip("\n"))


def _rows(value: Any) -> tuple[tuple[str, Text], ...]:
    pairs: list[Any] = value if isinstance(value, list) else [value]
    if not all(isinstance(one, list) and len(one) == 2 and all(isinstance(x, str) for x in one) for one in pairs):
        raise WordFault('应为 [["栏目", "内容"], …]', "should be a list of label and text")
    return tuple((label, parse(text)) for label, text in pairs)


WORDS: Mapping[str, Read] = {
    "en": words.text, "title": words.text, "to": _text, "text": _text, "rights": _text, "rows": _rows,
    "hand": words.names, "signs": words.text, "arrives": words.text, "of_matter": words.flag,
    "number_word": words.text,
}  # fmt: skip
