"""The article out of a whole portal page: where the sentences are, not where the links are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

_DROPPED = "script,style,noscript,iframe,svg,form,select,option,button,nav,template,textarea,input"
_BLOCKS = frozenset(
    """p div section article main td th tr table ul ol li h1 h2 h3 h4 h5 h6 header footer aside blockquote pre
    dl dt dd body center figure figcaption tbody thead ucapcontent""".split()  # noqa: SIM905
)
_HOLDERS = frozenset(("div", "section", "article", "main", "td", "body", "center", "blockquote", "ucapcontent"))
_NESTING = re.compile(r"<(/?)(?:div|span|section|article|table|tr|td|ul|font|b|i|blockquote)\b", re.IGNORECASE)
_DEEPEST = 2_000
_SENTENCE = re.compile(r"[，。；：、]")
_DATE_NAMES = ("PubDate", "pubdate", "publishdate", "article:published_time", "og:release_date")
_TITLE_NAMES = ("ArticleTitle", "og:title", "title")
_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([A-Za-z0-9_-]+)""", re.IGNORECASE)
_DATELINE = re.compile(
    r"(?:发布|公开|成文|印发|发文)?(?:时间|日期)\s*[:：]?\s*20\d{2}\s*[-年/.]\s*\d{1,2}\s*[-月/.]\s*\d{1,2}"
)


def declared_charset(content: bytes) -> str | None:
    """The encoding that the page says it is in."""
    match = _CHARSET.search(content[:4096])
    return match[1].decode("ascii").lower() if match else None


def too_deep(page: str) -> bool:
    """Whether elements nest deeper than any page that people made."""
    depth = deepest = 0
    for match in _NESTING.finditer(page):
        depth = depth - 1 if match[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest > _DEEPEST


def article_of(page: str, heading: str = "") -> str:
    """Title (the one with the word `heading`), date line and body, one block a line; empty without sentences."""
    tree = LexborHTMLParser(page)
    for node in tree.css(_DROPPED):
        node.decompose()
    if tree.body is None:
        return ""
    best = _richest(tree.body)
    if best is None:
        return ""
    lines = list(_lines(best))
    head = [line for line in _head(tree, heading) if not any(line in other for other in lines[:3])]
    return "\n".join([*head, *lines])


def _head(tree: LexborHTMLParser, word: str) -> Iterator[str]:
    """The title and the day of publication, which mostly stand outside the article."""
    title = _meta(tree, _TITLE_NAMES)
    heading = next((text for node in tree.css("h1,h2") if (text := _flat(node)) and word in text), "")
    named = tree.css_first("title")
    shown = re.split(r"\s*[-_|–—]\s*", _flat(named))[0] if named else ""
    if chosen := next((one for one in (heading, title, shown) if one and word in one), ""):
        yield chosen
    dated = _meta(tree, _DATE_NAMES)
    if match := _DATELINE.search(tree.body.text(separator=" ") if tree.body else ""):
        yield match[0]
    elif dated:
        yield f"发布时间：{dated}"


def _meta(tree: LexborHTMLParser, names: tuple[str, ...]) -> str:
    for name in names:
        for key in ("name", "property"):
            node = tree.css_first(f'meta[{key}="{name}"]')
            if node and (content := node.attributes.get("content")):
                return content.strip()
    return ""


def _flat(node: LexborNode) -> str:
    return re.sub(r"\s+", " ", node.text()).strip()


def _richest(body: LexborNode) -> LexborNode | None:
    """The element whose own paragraphs carry most sentences outside links."""
    marks: dict[int, float] = {}
    nodes: dict[int, LexborNode] = {}
    for node in body.traverse():
        if node.tag not in _BLOCKS or any(child.tag in _BLOCKS for child in node.iter()):
            continue
        text = node.text()
        worth = len(text) - sum(len(link.text()) * 2 for link in node.css("a"))
        if worth < 20 or not _SENTENCE.search(text):
            continue
        share, above = float(worth), node if node.tag in _HOLDERS else node.parent
        for _ in range(4):
            if above is None or above.tag in ("html", "-undef"):
                break
            marks[above.mem_id] = marks.get(above.mem_id, 0) + share
            nodes[above.mem_id] = above
            share, above = share * 0.6, above.parent
    return nodes[max(marks, key=lambda key: marks[key])] if marks else None


def _lines(node: LexborNode) -> Iterator[str]:
    """The text of an element, a line for each block and each forced break."""
    line: list[str] = []
    for kind, text in _pieces(node):
        if kind == "break":
            if (whole := "".join(line).strip()) != "":
                yield whole
            line = []
        else:
            line.append(text)
    if (whole := "".join(line).strip()) != "":
        yield whole


def _pieces(top: LexborNode) -> Iterator[tuple[str, str]]:
    """Text and breaks in order; without recursion, for pages may nest without end."""
    stack: list[LexborNode | str] = [top]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            yield "break", ""
            continue
        if node.tag == "-text":
            yield "text", re.sub(r"[\r\n\t ]+", " ", node.text(deep=False))
            continue
        block = node.tag in _BLOCKS or node.tag == "br"
        if block:
            yield "break", ""
            stack.append("break")
        stack.extend(reversed(list(node.iter(include_text=True))))
