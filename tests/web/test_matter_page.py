"""The matter's page and the lists that lead to it: what it is about, what is said under which label, erasing."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any
from uuid import UUID, uuid4

import pytest
from reading import read

from district import District
from fazhi import desk, ledger
from fazhi.desk.tables.collect import collect
from fazhi.desk.tables.layout import layout_of
from fazhi.people import parties
from fazhi.people.actors import machine

AtDesk = Callable[..., Any]
TITLE = "楼下烧烤店夜间噪音扰民"
BODY = {"text": "我叫欧阳小明，电话13812345678。每晚都吵。", "place": "明月路", "title": TITLE}


def received(district: District, unit: str = "城管局", body: dict[str, str] | None = None, **more: Any) -> UUID:
    actor = machine(district.units[unit])
    given = {"day": date(2025, 3, 3), "fields": {"channel": "web"}, "key": uuid4().hex} | more
    return desk.receive(actor, given.pop("procedure", "appeal"), body=body or BODY, **given).matter


def words_of(answer: Any) -> str:
    """What the page says, tags left out."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", answer.content.decode()))


def test_the_lists_say_what_a_matter_is_about(at_desk: AtDesk, district: District) -> None:
    received(district)
    client = at_desk("城管员")
    assert TITLE in words_of(client.get("/office/"))
    assert TITLE in words_of(client.get("/office/matters/"))
    assert TITLE in words_of(client.get("/office/matters/?q=烧烤"))


def test_without_a_title_the_first_words_stand_masked_for_one_who_only_looks(
    at_desk: AtDesk, district: District
) -> None:
    party = parties.register("citizen", "欧阳小明", "13812345678")
    received(district, body={"text": BODY["text"]}, parties=(party,))
    district.clerk("督查员", "区政府", "reveal")
    district.grant("督查员", "区政府")
    for path in ("/office/", "/office/matters/"):
        worked, watched = (words_of(at_desk(name).get(path)) for name in ("城管员", "督查员"))
        assert "每晚都吵" in worked and "13812345678" not in worked and "138****5678" in worked
        assert "每晚都吵" in watched and "欧阳××" in watched
        assert "13812345678" not in watched and "欧阳小明" not in watched


def test_the_corrected_title_is_the_one_that_is_shown(at_desk: AtDesk, district: District) -> None:
    matter = received(district)
    actor = district.actor("城管员")
    seen = ledger.read(matter).head
    desk.correct(
        actor, matter, 1, day=date(2025, 3, 3), fields={"channel": "web"}, body=BODY | {"title": "占道经营"},
        seen=seen, key=uuid4().hex,
    )  # fmt: skip
    page = words_of(at_desk("城管员").get("/office/"))
    assert "占道经营" in page and TITLE not in page


def test_the_course_tells_each_part_under_its_label_and_the_title_once(at_desk: AtDesk, district: District) -> None:
    page = words_of(at_desk("城管员").get(f"/office/matters/{received(district)}/"))
    assert "地点：明月路" in page
    course = page[page.index("经过") : page.index("现在可以做")]
    assert "每晚都吵" in course and TITLE not in course
    assert course.index("每晚都吵") < course.index("地点：明月路")


def test_the_number_stands_with_the_entry_that_earned_it(at_desk: AtDesk, district: District) -> None:
    matter = received(district)
    district.record(matter, "accepted", "城管局", day=date(2025, 3, 4), nature="claim")
    number = ledger.read(matter).number
    page = words_of(at_desk("城管员").get(f"/office/matters/{matter}/"))
    assert number and f"案号：{number}" in page and "编定案号" not in page


def test_acts_that_are_unlikely_next_are_folded(at_desk: AtDesk, district: District) -> None:
    district.grant("信访员", "司法局")
    matter = received(district, "司法局", procedure="reconsideration")
    html = at_desk("信访员").get(f"/office/matters/{matter}/").content.decode()
    at_hand, _, folded = html.partition("其他可办事项")
    assert 1 <= at_hand.count('name="act"') <= 8
    assert "act-accepted" in at_hand
    for before in ("acted", "learned", "duty_requested"):
        assert f"act-{before}" in folded and f"act-{before}" not in at_hand
    for kind, day, fields in (
        ("accepted", 5, {"procedure": "ordinary"}), ("copy_sent", 10, {}), ("heard", 20, {"way": "person"}),
    ):  # fmt: skip
        district.record(matter, kind, "司法局", day=date(2025, 3, day), **fields)
    path = f"/office/matters/{matter}/"
    district.clerk("复议员", "司法局", "record")
    district.grant("复议员", "司法局")
    clerk = at_desk("复议员")
    asking = clerk.get(path).content.decode()
    assert "找要办的事" in asking and '<option value="简易程序转为普通程序">' in asking.partition('name="wanted"')[2]
    sent = {
        "kind": "approval_asked",
        "wanted": "简易程序转为普通程序",
        "text": "案情复杂。",
        "on": "2025-03-25",
        "key": "up",
    }
    sent["seen"] = str(ledger.read(matter).head)
    told = words_of(clerk.post(f"{path}record/", sent, follow=True))
    assert "提请办理：简易程序转为普通程序" in told and "现在等待" in told and "审批" in told
    form = at_desk("信访员").get(path).content.decode().partition('id="act-decided"')[2].partition("</form>")[0]
    assert "届满；办理日期在这一天之后的，记入后标为超期" in form, "lateness is told before, not only after"
    assert form.index('name="outcome"') < form.index('data-when="outcome=revoked,partly_revoked"')
    assert "“决定”为“撤销”、“部分撤销”时可以填写" in form
    district.record(matter, "decided", "司法局", day=date(2025, 4, 1), outcome="upheld")
    html = at_desk("信访员").get(path).content.decode()
    assert "已决定、待送达" in html and "已办结" not in html
    listed = at_desk("信访员").get("/office/matters/?state=closed").content.decode().partition("<tbody>")[2]
    assert "已决定、待送达" in listed and "已办结" not in listed
    table = layout_of(ledger.read(matter).page)
    assert "已决定、待送达" in next(collect(district.scope("信访员"), table, [matter], date(2025, 4, 2)))
    district.record(matter, "delivered", "司法局", day=date(2025, 4, 3))
    assert "已办结" in at_desk("信访员").get(path).content.decode()


@pytest.fixture
def eraser(at_desk: AtDesk, district: District) -> Any:
    district.clerk("保管员", "区政府", "record", "erase")
    district.grant("保管员", "区政府", secrecy=1)
    return at_desk("保管员")


def test_after_erasing_no_page_shows_the_person(eraser: Any, at_desk: AtDesk, district: District) -> None:
    party = parties.register("citizen", "欧阳小明", "13812345678")
    matters = [received(district, parties=(party,)) for _ in range(2)]
    path = f"/office/matters/{matters[0]}/erase/{party}/"
    assert path in eraser.get(f"/office/matters/{matters[0]}/").content.decode()
    warned = words_of(eraser.get(path))
    assert "不能恢复" in warned and "不只这一件" in warned and "欧阳小明" not in warned
    assert eraser.post(path, {"key": "e"}).status_code == 422
    assert eraser.post(path, {"key": "e", "reason": "request"}).status_code == 422
    assert ledger.read(matters[0]).body(1) is not None
    done = eraser.post(path, {"key": "e", "reason": "request", "sure": "yes"}, follow=True)
    assert "已清除：2件" in words_of(done)
    pages = [f"/office/matters/{matter}/" for matter in matters]
    for client in (eraser, at_desk("城管员")):
        for page in (*pages, "/office/", "/office/matters/", "/office/matters/?q=欧阳小明"):
            shown = client.get(page).content.decode().replace('value="欧阳小明"', "").replace("“欧阳小明”", "")
            assert "13812345678" not in shown and TITLE not in shown and "每晚都吵" not in shown
            assert page.endswith("欧阳小明") or "欧阳" not in shown
    assert eraser.get(path).status_code == 404


def test_only_a_post_that_may_erase_is_offered_it(at_desk: AtDesk, district: District) -> None:
    party = parties.register("citizen", "欧阳小明", "13812345678")
    matter = received(district, parties=(party,))
    client, path = at_desk("城管员"), f"/office/matters/{matter}/erase/{party}/"
    assert "/erase/" not in client.get(f"/office/matters/{matter}/").content.decode()
    assert client.get(path).status_code == 404
    assert client.post(path, {"key": "e", "reason": "request", "sure": "yes"}).status_code == 404
    assert ledger.read(matter).body(1) is not None


def test_the_portal_lodges_with_the_unit_that_is_set(client: Any, district: District) -> None:
    from django.test import override_settings

    from fazhi.web.faces.intake import receiving_unit

    assert receiving_unit() == district.units["信访局"]
    for wanted in ("莲花街道", str(district.units["莲花街道"])):
        with override_settings(FAZHI_PORTAL_UNIT=wanted):
            assert receiving_unit() == district.units["莲花街道"]
    with override_settings(FAZHI_NAME="福田区法治平台"):
        assert "福田区法治平台" in client.get("/").content.decode()


def test_the_environment_sets_name_and_receiving_unit() -> None:
    asked = "from fazhi.site import settings as s; print(s.FAZHI_NAME, s.FAZHI_PORTAL_UNIT)"
    told = {"FAZHI_NAME": "福田区法治平台", "FAZHI_PORTAL_UNIT": "莲花街道", "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-c", asked], env=os.environ | told, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.split() == ["福田区法治平台", "莲花街道"]


def test_the_english_face_of_a_worked_matter_is_english(at_desk: AtDesk, district: District) -> None:
    matter = received(district)
    district.record(matter, "accepted", "城管局", day=date(2025, 3, 4), nature="claim")
    client = at_desk("城管员")
    client.cookies["fazhi_language"] = "en"
    for path in (f"/office/matters/{matter}/", "/office/", "/office/matters/?q=烧烤"):
        chinese = [word for word in read(client.get(path).content).words if re.search(r"[\u4e00-\u9fff]", word)]
        assert not chinese, (path, chinese)


def test_who_approves_an_extension_reads_what_is_asked_and_finds_the_days_filled_in(
    at_desk: AtDesk, district: District
) -> None:
    matter = received(district)
    district.record(matter, "accepted", "城管局", day=date(2025, 3, 4), nature="claim")
    district.clerk("局长", "城管局", "approve", "lead")
    district.grant("局长", "城管局")
    path, clerk, head = f"/office/matters/{matter}/", at_desk("城管员"), at_desk("局长")
    plain = clerk.get(path).content.decode()
    lacking = plain.partition("现在不能做的")[2].partition("批准延长并告知理由")[2].partition("</li>")[0]
    assert "城管局/局长岗" in lacking and "区政府/区长岗" not in lacking.partition("城管局/局长岗")[0]
    way = unescape(re.search(r'href="([^"]*act=approval_asked[^"]*)"', lacking)[1])
    form = clerk.get(way).content.decode().partition('id="act-approval_asked"')[2].partition("</form>")[0]
    assert '<option value="批准延长并告知理由" selected' in form and 'data-when="wanted=' in form
    sent = {"kind": "approval_asked", "wanted": "批准延长并告知理由", "lasts": "很久", "text": "案情复杂。"}
    sent |= {"on": "今天", "key": "up", "seen": str(ledger.read(matter).head)}
    assert clerk.post(f"{path}record/", sent).status_code == 422
    clerk.post(f"{path}record/", sent | {"lasts": "30日"})
    asked = head.get(f"{path}?act=approved").content.decode()
    asked = asked.partition('id="act-approved"')[2].partition("</form>")[0]
    for words in ("城管员岗", "提请办理：批准延长并告知理由", "申请延长：30日", "案情复杂。"):
        assert words in asked
    sent_up = ledger.read(matter).horizon.facts[-1]
    assert sent_up.fields["lasts"] == "30 days", "for how long is a field, not a line of the text"
    seen = str(ledger.read(matter).head)
    head.post(f"{path}record/", {"kind": "approved", "on": "今天", "text": "同意", "seen": seen, "key": "ok"})
    form = head.get(path).content.decode().partition('id="act-extended"')[2].partition("</form>")[0]
    assert 'name="lasts"' in form and 'value="30日"' in form


def test_a_decision_is_published_from_its_own_text_by_whoever_may(at_desk: AtDesk, district: District) -> None:
    person = parties.register("citizen", "欧阳示例", "13800000000", "", "")
    actor = district.actor("信访员")
    district.grant("信访员", "城管局", secrecy=1)
    given = {"procedure": "penalty", "fields": {"origin": "inspection"}, "parties": (person,)}
    matter = received(district, body={"text": "占道经营"}, **given)
    desk.record(
        actor, matter, "spot_decided", day=date(2025, 3, 3), fields={"fined": "yes", "fine": "100"},
        body={"text": "欧阳示例占道经营，罚款一百元。"}, seen=ledger.read(matter).head, key=uuid4().hex,
    )  # fmt: skip
    path = f"/office/matters/{matter}/"
    plain = at_desk("城管员").get(path).content.decode()
    assert 'id="act-published"' not in plain
    first = plain.partition("现在不能做的")[2].partition("</li>")[0]
    assert "公开岗位" in first and "按期完成" not in plain, "no filing is judged of what was decided on the spot"
    form = at_desk("信访员").get(path).content.decode().partition('id="act-published"')[2].partition("</form>")[0]
    assert "占道经营，罚款一百元" in form and "罚款数额：100.00元" in form and "欧阳示例" not in form
    assert 'value="行政处罚决定' in form
