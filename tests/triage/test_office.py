"""In the office: what is read while one registers, one act to take or correct it, versions and what they learn."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape
from typing import Any

import pytest

from district import District, lay
from fazhi import ledger
from fazhi.triage import choices, store
from fazhi.triage.letter import read_letter
from fazhi.triage.training import train
from letters import sorted_letters

AtDesk = Callable[..., Any]
SMOKE = "环境保护/环境污染/大气污染"
SCHOOL = "教育文体/教育行政管理/校园安全"


@pytest.fixture
def district(db: Any) -> District:
    laid = lay()
    laid.unit("信访局", "区政府", organ_code="福访")
    laid.unit("生态环境局", "区政府")
    laid.clerk("信访员", "信访局", "record", "supervise")
    laid.grant("信访员", "区政府", secrecy=1)
    return laid


@pytest.fixture
def at_desk(at_desk: AtDesk, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> AtDesk:
    from django.conf import settings

    monkeypatch.setattr(settings, "FAZHI_HOME", tmp_path)
    return at_desk


def _train() -> None:
    from fazhi.routing.duties import folder

    pairs = sorted_letters()
    model = train([read_letter(text) for text, _ in pairs], [name for _, name in pairs])
    store.save(folder(), model, made=datetime(2025, 3, 5, tzinfo=UTC), source="甲.tsv")


def test_while_a_letter_is_registered_it_is_read_and_masked(at_desk: AtDesk) -> None:
    client = at_desk("信访员")
    said = client.post(
        "/office/letters/sorting/near/", {"text": "砖厂冒黑烟，粉尘飘进教室，电话13800138000"}
    ).content.decode()
    assert "大气污染" in said
    assert "生态环境局" in said
    assert "只凭词表" in said
    assert "13800138000" not in said
    assert client.post("/office/letters/sorting/near/", {"text": ""}).content.decode().strip() == ""
    alarm = client.post("/office/letters/sorting/near/", {"text": "天然气管道漏气，请马上来人"}).content.decode()
    assert "立即处置" in alarm
    calm = client.post("/office/letters/sorting/near/", {"text": "上次的煤气泄漏已经修好了，感谢"}).content.decode()
    assert "立即处置" not in calm
    assert "已经解决" in calm


def test_one_act_takes_the_proposal_and_assigns_and_can_be_taken_back(at_desk: AtDesk, district: District) -> None:
    matter = district.receive("信访局", "砖厂冒黑烟，粉尘飘进教室。", day=ledger.today()).matter
    client = at_desk("信访员")
    page = client.get(f"/office/matters/{matter}/").content.decode()
    assert "大气污染" in page
    head = ledger.read(matter).head
    sent = {
        "topic": SMOKE,
        "urgency": "soon",
        "type": "complain",
        "way": "appeal",
        "unit": "没有这个局",
        "seen": head,
        "key": "a",
    }
    client.post(f"/office/matters/{matter}/sort/", sent)
    assert choices.standing(matter) is None
    client.post(f"/office/matters/{matter}/sort/", sent | {"unit": "生态环境局", "key": "b"})
    assert [line.kind for line in ledger.read(matter).entries][head:] == ["assigned"]
    chosen = choices.standing(matter)
    assert chosen is not None
    assert (chosen.topic, chosen.urgency, chosen.corrected) == (tuple(SMOKE.split("/")), "soon", False)
    page = client.get(f"/office/matters/{matter}/").content.decode()
    assert "从速办理" in page and "人工确认 · <span" in page and "信访员 · " in page and "撤回分拣" in page
    assert 'list="f-topic-list"' in page and f'<option value="{SCHOOL}">' in page and 'value="生态环境局"' in page
    head = ledger.read(matter).head
    moved = sent | {"topic": "校园安全", "seen": head, "unit": "信访局", "key": "c"}
    client.post(f"/office/matters/{matter}/sort/", moved | {"unit": "生态环境局"})
    assert ledger.read(matter).head == head, "the unit stays"
    client.post(f"/office/matters/{matter}/sort/", moved)
    assert [line.kind for line in ledger.read(matter).entries][head:] == ["transferred"]
    chosen = choices.standing(matter)
    assert chosen is not None and (chosen.topic, chosen.corrected) == (tuple(SCHOOL.split("/")), True)
    told = client.post(f"/office/matters/{matter}/sort/", {"verb": "withdraw"}, follow=True).content.decode()
    assert choices.standing(matter) is None
    assert "承办单位没有随之改变，现在是信访局" in told, "who handles it is another decision"
    assert "改正为：" in told and "撤回了这个决定：" in told and told.count("信访员 · ") >= 3
    before = unescape(re.sub(r"<[^>]+>", "", told.partition("谁定过、谁改过")[2].partition("</ol>")[0]))
    assert "分派承办单位：生态环境局" in before and "移交其他单位：信访局" in before, "who had it too"
    assert "已经派单；主题" in told and "请确认或改正" not in told, "the unit is no proposal any more"
    asked = client.post(f"/office/matters/{matter}/sort/", sent | {"topic": "安全"}).content.decode()
    assert "含“安全”的主题有" in asked and SCHOOL in asked


def test_later_corrections_and_what_was_undone_stand_in_the_history(at_desk: AtDesk, district: District) -> None:
    matter = district.receive("信访局", "砖厂冒黑烟，粉尘飘进教室。", day=ledger.today()).matter
    client = at_desk("信访员")

    def post(where: str, **sent: str) -> str:
        head = ledger.read(matter).head
        said = sent | {"seen": str(head), "key": f"{where}{head}{sent}"[:60]}
        return str(client.post(f"/office/matters/{matter}/{where}/", said, follow=True).content.decode())

    post("sort", topic=SMOKE, unit="生态环境局")
    for level in ("soon", "at_once"):
        told = post("sort", topic=SMOKE, urgency=level)
    before = re.sub(r"<[^>]+>", "", told.partition("谁定过、谁改过")[2].partition("</ol>")[0])
    assert before.count("改正为") == 2 and "立即处置" in before, "the second correction is told with what it changed"
    assigned = next(line.seq for line in ledger.read(matter).entries if line.kind == "assigned")
    told = post(f"correct/{assigned}", strikes="yes", on="今天")
    assert "已撤销“分派承办单位”这条记录" in told and "已记入" not in told, "nothing was assigned"
    assert "后来撤销了" in told.partition("谁定过、谁改过")[2]


def test_nothing_unknown_is_kept_and_a_stranger_decides_nothing(at_desk: AtDesk, district: District) -> None:
    matter = district.receive("信访局", "砖厂冒黑烟。", day=ledger.today()).matter
    client = at_desk("信访员")
    for wrong in ({"topic": "天/地/人"}, {"topic": SMOKE, "urgency": "x"}, {"topic": SMOKE, "way": "y"}):
        client.post(f"/office/matters/{matter}/sort/", wrong)
    assert choices.standing(matter) is None
    assert at_desk("城管员").post(f"/office/matters/{matter}/sort/", {"topic": SMOKE}).status_code == 404
    assert choices.standing(matter) is None


def test_a_correction_is_learned_as_a_new_version_and_undone(at_desk: AtDesk, district: District) -> None:
    client = at_desk("信访员")
    assert "还没有训练过" in client.get("/office/letters/sorting/").content.decode()
    _train()
    text = "职业学院的锅炉冒黑烟，粉尘飘进教室。"
    matter = district.receive("信访局", text, day=ledger.today()).matter
    assert "凭第 1 版" in client.get(f"/office/matters/{matter}/").content.decode()
    client.post(f"/office/matters/{matter}/sort/", {"topic": SCHOOL})
    assert "1 件还没有学过" in client.get("/office/letters/sorting/").content.decode()
    client.post("/office/letters/sorting/", {"verb": "teach"})
    from fazhi.routing.duties import folder, read_it

    about = store.versions(folder())[-1]
    assert (store.current(folder()), about.corrections, about.model) == (2, 1, 1)
    like = read_letter("职业学院的锅炉又冒黑烟，粉尘飘进教室了。")
    assert read_it(like, ledger.today()).topic.names == tuple(SCHOOL.split("/"))
    page = client.get("/office/letters/sorting/").content.decode()
    assert "0 件还没有学过" in page
    assert "更差，不用" not in page
    assert "信访员" in page
    client.post("/office/letters/sorting/", {"verb": "undo"})
    assert store.current(folder()) == 1
    assert read_it(like, ledger.today()).topic.first == "环境保护"
    client.post("/office/letters/sorting/", {"verb": "use", "version": "2"})
    assert store.current(folder()) == 2
    client.post(f"/office/matters/{matter}/sort/", {"verb": "withdraw"})
    assert "1 件还没有学过" in client.get("/office/letters/sorting/").content.decode()
    client.post("/office/letters/sorting/", {"verb": "teach"})
    assert store.current(folder()) == 3
    assert read_it(like, ledger.today()).topic.first == "环境保护"


def test_versions_are_for_those_who_grant_or_supervise(at_desk: AtDesk) -> None:
    assert at_desk("城管员").get("/office/letters/sorting/").status_code == 403
