"""Refilling every room from the record, and what is left between room and refill."""

from __future__ import annotations

from benchmarks.measure import Row, clock

ENTRIES = 10_000_000
GOAL = 600.0


def measure(entries: int) -> Row:
    """Every follower over every matter that is laid, then told for ten million entries."""
    from fazhi import ledger  # noqa: PLC0415 - needs settings
    from fazhi.ledger import refill  # noqa: PLC0415

    with clock() as taken:
        filled = refill.refill(ledger.followers())
    whole = taken() * ENTRIES / entries
    measured = f"{entries:,} entries in {taken():.0f} s: {whole / 60:.0f} min for {ENTRIES:,}"
    beside = f"{len(filled)} rooms, {sum(filled.values()):,} rows"
    why = "every matter is read, its clocks to the horizon and its words cut in Python by one process"
    return Row("refill of every room, 10 M entries", "≤ 10 min", measured, beside, whole <= GOAL, why)
