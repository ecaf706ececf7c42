"""How well a report was read: its claims against figures that a person took from it."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path, PurePath

from fazhi.report.claims import Claim, Json, ReadReport

_ALIKE = 0.5
"""Share of neighbouring pairs of characters that the two sentences must have in common."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A line of the file of figures; `value` None: it cannot be read from the source."""

    value: Decimal | None
    unit: str
    indicator: str
    sentence: str
    line: int


@dataclass(frozen=True, slots=True)
class Score:
    """Figures found by value and unit, of these those with the same indicator, and what was missed or read besides."""

    figures: int
    claims: int
    found: int
    named: int
    misses: tuple[Figure, ...]
    extras: tuple[Claim, ...]
    misnamed: tuple[tuple[Figure, Claim], ...]

    def rates(self) -> dict[str, float]:
        """Recall and precision of value with unit, and of value with unit and indicator; 1 where nothing is asked."""
        return {
            "recall": _share(self.found, self.figures),
            "precision": _share(self.found, self.claims),
            "recall_with_indicator": _share(self.named, self.figures),
            "precision_with_indicator": _share(self.named, self.claims),
        }

    def as_json(self) -> Json:
        return {
            "figures": self.figures,
            "claims": self.claims,
            "found": self.found,
            "found_with_indicator": self.named,
            **self.rates(),
            "misses": [
                {
                    "line": one.line,
                    "value": None if one.value is None else str(one.value),
                    "unit": one.unit,
                    "indicator": one.indicator,
                    "sentence": one.sentence,
                }
                for one in self.misses
            ],
            "extras": [claim.as_json() for claim in self.extras],
            "misnamed": [
                {"line": figure.line, "indicator": figure.indicator, "claim": claim.as_json()}
                for figure, claim in self.misnamed
            ],
        }


def read_figures(path: Path, source: str) -> tuple[Figure, ...]:
    """The lines of a CSV with value, unit, indicator_id and sentence; with a column `seed`, those of this source."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = csv.DictReader(stream)
        lacking = {"value", "unit", "sentence"} - set(rows.fieldnames or ())
        if lacking:
            raise ValueError(
                f"{path.name} 缺少列：{'、'.join(sorted(lacking))}；应有 value、unit、indicator_id、sentence。"
            )
        found = tuple(_figure(row, line, path) for line, row in enumerate(rows, 2) if _concerns(row, source))
    if not found:
        raise ValueError(f"{path.name} 中没有文件“{source}”的数字；seed 列应写文件名。")
    return found


def score(report: ReadReport, figures: Sequence[Figure]) -> Score:
    """Match every figure with at most one claim of the same value and unit in a like sentence."""
    pairs = []
    for at, figure in enumerate(figures):
        for number, claim in enumerate(report.claims):
            if figure.value == claim.value and plain_unit(figure.unit) == plain_unit(claim.unit):
                alike = likeness(figure.sentence, claim.sentence)
                if alike >= _ALIKE:
                    pairs.append((figure.indicator == claim.indicator, alike, -abs(at - number), at, number))
    matched: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, _, at, number in sorted(pairs, reverse=True):
        if at not in matched and number not in taken:
            matched[at] = number
            taken.add(number)
    both = [(figures[at], report.claims[number]) for at, number in sorted(matched.items())]
    wrong = tuple((figure, claim) for figure, claim in both if figure.indicator != claim.indicator)
    return Score(
        figures=len(figures),
        claims=len(report.claims),
        found=len(both),
        named=len(both) - len(wrong),
        misses=tuple(figure for at, figure in enumerate(figures) if at not in matched),
        extras=tuple(claim for number, claim in enumerate(report.claims) if number not in taken),
        misnamed=wrong,
    )


def likeness(one: str, other: str) -> float:
    """Share of the pairs of characters of the first that stand in the second; punctuation does not count."""
    first, second = _letters(one), _letters(other)
    pairs = {first[at : at + 2] for at in range(len(first) - 1)}
    return sum(pair in second for pair in pairs) / len(pairs) if pairs else float(first in second)


def plain_unit(unit: str) -> str:
    """The unit with brackets of one width; a noun in brackets behind 万 names what is counted, not the unit."""
    plain = unicodedata.normalize("NFKC", unit).strip()
    bare, _, _ = plain.partition("(")
    return bare if bare in ("万", "亿", "千") else plain


def _letters(text: str) -> str:
    return "".join(character for character in unicodedata.normalize("NFKC", text) if character.isalnum())


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def _concerns(row: Mapping[str, str | None], source: str) -> bool:
    seed = row.get("seed")
    return not seed or PurePath(seed).name == PurePath(source).name


def _figure(row: Mapping[str, str | None], line: int, path: Path) -> Figure:
    written = (row.get("value") or "").strip()
    try:
        value = Decimal(written) if written else None
    except InvalidOperation:
        raise ValueError(
            f"{path.name} 第{line}行：value “{written}”不是数字；应写成 563 或 18.2，不能读出的留空。"
        ) from None
    return Figure(
        value, (row.get("unit") or "").strip(), row.get("indicator_id") or "", row.get("sentence") or "", line
    )
