"""The office: who may enter and see, and how acts are recorded, refused, previewed and corrected."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from reading import read

from district import District
from fazhi import ledger
from fazhi.desk import public
from fazhi.people import parties

AtDesk = Callable[..., Any]


def page_of(client: Any, matter: UUID) -> Any:
    return client.get(f"/office/matters/{matter}/")


def post_act(client: Any, matter: UUID, kind: str, **more: str) -> Any:
    seen = str(ledger.read(matter).head)
    typed = {"kind": kind, "seen": seen, "key": uuid.uuid4().hex, "on": "今天"} | more
    return client.post(f"/office/matters/{matter}/record/", typed)


PAGES = ("/office/", "/office/matters/", "/office/receive/", "/office/figures/", "/office/reports/")


@pytest.mark.parametrize("path", PAGES)
def test_strangers_are_sent_to_log_in_and_come_back(client: Any, district: District, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/office/login/?next=")


def test_log_in_leads_onward_and_a_wrong_password_tells_nothing(client: Any, district: District) -> None:
    from fazhi.people import posts

    account = posts.open_account("wang", "王××", "一个足够长的密码9")
    posts.hold(district.posts["城管员"], account, since=date(2020, 1, 1))
    wrong = client.post("/office/login/", {"username": "wang", "password": "不对不对不对"})
    absent = client.post("/office/login/", {"username": "nobody", "password": "不对不对不对"})
    assert wrong.status_code == absent.status_code == 403
    assert "用户名或密码不正确" in wrong.content.decode()
    assert read(wrong.content).inputs["username"] == "wang"
    typed = {"username": "wang", "password": "一个足够长的密码9", "next": "/office/matters/"}
    assert client.post("/office/login/", typed)["Location"] == "/office/matters/"
    typed["next"] = "https://elsewhere.example/"
    assert client.post("/office/login/", typed)["Location"] == "/office/"


@pytest.mark.parametrize("path", PAGES)
def test_pages_open_for_an_official(at_desk: AtDesk, district: District, path: str) -> None:
    district.receive("城管局")
    assert at_desk("信访员").get(path).status_code == 200


def test_one_who_holds_several_posts_chooses_one(at_desk: AtDesk, district: District) -> None:
    from fazhi.people import posts

    posts.hold(district.posts["街道员"], district.accounts["城管员"], since=date(2020, 1, 1))
    client = at_desk("城管员")
    assert client.get("/office/")["Location"].startswith("/office/post/")
    assert "莲花街道" in client.get("/office/post/").content.decode()
    assert client.post("/office/post/", {"post": str(district.posts["信访员"])}).status_code == 200
    assert client.post("/office/post/", {"post": str(district.posts["街道员"])}).status_code == 302
    assert "莲花街道" in client.get("/office/").content.decode()


def test_a_sibling_unit_gets_the_same_answer_as_for_an_absent_matter(at_desk: AtDesk, district: District) -> None:
    matter = district.receive("城管局").matter
    own, sibling = at_desk("城管员"), at_desk("大队员")
    assert page_of(own, matter).status_code == 200
    absent = uuid.uuid4()
    for tail in ("", "correct/1/", f"files/{uuid.uuid4()}/"):
        hidden, missing = (sibling.get(f"/office/matters/{one}/{tail}") for one in (matter, absent))
        assert hidden.status_code == missing.status_code == 404
        assert hidden.content.decode().replace(str(matter), "") == missing.content.decode().replace(str(absent), "")
    for tail in ("record/", "preview/", "reveal/"):
        assert sibling.post(f"/office/matters/{matter}/{tail}", {"kind": "noted"}).status_code == 404


def test_one_without_rights_sees_an_empty_desk(at_desk: AtDesk, district: District) -> None:
    matter = district.receive("城管局").matter
    client = at_desk("新人")
    assert str(matter) not in client.get("/office/").content.decode()
    assert str(matter) not in client.get("/office/matters/").content.decode()
    assert client.get("/office/receive/").status_code == 403


def test_an_act_is_recorded_with_a_day_as_typed(at_desk: AtDesk, district: District) -> None:
    matter = district.receive("城管局").matter
    client = at_desk("城管员")
    assert post_act(client, matter, "accepted", on="2025-03-05", nature="claim", text="已受理。").status_code == 302
    line = ledger.read(matter).entries[-1]
    assert (line.kind, line.day.isoformat(), line.fields["nature"]) == ("accepted", "2025-03-05", "claim")
    assert ledger.read(matter).body(line.seq) == {"text": "已受理。"}
    assert "已记入“受理" in page_of(client, matter).content.decode()


def test_the_same_key_is_recorded_once(at_desk: AtDesk, district: District) -> None:
    matter = district.receive("城管局").matter
    client = at_desk("城管员")
    seen = str(ledger.read(matter).head)
    typed = {"kind": "noted", "seen": seen, "key": "once", "on": "今天", "text": "联系来信人。"}
    for _ in range(2):
        assert client.post(f"/office/matters/{matter}/record/", typed).status_code == 302
    assert [line.kind for line in ledger.read(matter).entries].count("noted") == 1


def test_what_the_law_bars_is_refused_with_its_reason_and_what_was_typed_stays(
    at_desk: AtDesk, district: District
) -> None:
    matter = district.receive("城管局").matter
    answer = post_act(at_desk("城管员"), matter, "rechecked", text="复查意见的初稿，很长很长。", outcome="kept")
    assert answer.status_code == 422
    assert "复查意见的初稿，很长很长。" in answer.content.decode() and "没有记入" in answer.content.decode()
    assert all(line.kind != "rechecked" for line in ledger.read(matter).entries)
    answered = post_act(at_desk("城管员"), matter, "accepted", on="下下周", nature="claim", text="写了半天的内容")
    assert answered.status_code == 422
    assert "下下周" in answered.content.decode()
    assert "写了半天的内容" in answered.content.decode()


def test_two_clerks_collide_loudly_and_lose_nothing(at_desk: AtDesk, district: District) -> None:
    matter = district.receive("城管局").matter
    seen = str(ledger.read(matter).head)
    client = at_desk("城管员")
    post_act(client, matter, "noted", text="第一位。")
    answer = post_act(client, matter, "noted", text="第二位写的。", seen=seen)
    assert answer.status_code == 409
    told = answer.content.decode()
    assert "第二位写的。" in told
    assert "记录工作情况" in told and "城管员岗" in told and "城管局" in told
    assert "再提交一次" in told and "noted（" not in told


def test_the_preview_tells_what_the_act_does_and_records_nothing(at_desk: AtDesk, district: District) -> None:
    matter = district.receive("城管局").matter
    head = ledger.read(matter).head
    typed = {"kind": "accepted", "on": "2025-03-05", "nature": "claim"}
    told = at_desk("城管员").post(f"/office/matters/{matter}/preview/", typed).content.decode()
    assert "完成：" in told and "开始计期：" in told and "5月" in told
    whole = at_desk("城管员").post(f"/office/matters/{matter}/record/", typed | {"preview": "yes"}).content.decode()
    assert "开始计期：" in whole
    assert ledger.read(matter).head == head


def test_a_correction_takes_the_place_of_the_entry_and_both_are_shown(at_desk: AtDesk, district: District) -> None:
    matter = district.receive("城管局").matter
    client = at_desk("城管员")
    post_act(client, matter, "accepted", on="2025-03-05", nature="claim")
    seq = ledger.read(matter).head
    form = read(client.get(f"/office/matters/{matter}/correct/{seq}/").content).inputs
    assert form["on"] == "2025年3月5日"
    answer = client.post(f"/office/matters/{matter}/correct/{seq}/", form | {"on": "2025-03-06", "nature": "claim"})
    assert answer.status_code == 302
    page = page_of(client, matter).content.decode()
    assert f"更正第{seq}条" in page and "course-struck" in page


def test_after_the_answer_its_unit_delivers_corrects_and_takes_up_the_recheck(
    at_desk: AtDesk, district: District
) -> None:
    matter = district.receive("信访局").matter
    district.record(matter, "assigned", "信访局", unit=str(district.units["城管局"]))
    client, sibling = at_desk("城管员"), at_desk("大队员")
    post_act(client, matter, "answered", on="2025-03-05", outcome="explained", text="路灯以修好。")
    seq = ledger.read(matter).head
    assert post_act(client, matter, "answer_delivered", on="2025-03-06").status_code == 302
    form = read(client.get(f"/office/matters/{matter}/correct/{seq}/").content).inputs
    typed = {**form, "outcome": "explained", "text": "路灯已修好。", "strikes": ""}
    assert client.post(f"/office/matters/{matter}/correct/{seq}/", typed).status_code == 302
    assert post_act(client, matter, "rechecked_asked", on="2025-03-07").status_code == 302
    assert post_act(sibling, matter, "rechecked", on="2025-03-10", outcome="kept").status_code == 404
    assert post_act(client, matter, "rechecked", on="2025-03-10", outcome="kept").status_code == 302
    view = ledger.read(matter)
    told = [line.kind for line in view.entries if line.kind not in ("numbered", "warned")]
    assert told[2:] == ["answered", "answer_delivered", "answered", "rechecked_asked", "rechecked"]
    assert "路灯已修好。" in (view.body(seq + 2) or {}).values()


def test_asking_for_correction_is_an_option_of_ours_and_nobody_is_waited_for(
    at_desk: AtDesk, district: District
) -> None:
    matter = district.receive("信访局", procedure="reconsideration", day=ledger.today()).matter
    page = page_of(at_desk("信访员"), matter).content.decode()
    assert "通知补正" in page and "可以办理，不是必须" in page
    assert "等待他人" not in page


def test_what_the_citizen_wrote_is_shown_as_hers_and_no_official_corrects_it(
    at_desk: AtDesk, district: District
) -> None:
    said = {"title": "路灯", "text": "路灯不亮。"}
    done = public.lodge(district.units["城管局"], said, fields={"channel": "web"}, key="lamp")
    client = at_desk("城管员")
    page = page_of(client, done.matter).content.decode()
    assert "信访人（通过公众网页）" in page
    assert "/correct/1/" not in page
    assert client.get(f"/office/matters/{done.matter}/correct/1/").status_code == 404


def test_parties_are_masked_until_a_purpose_is_given_and_the_look_is_kept(at_desk: AtDesk, district: District) -> None:
    party = parties.register("citizen", "欧阳小明", "13812345678")
    matter = district.receive("城管局", parties=(party,)).matter
    client = at_desk("信访员")
    shown = page_of(client, matter).content.decode()
    assert "欧阳小明" not in shown and "13812345678" not in shown
    address = f"/office/matters/{matter}/reveal/"
    refused = client.post(address, {"party": str(party), "purpose": "  "})
    assert refused.status_code == 422 and "欧阳小明" not in refused.content.decode()
    clear = client.post(address, {"party": str(party), "purpose": "电话核实诉求"})
    assert "欧阳小明" in clear.content.decode() and "no-store" in clear["Cache-Control"]
    assert [look.purpose for look in parties.looks([party])] == ["电话核实诉求"]
    assert at_desk("城管员").post(address, {"party": str(party), "purpose": "看看"}).status_code == 403


def test_intake_registers_a_caller_and_keeps_what_was_typed_on_error(at_desk: AtDesk, district: District) -> None:
    client = at_desk("信访员")
    typed = {
        "key": "k1", "on": "今天", "channel": "phone", "text": "", "place": "景田路", "party_kind": "citizen",
        "party_name": "李四", "party_phone": "123",
    }  # fmt: skip
    answer = client.post("/office/receive/?kind=appeal", typed)
    assert answer.status_code == 422 and read(answer.content).inputs["place"] == "景田路"
    answer = client.post("/office/receive/?kind=appeal", typed | {"text": "路灯坏了。"})
    assert answer.status_code == 422 and "路灯坏了。" in answer.content.decode()
    done = client.post("/office/receive/?kind=appeal", typed | {"text": "路灯坏了。", "party_phone": "13812345678"})
    assert done.status_code == 200 and "念给对方" in done.content.decode()
    suspected = {"key": "k2", "on": "今天", "origin": "inspection", "text": "占道经营。", "party_name": "李四"}
    done = client.post("/office/receive/?kind=penalty", suspected)
    assert done.status_code == 200 and "查询码" not in done.content.decode(), "a suspect is given no code to follow it"
    form = client.get("/office/receive/?kind=hotline").content.decode()
    assert re.search(r'value="phone" (selected|checked)', form), "an order of the hotline came by telephone"
    assert re.search(r'<textarea[^>]* id="f-text"[^>]* autofocus', form) and "待填" not in form


def test_the_kind_is_chosen_in_groups_or_found_by_a_part_of_its_name(at_desk: AtDesk, district: District) -> None:
    client = at_desk("信访员")
    page = client.get("/office/receive/?kind=appeal").content.decode()
    groups = re.findall(r'<optgroup label="([^"]+)">', page)
    assert "诉求与纠纷" in groups and "行政执法" in groups and len(groups) == len(set(groups))
    offered = re.findall(r'<option value="([a-z_]+)"', page.partition("kind-choice")[2].partition("</form>")[0])
    assert {"appeal", "penalty", "reconsideration"} <= set(offered) and len(offered) == len(set(offered))
    assert "被申请人" in client.get("/office/receive/?kind=appeal&find=行政复议").content.decode()
    several = client.get("/office/receive/?kind=appeal&find=调解").content.decode()
    assert 'value="people_mediation"' in several and "请从中选一种" in several and 'value="penalty"' not in several
    chosen = client.get("/office/receive/?kind=penalty&find=处罚").content.decode()
    assert "请从中选一种" not in chosen and "违法线索" in chosen
    nothing = client.get("/office/receive/?kind=appeal&find=钓鱼").content.decode()
    assert "没有名称含“钓鱼”的事项种类" in nothing and 'value="penalty"' in nothing


def test_the_kinds_used_most_stand_first(at_desk: AtDesk, district: District) -> None:
    client = at_desk("信访员")
    typed = {"on": "今天", "channel": "phone", "text": "路灯坏了。"}
    assert client.post("/office/receive/?kind=appeal", typed | {"key": "u1"}).status_code == 200
    page = client.get("/office/receive/").content.decode()
    assert re.search(r'<optgroup label="最常用"><option value="appeal" selected>', page)
    assert re.search(r'<optgroup label="最常用"><option value="appeal">', client.get("/office/").content.decode())


def test_a_reconsideration_is_asked_what_the_law_examines(at_desk: AtDesk, district: District) -> None:
    client = at_desk("信访员")
    form = client.get("/office/receive/?kind=reconsideration").content.decode()
    for label in ("复议请求、事实和理由", "被申请人", "不服的行政行为", "代理人", "知道或者应当知道行政行为"):
        assert label in form
    assert "反映的事情" not in form and "地点" not in form
    typed = {
        "key": "k9", "on": "2025-03-20", "channel": "visit", "title": "不服罚款", "text": "请求撤销罚款决定。",
        "respondent": "示例区市场监督管理局", "act": "行政处罚决定书〔2026〕7号", "party_kind": "citizen",
        "party_name": "李四", "learned-on": "2099-01-05",
    }  # fmt: skip
    refused = client.post("/office/receive/?kind=reconsideration", typed)
    assert refused.status_code == 422 and read(refused.content).inputs["respondent"] == "示例区市场监督管理局"
    done = client.post("/office/receive/?kind=reconsideration", typed | {"learned-on": "2025-01-05", "told": "yes"})
    assert done.status_code == 200
    (matter,) = set(re.findall(r"/office/matters/([0-9a-f-]{36})/", done.content.decode()))
    page = client.get(f"/office/matters/{matter}/").content.decode()
    assert "不服罚款" in page and "被申请人：示例区市场监督管理局" in re.sub(r"<[^>]+>", "", page)
    assert "知道或者应当知道行政行为" in page and "申请人" in page


def test_who_comes_is_called_by_the_word_of_the_page(at_desk: AtDesk, district: District) -> None:
    party = parties.register("citizen", "欧阳小明", "13812345678")
    matter = district.receive("信访局", parties=(party,)).matter
    page = page_of(at_desk("信访员"), matter).content.decode()
    assert "信访人" in page and "申请人" not in page


def test_figures_open_to_their_records(db: Any, at_desk: AtDesk, district: District) -> None:
    from fazhi.ledger.heavy import follow_sealed
    from fazhi.ledger.seal import seal_once

    matter = district.receive("城管局").matter
    with db("fazhi_sealer"):
        seal_once("sealer")
    follow_sealed()
    client = at_desk("信访员")
    board = client.get("/office/figures/?year=2025").content.decode()
    assert "/office/figures/appeal_received/?year=2025" in board
    detail = client.get("/office/figures/appeal_received/?year=2025").content.decode()
    (named,) = re.findall(rf'href="/office/matters/{matter}/" lang="zh-Hans">([^<]+)</a>', detail)
    assert named not in ("信访", ledger.read(matter).number) and "口径的核验码" not in detail and "核对码" in detail
    assert client.get("/office/figures/nothing/").status_code == 404


def test_search_finds_within_rights_only(at_desk: AtDesk, district: District) -> None:
    matter = district.receive("城管局", "景田路口红绿灯不亮。").matter
    assert str(matter) in at_desk("城管员").get("/office/matters/?q=红绿灯").content.decode()
    assert str(matter) not in at_desk("大队员").get("/office/matters/?q=红绿灯").content.decode()
    assert at_desk("城管员").get("/office/matters/?after=x").status_code == 404


def test_posts_without_a_token_are_refused(at_desk: AtDesk, district: District) -> None:
    matter = district.receive("城管局").matter
    client = at_desk("城管员", enforce=True)
    assert client.post(f"/office/matters/{matter}/record/", {"kind": "noted"}).status_code == 403
    assert client.post("/office/logout/").status_code == 403
    assert client.get("/office/logout/").status_code == 405


def test_reconsideration_is_received_with_everyone_in_it(at_desk: AtDesk, district: District) -> None:
    district.clerk("复议员", "司法局", "record", "reveal")
    district.grant("复议员", "司法局")
    client = at_desk("复议员")
    typed = {
        "text": "请求撤销。",
        "on": "今天",
        "channel": "visit",
        "key": "r",
        "party_name": "王小明",
        "party_kind": "citizen",
    }
    typed |= {"third_name": "李建国", "third_kind": "citizen", "proxy_name": "赵律师", "proxy_phone": "12"}
    wrong = client.post("/office/receive/?kind=reconsideration", typed)
    assert wrong.status_code == 422 and read(wrong.content).inputs["third_name"] == "李建国"
    done = client.post("/office/receive/?kind=reconsideration", typed | {"proxy_phone": "13812345678"}).content.decode()
    page = client.get(re.search(r"/office/matters/[0-9a-f-]{36}/", done)[0]).content.decode()  # type: ignore[index]
    for role, name in (("申请人", "王××"), ("第三人", "李××"), ("委托代理人", "赵××")):
        assert re.search(rf"<dt>{role}</dt><dd[^>]*>{name}", page), role


def test_a_list_is_narrowed_ordered_and_taken_along_as_it_stands(at_desk: AtDesk, district: District) -> None:
    district.receive("城管局", "=cmd 城管的事", day=date(2025, 3, 3))
    district.receive("信访局", "信访的事", day=date(2025, 2, 3))
    client = at_desk("信访员")
    listed = client.get("/office/matters/?unit=城管局").content.decode()
    assert "城管的事" in listed and "信访的事" not in listed
    earlier = client.get("/office/matters/?until=2025-02-28&sort=due").content.decode()
    assert "信访的事" in earlier and "城管的事" not in earlier
    unknown = client.get("/office/matters/?unit=城局").content.decode()
    assert "这一项没有用上" in unknown
    taken = client.get("/office/matters/as/csv/?unit=城管局")
    text = taken.content.decode("utf-8-sig")
    assert "attachment" in taken["Content-Disposition"]
    assert ",'=cmd 城管的事," in text and "信访的事" not in text
    assert client.get("/office/matters/as/xlsx/").content[:2] == b"PK"
    assert client.get("/office/matters/as/exe/").status_code == 404


def test_texts_stand_whole_for_a_purpose_that_is_recorded(at_desk: AtDesk, district: District) -> None:
    matter = district.receive("信访局", "请打13812345678找我，明月路12号路灯坏了。").matter
    client = at_desk("信访员")
    shown = page_of(client, matter).content.decode()
    assert "13812345678" not in shown and "明月路12号" in shown
    address = f"/office/matters/{matter}/reveal/"
    assert client.post(address, {"party": "texts", "purpose": " "}).status_code == 422
    whole = client.post(address, {"party": "texts", "purpose": "电话核实"}).content.decode()
    assert "13812345678" in whole and "本次查看已记录" in whole
    (look,) = parties.looks([], matter=matter)
    assert (look.purpose, look.account) == ("电话核实", district.accounts["信访员"])
    assert "电话核实" in page_of(client, matter).content.decode()
    assert at_desk("大队员").post(address, {"party": "texts", "purpose": "x"}).status_code == 404


def test_the_desk_leads_to_the_form_that_ends_the_term(at_desk: AtDesk, district: District) -> None:
    district.clerk("复议员", "司法局", "record")
    district.grant("复议员", "司法局")
    matter = district.receive("司法局", procedure="reconsideration", day=ledger.today()).matter
    district.record(matter, "accepted", "司法局", day=ledger.today(), procedure="ordinary")
    client = at_desk("复议员")
    desk = client.get("/office/").content.decode()
    way = re.search(rf"/office/matters/{matter}/\?act=(\w+)", desk)
    assert way, "no term of this matter has one act alone that ends it"
    page = client.get(way[0].rstrip('"')).content.decode()
    assert re.search(rf'<details class="act[^>]* open id="act-{way[1]}"', page)
    assert " open id=" not in client.get(f"/office/matters/{matter}/?act=nonsense").content.decode()
