"""Labels of letters that people read: which letter, how it was drawn, what was said, how far readers agree."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from fazhi.triage.kinds import types, ways
from fazhi.triage.letter import Letter

PARTS = ("urgency", "type", "way")
FRESH = 6
"""The part of the draw that nothing is learned from: read after words and weights were settled."""
LEVELS = frozenset({"at_once", "soon", "ordinary"})
UNREAD = "-"
CELLS = (5, 6, 8)


@dataclass(frozen=True, slots=True)
class Label:
    """One letter as it was read. `part` is that of the draw: 1 to 3 by chance alone, 0 because they sound alarming,
    from 4 on by strata, of which each letter stands for so many. `-` is what was not read."""

    digest: str
    part: int
    said: tuple[str, str, str]
    again: tuple[str, str, str] | None = None
    stands_for: float = 1.0


@dataclass(frozen=True, slots=True)
class Read:
    """A letter with its label."""

    letter: Letter
    label: Label


def digest_of(title: str, text: str) -> str:
    """By which a letter is known without its words."""
    return hashlib.sha256(f"{title.strip()}\n{text.strip()}".encode()).hexdigest()[:16]


def read_labels(lines: Iterable[str]) -> dict[str, Label]:
    """Rows of digest, part, urgency, type, way and either how many letters it stands for or, where read twice, the
    three again. Raises ValueError."""
    found = {}
    for number, line in enumerate(lines, 1):
        cells = line.rstrip("\n").split("\t")
        known = (None, None, LEVELS, {*types(), UNREAD}, {*ways(), UNREAD})
        again = cells[5:8] if len(cells) == CELLS[-1] else []
        pairs = [*zip(cells, known, strict=False), *zip(again, known[2:], strict=False)]
        wrong = [cell for cell, names in pairs if names and cell not in names]
        if len(cells) not in CELLS or not cells[1].isdecimal() or wrong:
            raise ValueError(f"第{number}行不是“摘要、部分、紧急程度、类型、程序”：{'、'.join(wrong) or line.strip()}")
        second = (again[0], again[1], again[2]) if again else None
        weight = float(cells[5]) if len(cells) == CELLS[1] else 1.0
        found[cells[0]] = Label(cells[0], int(cells[1]), (cells[2], cells[3], cells[4]), second, weight)
    return found


def agreement(labels: Sequence[Label]) -> dict[str, Mapping[str, float]]:
    """Of letters read twice: how often alike, and Cohen's kappa."""
    twice = [(one.said, one.again) for one in labels if one.again]
    return {
        part: _kappa([(first[place], second[place]) for first, second in twice if second])
        for place, part in enumerate(PARTS)
        if twice
    }


def _kappa(pairs: Sequence[tuple[str, str]]) -> Mapping[str, float]:
    alike = sum(first == second for first, second in pairs) / len(pairs)
    firsts, seconds = Counter(first for first, _ in pairs), Counter(second for _, second in pairs)
    chance = sum(firsts[name] * seconds[name] for name in firsts) / len(pairs) ** 2
    return {"letters": len(pairs), "alike": alike, "kappa": (alike - chance) / (1 - chance) if chance < 1 else 1.0}
