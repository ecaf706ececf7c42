"""The figures of five reports as data: those of the annotated tables, read back in the sense of their words."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from fazhi.cli.figures import told
from fazhi.cli.figures.judge import gives_back
from fazhi.cli.figures.told import Figure

YEAR = (date(2024, 1, 1), date(2024, 12, 31))


def figure(value: str, unit: str = "件", qualifier: str = "exact") -> Figure:
    return Figure("000", 1, "some.figure", value, unit, qualifier, "", *YEAR)


def test_the_data_are_the_annotated_figures(shared: Path) -> None:
    with (shared / "seeds_annotated" / "figures.csv").open(encoding="utf-8") as file:
        annotated = list(csv.DictReader(file))
    ours = [one for name in told.names() for one in told.read(name).figures]
    assert len(ours) == len(annotated) == 260
    for one, line in zip(ours, annotated, strict=True):
        assert (one.report, one.seq) == (line["seed"][:3], int(line["seq"]))
        assert (one.id, one.value, one.unit) == (line["indicator_id"], line["value"], line["unit"]), line["seq"]
        assert one.qualifier == line["qualifier"]
        if one.printed is not None:
            assert one.printed * told.scale(one.unit) == Decimal(line["value_abs"]), line
        whole = told.period(line["as_of"], told.read(one.report).year)
        assert one.start == whole[0] and one.cutoff <= whole[1], line["as_of"]


@pytest.mark.parametrize(
    ("said", "start", "cutoff"),
    [
        ("", "2024-01-01", "2024-12-31"),
        ("2024-01..2024-11", "2024-01-01", "2024-11-30"),
        ("2024-01..2024-12-16", "2024-01-01", "2024-12-16"),
        ("2017..2024", "2024-01-01", "2024-12-31"),
        ("2025", "2025-01-01", "2025-12-31"),
    ],
)
def test_a_period_is_read_to_the_end_of_what_is_said_last(said: str, start: str, cutoff: str) -> None:
    assert told.period(said, 2024) == (date.fromisoformat(start), date.fromisoformat(cutoff))


@pytest.mark.parametrize(
    ("printed", "reading", "unit", "good"),
    [
        (figure("563"), "563", "件", True),
        (figure("563"), "564", "件", False),
        (figure("85", "%"), "84.87", "%", True),
        (figure("85", "%"), "77.69", "%", False),
        (figure("1.88", "亿元", "about"), "188000007", "元", True),
        (figure("1.88", "亿元", "about"), "158000000", "元", False),
        (figure("1.49", "亿元"), "14900", "万元", True),
        (figure("500", "项", "over"), "507", "项", True),
        (figure("500", "项", "over"), "500", "项", False),
        (figure("500", "项", "over"), "600", "项", False),
        (figure("1", "万家", "over"), "10007", "家", True),
        (figure("85", "%", "at_least"), "85.00", "%", True),
        (figure("85", "%", "at_least"), "84.99", "%", False),
        (figure("-13.73", "%"), "-13.73", "%", True),
        (figure("", "份", "unknown"), "38", "份", False),
    ],
)
def test_a_reading_gives_a_figure_back_in_the_sense_of_its_words(
    printed: Figure, reading: str, unit: str, good: bool
) -> None:
    assert gives_back(printed, Decimal(reading), unit) is good


def test_no_data_gives_nothing_back() -> None:
    assert not gives_back(figure("0"), None, "件")
