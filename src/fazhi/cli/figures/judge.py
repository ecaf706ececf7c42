"""Whether a reading gives a printed figure back, rounded as it is printed and in the sense of over, at least, about."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from fazhi.cli.figures.told import Figure, scale

ABOUT = Decimal("0.05")
"""About is within a twentieth."""


def gives_back(figure: Figure, value: Decimal | None, unit: str) -> bool:
    """Whether the value, told in `unit`, is what the report prints."""
    if value is None or figure.printed is None:
        return False
    shown = value * scale(unit) / scale(figure.unit)
    match figure.qualifier:
        case "over":
            return figure.printed < shown < figure.printed + figure.step
        case "at_least":
            return shown >= figure.printed
        case "about":
            return abs(shown - figure.printed) <= abs(figure.printed) * ABOUT
        case _:
            return shown.quantize(Decimal(1).scaleb(-figure.places), ROUND_HALF_UP) == figure.printed
