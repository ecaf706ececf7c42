"""The order in which files of tests are dealt to the workers: the longest first, so that all end at the same time."""

from __future__ import annotations

from collections import Counter

import pytest

LONGEST = (
    "tests/leaks/test_matrix.py",
    "tests/backup/test_second_place.py",
    "tests/browser/test_journeys.py",
    "tests/backup/test_new_cluster.py",
    "tests/rulebook/test_paths.py",
    "tests/browser/test_letters.py",
    "tests/rulebook/test_check.py",
    "tests/indicators/test_figures.py",
    "tests/ledger/test_storm.py",
    "tests/cluster/test_start.py",
    "tests/browser/test_appeal.py",
    "tests/cluster/test_recovery.py",
    "tests/imports/test_killed.py",
    "tests/rulebook/test_systems.py",
    "tests/web/test_log_in.py",
    "tests/browser/test_decision.py",
    "tests/browser/test_from_a_code.py",
    "tests/web/test_local_rules.py",
    "tests/browser/test_readings.py",
    "tests/backup/test_package.py",
    "tests/browser/test_reconsideration.py",
    "tests/backup/test_rotation.py",
    "tests/web/test_administration.py",
    "tests/backup/test_backup.py",
    "tests/browser/test_still.py",
    "tests/web/test_letters.py",
)
"""Files of more than ten seconds, as measured, the longest first; every other file follows by its number of tests."""


def longest_first(items: list[pytest.Item]) -> None:
    """Order the tests by their files; within a file they stay as they stand."""
    files = [item.nodeid.partition("::")[0] for item in items]
    many, first = Counter(files), {file: -place for place, file in enumerate(reversed(files))}
    known = {file: place for place, file in enumerate(LONGEST)}

    def place(item: pytest.Item) -> tuple[int, int, int]:
        file = item.nodeid.partition("::")[0]
        return known.get(file, len(known)), -many[file], first[file]

    items.sort(key=place)
