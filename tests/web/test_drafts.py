"""A decision in the making on one public page: steps, draft by clause, comments and their answers, the final text."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from district import District
from fazhi import desk, ledger
from fazhi.ledger import query
from fazhi.people.actors import machine
from fazhi.web.faces.words import day_words, today

DRAFT = "第一条 为了方便出行，明月路设单行道。\n第二条 单行道自早七时至晚九时有效。\n第三条 本办法自公布之日起施行。"
FINAL = "第一条 为了方便出行，明月路设单行道。\n第二条 单行道自早七时至晚八时有效。\n第三条 本办法自公布之日起施行。"
DAY = date(2025, 3, 3)


class Decision:
    """A major decision of the city management bureau, carried from step to step."""

    def __init__(self, district: District, openness: str = "open") -> None:
        self.office = machine(district.units["城管局"])
        said = {"openness": openness, "technical": "no", "risk": "no", "operators": "no"}
        done = desk.receive(
            self.office, "major_decision", day=DAY, fields=said, body={"text": "明月路单行"}, key="decision"
        )
        self.matter, self.seen, self.day = done.matter, ledger.read(done.matter).head, DAY

    def record(self, kind: str, **fields: str) -> int:
        self.day += timedelta(7)
        done = desk.record(
            self.office, self.matter, kind, day=self.day, fields=fields, seen=self.seen, key=f"{kind}{self.day}"
        )
        self.seen = ledger.read(self.matter).head
        return done.seq

    def publish(self, seq: int, title: str, text: str) -> int:
        done = desk.publish(self.office, self.matter, seq, text, title=title, seen=self.seen, key=f"publish{seq}")
        self.seen = ledger.read(self.matter).head
        return done.seq

    def draft(self, **more: str) -> int:
        self.record("drafted")
        return self.publish(self.record("draft_published", urgency="ordinary", **more), "明月路单行草案", DRAFT)

    def finish(self) -> None:
        self.day += timedelta(30)
        self.record("comments_settled")
        self.record("legality_asked")
        self.record("legality_opined", outcome="legal")
        for kind in ("submitted", "discussed", "party_reported", "passed"):
            self.record(kind)
        self.publish(self.record("promulgated"), "明月路单行办法", FINAL)


def address(client: Any) -> str:
    page = client.get("/drafts/").content.decode()
    return re.findall(r'href="(/drafts/[0-9a-f]+/)"', page)[-1]


def comment(client: Any, path: str, text: str = "晚上九时太晚，建议八时。", **more: str) -> Any:
    return client.post(path, {"text": text, "consent": "yes", "key": text} | more, follow=True)


def test_nothing_of_a_decision_is_public_before_something_is_published(client: Any, district: District) -> None:
    decision = Decision(district)
    decision.record("drafted")
    assert "明月路" not in client.get("/drafts/").content.decode()
    assert query.fetch("default", "select count(*) from gazette_course") == [(0,)]
    decision.publish(decision.record("draft_published", urgency="ordinary"), "明月路单行草案", DRAFT)
    assert "明月路单行草案" in client.get("/drafts/").content.decode()


def test_the_page_tells_steps_with_days_and_the_draft_by_clause(client: Any, district: District) -> None:
    Decision(district).draft()
    path = address(client)
    text = client.get(path).content.decode()
    for said in (
        "公众参与",
        "专家论证",
        "风险评估",
        "合法性审查",
        "集体讨论决定",
        "第二条 单行道自早七时至晚九时有效。",
    ):
        assert said in text, said
    assert "对第三条提意见" in text and "对第四条提意见" not in text and "对全文提意见" in text


def test_a_comment_on_a_clause_is_a_matter_of_its_own_with_number_and_code(client: Any, district: District) -> None:
    decision = Decision(district)
    decision.draft()
    answer = comment(client, address(client), clause="2", name="王小明")
    assert "query-number" in answer.content.decode()
    (row,) = query.fetch("default", "select matter from ledger_matter m join gazette_comment c on c.matter = m.id")
    view = ledger.read(row[0])
    assert view.procedure == "draft_comment" and view.unit == district.units["城管局"]
    assert view.entries[0].fields["draft"] == str(decision.matter) and view.entries[0].fields["clause"] == "2"
    page = client.get(address(client)).content.decode()
    assert "已有 1 条" in page and "晚上九时太晚" not in page and "王小明" not in page


def test_each_comment_is_answered_under_its_clause_once_published(client: Any, district: District) -> None:
    decision = Decision(district)
    decision.draft()
    comment(client, address(client), clause="2")
    ((matter,),) = query.fetch("default", "select matter from gazette_comment")
    office = machine(district.units["城管局"])
    seen = ledger.read(matter).head
    done = desk.record(office, matter, "considered", fields={"adoption": "adopted"}, seen=seen, key="c")
    assert "采纳 1" in client.get(address(client)).content.decode()
    text = "建议合理，改为晚八时。联系人电话13812345678。"
    published = desk.publish(office, matter, done.seq, text, title="关于单行时间的意见", seen=done.seq, key="p")
    page = client.get(address(client)).content.decode()
    clause = page.split('id="clause-2"')[1].split('id="clause-3"')[0]
    assert "建议合理" in clause and "采纳" in clause and "13812345678" not in page
    desk.unpublish(office, matter, published.seq, "内容有误", seen=published.seq, key="u")
    assert "建议合理" not in client.get(address(client)).content.decode()


def test_the_final_text_shows_what_changed_and_comments_are_closed(client: Any, district: District) -> None:
    decision = Decision(district)
    decision.draft()
    path = address(client)
    decision.finish()
    page = client.get(path).content.decode()
    assert re.search(r"<del>[^<]*九[^<]*</del><ins>[^<]*八[^<]*</ins>", page) and "明月路单行办法" in page
    assert "<form" not in page.split("<main")[1].split("</main>")[0]
    before = query.fetch("default", "select count(*) from ledger_matter")
    assert comment(client, path).status_code == 422
    assert query.fetch("default", "select count(*) from ledger_matter") == before


def test_a_withdrawn_draft_is_gone_from_every_place(client: Any, district: District) -> None:
    decision = Decision(district)
    seq = decision.draft()
    path = address(client)
    desk.unpublish(decision.office, decision.matter, seq, "文本有误", seen=decision.seen, key="u")
    assert client.get(path).status_code == 404 and "明月路" not in client.get("/drafts/").content.decode()


@pytest.mark.parametrize("typed", [{"text": "好"}, {"consent": "", "name": "王五"}, {"text": "字" * 5001}])
def test_what_cannot_be_taken_keeps_what_was_typed(client: Any, district: District, typed: dict[str, str]) -> None:
    Decision(district).draft()
    answer = comment(client, address(client), clause="2", **typed)
    assert answer.status_code == 422
    part = answer.content.decode().split('id="clause-2"')[1].split('id="clause-3"')[0]
    assert "open" in part.split("<summary")[0] and typed.get("text", "晚上九时太晚")[:8] in part


def test_who_leaves_no_name_need_agree_to_nothing_and_finds_the_way_back(client: Any, district: District) -> None:
    Decision(district).draft()
    path = address(client)
    receipt = comment(client, path, consent="").content.decode()
    assert "已收到您的意见" in receipt and f'href="{path}"' in receipt and "持证件" not in receipt


def test_until_when_one_may_speak_stands_in_the_list_and_above_the_draft(client: Any, district: District) -> None:
    Decision(district).draft()
    stood = f"原定征求意见到{day_words(DAY + timedelta(14 + 30))}"
    assert stood in client.get("/drafts/").content.decode()
    page = client.get(address(client)).content.decode()
    assert page.index(stood) < page.index('id="clause-1"') < page.index("走到哪一步")


def test_comments_are_taken_until_the_day_that_was_announced(client: Any, district: District) -> None:
    ahead = today() + timedelta(5)
    Decision(district).draft(last_day=ahead.isoformat())
    path = address(client)
    assert f"还剩 5 天，{day_words(ahead)}截止" in client.get(path).content.decode()
    assert comment(client, path).status_code == 200
    query.run("default", f"update gazette_course set steps = replace(steps::text, '{ahead}', '{DAY}')::jsonb")
    page = client.get(path).content.decode()
    assert "对第三条提意见" not in page and comment(client, path, "晚了一天。").status_code == 422


def test_the_public_role_reads_the_page_and_no_comment_by_address(client: Any, district: District, db: Any) -> None:
    Decision(district).draft()
    comment(client, address(client))
    ((identity,),) = query.fetch("default", "select id from gazette_comment")
    assert client.get(f"/drafts/{identity}/").status_code == 404
    ((matter,),) = query.fetch("default", "select matter from gazette_course")
    assert str(UUID(str(matter))) not in client.get(address(client)).content.decode()


def test_english_readers_get_the_steps_in_english(client: Any, district: District) -> None:
    Decision(district).draft()
    page = client.get(address(client), headers={"accept-language": "en"}).content.decode()
    assert "Public participation" in page and "Draft published for comment" in page
