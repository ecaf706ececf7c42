"""Folders brought into the library: whole or not at all, none twice, versions told apart, and found again."""

from __future__ import annotations

import json
from datetime import date

import docx
import pytest
from click.testing import CliRunner
from own_texts import LAMPS_2021, lay

from fazhi.cli.library import library
from fazhi.library import index, look
from fazhi.library.place import index_folder
from fazhi.library.resolve import resolve
from fazhi.library.shelf import find, in_force


@pytest.fixture
def folder(tmp_path, settings_home):
    return lay(tmp_path / "library")


@pytest.fixture
def settings_home(tmp_path, monkeypatch):
    from django.conf import settings

    monkeypatch.setattr(settings, "FAZHI_HOME", tmp_path / "home")


def run(*words):
    done = CliRunner().invoke(library, [str(word) for word in words])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def told(*words):
    return json.loads(run(*words, "--json").output)


def test_a_dry_run_tells_everything_and_writes_nothing(db, folder):
    said = told("import", folder, "--dry-run")
    assert said["counts"] == {"new": 10}
    lamps = next(one for one in said["files"] if one["file"] == "照明条例(2021-06-20).txt")
    assert (lamps["version"], lamps["since"], lamps["articles"]) == ("2021年修订", "2021-09-01", 9)
    assert look.counts("default") == {}


def test_what_is_brought_is_settled_cited_and_found(db, folder):
    assert told("import", folder)["counts"] == {"new": 10}
    shelf = look.kept("default")
    heads, _ = find(shelf, "示例市街道照明条例")
    assert [(head.since, head.until) for head in heads] == [
        (date(2017, 5, 1), date(2021, 9, 1)),
        (date(2021, 9, 1), None),
    ]
    assert in_force(find(shelf, "示例市公园管理办法")[0], date(2020, 1, 1)) is None
    (one,) = resolve("《示例市街道照明条例》第四条第二款", shelf, date(2022, 1, 1))
    assert one.text.startswith("养护单位应当在三日内修复")
    passages = index.opened(index_folder())
    best = passages.find("路灯坏了几天内修复", date(2022, 1, 1), 3)[0]
    assert (best.identity, best.key) == (heads[1].identity, "4")
    earlier = passages.find("路灯坏了几天内修复", date(2018, 1, 1), 3)[0]
    assert (earlier.identity, earlier.key) == (heads[0].identity, "4")


def test_the_same_folder_a_second_time_changes_nothing(db, folder):
    told("import", folder)
    stamp = look.stamp_of("default")
    assert told("import", folder)["counts"] == {"known": 10}
    assert look.stamp_of("default") == stamp


def test_other_words_under_the_same_title_and_date_need_a_word_of_consent(db, folder):
    told("import", folder)
    (folder / "照明条例(2021-06-20).txt").write_text(LAMPS_2021.replace("三日内", "四日内"), encoding="utf-8")
    refused = run("import", folder)
    assert refused.exit_code == 1
    assert "文字不同" in refused.output
    assert told("import", folder, "--replace")["counts"] == {"known": 9, "replaced": 1}
    (one,) = resolve("《示例市街道照明条例》第四条第二款", look.kept("default"), date(2022, 1, 1))
    assert "四日内" in one.text


def test_files_that_cannot_be_read_are_named_and_the_others_brought(db, folder):
    (folder / "空.txt").write_bytes(b"")
    (folder / "坏.docx").write_bytes(b"PK\x03\x04 and no more")
    (folder / "坏.pdf").write_bytes(b"%PDF-1.7 and no more")
    (folder / "表.xlsx").write_bytes(b"a table")
    (folder / "答复.txt").write_text("关于路灯的答复\n您好，已经修好。", encoding="utf-8")
    done = run("import", folder, "--json")
    bad = {one["file"]: one["reason"] for one in json.loads(done.output)["files"] if one["outcome"] == "bad"}
    assert set(bad) == {"空.txt", "坏.docx", "坏.pdf", "表.xlsx", "答复.txt"}
    assert "cleared = true" in bad["答复.txt"]
    assert done.exit_code == 1
    assert sum(look.counts("default").values()) == 9


def test_a_card_beside_the_files_tells_what_they_do_not(db, folder):
    (folder / "library.toml").write_text(
        '["养犬规定.txt"]\nuntil = 2024-06-01\nwhy = "示例市人民政府令第9号"\n', encoding="utf-8"
    )
    told("import", folder)
    (one,) = resolve("《示例市养犬规定》第二条", look.kept("default"), date(2024, 7, 1))
    assert one.status == "repealed"
    assert "示例市人民政府令第9号" in one.why


@pytest.mark.parametrize(
    ("card", "words"),
    [
        ('["养犬规定.txt"]\nuntill = 2024-06-01\n', "untill"),
        ('["养犬规定.txt"]\nuntil = "明年"\n', "应是日期"),
        ('["养犬规定.txt"]\nkind = "law"\n', "kind"),
        ("[[", "读不懂"),
    ],
)
def test_a_card_that_says_something_unknown_stops_everything(db, folder, card, words):
    (folder / "library.toml").write_text(card, encoding="utf-8")
    done = run("import", folder)
    assert done.exit_code == 1
    assert words in done.output
    assert look.counts("default") == {}


def test_word_and_web_pages_are_cut_like_text(db, tmp_path, settings_home):
    folder = tmp_path / "more"
    folder.mkdir()
    paper = docx.Document()
    for line in LAMPS_2021.splitlines():
        paper.add_paragraph(line)
    paper.save(str(folder / "照明条例.docx"))
    body = "".join(f"<p>{line}</p>" for line in LAMPS_2021.splitlines())
    page = f"<html><head><title>x</title></head><body><ul><li><a href=/>首页</a></ul><div>{body}</div></body></html>"
    (folder / "照明条例.html").write_text(page, encoding="utf-8")
    files = told("import", folder, "--dry-run")["files"]
    assert [(one["title"], one["articles"], one["since"]) for one in files] == [
        ("示例市街道照明条例", 9, "2021-09-01"),
        ("示例市街道照明条例", 9, "2021-09-01"),
    ]


def test_the_houses_own_terms_are_documents_too(db, settings_home):
    assert told("own")["counts"]["new"] > 30
    hit = index.opened(index_folder()).find("信访事项受理告知期限", date(2025, 1, 1), 1)[0]
    assert look.version(hit.identity, "default").head.title == "信访办理期限"
    assert told("own")["counts"].keys() == {"known"}


def test_a_document_that_is_withdrawn_is_found_no_more(db, folder):
    told("import", folder)
    assert "撤下 1 个文本" in run("withdraw", "示例市街道照明条例", "--version", "2021年修订").output
    (one,) = resolve("《示例市街道照明条例》第六条", look.kept("default"), date(2022, 1, 1))
    assert one.head.label == "2017年公布"
    assert run("withdraw", "没有的文件").exit_code == 1


def test_real_statutes_are_cut_into_their_articles(shared):
    from fazhi.library.folder import read_folder
    from fazhi.library.shelf import Folder

    reads = list(read_folder(shared / "data" / "laws"))
    assert [read.reason for read in reads if read.version is None] == []
    shelf = Folder(read.version for read in reads)
    assert sum(piece.article > 0 for one in shelf.versions.values() for piece in one.pieces) > 47_000
    letter = (
        "《行政复议法》第二十条，《信访工作条例》第34条，《政府信息公开条例》第三十三条第二款，噪声污染防治法第二条"
    )
    assert [one.label for one in resolve(letter, shelf, date(2025, 1, 1))] == [
        "第二十条",
        "第三十四条",
        "第三十三条",
        "第二条",
    ]
    (old,) = resolve("《行政复议法》第九条", shelf, date(2020, 1, 1))
    assert old.head.label == "2017年修正"
    (noise,) = resolve("《环境噪声污染防治法》第二条", shelf, date(2025, 1, 1))
    assert noise.status == "repealed"
