"""Urgency against a golden table of our own sentences, with those that only sound alarming."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from fazhi.triage.letter import read_letter
from fazhi.triage.urgency import read_urgency

TABLE = [tuple(line.split("\t")) for line in Path(__file__).with_name("urgency.tsv").read_text("utf-8").splitlines()]


@pytest.mark.parametrize(("level", "sentence"), TABLE)
def test_each_sentence_of_the_golden_table_has_its_level(level, sentence):
    told = read_urgency(read_letter(sentence))
    assert told.level == level, [(sign.words, sign.kind, sign.lifted) for sign in told.signs]


def test_the_table_is_large_and_holds_hard_negatives():
    counts = Counter(level for level, _ in TABLE)
    lifted = [
        sentence
        for level, sentence in TABLE
        if level == "ordinary" and any(sign.lifted for sign in read_urgency(read_letter(sentence)).signs)
    ]
    assert sum(counts.values()) >= 120
    assert min(counts.values()) >= 25
    assert len(lifted) >= 30
