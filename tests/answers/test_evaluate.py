"""The evaluations: the questions are as many as promised, each article is there, and the measures hold."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from fazhi.answers.evaluate import BadQuestions, found, read_questions
from fazhi.cli.answers import answers

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


def test_measures_of_ranks():
    told = found([1, 2, None, 10])
    assert (told.count, told.first, told.five) == (4, 0.25, 0.5)
    assert told.mean == pytest.approx((1 + 0.5 + 0.1) / 4)


def test_the_set_has_a_hundred_questions_and_thirty_that_nothing_answers():
    every = read_questions(HERE / "questions.toml")["all"]
    asked = [one.ask for one in every]
    assert len(asked) == len(set(asked))
    assert sum(bool(one.articles) for one in every) >= 100
    assert sum(not one.articles for one in every) >= 30


def test_a_file_that_is_no_set_of_questions_is_told(tmp_path):
    bad = tmp_path / "坏.toml"
    bad.write_text("questions = 3", encoding="utf-8")
    with pytest.raises(BadQuestions, match="问题集"):
        read_questions(bad)


def test_a_table_without_the_columns_is_told(tmp_path):
    bad = tmp_path / "表.csv"
    bad.write_text("甲,乙\n1,2\n", encoding="utf-8")
    done = CliRunner().invoke(answers, ["evaluate", str(bad)])
    assert done.exit_code == 1
    assert "留言主题" in done.output


@pytest.mark.slow
def test_replies_are_found_better_than_by_plain_bm25(shared):
    table = shared / "data" / "appeals" / "messages_with_replies.xlsx"
    beside = ROOT / "benchmarks" / "baselines.py"
    done = CliRunner().invoke(answers, ["evaluate", str(table), "--beside", str(beside), "--json"])
    methods = json.loads(done.output)["methods"]
    ours, plain, vectors = (methods[name]["held_out"] for name in ("fazhi", "BM25", "vectors (LSA)"))
    assert ours["hit@1"] > plain["hit@1"] + 0.05
    assert ours["mrr"] > plain["mrr"] + 0.05
    assert ours["hit@1"] > vectors["hit@1"] + 0.05


@pytest.mark.slow
def test_articles_are_found_among_all_statutes_and_the_rest_is_refused(shared):
    words = ["evaluate", str(HERE / "questions.toml"), "--library", str(shared / "data" / "laws"), "--json"]
    told = json.loads(CliRunner().invoke(answers, words).output)
    assert told["passages"] > 47_000
    held_out, unseen = told["sets"]["held_out"], told["sets"]["unseen"]
    assert held_out["hit@5"] > 0.75
    assert min(held_out["answered"], unseen["answered"]) > 0.8
    assert min(held_out["refused"], unseen["refused"]) > 0.7


def test_every_article_of_the_set_stands_in_the_library(shared):
    from fazhi.library.folder import read_folder
    from fazhi.library.shelf import Folder, in_force

    shelf = Folder(read.version for read in read_folder(shared / "data" / "laws") if read.version)
    for one in read_questions(HERE / "questions.toml")["all"]:
        for name, key in one.articles:
            head = in_force(shelf.names[name], one.on)
            assert head is not None, (one.ask, name)
            assert shelf.piece(head, key) is not None, (one.ask, name, key)
