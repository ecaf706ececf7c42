"""Local rules as entries: proposed by one, adopted by another, read from their day on, refused where they loosen."""

import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

import district as laid
from fazhi import desk, ledger
from fazhi.desk import NoRight, Refused, local
from fazhi.ledger import adopted, query, refill
from fazhi.ledger.local import FOLLOWERS

DAY = ledger.today()
PLACE = f"procedures/hotline/{DAY - timedelta(days=30)}.toml"
FIVE_DAYS = """
overlays = "hotline"

[clocks.handle]
term = "5 working days"
source = "《示例区12345热线工单办理规范》第四条"
status = "CONVENTION"
"""
SHORTER = """
overlays = "appeal"

[clocks.handle]
term = "{term}"
source = "《示例区信访工作规范》第二条"
status = "CONVENTION"
"""


@pytest.fixture
def house(fresh_database: object) -> Iterator[Any]:
    adopted.look_again()
    district = laid.lay()
    for name, power in (("系统员", "administer"), ("安全员", "grant")):
        district.clerk(name, "区政府", power)
    yield district
    adopted._Shelf.folder, adopted._Shelf.stamp = None, ""
    adopted.look_again()


def key() -> str:
    return uuid.uuid4().hex


def propose(house: Any, text: str, place: str = PLACE, by: str = "系统员") -> uuid.UUID:
    return local.propose(house.actor(by, DAY), place, text, key=key())[0].matter


def adopt(house: Any, matter: uuid.UUID, by: str = "安全员") -> Any:
    return local.adopt(house.actor(by, DAY), matter, seen=ledger.read(matter).head, key=key())


def due(house: Any) -> date | None:
    """When a hotline call of today has to be handled."""
    got = house.receive("区政府", procedure="hotline", day=DAY, fields={"channel": "phone"})
    house.record(got.matter, "forwarded", "区政府", DAY)
    clocks = {clock.rule.name: clock for clock in ledger.read(got.matter).horizon.clocks}
    return clocks["handle"].due


def test_a_page_is_read_from_the_moment_a_second_person_adopts_it(house):
    assert due(house) is None, "no national text fixes the days of the hotline"
    matter = propose(house, FIVE_DAYS)
    assert due(house) is None, "what is only proposed is not yet a rule"
    adopt(house, matter)
    assert due(house) == ledger.rulebook().calendar.add(DAY, 5)
    line = ledger.read(matter).entries[0]
    assert line.fields["page"] == PLACE and line.fields["digest"].startswith("sm3:")
    assert not refill.compare(FOLLOWERS[0])


def test_the_proposer_may_not_adopt_and_nobody_without_that_power(house):
    matter = propose(house, FIVE_DAYS, by="系统员")
    with pytest.raises(NoRight, match="提出人不能审定"):
        adopt(house, matter, by="系统员")
    with pytest.raises(NoRight):
        adopt(house, matter, by="城管员")
    assert due(house) is None
    adopt(house, matter, by="安全员")
    assert due(house) is not None


def test_a_clerk_of_one_bureau_makes_no_rule_for_the_district(house):
    with pytest.raises(NoRight):
        propose(house, FIVE_DAYS, by="城管员")


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (SHORTER.format(term="90 days"), 5, "本地页只能缩短机关自己的期限"),
        ('overlays = "appeal"\n[facts.answered]\nby = "record"\n', 3, "本地页不得改动权限"),
        ('overlays = "appeal"\n[facts.gone]\ntitle = "了结"\ncloses = true\n', 4, "不得新增结束事项的事实"),
        ('title = "信访"\nopens_with = "received"\n[facts.received]\ntitle = "收到"\n', 1, "不得整页替换"),
    ],
)
def test_what_loosens_is_refused_with_its_line(house, text, line, said):
    with pytest.raises(Refused) as refused:
        propose(house, text, f"procedures/appeal/{DAY}.toml")
    assert f"第{line}行" in str(refused.value) and said in str(refused.value)
    assert not local.rules()


def test_two_pages_together_loosen_no_more_than_one_alone(house):
    first = f"procedures/appeal/{DAY - timedelta(days=2)}.toml"
    adopt(house, propose(house, SHORTER.format(term="30 days"), first))
    with pytest.raises(Refused, match="只能缩短"):
        propose(house, SHORTER.format(term="90 days"), f"procedures/appeal/{DAY - timedelta(days=1)}.toml")


@pytest.mark.parametrize(
    "place",
    ["../x.toml", "procedures/common/2025-01-01.toml", "procedures/hotline/2025-13-01.toml", "glossary.toml", "a/b/c"],
)
def test_a_page_has_one_of_few_places(house, place):
    with pytest.raises(Refused, match="不是本地规则可以放的位置"):
        propose(house, FIVE_DAYS, place)


def test_a_national_figure_keeps_its_meaning(house):
    text = (Path(adopted.__file__).parents[1] / "rulebook/indicators/appeal_received.toml").read_text("utf-8")
    with pytest.raises(Refused, match="全国的指标"):
        propose(house, text, "indicators/appeal_received.toml")


def test_the_preview_says_in_words_what_changes(house):
    proposal = local.preview(PLACE, FIVE_DAYS)
    told = "；".join(f"{change.what} {change.was} {change.will}" for change in proposal.changes)
    assert "办理" in told and "5个工作日" in told and not proposal.errors
    assert "5 working days" not in told and "handle" not in told


def test_a_repealed_page_binds_only_what_was_received_under_it(house):
    matter = propose(house, FIVE_DAYS)
    adopt(house, matter)
    before = house.receive("区政府", procedure="hotline", day=DAY, fields={"channel": "phone"}).matter
    local.repeal(house.actor("安全员", DAY), matter, "上级已有规定", seen=ledger.read(matter).head, key=key())
    assert due(house) is None
    assert ledger.read(before).page.clocks["handle"].term is not None


def test_a_forged_adoption_counts_for_nothing(house):
    """Somebody who writes entries past the verbs, as the same person or with another text, makes no rule."""
    matter = propose(house, FIVE_DAYS)
    for actor in (house.actor("系统员", DAY),):
        ledger.append(matter, ledger.Draft("adopted", DAY, fields={"entry": "1"}), actor, seen=1, key=key())
    adopted.look_again()
    assert due(house) is None
    with pytest.raises(Refused, match="只能在它自己的页面"):
        desk.record(house.actor("安全员", DAY), matter, "adopted", fields={"entry": "1"}, seen=2, key=key())


def test_a_page_that_no_longer_agrees_is_left_out_and_told(house):
    matter = propose(house, FIVE_DAYS)
    adopt(house, matter)
    query.run("owner", "update ledger_local_page set text = 'overlays = \"nothing\"'")
    query.run("owner", "update ledger_local_page set digest = 'changed'")
    adopted.look_again()
    assert due(house) is None
    assert adopted.left_out() == {PLACE}


def test_a_holiday_notice_is_adopted_the_same_way(house):
    notice = 'year = 2031\nsource = "放假通知"\n[rest]\n"元旦" = ["2031-01-01/2031-01-03"]\n[worked]\n'
    adopt(house, propose(house, notice, "calendars/2031.toml"))
    calendar = ledger.rulebook().calendar
    assert calendar.known(date(2031, 1, 2)) and not calendar.is_working(date(2031, 1, 2))
