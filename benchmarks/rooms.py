"""Refilling every room from the record, and what is left between room and refill."""

from __future__ import annotations

from benchmarks.measure import Row, clock

ENTRIES = 10_000_000
GOAL = 600.0
WHY = "every matter is read, its clocks to the horizon, its counts at each position and its words cut in Python"


def measure() -> Row:
    """Every follower over every matter that is there, then told for ten million entries."""
    from fazhi import ledger
    from fazhi.ledger import query, refill

    entries = int(query.fetch("owner", "select count(*) from ledger_entry")[0][0])
    with clock() as taken:
        filled = refill.refill(ledger.followers())
    whole = taken() * ENTRIES / entries
    query.run("owner", f"vacuum analyze {', '.join(one.table for one in ledger.followers())}")
    measured = f"{entries:,} entries in {taken():.0f} s: {whole / 60:.0f} min for {ENTRIES:,}"
    beside = f"{len(filled)} rooms, {sum(filled.values()):,} rows"
    return Row("refill of every room, 10 M entries", "≤ 10 min", measured, beside, whole <= GOAL, WHY)
