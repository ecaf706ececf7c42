"""A closed year read again: the same set as then, what it would be now, which matters changed, what was carried on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from fazhi.closing.close import DAY, figures, sums
from fazhi.closing.frozen import Frozen, FrozenFigure
from fazhi.desk.act import OWN_VERBS
from fazhi.indicators.balance import Balance, OpenMatter, Stretch, Why, open_before, reasons
from fazhi.indicators.sets import Shift, shifts, touched
from fazhi.indicators.values import Span
from fazhi.ledger.heavy import as_of
from fazhi.rulebook import Indicator


@dataclass(frozen=True, slots=True)
class Again:
    """A frozen figure beside today: `same` says that it is found again as of its own position."""

    page: Indicator
    was: FrozenFigure
    again: FrozenFigure
    now: FrozenFigure

    @property
    def same(self) -> bool:
        return self.was == self.again

    @property
    def changed(self) -> bool:
        """Whether what was recorded since moved the set behind it."""
        return self.now.rows != self.again.rows or self.now.value != self.again.value

    @property
    def difference(self) -> Decimal | None:
        """Now less then; None where either has no data."""
        return None if self.was.value is None or self.now.value is None else self.now.value - self.was.value


@dataclass(frozen=True, slots=True)
class Carried:
    """One kind of business over a year: what was carried in, what that became, and what is carried on.

    `carried + came - gone == opening` and `opening + received - concluded == closing`.
    """

    procedure: str
    carried: int
    came: tuple[tuple[UUID, Why], ...]
    gone: tuple[tuple[UUID, Why], ...]
    sums: Balance


def again(frozen: Frozen, names: Iterable[str] = ()) -> tuple[Again, ...]:
    """Every figure of a closed year, or some, read by its old page: as of its position, and as of now."""
    wanted = set(names)
    kept = [one for one in frozen.figures if not wanted or one.name in wanted]
    pages = [frozen.pages[one.name] for one in kept]
    then = figures(pages, frozen.span)
    later = _now(frozen.span)
    moved = touched(frozen.span, later.position)
    open_to_change = [
        page for page in pages if any(one.procedure in moved for one in (*page.of, *page.per, *page.base))
    ]
    now = {one.name: one for one in (*then, *figures(open_to_change, later))}
    return tuple(Again(page, was, one, now[page.name]) for page, was, one in zip(pages, kept, then, strict=True))


def changes(frozen: Frozen, name: str, most: int = 200) -> tuple[Shift, ...]:
    """The rows by which a frozen figure differs from what it would be now."""
    return shifts(frozen.pages[name], frozen.span, _now(frozen.span).position, most)


def still_open(frozen: Frozen) -> tuple[OpenMatter, ...]:
    """What was open at the end of a closed year, as it stood then: the opening balance of the next."""
    end = Stretch(frozen.units, frozen.cutoff + DAY, frozen.cutoff + DAY, frozen.position)
    return tuple(one for one in open_before(end) if one.procedure not in OWN_VERBS)


def carry(before: Frozen, stretch: Stretch) -> tuple[Carried, ...]:
    """The opening balance that a closed year hands on, beside what the next stretch begins with as of its position."""
    handed, begins = _by_kind(still_open(before)), _by_kind(open_before(stretch))
    summed = {one.procedure: one for one in sums(stretch)}
    found = []
    for kind in sorted({*handed, *begins, *summed} - set(OWN_VERBS)):
        was, now = handed.get(kind, frozenset()), begins.get(kind, frozenset())
        came = reasons(sorted(now - was, key=str), before.units, before.position)
        gone = reasons(sorted(was - now, key=str), stretch.units, stretch.position, gone=True)
        nothing = Balance(kind, 0, 0, 0, 0)
        found.append(Carried(kind, len(was), tuple(came.items()), tuple(gone.items()), summed.get(kind, nothing)))
    return tuple(found)


def _by_kind(matters: Iterable[OpenMatter]) -> Mapping[str, frozenset[UUID]]:
    found: dict[str, set[UUID]] = {}
    for one in matters:
        found.setdefault(one.procedure, set()).add(one.matter)
    return {kind: frozenset(ids) for kind, ids in found.items()}


def _now(span: Span) -> Span:
    return Span(span.units, span.start, span.cutoff, as_of("indicators"))
