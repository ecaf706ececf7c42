"""Two reports laid through the desk: their figures come back, and move when records are struck out."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from second_counter import differences

from fazhi.cli.figures import plain, told
from fazhi.cli.figures.coverage import Covered, cover
from fazhi.cli.figures.noise import Noise
from fazhi.cli.figures.striking import strike
from fazhi.rulebook import SAMPLE_OVERLAY

AROUND = 16
"""Noise for each figure at most: the plan with all of it is tested without a database."""


@pytest.fixture
def laid(fresh_database: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Covered]:
    """Lays the district of a report in a database of its own."""
    monkeypatch.setattr(settings, "FAZHI_OVERLAYS", (SAMPLE_OVERLAY,))
    return lambda name: cover(told.read(name), Noise(10, AROUND), 1, lambda done, total: None)


def test_a_subdistrict_comes_back_and_the_same_seed_strikes_the_same(
    laid: Callable[[str], Covered], tmp_path: Path
) -> None:
    covered = laid("002")
    said = covered.as_json()
    assert (said["figures"], said["reproduced"], said["missing"]) == (10, 10, [])
    _counted_again(covered, tmp_path)
    struck = [one.key for one in strike(covered, 5, seed=3)]
    assert struck == [one.key for one in strike(covered, 5, seed=3)]
    assert len(set(struck)) == 5
    covered.read()
    _counted_again(covered, tmp_path, ".struck")


def test_a_district_comes_back_is_counted_again_and_moves_with_what_is_struck_out(
    laid: Callable[[str], Covered], tmp_path: Path
) -> None:
    covered = laid("004")
    said = covered.as_json()
    assert (said["figures"], said["reproduced"], said["missing"]) == (51, 51, [])
    _counted_again(covered, tmp_path)
    _moves(covered)
    _counted_again(covered, tmp_path, ".struck")


@pytest.mark.slow
@pytest.mark.parametrize(("name", "lost"), [("000", set()), ("001", {7, 57, 58, 61}), ("003", set())])
def test_a_large_report_comes_back_but_for_what_is_lost_or_left_out(
    name: str, lost: set[int], fresh_database: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(settings, "FAZHI_OVERLAYS", (SAMPLE_OVERLAY,))
    covered = cover(told.read(name), Noise(10, AROUND, 20_000), 1, lambda done, total: None)
    assert {one["seq"] for one in covered.as_json()["missing"]} == lost
    _counted_again(covered, tmp_path)
    strike(covered, 60, seed=1)
    covered.read()
    _counted_again(covered, tmp_path, ".struck")


def _counted_again(covered: Covered, folder: Path, word: str = "") -> None:
    """Every figure counted a second time from the plain facts, by rules that do not know the indicators."""
    plain.write(covered, folder, word)
    assert differences(folder, f"{covered.report.name}{word}") == []


def _moves(covered: Covered) -> None:
    """Each count falls by just what was struck out of it."""
    before = {one.figure.seq: one.text for one in covered.found}
    gone = strike(covered, 30, seed=7)
    covered.read()
    after = {one.figure.seq: one.text for one in covered.found}
    moved = 0
    for asked in covered.asked.asked:
        page, seq = asked.page, asked.figure.seq
        if page is None or page.kind != "count" or page.of[0].field:
            continue
        fewer = sum(one.record.counts.get(atom, 0) for one in gone for atom in asked.above)
        assert Decimal(_number(before[seq])) - Decimal(_number(after[seq])) == fewer, asked.figure.id
        moved += fewer > 0
    assert len({one.key for one in gone}) == 30 and moved >= 5


def _number(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit() or sign in ".-")
