"""A model trained, judged, kept, corrected and taken back."""

from __future__ import annotations

import json
import stat
from datetime import UTC, datetime

import numpy as np
import pytest
from click.testing import CliRunner
from django.conf import settings

from fazhi.cli.triage import triage
from fazhi.triage import store
from fazhi.triage.evaluate import cross_validate, judge_words
from fazhi.triage.letter import read_letter
from fazhi.triage.measure import Answer, calibration_error, class_scores, find_threshold, macro_f1, routed_alone
from fazhi.triage.reading import understand
from fazhi.triage.training import TooFew, train
from letters import sorted_letters

MADE = datetime(2025, 3, 5, tzinfo=UTC)


@pytest.fixture(scope="module")
def pairs():
    return [(read_letter(text), name) for text, name in sorted_letters()]


@pytest.fixture(scope="module")
def model(pairs):
    return train([letter for letter, _ in pairs], [name for _, name in pairs])


def test_letters_not_seen_are_read_rightly_and_the_words_are_told(model):
    verdict = model.read(read_letter("河边的养猪场把污水直排河道，臭气熏天，请管一管。"))
    assert verdict.name == "环境保护"
    assert verdict.sure > 0.7
    assert any("污水" in word or "养猪" in word or "臭气" in word for word in verdict.words)
    assert sum(sure for _, sure in verdict.others) + verdict.sure == pytest.approx(1)


def test_every_letter_is_judged_by_a_model_that_was_trained_without_it(pairs):
    judged = cross_validate(pairs, 3)
    assert len(judged.answers) == len(pairs)
    assert macro_f1(class_scores(judged.answers)) > 0.9
    told = judged.as_json()
    assert told["folds"] == 3
    assert sum(one["answers"] for one in told["reliability"]) == len(pairs)


def test_a_letter_of_few_known_words_is_never_read_with_high_confidence(model):
    few = model.read(read_letter("污水"))
    assert few.name == "环境保护"
    assert few.sure < 0.6
    assert model.read(read_letter("污水直排河道，河水发黑发臭，请环保局查处养猪场。")).sure > few.sure
    nothing = model.confidences([read_letter("zzz")])[0]
    assert nothing == pytest.approx([1 / len(model.names)] * len(model.names))


def test_one_word_of_the_tree_leaves_doubt_and_several_that_agree_less():
    one = understand(read_letter("缺斤少两"), None).about
    more = understand(read_letter("商家卖假货，缺斤少两，不给退货，欺骗消费者"), None).about
    assert one.title.zh == more.title.zh == "商贸旅游 › 市场监管 › 商品质量"
    assert one.sure < 0.75 < more.sure
    told = judge_words([(read_letter("缺斤少两"), "商贸旅游"), (read_letter("公交车不准点"), "城乡建设")]).as_json()
    assert {row["signs"]: row["very_sure"] for row in told["openings"]} == {8: 0, 15: 0, 30: 0, 60: 0, 0: 0}


def test_measures_say_what_they_are_by_hand():
    answers = [Answer("a", "a", 0.9), Answer("a", "b", 0.6), Answer("b", "b", 0.8), Answer("b", "b", 0.6)]
    scores = class_scores(answers)
    assert (scores["a"].precision, scores["a"].recall) == (1.0, 0.5)
    assert macro_f1(scores) == pytest.approx((2 / 3 + 4 / 5) / 2)
    assert calibration_error(answers) == pytest.approx((2 * 0.1 + 0.2 + 0.1) / 4)
    assert find_threshold(answers, 1.0) == 0.8
    assert routed_alone(answers, 0.8).share == 0.5
    assert find_threshold([Answer("a", "b", 0.9)], 0.98) > 1


def test_a_model_is_kept_as_numbers_alone_and_read_back_the_same(model, pairs, tmp_path):
    folder = tmp_path / "triage"
    about = store.save(folder, model, made=MADE, source="甲.tsv", score=0.9)
    kept = store.load(folder)
    assert kept is not None
    letters = [letter for letter, _ in pairs[:20]]
    before = model.confidences(letters)
    after = kept[0].confidences(letters)
    assert np.allclose(before, after, atol=2e-3)
    assert about.version == 1
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in folder.glob("v*"))
    with np.load(folder / "v0001.npz", allow_pickle=False) as arrays:
        assert not any(arrays[name].dtype == object for name in arrays.files)


def test_versions_are_taken_back_and_taken_up_again(model, tmp_path):
    folder = tmp_path / "triage"
    store.save(folder, model, made=MADE, source="甲.tsv")
    store.save(folder, model, made=MADE, source="乙.tsv")
    assert store.current(folder) == 2
    assert store.undo(folder).version == 1
    assert [one.version for one in store.versions(folder)] == [1, 2]
    with pytest.raises(store.NoVersion, match="没有更早的版本"):
        store.undo(folder)
    with pytest.raises(store.NoVersion, match="1、2"):
        store.use(folder, 9)


def test_too_few_letters_are_refused_with_what_is_missing():
    with pytest.raises(TooFew, match="至少要有两个类别"):
        train([read_letter("一件来信")] * 3, ["环境保护"] * 3)


def test_without_a_model_the_words_of_the_tree_give_three_levels_and_a_clerk_is_asked():
    read = understand(read_letter("小区物业公司乱收停车费，业主委员会不管"), None)
    assert read.topic.names == ("城乡建设", "住房保障与房地产", "物业服务")
    assert read.version == 0
    assert read.about.step != "alone"
    assert "物业公司" in read.about.words


def test_the_command_trains_lists_reads_and_goes_back(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "FAZHI_HOME", tmp_path)
    table = tmp_path / "分好类.tsv"
    rows = ["label\ttext\tsrc", *(f"{name}\t{text}\t甲" for text, name in sorted_letters()), "\t没有类别的\t甲"]
    table.write_text("\n".join(rows), encoding="utf-8")

    def run(*words: str, code: int = 0) -> str:
        done = CliRunner().invoke(triage, list(words))
        assert done.exit_code == code, done.output
        return done.output

    assert "只凭主题树的词表" in run("versions")
    assert "第 1 版已启用" in run("train", str(table))
    assert "第 2 版已启用" in run("train", str(table), "--folds", "3")
    assert "* 第 2 版" in run("versions")
    assert "已退回第 1 版" in run("undo")
    told = json.loads(run("read", "养猪场臭气熏天，把污水直排河道", "--json"))
    assert told["topic"]["levels"][0] == "环境保护"
    assert told["version"] == 1
    judged = json.loads(
        CliRunner().invoke(triage, ["evaluate", "--train", str(table), "--test", str(table), "--json"]).stdout
    )
    assert judged["macro_f1"] > 0.95
    assert judged["refused"] == [["分好类.tsv", 92, "没有类别"]] * 2
    assert "要且只要给一个" in run("evaluate", "--train", str(table), code=2)
    bad = tmp_path / "坏.csv"
    bad.write_text("甲,乙\n1,2\n", encoding="utf-8")
    assert "找不到" in run("evaluate", "--train", str(bad), "--folds", "5", code=1)
