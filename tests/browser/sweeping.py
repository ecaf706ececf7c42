"""Walks a running platform link by link, and tells of each page what axe and a narrow window find on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Error

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
PAPERS = (".csv", ".xlsx", ".json", ".xml", ".pdf", ".docx", ".rss", ".zip", ".js", ".svg")
HEADER = "x-templates"
TRIES = 6
"""How many pages of one address are opened for the links on them."""
NARROW = (Path(__file__).parent / "narrow.js").read_text(encoding="utf-8")


FOREIGN = (Path(__file__).parent / "foreign.js").read_text(encoding="utf-8")


def named(path: str) -> str:
    """The name of the address in the map, with the namespace; empty when it is none of ours."""
    from django.urls import Resolver404, resolve

    try:
        return resolve(urlsplit(path).path).view_name
    except Resolver404:
        return ""


def links(page: Any) -> list[str]:
    """Where the page leads on this site, without what is downloaded."""
    found = page.eval_on_selector_all(
        "a[href]:not([download])", "all => all.map(one => one.href).filter(to => to.startsWith(location.origin))"
    )
    return [to for to in dict.fromkeys(found) if not urlsplit(to).path.endswith(PAPERS)]


def walk(page: Any, starts: Sequence[str], wanted: Container[str]) -> Iterator[tuple[str, str]]:
    """Each address wanted that can be come to by links, once: its name and where it is.

    The page stands there while it is told. A start is opened whatever its name, and a few of a kind, for what they
    lead to."""
    waiting, known, counted = list(starts), set(starts), Counter[str]()
    while waiting:
        to = waiting.pop(0)
        name = named(to)
        if to not in starts and (name not in wanted or counted[name] >= TRIES):
            continue
        try:
            answer = page.goto(to)
        except Error:  # it was a download
            continue
        if answer is None or "text/html" not in answer.headers.get("content-type", ""):
            continue
        onward = [link.split("#")[0] for link in links(page)]
        counted[name] += 1
        if counted[name] == 1:
            yield name, page.url
        for link in onward:
            if link not in known:
                known.add(link)
                waiting.append(link)


class MadeOf:
    """Which template files the page that stands in a window is made of, parts fetched later among them."""

    def __init__(self, page: Any) -> None:
        self.names: frozenset[str] = frozenset()
        self._page = page
        page.on("response", self._heard)

    def _heard(self, response: Any) -> None:
        told = frozenset(response.headers.get(HEADER, "").split())
        anew = response.request.is_navigation_request() and response.frame == self._page.main_frame
        self.names = told if anew else self.names | told


def violations(page: Any) -> list[str]:
    """What axe finds against WCAG 2.2 A and AA."""
    from axe_playwright_python.sync_playwright import Axe

    page.evaluate("window.scrollTo(0, 0)")  # what the bar lies over while one scrolls comes free by scrolling
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{one['id']}: " + " | ".join(node["html"][:140] for node in one["nodes"][:3]) for one in found]


def losses(page: Any, width: int, height: int = 640) -> list[str]:
    """What is cut, wider than the window or over another control in a window of this width."""
    before = page.viewport_size
    page.set_viewport_size({"width": width, "height": height})
    told = page.evaluate(NARROW)
    page.set_viewport_size(before)
    return [f"{width}px {one}" for one in told]


def foreign(page: Any) -> list[str]:
    """Chinese words on an English page that do not say that they are Chinese."""
    return list(dict.fromkeys(page.evaluate(FOREIGN)))
