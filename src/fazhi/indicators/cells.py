"""Figures as sums of cells: kinds, verdicts, choices, units and stretches of days, cut as the figures cut them.

Two figures share cells where what one counts is part of what the other counts. A number kept back is told where the
numbers that are shown add up to it, or leave it when they are taken from one another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fazhi.indicators.compile import BOUNDS, VERDICTS, Want
from fazhi.indicators.values import Reading, Span

MOST = 20_000
"""Cells of one kind of count; finer cuts are not told apart, so that more is kept back rather than less."""
DAY = timedelta(days=1)
OTHER = "…"
NEAR = 1e-7

Choices = Callable[[str, str], frozenset[str]]
Asked = tuple[Want, Span]
Base = tuple[Any, ...]
Cell = tuple[Any, ...]
Amount = Mapping[Cell, int]


class Cells:
    """The cells of some figures. `choices` are the values that a choice of a kind of business may have, if known."""

    def __init__(self, readings: Sequence[Reading], choices: Choices) -> None:
        self._asked: dict[Base, list[Asked]] = {}
        for reading in readings:
            for want in (*reading.halves[0], *reading.halves[1]):
                self._asked.setdefault(_base(want, reading.span), []).append((want, reading.span))
        self._axes = {base: _axes(asked, choices) for base, asked in self._asked.items()}

    def amount(self, wants: Iterable[Want], span: Span) -> Amount:
        """How often each cell stands in the sum of the wants."""
        found: dict[Cell, int] = {}
        for want in wants:
            base = _base(want, span)
            axes = self._axes[base]
            sizes = 1
            for values in axes.values():
                sizes *= max(len(values), 1)
            if sizes > MOST:
                found[(base,)] = found.get((base,), 0) + 1
                continue
            for at in product(*(_chosen(axis, values, want, span) for axis, values in axes.items())):
                found[(base, *at)] = found.get((base, *at), 0) + 1
        return found


def told_by(secret: Amount, shown: Sequence[Amount]) -> tuple[int, ...]:
    """Which of the amounts shown add up to the secret one, plus or minus; none where they cannot."""
    near = _near(secret, shown)
    if not near:
        return ()
    touched = set(secret).union(*(shown[place] for place in near))
    columns = {cell: at for at, cell in enumerate(touched)}
    sums = np.zeros((len(columns), len(near)))
    for at, place in enumerate(near):
        for cell, times in shown[place].items():
            sums[columns[cell], at] = times
    wanted: NDArray[np.float64] = np.zeros(len(columns))
    for cell, times in secret.items():
        wanted[columns[cell]] = times
    weights = np.linalg.lstsq(sums, wanted, rcond=None)[0]
    if np.abs(sums @ weights - wanted).max() > NEAR:
        return ()
    return tuple(place for place, weight in zip(near, weights, strict=True) if abs(weight) > NEAR)


def less(whole: Amount, part: Amount) -> Amount | None:
    """What is left of the whole without the part; None where it is no part of it, or all of it."""
    if part == whole or any(times > whole.get(cell, 0) for cell, times in part.items()):
        return None
    return {cell: times - part.get(cell, 0) for cell, times in whole.items() if times != part.get(cell, 0)}


def _near(secret: Amount, shown: Sequence[Amount]) -> list[int]:
    """The amounts that share a cell with the secret, or with one that does, and so on."""
    reached, left, found = set(secret), set(range(len(shown))), []
    grew = True
    while grew:
        touching = [place for place in left if not reached.isdisjoint(shown[place])]
        grew = bool(touching)
        for place in touching:
            reached.update(shown[place])
            left.discard(place)
            found.append(place)
    return sorted(found)


def _base(want: Want, span: Span) -> Base:
    """What two wants must share for their cells to be of one kind; what is open is open on a day."""
    picked = want.selector
    item = "fact" if picked.facts else "clock" if picked.clocks else "matter"
    moment = _window(want, span)[0 if picked.open == "start" else 1] if picked.open else None
    return (picked.procedure, item, want.column, want.measure, picked.field, want.whose, moment)


def _window(want: Want, span: Span) -> tuple[date, date]:
    asked = span if want.window == "now" else span.before()
    return asked.start, asked.cutoff


def _axes(asked: Sequence[Asked], choices: Choices) -> dict[str, tuple[Any, ...]]:
    """Along what the wants of one kind are cut, and into which pieces."""
    picked = [want.selector for want, _ in asked]
    axes: dict[str, tuple[Any, ...]] = {"units": _unit_pieces(asked)}
    axes["days"] = (None,) if picked[0].open else _day_pieces(asked)
    axes["name"] = tuple(sorted({name for one in picked for name in (*one.facts, *one.clocks)})) or (None,)
    verdicts = sorted({known for one in picked for word in one.verdict for known in VERDICTS[word]})
    verdicts += [OTHER] if verdicts and any(not one.verdict for one in picked) else []
    axes["verdict"] = tuple(verdicts) or (None,)
    axes["deemed"] = (False, True) if any(not one.deemed for one in picked) else (None,)
    axes["again"] = (False, True) if any(one.matters for one in picked) else (None,)
    for name in sorted({name for one in picked for name in one.where}):
        listed = {value for one in picked for value in one.where.get(name, ())}
        known = choices(picked[0].procedure, name)
        axes[f"where {name}"] = tuple(sorted(listed | known)) if known else (*sorted(listed), OTHER)
    for bound in sorted({bound for one in picked for bound in _bounds(one)}):
        axes[f"bound {bound}"] = (True, False)
    return axes


def _bounds(selector: Any) -> Iterator[str]:
    for word in BOUNDS:
        for name, bound in sorted(getattr(selector, word).items()):
            yield f"{word} {name} {bound}"


def _chosen(axis: str, values: Sequence[Any], want: Want, span: Span) -> Sequence[Any]:
    """The pieces of an axis that a want takes in."""
    picked = want.selector
    kind, _, name = axis.partition(" ")
    match kind:
        case "units":
            return [piece for piece in values if frozenset(span.units) in piece]
        case "days" if not picked.open:
            start, cutoff = _window(want, span)
            return [piece for piece in values if start <= piece <= cutoff]
        case "name" if picked.facts or picked.clocks:
            return [*picked.facts, *picked.clocks]
        case "verdict" if picked.verdict:
            return sorted({known for word in picked.verdict for known in VERDICTS[word]})
        case "deemed" if not picked.deemed:
            return [False]
        case "again" if picked.matters and not picked.field:
            return [False]
        case "where" if name in picked.where:
            return picked.where[name]
        case "bound" if name in set(_bounds(picked)):
            return [True]
    return values


def _unit_pieces(asked: Sequence[Asked]) -> tuple[frozenset[Any], ...]:
    """Units that always go together, each piece named by the sets of units that hold it."""
    sets = {frozenset(span.units) for _, span in asked}
    everyone = frozenset().union(*sets)
    return tuple({frozenset(one for one in sets if unit in one) for unit in everyone}) or (frozenset(sets),)


def _day_pieces(asked: Sequence[Asked]) -> tuple[date, ...]:
    """The first days of stretches that always go together."""
    windows = [_window(want, span) for want, span in asked]
    return tuple(sorted({start for start, _ in windows} | {cutoff + DAY for _, cutoff in windows}))
