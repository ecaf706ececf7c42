"""How many records each atom behind the figures of a report must count, worked back from what is printed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from fazhi.cli.figures.atoms import Atom
from fazhi.cli.figures.judge import gives_back
from fazhi.cli.figures.told import Figure, Report, scale
from fazhi.indicators.compile import Want, wants_of
from fazhi.indicators.evaluate import SCALES, rounded
from fazhi.indicators.values import Span
from fazhi.rulebook import Indicator, Rulebook, page_of

HUNDRED = Decimal(100)
LEAST_BASE, MOST_BASE = 20, 20_000
"""Between these a denominator is looked for that a report does not give."""
CARRIED = Decimal("0.08")
"""The share taken to be carried over, where a report tells only how many were at hand."""
PLAIN = ("count", "sum", "rank")


@dataclass(slots=True)
class Asked:
    """A figure with its page and the atoms above and below the line; `why` tells what stands against it, `thin` why
    less lies around it than was asked for."""

    figure: Figure
    page: Indicator | None = None
    span: Span | None = None
    above: tuple[Atom, ...] = ()
    below: tuple[Atom, ...] = ()
    why: str = ""
    thin: str = ""


@dataclass(slots=True)
class Wanted:
    """The figures of a report as atoms, and the target of each atom."""

    asked: list[Asked] = field(default_factory=list)
    targets: dict[Atom, Decimal] = field(default_factory=dict)


def wanted(report: Report, scopes: Mapping[str, tuple[UUID, ...]], book: Rulebook, most: int | None = None) -> Wanted:
    """Every figure of the report asked through the page that states it; `scopes` are units by organ. Figures that take
    more than `most` records are left out and say so."""
    found, known = Wanted(), dict[object, Atom]()
    for figure in report.figures:
        found.asked.append(_ask(figure, scopes[figure.organ], book, known))
    able = [one for one in found.asked if one.page and one.figure.printed is not None and not one.figure.why]
    for one in sorted(able, key=_turn):
        _aim(one, found.targets, Decimal(most or "Infinity"))
    return found


def _turn(asked: Asked) -> int:
    """Numbers printed as such go first, then rates whose parts are known, then rates that need a base."""
    assert asked.page
    return 0 if asked.page.kind in PLAIN else 1 if asked.figure.parts else 2


def _ask(figure: Figure, units: tuple[UUID, ...], book: Rulebook, known: dict[object, Atom]) -> Asked:
    try:
        page = _page(figure, book)
    except LookupError as error:
        return Asked(figure, why=figure.why or f"{error}。")
    span = Span(units, figure.start, figure.cutoff)
    above, below = wants_of(page)
    asked = Asked(figure, page, span, _atoms(above, span, known), _atoms(below, span, known))
    asked.why = figure.why
    return asked


def _page(figure: Figure, book: Rulebook) -> Indicator:
    """The page that counts as this report does, else the one that states the figure."""
    pages = tuple(book.indicators.values())
    try:
        return page_of(pages, figure.id, figure.variant)
    except LookupError:
        return page_of(pages, figure.id)


def _atoms(wants: Sequence[Want], span: Span, known: dict[object, Atom]) -> tuple[Atom, ...]:
    made = []
    for want in wants:
        over = span.before() if want.window == "before" else span
        atom = Atom(replace(want, window="now"), frozenset(span.units), over.start, over.cutoff)
        made.append(known.setdefault(atom.key, atom))
    return tuple(made)


def _aim(asked: Asked, targets: dict[Atom, Decimal], most: Decimal) -> None:
    page, figure = asked.page, asked.figure
    assert page and figure.printed is not None
    if page.kind == "duration":
        asked.why = "按时长计的指标尚不能由记录生成。"
        return
    sizes = figure.parts if page.kind not in PLAIN else (aimed(figure, page.unit),)
    counted = any(not atom.adds for atom in asked.above)
    if page.kind not in PLAIN and not sizes:
        sizes = _parts(asked, targets)
    if counted and max(sizes) > most:
        asked.why = f"要{max(sizes):f}件记录，超过这一次的上限{most}件，没有装入。"
    elif page.kind in PLAIN:
        for atom, part in zip(asked.above, figure.parts, strict=False):
            _assign(asked, [atom], part, targets)
        _assign(asked, asked.above, aimed(figure, page.unit), targets)
    else:
        above, below = sizes
        asked.why = _unlike(figure, page, above, below)
        _assign(asked, asked.above, above, targets)
        _assign(asked, asked.below, below, targets)


def aimed(figure: Figure, unit: str) -> Decimal:
    """The number of records or the sum that gives the figure back: a little more where it says 余, at least, about."""
    assert figure.printed is not None
    plain = figure.printed * scale(figure.unit)
    step = figure.step * scale(figure.unit)
    if figure.qualifier in ("over", "about"):
        plain += max(Decimal(1), min(Decimal(7), step // 10)) if step >= 1 else 0
    return plain / scale(unit)


def _assign(asked: Asked, atoms: Sequence[Atom], value: Decimal, targets: dict[Atom, Decimal]) -> None:
    """Share a number among atoms: what other figures said stands, what is open takes a little, the first the rest."""
    free = [atom for atom in dict.fromkeys(atoms) if atom not in targets]
    rest = value - sum((targets[atom] for atom in atoms if atom in targets), Decimal(0))
    if rest < 0 or (rest and not free):
        asked.why = asked.why or f"与同一报告的其他数字不一致：应为{value:f}，其余数字已使它为{value - rest:f}。"
        rest = Decimal(0)
    fresh = [atom for atom in free if not atom.want.selector.open] or free
    for atom in free:
        carried = atom not in fresh
        targets[atom] = _whole(rest * CARRIED) if carried else Decimal(0)
    if fresh:
        targets[fresh[0]] = rest - sum((targets[atom] for atom in free if atom not in fresh), Decimal(0))


def _parts(asked: Asked, targets: Mapping[Atom, Decimal]) -> tuple[Decimal, Decimal]:
    """Numerator and denominator of a rate: from what is known of either, else the smallest that round to it."""
    page, figure = asked.page, asked.figure
    assert page and figure.printed is not None
    above, below = _known(asked.above, targets), _known(asked.below, targets)
    share = figure.printed / HUNDRED
    if page.kind == "change":
        if above is None:
            return _smallest(1 + share, figure.places)
        return above, (below if below is not None else _whole(above / (1 + share)))
    if page.kind == "compression":
        share = 1 - share
    if below is not None:
        return (above if above is not None else _whole(below * share)), below
    if above is not None and share:
        return above, _whole(above / share)
    return _smallest(share, figure.places)


def _unlike(figure: Figure, page: Indicator, above: Decimal, below: Decimal) -> str:
    """What to say where the parts that other figures leave do not round to the rate that is printed."""
    change = {"change": above - below, "compression": below - above}.get(page.kind, above)
    rate = rounded(change / below * SCALES.get(page.unit, Decimal(1)), page.round, page.rounding)
    if gives_back(figure, rate, page.unit):
        return ""
    return f"与同一报告的其他数字不一致：由{above:f}与{below:f}得出的是{rate:f}{page.unit}。"


def _smallest(share: Decimal, places: int) -> tuple[Decimal, Decimal]:
    unit = Decimal(1).scaleb(-places)
    printed = (share * HUNDRED).quantize(unit, ROUND_HALF_UP)
    for base in range(LEAST_BASE, MOST_BASE):
        part = _whole(base * share)
        if (part / base * HUNDRED).quantize(unit, ROUND_HALF_UP) == printed:
            return part, Decimal(base)
    raise ValueError(f"没有不超过{MOST_BASE}的分母能得出{printed}%。")


def _known(atoms: Iterable[Atom], targets: Mapping[Atom, Decimal]) -> Decimal | None:
    amounts = [targets.get(atom) for atom in atoms]
    said = [amount for amount in amounts if amount is not None]
    return sum(said, Decimal(0)) if said and len(said) == len(amounts) else None


def _whole(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1), ROUND_HALF_UP)
