"""From the numbers asked of the rows to readings: the seven kinds, and rounding."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from fazhi.indicators.compile import wants_of
from fazhi.indicators.values import Reading, Span
from fazhi.rulebook import Indicator, Rounding

SCALES = {"%": Decimal(100), "‰": Decimal(1000)}

Amounts = Mapping[str, Decimal | None]


def rounded(value: Decimal, places: int, rounding: Rounding = "half_up") -> Decimal:
    """Half up, as figures in official reports are; down where a page says that the rest is cut off."""
    return value.quantize(Decimal(1).scaleb(-places), ROUND_DOWN if rounding == "down" else ROUND_HALF_UP)


def fingerprint(page: Indicator, span: Span) -> str:
    """What two figures must share to be compared: definition, rounding, part of the year; not who or which year."""
    above, below = wants_of(page)
    parts = [
        page.kind,
        page.unit,
        str(page.round),
        *([page.rounding] if page.rounding != "half_up" else []),
        *(w.key for w in above),
        "/",
        *(w.key for w in below),
        span.calendar(),
    ]
    return "sha256:" + hashlib.sha256("\n".join(parts).encode()).hexdigest()


def evaluate(page: Indicator, span: Span, amounts: Amounts) -> Reading:
    """The reading of one page from the amounts of its wants (by key)."""
    above, below = wants_of(page)
    numerator = _total(amounts[want.key] for want in above)
    denominator = _total(amounts[want.key] for want in below) if below else None
    value = _value(page, numerator, denominator)
    return Reading(
        name=page.name,
        title=page.title,
        kind=page.kind,
        unit=page.unit,
        value=None if value is None else rounded(value, page.round, page.rounding),
        numerator=numerator,
        denominator=denominator,
        span=span,
        page_digest=page.digest,
        fingerprint=fingerprint(page, span),
        source=page.source,
        numerator_of=frozenset(want.key for want in above),
        denominator_of=frozenset(want.key for want in below),
        note=page.note,
        sensitive=page.sensitive,
        halves=(above, below),
    )


def _total(amounts: Iterable[Decimal | None]) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None


def _value(page: Indicator, above: Decimal | None, below: Decimal | None) -> Decimal | None:
    if page.kind in ("count", "sum", "rank"):
        return above
    if above is None or not below:
        return None
    scale = SCALES.get(page.unit, Decimal(1))
    match page.kind:
        case "change":
            return (above - below) / below * scale
        case "compression":
            return (below - above) / below * scale
        case _:
            return above / below * scale
