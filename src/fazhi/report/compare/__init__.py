"""Compares reports: figures of one definition side by side, and in words where definitions differ. Pure."""

from collections.abc import Sequence

from fazhi.report.claims import ReadReport
from fazhi.report.compare.align import align, short_name
from fazhi.report.compare.beside import coverage, disagreements, gone, repeated
from fazhi.report.compare.values import Comparison

__all__ = ["Comparison", "compare"]


def compare(reports: Sequence[ReadReport]) -> Comparison:
    """At least two reports, set in order of unit and year; ValueError for fewer."""
    if len(reports) < 2:
        raise ValueError("至少要有两份报告才能比较。")
    ordered = tuple(sorted(reports, key=lambda one: (one.unit, one.year or 0)))
    return Comparison(
        ordered,
        _names(ordered),
        align(ordered),
        tuple(coverage(ordered)),
        tuple(gone(ordered)),
        tuple(repeated(ordered)),
        tuple(disagreements(ordered)),
    )


def _names(reports: Sequence[ReadReport]) -> tuple[str, ...]:
    """Names that tell the reports apart: unit and year, with the file where two would be called the same."""
    names = [short_name(one) for one in reports]
    return tuple(
        f"{name}（{one.source or place + 1}）" if names.count(name) > 1 else name
        for place, (name, one) in enumerate(zip(names, reports, strict=True))
    )
