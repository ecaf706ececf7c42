"""Repair of damaged text: what was put right, what was taken away and what is lost, each named in a list."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from pypinyin import Style, pinyin

from fazhi.report.claims import Repair, RepairKind
from fazhi.report.read.shift import DEBRIS, LETTERS, SIMPLIFY, find_debris
from fazhi.report.read.traced import Edit, Traced
from fazhi.report.read.words import load_words

HAN = "\u3400-\u9fff"
_READING = re.compile(rf"(?<=[{HAN}])[(（]([{LETTERS}]{{1,6}})[)）]")
_TONED = re.compile(r"[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ]")
_NEWLINES = re.compile(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]")
_UNSEEN = re.compile(r"[\ufeff\u200b-\u200f\u2060\u00ad\x00-\x08\x0e-\x1f\x7f]")
_WIDE = re.compile(r"[０-９Ａ-Ｚａ-ｚ％＋－．﹪]")
_THOUSANDS = re.compile(r"(?<![\d.，,])[1-9]\d{0,2}(?:，\d{3})+(?:\.\d+)?(?![\d，])")
_MULTIPLE = re.compile(r"[余多]?[百千]?[万亿]|[余多]|%")
_BLANKS = re.compile(
    r"^[ \t\u3000\u00a0\u2000-\u200a]+|(?<![ \t\u3000\u00a0\u2000-\u200a])[ \t\u3000\u00a0\u2000-\u200a]+$",
    re.MULTILINE,
)
_GAP = re.compile(r"[ \t\u3000\u00a0\u2000-\u200a]+")
_MARKED = re.compile(r"\ufffd+|(?<=[\u3400-\u9fff])\?(?=[\d\u3400-\u9fff])")
_ASKED = re.compile(r"(?:[吗呢么]|什么|为何|如何|怎|是否|哪|谁|几)[^，,。；;！!？?\n]{0,20}$")
_BOTH_SCRIPTS = frozenset("乾於著瞭藉徵麼夥鍾甯昇堃喆")
"""Traditional characters that simplified texts have too, mostly in names."""
_MUCH = 0.03
"""Share of traditional characters from which a text is taken to be traditional."""


@dataclass(slots=True)
class Bench:
    """The text under repair and the list of what was done to it."""

    text: Traced
    repairs: list[Repair]

    def apply(self, kind: RepairKind, edits: list[Edit]) -> None:
        """Make the edits; equal ones are listed once with their count, at the place of the first."""
        counts = Counter((self.text.text[start:end], new) for start, end, new in edits)
        for start, end, new in edits:
            before = self.text.text[start:end]
            if count := counts.pop((before, new), 0):
                first, last = self.text.span(start, end)
                self.repairs.append(Repair(kind, _short(before), _short(new), first, last, count))
        if edits:
            self.text = self.text.edited(edits)

    def note(self, kind: RepairKind, start: int, end: int) -> None:
        """List a place that stays as it is."""
        first, last = self.text.span(start, end)
        self.repairs.append(Repair(kind, self.text.text[start:end], "", first, last))


def repair(source: str) -> Bench:
    """The text made readable; page furniture is taken away later, when lines are known."""
    bench = Bench(Traced.of(source), [])
    bench.text = bench.text.replaced(_NEWLINES, "\n").replaced(_UNSEEN, "")
    _undo_shifts(bench)
    _drop_readings(bench)
    _simplify(bench)
    bench.apply("width", [(m.start(), m.end(), _narrow(m[0])) for m in _WIDE.finditer(bench.text.text)])
    _close_gaps(bench)
    _group_digits(bench)
    for match in _MARKED.finditer(bench.text.text):
        if not _ASKED.search(bench.text.text, 0, match.start()):
            bench.note("lost", match.start(), match.end())
    bench.repairs.sort(key=lambda made: made.start)
    return bench


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:77] + "…"


def _undo_shifts(bench: Bench) -> None:
    text = bench.text.text
    if not DEBRIS.search(text):
        return
    around = SIMPLIFY.convert(DEBRIS.sub("\n", _READING.sub("", text)))
    edits: list[Edit] = []
    for solved in find_debris(text, around):
        if solved.after is None:
            bench.note("lost", solved.start, solved.end)
        else:
            edits.append((solved.start, solved.end, solved.after))
    bench.apply("byte_shift", edits)


def _drop_readings(bench: Bench) -> None:
    """Take away pinyin in brackets after the character whose reading it is, and list both together."""
    text = bench.text.text
    edits: list[Edit] = []
    for match in _READING.finditer(text):
        before = text[match.start() - 1]
        if _TONED.search(match[1]) or match[1] in pinyin(before, style=Style.NORMAL, heteronym=True)[0]:
            edits.append((match.start() - 1, match.end(), before))
    bench.apply("pinyin", edits)


def _simplify(bench: Bench) -> None:
    text = bench.text.text
    simple = SIMPLIFY.convert(text)
    if len(simple) != len(text):
        simple = "".join(new if len(new := SIMPLIFY.convert(character)) == 1 else character for character in text)
    changed = [at for at, (old, new) in enumerate(zip(text, simple, strict=True)) if old != new]
    if sum(text[at] not in _BOTH_SCRIPTS for at in changed) > _MUCH * max(len(text), 1):
        bench.apply("traditional", [(at, at + 1, simple[at]) for at in changed])


def _narrow(character: str) -> str:
    return "%" if character == "﹪" else chr(ord(character) - 0xFEE0)


def _group_digits(bench: Bench) -> None:
    """Full-width commas between groups of three digits, as in 1，020件, where a unit follows: one number, not two."""
    text, words = bench.text.text, load_words()
    found = [
        one
        for one in _THOUSANDS.finditer(text)
        if _MULTIPLE.match(text, one.end()) or words.unit.match(text, one.end())
    ]
    bench.apply("width", [(one.start(), one.end(), one[0].replace("，", ",")) for one in found])


def _close_gaps(bench: Bench) -> None:
    """Take away indents and the blanks beside Chinese characters and punctuation; keep those between Latin words."""
    text = bench.text.text
    bench.apply("space", [(m.start(), m.end(), "") for m in _BLANKS.finditer(text) if m[0]])
    text = bench.text.text
    edits: list[Edit] = []
    for match in _GAP.finditer(text):
        left, right = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        latin = (left + right).isascii() and (left + right).isalnum() and len(left + right) == 2
        names = _han(left) and _han(right) and match.end() - match.start() > 1
        new = " " if latin or names else ""
        if new != match[0]:
            edits.append((match.start(), match.end(), new))
    bench.apply("space", edits)


def _han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff"
