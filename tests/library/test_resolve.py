"""Citations come to the words of the version in force on a day, or to the reason why they do not."""

from __future__ import annotations

import json
from datetime import date

import pytest
from click.testing import CliRunner
from golden_citations import GOLDEN
from own_texts import lay

from fazhi.cli.cite import cite_file
from fazhi.library.folder import read_folder, read_version
from fazhi.library.resolve import FOUND, resolve
from fazhi.library.shelf import Folder


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    folder = lay(tmp_path_factory.mktemp("library"))
    return Folder(read.version for read in read_folder(folder) if read.version)


def told(one):
    if one.status not in FOUND:
        return f"!{one.status}"
    return f"{one.head.title}{one.head.label[:4]}:{one.place}"


@pytest.mark.parametrize(("text", "day", "expected"), GOLDEN)
def test_each_citation_comes_to_its_place_or_its_reason(shelf, text, day, expected):
    own = "示例市公园条例" if text.startswith("OWN") else ""
    found = resolve(text.removeprefix("OWN"), shelf, date.fromisoformat(day), own)
    assert ",".join(told(one) for one in found) == expected
    for one in found:
        assert (one.text != "") == (one.status == "found")
        assert (one.why == "") == (one.status in FOUND)


def test_the_words_of_a_point_come_with_what_leads_to_it(shelf):
    (one,) = resolve("《示例市街道照明条例》第五条第一款第二项第2目", shelf, date(2022, 1, 1))
    assert one.text.splitlines() == ["养护单位应当做下列事情：", "（二）公布报修电话，包括：", "2.夜里的电话；"]


def test_a_repeal_names_the_article_that_ends_it(shelf):
    (one,) = resolve("《示例市公园管理办法》第二条", shelf, date(2024, 1, 1))
    assert "《示例市公园条例》第五条" in one.why
    assert "2020-01-01" in one.why


def test_a_statute_that_was_replaced_without_a_word_is_held_no_longer():
    text = "信访条例\n（2005年1月10日国务院令第431号公布　自2005年5月1日起施行）\n第一条　为了一个示例，制定本条例。\n"
    text += "第二条　示例的其余部分。\n"
    shelf = Folder([read_version(text.encode(), "信访条例.txt", {})])
    (before,) = resolve("《信访条例》第一条", shelf, date(2022, 4, 30))
    (after,) = resolve("《信访条例》第一条", shelf, date(2022, 5, 1))
    assert before.status == "found"
    assert after.status not in FOUND and "信访工作条例" in after.why


def test_an_earlier_version_that_is_not_there_is_not_called_future():
    from own_texts import LAMPS_2021

    from fazhi.library.folder import read_version

    only_new = Folder([read_version(LAMPS_2021.encode(), "照明条例.txt", {})])
    (one,) = resolve("《示例市街道照明条例》第六条", only_new, date(2019, 1, 1))
    assert one.status == "no_version_on_day"
    assert "更早的文本" in one.why


def test_the_command_needs_no_database_on_a_folder(tmp_path):
    folder = lay(tmp_path / "library")
    letter = tmp_path / "信.txt"
    letter.write_text("依据《示例市街道照明条例》第四条第二款和《某某办法》第一条。", encoding="utf-8")
    arguments = [str(letter), "--library", str(folder), "--on", "2022-01-01"]
    done = CliRunner().invoke(cite_file, [*arguments, "--json"])
    said = json.loads(done.output)
    assert (said["found"], said["not_found"]) == (1, 1)
    assert said["citations"][0]["text"].startswith("养护单位应当在三日内修复")
    assert "没有查到：\n   《某某办法》第一条：文库里没有" in CliRunner().invoke(cite_file, arguments).output


def test_an_empty_file_is_refused_in_words(tmp_path):
    empty = tmp_path / "空.txt"
    empty.write_bytes(b"")
    done = CliRunner().invoke(cite_file, [str(empty), "--library", str(lay(tmp_path / "library"))])
    assert done.exit_code == 1
    assert "文件是空的" in done.output
