"""Topics of many messages: by a person's decision, by the model in use, by words alone; read once."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings

from fazhi.hotspots.voices import Voice
from fazhi.people.actors import Actor
from fazhi.routing import topics
from fazhi.routing.duties import folder
from fazhi.triage import choices, store
from fazhi.triage.letter import read_letter
from fazhi.triage.training import train

MOMENT = datetime(2025, 3, 5, tzinfo=UTC)
PAIRS = [
    (f"{who}的{what}", name)
    for what, name in (("灯塔熄灭", "交通运输"), ("渡口停航", "商贸旅游"))
    for who in "甲乙丙丁戊己庚辛"
]


def _voice(text: str, number: str = "1") -> Voice:
    return Voice(number, "", MOMENT, "", text)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "FAZHI_HOME", tmp_path)
    return tmp_path


def test_words_of_the_tree_name_the_topic_where_no_model_is() -> None:
    said = [_voice("小区物业乱收停车费"), _voice("砖厂冒黑烟，大气污染"), _voice("您好"), _voice("😀"), _voice("")]
    assert topics.topics_of(said)[:2] == ["城乡建设", "环境保护"]
    assert topics.topics_of(said)[3:] == ["", ""]


def test_the_model_in_use_names_it_as_soon_as_there_is_one() -> None:
    before = topics.topics_of([_voice("某镇渡口停航")])
    model = train([read_letter(text) for text, _ in PAIRS], [name for _, name in PAIRS])
    store.save(folder(), model, made=MOMENT, source="甲.tsv")
    assert before != ["商贸旅游"]
    assert topics.topics_of([_voice("某镇渡口停航"), _voice("某镇灯塔熄灭")]) == ["商贸旅游", "交通运输"]


def test_what_a_person_decided_stands_above_what_is_read(db: object) -> None:
    matter = uuid4()
    actor = Actor(account=None, post=None, unit=uuid4(), powers=frozenset(), face="office")
    topic = ("教育文体", "教育行政管理", "校园安全")
    choices.choose(
        actor, matter, topic=topic, urgency="soon", kind="complain", way="appeal", proposed=("环境保护",), version=0
    )
    said = [_voice("砖厂冒黑烟，飘进教室", str(matter)), _voice("砖厂冒黑烟", str(uuid4()))]
    assert topics.topics_of_record(said) == ["教育文体", "环境保护"]
    choices.withdraw(actor, matter)
    assert topics.topics_of_record(said) == ["环境保护", "环境保护"]
