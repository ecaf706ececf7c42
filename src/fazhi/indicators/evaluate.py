"""From the numbers asked of the rows to readings: the seven kinds, rounding, and small numbers kept back in public."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from fazhi.indicators.compile import wants_of
from fazhi.indicators.values import Reading, Span
from fazhi.rulebook import Indicator, Rounding

SMALL = 5
"""Public numbers from one up to this (excluded) are kept back."""

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


def for_public(readings: Iterable[Reading]) -> tuple[Reading, ...]:
    """The readings with small numbers of persons kept back, and with them every number that would tell one.

    Only sensitive readings hold secrets: how an organ kept its periods is what a report is there to say. Of those a
    share is kept back when its numerator, its denominator or the rest between the two is small; so is every other
    reading, sensitive or not, that is built on a number kept back.
    """
    listed = tuple(readings)
    secret = {part for reading in listed if reading.sensitive for part in _secret_parts(reading)}
    return tuple(_kept_back(reading) if _tells(reading, secret) else reading for reading in listed)


def _small(amount: Decimal | None) -> bool:
    return amount is not None and 0 < amount < SMALL


def _secret_parts(reading: Reading) -> Iterable[frozenset[str]]:
    above, below = reading.numerator, reading.denominator
    counted = reading.kind not in ("sum", "rank", "duration")
    if counted and (_small(above) or (reading.kind == "ratio" and _small(_rest(above, below)))):
        yield reading.numerator_of
    if _small(below):
        yield reading.denominator_of


def _rest(above: Decimal | None, below: Decimal | None) -> Decimal | None:
    return None if above is None or below is None else below - above


def _tells(reading: Reading, secret: set[frozenset[str]]) -> bool:
    return any(part and part <= known for part in secret for known in (reading.numerator_of, reading.denominator_of))


def _kept_back(reading: Reading) -> Reading:
    small = reading.kind == "count" and _small(reading.numerator)
    return replace(reading, value=None, numerator=None, denominator=None, suppressed=True, small=small)
