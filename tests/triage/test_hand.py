"""Confidence of urgency, type and procedure held against letters that people read; they lie beside the checkout."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import pytest
from click.testing import CliRunner

from fazhi.cli.triage import triage
from fazhi.cli.triage_hand import hand
from fazhi.triage.hand import judge, learn_all
from fazhi.triage.labels import FRESH, Label, Read, agreement, digest_of, read_labels
from fazhi.triage.letter import read_letter
from fazhi.triage.pressing import Told, tell

HERE = Path(__file__).parent
LABELS = HERE / "hand_labels.tsv"
SENTENCES = HERE / "handling.tsv"
ALARMS = HERE / "urgency.tsv"


def test_labels_hold_no_words_and_enough_letters():
    rows = LABELS.read_text("utf-8").splitlines()
    labels = read_labels(rows)
    assert len(labels) == len(rows)
    assert sum(one.part > 0 for one in labels.values()) >= 300
    assert sum(one.again is not None for one in labels.values()) == 100
    assert LABELS.read_text("utf-8").isascii()
    told = agreement(list(labels.values()))
    assert min(one["kappa"] for one in told.values()) > 0.8


def test_a_wrong_row_is_named_with_its_number():
    with pytest.raises(ValueError, match=r"第2行.*dringend"):
        read_labels(["a\t1\tsoon\thelp\tappeal", "b\t1\tdringend\thelp\tappeal"])


def test_agreement_is_counted_by_hand():
    said = [("a", "a"), ("a", "a"), ("b", "b"), ("a", "b")]
    labels = [Label(str(n), 1, (one, "x", "y"), (two, "x", "y")) for n, (one, two) in enumerate(said)]
    told = agreement(labels)["urgency"]
    assert told["alike"] == 0.75
    assert told["kappa"] == pytest.approx((0.75 - 0.5) / (1 - 0.5))


def test_the_command_judges_each_part_by_the_others(tmp_path):
    rows, labels = [], []
    for number in range(24):
        kind = ("consult", "report")[number % 2]
        text = f"请问第{number}号窗口怎么办理？" if kind == "consult" else f"举报{number}号作坊偷排污水，请查处。"
        way = "appeal" if kind == "consult" else "penalty_report"
        rows.append(f"甲\t{text}")
        labels.append(f"{digest_of('', text)}\t{1 + number // 2 % 2}\tordinary\t{kind}\t{way}")
    mails, known = tmp_path / "来信.tsv", tmp_path / "人工.tsv"
    mails.write_text("标签\t来信内容\n" + "\n".join(rows), encoding="utf-8")
    known.write_text("\n".join([*labels, "0000\t1\tsoon\thelp\tappeal"]), encoding="utf-8")
    done = CliRunner().invoke(triage, ["hand", "evaluate", str(mails), "--labels", str(known), "--json"])
    told = json.loads(done.output)
    assert (told["letters"], told["missing"], told["type"]["right"]) == (24, 1, 1.0)
    known.write_text("0000\t1\tsoon\thelp\tappeal", encoding="utf-8")
    done = CliRunner().invoke(hand, ["evaluate", str(mails), "--labels", str(known)])
    assert done.exit_code == 1
    assert "对不上" in done.output


@pytest.mark.slow
def test_confidence_is_as_high_as_how_often_it_is_right_on_real_letters(shared):
    from fazhi.cli.triage_hand import _alarmed, _read, _sentences

    names = ("messages_labelled.tsv", "mailbox_shangluo.csv", "messages_with_replies.xlsx", "messages_hot_topics.xlsx")
    read, missing = _read(tuple(shared / "data/appeals" / name for name in names), LABELS)
    sentences, alarmed = _sentences(SENTENCES), _alarmed(ALARMS)
    assert missing == 0
    told = judge(read, sentences, alarmed)
    fresh = told["urgency"]["fresh"]
    assert fresh["letters"] >= 200
    assert fresh["measures"]["pressing_found"]["share"] > 0.65
    assert fresh["measures"]["said_pressing_is"]["share"] > 0.4
    assert told["type"]["calibration_error"] < 0.07
    assert told["way"]["calibration_error"] < 0.05
    assert told["type"]["right"] > 0.6
    assert told["way"]["right"] > 0.75
    kept = json.loads(files("fazhi.triage").joinpath("handling_weights.json").read_text(encoding="utf-8"))
    again = learn_all(read, sentences, alarmed)
    for part, one in again.items():
        assert (kept[part]["kinds"], kept[part]["signs"]) == (list(one["kinds"]), one["signs"])
        for first, second in zip(kept[part]["weights"], one["weights"], strict=True):
            assert first == pytest.approx(second, abs=0.01)


def test_the_fresh_part_of_the_draw_teaches_nothing():
    calm = [
        Read(read_letter(f"请问第{n}号窗口在哪？"), Label(str(n), 1, ("ordinary", "consult", "appeal")))
        for n in range(6)
    ]
    calm += [
        Read(read_letter(f"楼里停水{n}天了。"), Label(f"s{n}", 2, ("soon", "complain", "police"))) for n in range(3, 6)
    ]
    calm += [Read(read_letter("楼里着火了，快来！"), Label("x", 0, ("at_once", "-", "-")))]
    odd = Read(read_letter("请问第7号窗口在哪？"), Label("y", FRESH, ("at_once", "help", "police"), None, 20.0))
    assert learn_all([*calm, odd], [], []) == learn_all(calm, [], [])


def test_a_letter_stands_for_as_many_as_its_stratum_and_shares_come_with_their_interval():
    rows = ["a\t4\tsoon\tcomplain\tappeal\t2.50", "b\t1\tordinary\tconsult\tappeal"]
    labels = read_labels(rows)
    assert (labels["a"].stands_for, labels["b"].stands_for) == (2.5, 1.0)
    told = [Told("soon", "soon", 0.9, 1.0)] * 6 + [Told("soon", "ordinary", 0.6, 3.0)] * 2
    share = tell(told)["measures"]["pressing_found"]
    assert share["share"] == 0.5
    assert 0.5 >= share["low"] >= 0
    assert share["letters"] == 8


def test_only_the_urgency_of_letters_drawn_for_their_alarm_is_judged():
    drawn = [
        Read(read_letter(f"请问第{n}号窗口在哪？"), Label(str(n), 1 + n % 2, ("ordinary", "consult", "appeal")))
        for n in range(8)
    ]
    drawn += [
        Read(read_letter("举报砖厂偷排，请查处。"), Label(f"r{n}", 1 + n % 2, ("soon", "report", "penalty_report")))
        for n in range(4)
    ]
    alarm = Read(read_letter("楼里着火了，快来！"), Label("x", 0, ("at_once", "-", "-")))
    told = judge([*drawn, alarm], [])
    assert told["letters"] == 12
    assert sum(told["type"]["classes"][kind]["letters"] for kind in told["type"]["classes"]) == 12
