"""What was published: masked, by list and day, withdrawn with its reason, readable by the public role and no more."""

from typing import Any

import pytest

from district import TODAY, District, lay
from fazhi import desk
from fazhi.gazette import look
from fazhi.ledger import followers, query, read, today
from fazhi.ledger.refill import refill
from fazhi.people import parties
from fazhi.people.actors import machine

SECRETS = ("王小明", "13812345678", "440304199001011234", "2栋301")
TEXT = f"反映人王小明，电话{SECRETS[1]}，身份证{SECRETS[2]}，住景田路1号2栋301。已责令商户整改。"


@pytest.fixture
def district(db: Any) -> District:
    return lay()


def publish(
    district: District, text: str = TEXT, title: str = "关于王小明反映噪音的答复", list: str = "信访答复"
) -> Any:
    done = district.receive("城管局")
    district.record(done.matter, "answered", "城管局", outcome="explained")
    view = read(done.matter)
    seq = next(line.seq for line in view.entries if line.kind == "answered")
    desk.publish(
        machine(district.units["城管局"]),
        done.matter,
        seq,
        text,
        title="反映人" + title[2:],
        list=list,
        seen=view.head,
        key="p",
    )
    return done.matter


def test_nothing_is_public_before_a_person_publishes_it(district: District) -> None:
    done = district.receive("城管局")
    district.record(done.matter, "answered", "城管局", outcome="explained")
    assert look.page().items == ()


def test_a_publication_is_masked_and_tells_unit_number_day_and_source(district: District) -> None:
    matter = publish(district)
    (item,) = look.page("信访答复").items
    row = query.fetch("default", "select to_jsonb(g)::text from gazette_item g")[0][0]
    for secret in SECRETS:
        assert secret not in row
    assert "已责令商户整改" in item.text
    assert (item.unit, item.number, item.day) == (district.units["城管局"], read(matter).number, today())
    assert item.act.zh == "出具信访处理意见、答复" and "《信访工作条例》" in item.source
    assert str(matter) not in repr(look.item(item.id))
    assert look.lists() == {"信访答复": 1}


def test_the_people_of_a_matter_are_hidden_wherever_they_stand_and_stay_so_when_erased(
    district: District, db: Any
) -> None:
    actor = machine(district.units["城管局"])
    named = [parties.register("citizen", "令狐示例"), parties.register("firm", "示例区烧烤城有限公司")]
    done = desk.receive(
        actor, "appeal", day=TODAY, fields={"channel": "web"}, body={"text": "噪音"}, parties=named, key="h"
    )
    district.record(done.matter, "answered", "城管局", outcome="explained")
    view = read(done.matter)
    said = "经查，令狐示例租用的场地由示例区烧烤城有限公司经营，已责令整改。"
    desk.publish(actor, done.matter, view.head, said, title="令狐示例一案", seen=view.head, key="p")
    (item,) = look.page().items
    assert (item.title, item.text[:10]) == ("令狐××一案", "经查，令狐××租用的")
    assert "示例区烧烤城有限公司" in item.text
    parties.erase(named[0])
    with db("fazhi_owner"):
        refill([room for room in followers() if room.name == "gazette"])
    assert "令狐示例" not in look.page().items[0].text


def test_a_withdrawn_publication_stays_with_its_reason_and_without_its_text(district: District) -> None:
    matter = publish(district)
    (item,) = look.page().items
    view = read(matter)
    seq = next(line.seq for line in view.entries if line.kind == "published")
    actor = machine(district.units["城管局"])
    desk.unpublish(actor, matter, seq, "内容有误，联系13812345678", seen=view.head, key="w")
    gone = look.item(item.id)
    assert gone is not None
    assert (gone.text, gone.withdrawn) == ("", today())
    assert gone.reason.startswith("内容有误") and "13812345678" not in gone.reason
    assert look.lists() == {}
    assert "已撤回" in look.feed().entries[0].summary


def test_pages_follow_one_another_without_gap_or_double(district: District) -> None:
    for _ in range(5):
        publish(district)
    seen, after = [], ""
    while True:
        shown = look.page(after=after, limit=2)
        seen += [item.id for item in shown.items]
        after = shown.after
        if not after:
            break
    assert len(seen) == len(set(seen)) == 5
    with pytest.raises(ValueError, match="第一页"):
        look.page(after="nonsense")


def test_a_list_of_other_units_is_empty(district: District) -> None:
    publish(district)
    assert look.page(units=[district.units["司法局"]]).items == ()
    assert len(look.page(units=[district.units["城管局"]]).items) == 1


def test_the_public_role_reads_publications_and_no_matter(district: District, db: Any) -> None:
    publish(district)
    with db("fazhi_public"):
        assert len(look.page().items) == 1
        for table in ("ledger_entry", "ledger_body", "tracking_matter", "indicators_counted", "people_party"):
            assert not query.fetch("default", "select has_table_privilege(%s, 'select')", [table])[0][0]
