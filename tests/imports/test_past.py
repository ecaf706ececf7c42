"""A matter begun before this system, as its file says it."""

import json
from datetime import date
from pathlib import Path

import pytest

from fazhi.desk.tables.past import Unwritable, read_past

GOOD = """
procedure = "reconsideration"
unit = "某区司法局"
old_number = "某复〔2023〕7号"
[[party]]
kind = "citizen"
name = "赵某"
[[fact]]
kind = "received"
day = 2023-12-01
fields = { channel = "letter" }
text = "不服处罚决定"
[[fact]]
kind = "accepted"
day = 2023-12-06T09:30:00
"""


def write(tmp_path: Path, text: str, name: str = "旧案.toml") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_facts_keep_their_real_days_and_the_old_number_is_the_key(tmp_path: Path) -> None:
    past = read_past(write(tmp_path, GOOD))
    assert past.key == "某复〔2023〕7号"
    assert [(fact.kind, fact.when.day) for fact in past.facts] == [
        ("received", date(2023, 12, 1)),
        ("accepted", date(2023, 12, 6)),
    ]
    assert past.facts[0].body == {"text": "不服处罚决定"}
    assert past.facts[1].when.moment is not None
    assert past.facts[1].when.moment.utcoffset() is not None


def test_json_says_the_same(tmp_path: Path) -> None:
    page = {
        "procedure": "appeal",
        "old_number": "12",
        "fact": [{"kind": "received", "day": "2023-12-01", "fields": {"channel": "web"}}],
    }
    past = read_past(write(tmp_path, json.dumps(page, ensure_ascii=False), "旧案.json"))
    assert past.facts[0].when.day == date(2023, 12, 1)


@pytest.mark.parametrize(
    ("instead", "by", "says"),
    [
        ('procedure = "reconsideration"', "", "缺少 procedure"),
        ('old_number = "某复〔2023〕7号"', "", "缺少 old_number"),
        ("day = 2023-12-01", "", "缺少 day"),
        ("day = 2023-12-01", 'day = "去年"', "识别"),
        ('kind = "citizen"', 'kind = "person"', "citizen"),
        ('text = "不服处罚决定"', 'words = "不服处罚决定"', "不认识“words”"),
        ("day = 2023-12-01", "day = 2023-13-01", "写法有误"),
    ],
)
def test_what_is_wrong_is_told_with_what_to_write(tmp_path: Path, instead: str, by: str, says: str) -> None:
    with pytest.raises(Unwritable, match=says):
        read_past(write(tmp_path, GOOD.replace(instead, by)))


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(Unwritable) as caught:
        read_past(write(tmp_path, 'colour = "red"\n[[fact]]\nkind = "received"\n'))
    assert len(str(caught.value).splitlines()) == 4
