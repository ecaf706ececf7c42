"""Four real reports against the figures that people took from them; skipped where the real input is not at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from fazhi.report.read import read_file
from fazhi.report.read.score import Figure, Score, read_figures, score


@pytest.fixture(scope="module")
def scores(request: pytest.FixtureRequest) -> dict[str, Score]:
    shared: Path = request.getfixturevalue("shared")
    figures, reports = shared / "seeds_annotated" / "figures.csv", sorted((shared / "data" / "reports").glob("*.txt"))
    if not figures.is_file() or not reports:
        pytest.skip("the real reports and their figures are not here")
    return {path.name: score(read_file(path), read_figures(figures, path.name)) for path in reports}


def share(scores: dict[str, Score], part: str, whole: str) -> float:
    return sum(getattr(one, part) for one in scores.values()) / sum(getattr(one, whole) for one in scores.values())


def test_values_and_units_are_found_and_nothing_else(scores: dict[str, Score]):
    assert share(scores, "found", "figures") > 0.95
    assert share(scores, "found", "claims") > 0.95


def test_indicators_are_named(scores: dict[str, Score]):
    assert share(scores, "named", "figures") > 0.8
    assert share(scores, "named", "claims") > 0.8


def test_only_formulas_are_left_out(scores: dict[str, Score]):
    missed: list[Figure] = [figure for one in scores.values() for figure in one.misses]
    assert {figure.sentence for figure in missed if "+" not in figure.sentence} == set()
