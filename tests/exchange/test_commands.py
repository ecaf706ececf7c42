"""The commands of the exchange: linked, taken, given, compared, with words that say what to do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result
from partner_files import PERSON, hotline, order

from district import District
from fazhi.site.main import load_families


def run(*words: str) -> Result:
    from fazhi.cli.commands import fazhi

    load_families()
    return CliRunner().invoke(fazhi, ["exchange", *words])


def test_a_partner_is_linked_taken_from_and_compared_with(district: District, tmp_path: Path) -> None:
    assert run("link", "court", "--unit", "司法局").exit_code == 0
    told: list[dict[str, Any]] = json.loads(run("list", "--json").output)
    assert {one["name"]: one["unit"] for one in told}["court"] == "司法局"
    assert "尚未对接" in run("list").output

    daily = tmp_path / "12345工单_20260302_1.txt"
    daily.write_bytes(hotline([order("26030201"), order("26030202", 渠道="飞鸽")]))
    done = run("take", "hotline", str(daily))
    assert done.exit_code == 0 and "新立1行，未收1行" in done.output and "第3行 26030202 未收“渠道”" in done.output
    assert PERSON not in done.output
    assert "什么也没有变" in run("take", "12345热线平台", str(daily)).output

    lists = tmp_path / "清单.txt"
    lists.write_bytes(hotline([order("26030201"), order("26030209")]))
    span = ("--since", "2026-03-01", "--until", "2026-03-31")
    compared = run("compare", "hotline", str(lists), *span)
    assert compared.exit_code == 1 and "对方2件，我方1件，差异1处" in compared.output and "26030209" in compared.output
    assert "已写出第1份" in run("give", "hotline", "--day", "2026-03-02").output
    assert run("link", "court", "--end").exit_code == 0


def test_what_is_wrong_says_what_to_do(district: District, tmp_path: Path) -> None:
    path = tmp_path / "别的.txt"
    path.write_bytes(b"x")
    for words, why in (
        (("take", "nobody", str(path)), "没有名为“nobody”的对接方"),
        (("take", "credit", str(path)), "fazhi exchange link credit"),
        (("take", "hotline", str(path)), "12345工单_20260301_1.txt"),
        (("receipt", "hotline", str(path)), "file_digest"),
        (("link", "credit"), "--unit"),
    ):
        done = run(*words)
        assert done.exit_code == 1 and why in done.output, (words, done.output)
