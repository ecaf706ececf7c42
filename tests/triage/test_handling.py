"""Type of letter and governing procedure against a golden table of our own sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from fazhi.rulebook import load
from fazhi.triage.handling import read_type, read_way
from fazhi.triage.kinds import types, ways
from fazhi.triage.letter import read_letter

TABLE = [tuple(line.split("\t")) for line in Path(__file__).with_name("handling.tsv").read_text("utf-8").splitlines()]


@pytest.mark.parametrize(("kind", "way", "sentence"), TABLE)
def test_each_sentence_of_the_golden_table_has_its_type_and_its_procedure(kind, way, sentence):
    letter = read_letter(sentence)
    assert (read_type(letter).kind.name, read_way(letter).kind.name) == (kind, way)


def test_the_table_is_large_and_names_every_type_and_nearly_every_procedure():
    assert len(TABLE) >= 60
    assert {kind for kind, _, _ in TABLE} == set(types())
    assert len({way for _, way, _ in TABLE}) >= len(ways()) - 1


def test_every_procedure_names_its_law_and_a_page_that_exists():
    procedures = load().procedures
    for way in ways().values():
        assert way.law.startswith("《")
        assert not way.page or way.page in procedures


def test_confidence_is_shared_out_and_a_letter_without_words_is_left_in_doubt():
    read = read_type(read_letter("举报某砖厂夜里偷排黑烟，请严查。"))
    assert read.sure + sum(share for _, share in read.others) == pytest.approx(1)
    assert "举报" in read.words
    empty = read_way(read_letter("😀😀"))
    assert (empty.kind.name, empty.words) == ("appeal", ())
    assert empty.sure < 0.1
