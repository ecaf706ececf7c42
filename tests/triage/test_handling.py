"""Type of letter and governing procedure against a golden table of our own sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from fazhi.rulebook import load
from fazhi.triage.handling import read_type, read_way, types, ways
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


def test_confidence_is_no_higher_than_how_often_it_is_right():
    read = [(read_type(read_letter(sentence)), kind) for kind, _, sentence in TABLE]
    sure = sum(choice.sure for choice, _ in read) / len(read)
    right = sum(choice.kind.name == kind for choice, kind in read) / len(read)
    assert sure <= right
    assert sure > 0.75
