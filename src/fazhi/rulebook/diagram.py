"""Draws what may happen under a page as a state diagram: our own SVG, legible at the width of a telephone."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape

from fazhi.law import ClockRule, FactKind, Procedure, Title
from fazhi.rulebook.guide import STATUS, term_words

WIDTH, INDENT, LEFT = 420, 18, 14
DEEPEST = 5
LINE, PAD, GAP = 18, 8, 12
SIGN = 13.0
"""The size of a Chinese sign in the title line; Latin letters take half of it."""
STYLE = (
    ".state-box{fill:#fff;stroke:#5b6775}.state-open{stroke:#0f5c63;stroke-width:2}.state-end{stroke:#2f6b3a}"
    ".state-text{fill:#1b2430;font:13px sans-serif}.state-note{fill:#4a5563;font:11px sans-serif}"
    ".state-way{fill:none;stroke:#5b6775}.state-law{stroke-dasharray:4 3}.state-tip{fill:#5b6775}"
    "@media (prefers-color-scheme:dark){.state-box{fill:#1a2129;stroke:#8b97a5}.state-open{stroke:#5cc2ca}"
    ".state-end{stroke:#7fc48c}.state-text{fill:#e9e6de}.state-note{fill:#aeb6bf}.state-way{stroke:#8b97a5}"
    ".state-tip{fill:#8b97a5}}"
)


@dataclass(slots=True)
class Node:
    """One state: the fact that leads to it, after which other, and what it says below its title."""

    kind: FactKind
    parent: str = ""
    depth: int = 0
    also: tuple[Title, ...] = ()
    deemed: bool = False
    notes: list[Title] = field(default_factory=list)
    children: list[str] = field(default_factory=list)


def states(page: Procedure) -> dict[str, Node]:
    """The facts as a forest, in the order in which they can come to be; each stands below what it comes after."""
    nodes: dict[str, Node] = {}
    waiting = dict(page.facts)
    while waiting:
        ready = [name for name, kind in waiting.items() if all(_met(page, nodes, group) for group in kind.after)]
        for name in ready or list(waiting):
            nodes[name] = _node(page, nodes, waiting.pop(name))
    for name, node in nodes.items():
        if node.parent:
            nodes[node.parent].children.append(name)
    deemed = {rule.deems for rule in page.clocks.values() if rule.deems}
    for rule in page.clocks.values():
        for name in rule.starts:
            if name in nodes and rule.by != "figures":
                nodes[name].notes.append(_note(rule))
    for name in deemed & nodes.keys():
        nodes[name].deemed = True
    return nodes


def _note(rule: ClockRule) -> Title:
    """A clock in a line, with its status where the term is not verified."""
    words = term_words(rule)
    status = rule.source.weakest if rule.source else "UNVERIFIED"
    zh, en = (f"（{STATUS[status].zh}）", f" ({STATUS[status].en})") if status != "VERIFIED" else ("", "")
    return Title(f"{rule.title.zh}：{words.zh}{zh}", f"{rule.title.english}: {words.en}{en}")


def _met(page: Procedure, nodes: dict[str, Node], group: tuple[str, ...]) -> bool:
    return any(name in nodes or name in page.common for name in group)


def _node(page: Procedure, nodes: dict[str, Node], kind: FactKind) -> Node:
    """Below the latest of what it needs; the other ways to it are named."""
    named = [name for group in kind.after for name in group if name in nodes]
    if not named:
        return Node(kind)
    order = list(nodes)
    firsts = [next(name for name in group if name in nodes) for group in kind.after if set(group) & nodes.keys()]
    parent = max(firsts, key=lambda name: (nodes[name].depth, order.index(name)))
    also = tuple(nodes[name].kind.title for name in named if name != parent)
    return Node(kind, parent, nodes[parent].depth + 1, also)


def walk(nodes: dict[str, Node], page: Procedure) -> Iterator[str]:
    """Each state before those below it; the tree of the opening first."""
    roots = [name for name, node in nodes.items() if not node.parent]
    roots.sort(key=lambda name: name != page.opens_with)

    def below(name: str) -> Iterator[str]:
        yield name
        for child in nodes[name].children:
            yield from below(child)

    for root in roots:
        yield from below(root)


def draw(page: Procedure, language: str = "zh", *, alone: bool = False) -> str:
    """The diagram as SVG. `alone`: with its own colours for light and dark, to stand in a file of its own."""
    nodes = states(page)
    parts: list[str] = []
    places: dict[str, tuple[float, float]] = {}
    top = float(GAP)
    for name in walk(nodes, page):
        node = nodes[name]
        left = LEFT + INDENT * min(node.depth, DEEPEST)
        lines = list(_lines(page, node, language, WIDTH - left - 4 - 2 * PAD))
        height = LINE * len(lines) + PAD
        parts.append(_box(page, node, left, top, height, lines))
        if node.parent:
            parts.append(_way(places[node.parent], left, top + PAD + LINE / 2, node))
        places[name] = (left, top + height)
        top += height + GAP
    title = f"{_in(page.title, language)} {'state diagram' if language == 'en' else '状态图'}"
    tip = f"tip-{page.name}-{page.in_force}"
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="states" viewBox="0 0 {WIDTH} {top:.0f}" width="{WIDTH}"'
        f' height="{top:.0f}" role="img"><title>{escape(title)}</title>{f"<style>{STYLE}</style>" if alone else ""}'
        f'<defs><marker id="{tip}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        '<path class="state-tip" d="M0 0L8 4L0 8z"/></marker></defs>'
    )
    return head + "".join(parts).replace("#tip", f"#{tip}") + "</svg>\n"


def _in(title: Title, language: str) -> str:
    return title.english if language == "en" else title.zh


def _lines(page: Procedure, node: Node, language: str, width: float) -> Iterator[tuple[str, str]]:
    """Each line of a box with its class."""
    english = language == "en"
    marks = [("again" if english else "可多次") if node.kind.repeats else ""]
    marks.append(("closes" if english else "办结") if node.kind.closes else "")
    marks.append(("by law, if the term lapses" if english else "期满可依法视为") if node.deemed else "")
    marks.append(("opens the matter" if english else "立事项") if node.kind.name == page.opens_with else "")
    told = [mark for mark in marks if mark]
    name = _in(node.kind.title, language) + (f"（{'、'.join(told)}）" if told and not english else "")
    name += f" ({', '.join(told)})" if told and english else ""
    yield from (("state-text", line) for line in wrap(name, width, SIGN))
    if node.also:
        others = [_in(one, language) for one in node.also[:4]]
        more = ("…" if english else "等") if len(node.also) > 4 else ""
        words = f"also after: {', '.join(others)}{more}" if english else f"也在其后：{'、'.join(others)}{more}"
        yield from (("state-note", line) for line in wrap(words, width, SIGN * 0.86))
    for note in node.notes:
        yield from (("state-note", line) for line in wrap(f"▸ {_in(note, language)}", width, SIGN * 0.86))


def wrap(text: str, width: float, sign: float) -> list[str]:
    """The text in lines that fit; Latin words stay whole where they can."""
    lines, line, used = [], "", 0.0
    for word in _words(text):
        size = sum(sign if ord(one) > 0x2E7F else sign * 0.58 for one in word)
        if line and used + size > width:
            lines.append(line.rstrip())
            line, used, word = "", 0.0, word.lstrip()
        line, used = line + word, used + size
    return [*lines, line.rstrip()] if line.strip() else lines


def _words(text: str) -> Iterator[str]:
    word = ""
    for sign in text:
        if ord(sign) > 0x2E7F:
            yield from ([word] if word else [])
            word = ""
            yield sign
        elif sign == " ":
            yield from ([word] if word else [])
            word = " "
        else:
            word += sign
    if word:
        yield word


def _box(page: Procedure, node: Node, left: float, top: float, height: float, lines: list[tuple[str, str]]) -> str:
    kind = " state-open" if node.kind.name == page.opens_with else " state-end" if node.kind.closes else ""
    width = WIDTH - left - 4
    shape = f'<rect class="state-box{kind}" x="{left}" y="{top:.0f}" width="{width}" height="{height:.0f}" rx="5"/>'
    if node.kind.closes:
        inner = f'x="{left + 3}" y="{top + 3:.0f}" width="{width - 6}" height="{height - 6:.0f}" rx="3"'
        shape += f'<rect class="state-box{kind}" {inner}/>'
    at = (top + PAD / 2 + LINE * (place + 0.75) for place in range(len(lines)))
    texts = (
        f'<text class="{style}" x="{left + PAD}" y="{math.floor(y)}">{escape(line)}</text>'
        for y, (style, line) in zip(at, lines, strict=True)
    )
    return shape + "".join(texts)


def _way(start: tuple[float, float], left: float, y: float, node: Node) -> str:
    """The elbow from the state above to this one; dashed where the law may take it as done."""
    x = min(start[0] + 8, left - 8)
    dashed = " state-law" if node.deemed else ""
    return f'<path class="state-way{dashed}" d="M{x} {start[1]:.0f}V{y:.0f}H{left - 1}" marker-end="url(#tip)"/>'
