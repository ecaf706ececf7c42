"""Every form, found from the address map: half filled it keeps what was typed and says what is wrong and where."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, Final
from urllib.parse import urljoin

import pytest
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from district import District

TYPED: Final = "写到一半的内容"
NO_DAY: Final = "不是日子"
TRAP: Final = "website"
"""A field that people do not see."""


@dataclass
class Form:
    action: str
    hidden: dict[str, str] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)
    """What a person types half-way: words where they may, nothing where one must, and no day where a day is asked."""
    chosen: dict[str, str] = field(default_factory=dict)
    keeps: set[str] = field(default_factory=set)
    wrong: bool = False


@dataclass
class Page(HTMLParser):
    """Forms to post, what is wrong on the page, and where its links within lead."""

    forms: list[Form] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    wrong: list[tuple[str, str]] = field(default_factory=list)
    links: set[str] = field(default_factory=set)
    values: list[str] = field(default_factory=list)
    _form: Form | None = None
    _area: str = ""
    _select: str = ""

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        self.ids.add(said.get("id", ""))
        if said.get("aria-invalid") == "true":
            self.wrong.append((said.get("id", ""), said.get("aria-describedby", "")))
        if tag == "a" and said.get("href", "").startswith("#"):
            self.links.add(said["href"][1:])
        if tag == "form":
            self._form = Form(said.get("action", "")) if said.get("method") == "post" else None
        if tag == "input":
            self.values.append(said.get("value", ""))
        if self._form is not None and said.get("name", TRAP) != TRAP:
            self._ask(self._form, tag, said)

    def _ask(self, form: Form, tag: str, said: dict[str, str]) -> None:
        name, kind = said["name"], said.get("type", "text")
        required, first = "required" in said, said.get("value", "")
        if tag == "textarea" or (tag == "input" and kind in ("text", "tel", "number")):
            day = "data-day" in said
            form.typed[name] = NO_DAY if day else "" if required else TYPED
            form.wrong |= required or day
            form.keeps |= set() if (required and not day) or "data-near" in said else {form.typed[name]}
        elif tag == "input" and kind == "hidden":
            form.hidden[name] = first
        elif tag == "input" and kind == "radio" and (name not in form.chosen or "checked" in said):
            form.chosen[name] = first
        elif tag == "select":
            self._select = name
            form.wrong |= required
        elif tag == "button" and first and name in ("step", "verb"):
            form.chosen.setdefault(name, first)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            if self._form is not None and self._form.wrong:
                self.forms.append(self._form)
            self._form = None


def read(answer: Any) -> Page:
    page = Page()
    page.feed(answer.content.decode())
    page.values.append(answer.content.decode())
    return page


def addresses() -> Iterator[str]:
    """Every address of a page that needs to know nothing, or one matter, or one kind of application."""
    for resolver in get_resolver().url_patterns:
        if isinstance(resolver, URLResolver) and resolver.namespace in ("office", "portal"):
            for one in resolver.url_patterns:
                if isinstance(one, URLPattern):
                    yield f"{resolver.namespace}:{one.name}"


def ways(matter: str) -> Iterator[tuple[str, str]]:
    for name in addresses():
        for known in ({}, {"identity": matter}, {"name": "legal_aid"}, {"name": "campaign"}):
            try:
                yield name, reverse(name, kwargs=known)
                break
            except NoReverseMatch:
                continue


@pytest.mark.slow
def test_every_form_half_filled_keeps_what_was_typed_and_says_what_is_wrong_where(
    at_desk: Callable[..., Any], district: District, client: Any
) -> None:
    matter = str(district.receive("信访局").matter)
    for name, power in (("系统员", "administer"), ("安全员", "grant")):
        district.clerk(name, "区政府", power)
    readers = [at_desk(name) for name in ("信访员", "系统员", "安全员")]
    tried, wrong = 0, []
    for name, path in ways(matter):
        for reader in [client] if name.startswith("portal:") else readers:
            answer = reader.get(path)
            if answer.status_code != 200 or "html" not in answer["Content-Type"]:
                continue
            for form in read(answer).forms:
                tried += 1
                wrong += [(name, form.action, told) for told in faults(reader, path, form)]
    assert tried > 15
    assert not wrong


def faults(reader: Any, path: str, form: Form) -> Iterator[str]:
    sent = form.hidden | form.chosen | form.typed
    answer = reader.post(urljoin(path, form.action) if form.action else path, sent)
    if not 400 <= answer.status_code < 500:
        yield f"{answer.status_code} to what is not filled in"
        return
    page = read(answer)
    text = answer.content.decode()
    yield from (f"{word} is gone" for word in form.keeps if word and word not in text)
    if not page.wrong:
        yield "nothing is marked as wrong"
    for key, described in page.wrong:
        if not set(described.split()) <= page.ids or not described:
            yield f"{key} does not say what is wrong"
        if key not in page.links:
            yield f"no summary leads to {key}"
