"""Confidence of urgency, type and procedure held against letters that people read; they lie beside the checkout."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import pytest
from click.testing import CliRunner

from fazhi.cli.triage import triage
from fazhi.cli.triage_hand import hand
from fazhi.triage.hand import Label, Read, agreement, digest_of, judge, learn_both, read_labels
from fazhi.triage.letter import read_letter

HERE = Path(__file__).parent
LABELS = HERE / "hand_labels.tsv"
SENTENCES = HERE / "handling.tsv"


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


def test_confidence_is_as_high_as_how_often_it_is_right_on_real_letters(shared):
    from fazhi.cli.triage_hand import _read, _sentences

    mails = (shared / "data/appeals/messages_labelled.tsv", shared / "data/appeals/mailbox_shangluo.csv")
    read, missing = _read(mails, LABELS)
    sentences = _sentences(SENTENCES)
    assert missing == 0
    told = judge(read, sentences)
    assert told["urgency"]["calibration_error"] < 0.05
    assert told["type"]["calibration_error"] < 0.07
    assert told["way"]["calibration_error"] < 0.05
    assert told["type"]["right"] > 0.6
    assert told["way"]["right"] > 0.75
    kept = json.loads(files("fazhi.triage").joinpath("handling_weights.json").read_text(encoding="utf-8"))
    again = learn_both(read, sentences)
    for part in ("type", "way"):
        assert kept[part]["kinds"] == list(again[part]["kinds"])
        for one, two in zip(kept[part]["weights"], again[part]["weights"], strict=True):
            assert one == pytest.approx(two, abs=0.01)


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
    assert told["alarms"]["at_once"] == {"at_once": 1}
