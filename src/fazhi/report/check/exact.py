"""Exact arithmetic of percentages: what rounds or truncates to a stated figure, and which wholes could carry it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import combinations
from math import ceil, floor

Bounds = tuple[Fraction, Fraction]
"""[low, high): every share that rounds or truncates to the stated percentage."""


def bounds(percent: Fraction, decimals: int) -> Bounds:
    """Shares that print as this percentage, rounded half up or cut off. 7.43 with two decimals: [7.425 %, 7.44 %)."""
    step = Fraction(1, 10**decimals)
    low, high = percent - step / 2, percent + step
    if percent < 0:  # a fall is rounded and cut off away from its sign
        low, high = percent - step, percent + step / 2
        return low / 100 + Fraction(1, 10**9), high / 100 + Fraction(1, 10**12)
    return low / 100, high / 100


def fits(share: Fraction, within: Bounds) -> bool:
    return within[0] <= share < within[1]


def numerators(whole: int, within: Bounds) -> range:
    """Whole numbers whose share of `whole` prints as stated; empty where there is none."""
    return range(max(0, ceil(within[0] * whole)), min(whole, _below(within[1] * whole)) + 1)


def wholes(part: int, within: Bounds) -> range:
    """Whole numbers of which `part` is the stated share."""
    if within[0] <= 0:
        return range(0)
    return range(_above(part / within[1]), floor(part / within[0]) + 1)


def smallest_wholes(within: Bounds, least: int = 1, count: int = 3, most: int = 20_000) -> list[tuple[int, int]]:
    """The first `count` (numerator, whole) from `least` on that print as stated."""
    pairs: list[tuple[int, int]] = []
    for whole in range(max(1, least), most):
        if tops := numerators(whole, within):
            pairs.append((tops[0], whole))
            if len(pairs) == count:
                break
    return pairs


def sums(parts: Iterable[int], most: int = 5) -> Iterator[tuple[int, ...]]:
    """Every way to add up some of the parts, single ones first."""
    chosen = tuple(parts)[:most]
    for size in range(1, len(chosen) + 1):
        yield from combinations(chosen, size)


def shown(share: Fraction, decimals: int = 2) -> str:
    """A share as a percentage with so many decimals, rounded half up: 77.69%."""
    scaled = abs(share) * 100 * 10**decimals
    whole = floor(scaled + Fraction(1, 2))
    text = f"{whole // 10**decimals}" + (f".{whole % 10**decimals:0{decimals}d}" if decimals else "")
    return f"{'-' if share < 0 else ''}{text}%"


def plain(number: Fraction) -> str:
    """A number without needless digits: 1250, 3.5."""
    if number.denominator == 1:
        return str(number.numerator)
    return f"{float(number):.4f}".rstrip("0").rstrip(".")


def span_words(numbers: range, to: str = "至") -> str:
    """A run of whole numbers in words: 111, or 237至239."""
    return str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}{to}{numbers[-1]}"


def _below(value: Fraction) -> int:
    """The greatest whole number strictly below."""
    return ceil(value) - 1


def _above(value: Fraction) -> int:
    """The least whole number strictly above."""
    return floor(value) + 1
