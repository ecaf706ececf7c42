"""Walks a running platform link by link, and tells of each page what axe and a narrow window find on it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Error

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
PAPERS = (".csv", ".xlsx", ".json", ".xml", ".pdf", ".docx", ".rss", ".zip", ".js", ".svg")
NARROW = """() => {
  const told = [], root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) {
    const wide = [...document.querySelectorAll('body *')].filter(one => {
      const box = one.getBoundingClientRect();
      return box.right > root.clientWidth + 1 && box.width > 0 && !one.closest('.scrolls, [data-scrolls]');
    });
    told.push('wider than its window by ' + (root.scrollWidth - root.clientWidth) + ': ' +
      wide.slice(-3).map(one => one.outerHTML.slice(0, 120)).join(' | '));
  }
  const seen = one => one.checkVisibility({checkOpacity: true, checkVisibilityCSS: true}) && one.getClientRects().length;
  for (const one of document.querySelectorAll('body *')) {
    const style = getComputedStyle(one);
    if (!seen(one) || one.closest('svg, .visually-hidden') || !one.textContent.trim()) continue;
    if (['hidden', 'clip'].includes(style.overflowX) && one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 1)
      told.push('cut: ' + one.outerHTML.slice(0, 160));
    if (['hidden', 'clip'].includes(style.overflowY) && one.scrollHeight > one.clientHeight + 3 && one.clientHeight > 1)
      told.push('cut below: ' + one.outerHTML.slice(0, 160));
  }
  const stands = one => { for (let up = one; up; up = up.parentElement)
    if (['fixed', 'sticky'].includes(getComputedStyle(up).position)) return true; return false; };
  const controls = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
    .filter(one => seen(one) && !stands(one));
  const boxes = controls.map(one => [one, [...one.getClientRects()]]);
  for (let i = 0; i < boxes.length; i++) for (let j = i + 1; j < boxes.length; j++) {
    const [a, first] = boxes[i], [b, second] = boxes[j];
    if (a.contains(b) || b.contains(a)) continue;
    if (first.some(p => second.some(q => Math.min(p.right, q.right) - Math.max(p.left, q.left) > 3 &&
        Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top) > 3)))
      told.push('over each other: ' + a.outerHTML.slice(0, 100) + ' | ' + b.outerHTML.slice(0, 100));
  }
  return told;
}"""


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


def walk(page: Any, start: str, *, per_name: int = 1, skip: frozenset[str] = frozenset()) -> Iterator[tuple[str, str]]:
    """Each page that can be come to by links, at most so many of one address: its name and where it is.

    The page stands there while it is told. Skipped are the names given, such as of downloads and of logging out."""
    waiting, known, counted = [start], {start}, dict[str, int]()
    while waiting:
        to = waiting.pop(0)
        name = named(to)
        if not name or name in skip or counted.get(name, 0) >= per_name:
            continue
        try:
            answer = page.goto(to)
        except Error:  # it was a download
            continue
        if answer is None or "text/html" not in answer.headers.get("content-type", ""):
            continue
        counted[name] = counted.get(name, 0) + 1
        onward = [link.split("#")[0] for link in links(page)]
        yield name, page.url
        for link in onward:
            if link not in known:
                known.add(link)
                waiting.append(link)


def violations(page: Any) -> list[str]:
    """What axe finds against WCAG 2.2 A and AA."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{one['id']}: " + " | ".join(node["html"][:140] for node in one["nodes"][:3]) for one in found]


def losses(page: Any, width: int, height: int = 640) -> list[str]:
    """What is cut, wider than the window or over another control in a window of this width."""
    before = page.viewport_size
    page.set_viewport_size({"width": width, "height": height})
    told = page.evaluate(NARROW)
    page.set_viewport_size(before)
    return [f"{width}px {one}" for one in told]
