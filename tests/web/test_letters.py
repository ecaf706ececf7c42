"""Letters at the desk: made with a click, missing data named, kept under lock, opened on record, gone when erased."""

from __future__ import annotations

import io
from datetime import date
from typing import Any
from urllib.parse import quote
from uuid import UUID

import pypdfium2
import pytest
from docx import Document

from fazhi import desk, ledger
from fazhi.archive import Gone
from fazhi.archive import open as open_file
from fazhi.ledger import today
from fazhi.letters.make import addressee, compose, templates
from fazhi.people import parties

NAME, PHONE = "赵小满", "13800138000"


@pytest.fixture
def case(district: Any) -> Any:
    """A reconsideration received and accepted by 信访局's post, about one person."""
    district.person = parties.register("citizen", NAME, PHONE, address="示例区东街街道一路1号")
    done = desk.receive(
        district.actor("信访员", today()),
        "reconsideration",
        day=today(),
        fields={"channel": "visit", "respondent": "示例区城管局", "act": "罚字〔2025〕3号"},
        body={"title": "不服罚款", "text": "请求撤销罚款决定。"},
        parties=(district.person,),
        key="open",
    )
    act(district, done.matter, "accepted", {"procedure": "ordinary"})
    district.matter = done.matter
    return district


def act(district: Any, matter: UUID, kind: str, fields: dict[str, str], text: str = "") -> int:
    seen = ledger.read(matter).head
    body = {"text": text} if text else {}
    actor = district.actor("信访员", today())
    return desk.record(actor, matter, kind, fields=fields, body=body, seen=seen, key=f"{kind}/{seen}").seq


def seq_of(matter: UUID, kind: str) -> int:
    return next(line.seq for line in ledger.read(matter).entries if line.kind == kind)


def address(case: Any, kind: str, name: str) -> str:
    return f"/office/matters/{case.matter}/letters/{seq_of(case.matter, kind)}/{quote(name)}/"


def made(client: Any, case: Any, kind: str, name: str, **typed: str) -> Any:
    return client.post(address(case, kind, name), {"key": f"k/{name}/{len(typed)}", **typed}, follow=True)


def kept(case: Any) -> list[Any]:
    return [line for line in ledger.read(case.matter).entries if line.kind == "letter_made"]


def words(file: UUID) -> str:
    paper = Document(io.BytesIO(open_file(file).data))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in paper.paragraphs), *cells])


def test_one_click_makes_keeps_and_tells(case: Any, at_desk: Any) -> None:
    client = at_desk("信访员")
    page = client.get(f"/office/matters/{case.matter}/").content.decode()
    assert address(case, "accepted", "受理通知书") in page
    answer = made(client, case, "accepted", "受理通知书")
    assert answer.status_code == 200
    assert "已制作" in answer.content.decode()
    (line,) = kept(case)
    assert line.fields["letter"] == "受理通知书"
    assert line.fields["entry"] == str(seq_of(case.matter, "accepted"))
    told = words(UUID(line.fields["files"]))
    assert line.fields["dues"].startswith("decide#=")
    due = next(c.due for c in ledger.read(case.matter).horizon.clocks if c.name == "decide")
    assert NAME in told
    assert f"{due:%Y年%-m月%-d日}" in told
    assert "60日" in told
    assert "15日" in told
    assert ledger.read(case.matter).number in told
    assert any("受理通知书" in look.purpose for look in parties.looks([case.person]))


def test_what_is_missing_is_named_and_may_be_typed(case: Any, at_desk: Any) -> None:
    client = at_desk("信访员")
    act(case, case.matter, "hearing_set", {"day": today().isoformat()})
    act(case, case.matter, "hearing_notified", {})
    refused = made(client, case, "hearing_notified", "听证通知书")
    assert refused.status_code == 422
    assert "“书面通知听证时间、地点和事项”的“内容”" in refused.content.decode()
    assert kept(case) == []
    done = made(client, case, "hearing_notified", "听证通知书", **{"slot:this.text": "区政府三楼会议室"})
    assert done.status_code == 200
    (line,) = kept(case)
    assert "区政府三楼会议室" in words(UUID(line.fields["files"]))
    assert "区政府三楼会议室" in ledger.read(case.matter).body(line.seq)["text"]


def test_a_letter_made_with_gaps_says_so_in_place_and_at_its_end(case: Any, at_desk: Any) -> None:
    act(case, case.matter, "correction_asked", {})
    done = made(at_desk("信访员"), case, "correction_asked", "补正通知书", anyway="yes")
    assert done.status_code == 200
    told = words(UUID(kept(case)[0].fields["files"]))
    assert "【待补：“一次性通知补正”的“内容”】" in told
    assert "制作时尚缺：“一次性通知补正”的“内容”" in told


def test_pressing_twice_makes_one_entry(case: Any, at_desk: Any) -> None:
    client = at_desk("信访员")
    made(client, case, "accepted", "受理通知书")
    made(client, case, "accepted", "受理通知书")
    assert len(kept(case)) == 1


def test_names_are_for_those_who_may_read_them(case: Any, at_desk: Any) -> None:
    made(at_desk("信访员"), case, "accepted", "受理通知书")
    file = kept(case)[0].fields["files"]
    case.clerk("经办", "信访局", "record")
    case.grant("经办", "信访局", secrecy=1)
    client = at_desk("经办")
    preview = client.get(address(case, "accepted", "受理通知书"))
    assert NAME not in preview.content.decode()
    assert "赵××" in preview.content.decode()
    assert made(client, case, "accepted", "受理通知书").status_code == 403
    for way in (f"letters/{file}", f"files/{file}"):
        answer = client.get(f"/office/matters/{case.matter}/{way}/")
        assert answer.status_code == 403
        assert NAME not in answer.content.decode()
    assert len(kept(case)) == 1


def test_a_preview_masks_what_texts_tell_of_a_person(case: Any, at_desk: Any) -> None:
    act(case, case.matter, "correction_asked", {}, f"请{NAME}（电话{PHONE}）补交身份证明。")
    preview = at_desk("信访员").get(address(case, "correction_asked", "补正通知书")).content.decode()
    assert "补交身份证明" in preview
    assert NAME not in preview and PHONE not in preview
    made(at_desk("信访员"), case, "correction_asked", "补正通知书")
    assert f"请{NAME}（电话{PHONE}）补交身份证明。" in words(UUID(kept(case)[0].fields["files"]))


def test_each_opening_is_a_look_on_record(case: Any, at_desk: Any) -> None:
    client = at_desk("信访员")
    made(client, case, "accepted", "受理通知书")
    file = kept(case)[0].fields["files"]
    before = len(parties.looks([case.person]))
    answer = client.get(f"/office/matters/{case.matter}/letters/{file}/")
    assert NAME in answer.content.decode()
    assert client.get(f"/office/matters/{case.matter}/files/{file}/").content.startswith(b"PK")
    looks = parties.looks([case.person])
    assert len(looks) >= before + 2
    assert looks[0].purpose == "打开文书《受理通知书》"


def test_an_erased_party_stands_in_no_letter_afterwards(case: Any, at_desk: Any) -> None:
    client = at_desk("信访员")
    made(client, case, "accepted", "受理通知书")
    file = UUID(kept(case)[0].fields["files"])
    case.clerk("清除员", "信访局", "record", "erase", "reveal")
    case.grant("清除员", "信访局", secrecy=1)
    desk.erase(case.actor("清除员", today()), party=case.person, reason="request", key="gone")
    with pytest.raises(Gone):
        open_file(file)
    assert client.get(f"/office/matters/{case.matter}/letters/{file}/").status_code == 404
    assert kept(case)[0].fields["letter"] == "受理通知书"
    again = client.get(address(case, "accepted", "受理通知书")).content.decode()
    assert "已依法清除" in again
    made(client, case, "accepted", "受理通知书", anyway="yes")
    told = words(UUID(kept(case)[-1].fields["files"]))
    assert NAME not in told
    assert "不服罚款" not in told


def test_the_cover_and_the_approval_sheet(case: Any, at_desk: Any) -> None:
    client = at_desk("信访员")
    for name in ("卷宗封面", "审批表"):
        assert made(client, case, "received", name).status_code == 200
        told = words(UUID(kept(case)[-1].fields["files"]))
        assert ledger.read(case.matter).number in told
        assert "不服罚款" in told


def test_the_whole_file_is_one_pdf(case: Any, at_desk: Any) -> None:
    client = at_desk("信访员")
    made(client, case, "accepted", "受理通知书")
    way = f"/office/matters/{case.matter}/whole/"
    assert client.post(way, {"purpose": ""}).status_code == 422
    answer = client.post(way, {"purpose": "移送法院"})
    assert answer["Content-Type"] == "application/pdf"
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(answer.content)]
    assert "卷宗封面" in pages[0]
    assert "目录" in pages[1]
    assert any("行政复议受理通知书" in text and NAME in text for text in pages[3:])
    assert all(f"— {number} —" in text for number, text in enumerate(pages, 1))
    assert parties.looks([case.person])[0].purpose in ("移送法院", "制作文书《卷宗封面》")


def test_a_colleague_elsewhere_gets_no_letters(case: Any, at_desk: Any) -> None:
    client = at_desk("街道员")
    assert client.get(address(case, "accepted", "受理通知书")).status_code == 404
    assert client.get(f"/office/matters/{case.matter}/whole/").status_code == 404


def test_a_letter_of_another_act_is_not_made(case: Any, at_desk: Any) -> None:
    assert at_desk("信访员").get(address(case, "received", "行政复议决定书")).status_code == 404


def test_the_day_on_the_letter_is_the_day_of_the_act(case: Any, at_desk: Any) -> None:
    made(at_desk("信访员"), case, "accepted", "受理通知书")
    day: date = ledger.read(case.matter).entries[seq_of(case.matter, "accepted") - 1].day
    assert words(UUID(kept(case)[0].fields["files"])).rstrip().endswith(f"{day:%Y年%-m月%-d日}")


def test_each_party_gets_a_letter_of_its_own(case: Any, at_desk: Any) -> None:
    other = parties.register("firm", "示例烧烤店", "075512345678")
    seen, actor = ledger.read(case.matter).head, case.actor("信访员", today())
    desk.record(actor, case.matter, "noted", parties=(other,), seen=seen, key="other")
    client = at_desk("信访员")
    page = client.get(address(case, "accepted", "受理通知书")).content.decode()
    assert "每位当事人各一份" in page
    made(client, case, "accepted", "受理通知书", to=str(other))
    (first,) = kept(case)
    assert "示例烧烤店：" in words(UUID(first.fields["files"])) and first.fields["to"] == str(other)
    made(client, case, "accepted", "受理通知书", to="everyone", again="yes")
    _, *both = kept(case)
    assert [line.fields["to"] for line in both] == [str(case.person), str(other)]
    papers = [words(UUID(line.fields["files"])) for line in both]
    assert f"{NAME}：" in papers[0] and "示例烧烤店：" in papers[1]


def test_a_letter_of_a_thread_goes_to_the_party_of_the_thread(case: Any) -> None:
    other = parties.register("firm", "示例烧烤店", "075512345678")
    actor = case.actor("信访员", today())
    for kind, thread, who in (("noted", "甲", (case.person,)), ("noted", "乙", (other,)), ("noted", "乙", ())):
        seen = ledger.read(case.matter).head
        key = f"thread/{seen}"
        desk.record(actor, case.matter, kind, parties=who, thread=thread, seen=seen, key=key)
    view = ledger.read(case.matter)
    assert addressee(view, view.head) == other
    assert addressee(view, seq_of(case.matter, "accepted")) == case.person


@pytest.fixture
def penalty(district: Any) -> Any:
    """A case of penalty about one person, notified of what is intended."""
    district.person = parties.register("citizen", NAME, PHONE)
    actor = district.actor("信访员", today())
    done = desk.receive(
        actor, "penalty", day=today(), fields={"origin": "inspection"}, parties=(district.person,), key="open"
    )
    district.matter = done.matter
    act(district, done.matter, "filed", {})
    act(district, done.matter, "notified", {"hearing": "no"}, "拟罚款五百元。")
    return district


def test_a_kind_of_letter_counts_its_own_numbers_without_gaps(penalty: Any, at_desk: Any) -> None:
    client = at_desk("信访员")
    for turn in ("one", "two"):
        typed = {f"slot:{slot}": "无照经营" for slot in ("subject",)} | {turn: "yes", "anyway": "yes"}
        path = address(penalty, "notified", "行政处罚告知书")
        for _ in range(2):  # pressed twice
            client.post(path, {"key": turn, **typed}, follow=True)
    numbers = [line.fields["letter_number"] for line in kept(penalty)]
    assert numbers == [f"福访罚告〔{today().year}〕{one}号" for one in (1, 2)]
    assert numbers[1] in words(UUID(kept(penalty)[1].fields["files"]))


def test_a_letter_tells_what_a_sub_matter_says(district: Any) -> None:
    actor = district.actor("信访员", today())
    district.person = parties.register("citizen", NAME, PHONE)
    opened = desk.receive(
        actor, "joint_application", day=today(), fields={"channel": "web"}, body={"text": "开餐馆"},
        parties=(district.person,), key="joint",
    )  # fmt: skip
    district.matter = opened.matter
    act(district, opened.matter, "accepted", {})
    book = ledger.rulebook()
    first = desk.Act("received", today(), fields={"channel": "web"})
    seen = ledger.read(opened.matter).head
    led = desk.record(
        actor, opened.matter, "licence_begun", thread="食品经营", seen=seen, key="lead",
        child=desk.Child(book.page("license", today()), first, actor.unit),
    )  # fmt: skip
    for kind, fields in (("accepted", {"mode": "joint"}), ("denied", {})):
        act(district, led.child, kind, fields, "场地不符合要求。")
    act(district, opened.matter, "finished", {})
    view = ledger.read(opened.matter)
    entry = seq_of(opened.matter, "finished")
    template = templates().find("joint_application", "联合办理结果告知书")
    letter = compose(view, actor, template, entry, {}, clear=True)
    assert "不予许可的" in letter.text and "场地不符合要求" in letter.text and "准予许可的，于" not in letter.text
