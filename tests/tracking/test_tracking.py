"""What a holder is told of a matter: where it stands, the next day and why, the reply, and what may be done."""

from datetime import date, datetime
from typing import Any

import pytest

from district import District, lay
from fazhi import desk
from fazhi.law import explain_json
from fazhi.ledger import query, read
from fazhi.ledger.day import SHANGHAI
from fazhi.people.actors import machine
from fazhi.tracking import look

TEXT = "我叫王小明，电话13812345678，住景田路1号2栋301。"


@pytest.fixture
def district(db: Any) -> District:
    return lay()


def at(month: int, day: int) -> datetime:
    return datetime(2025, month, day, 10, tzinfo=SHANGHAI)


def answer(district: District, matter: Any, day: date) -> None:
    desk.record(
        machine(district.units["城管局"]), matter, "answered", day=day, fields={"outcome": "explained"},
        body={"text": "已责令商户整改。"}, seen=read(matter).head, key="answer",
    )  # fmt: skip


def test_number_and_code_open_the_matter_and_nothing_else_does(district: District) -> None:
    one, two = district.receive("城管局"), district.receive("城管局")
    assert look.follow(one.query_number, one.code, now=at(3, 5)).matter == one.matter  # type: ignore[union-attr]
    assert look.follow(one.query_number, two.code) is None
    assert look.follow("990101-0000-0000", one.code) is None


def test_the_next_day_is_told_with_its_source_and_explained_day_by_day(district: District) -> None:
    done = district.receive("城管局", day=date(2025, 3, 3))
    told = look.of_matter(done.matter, at(3, 5))
    assert told is not None and told.next_due is not None
    assert told.state.title.zh == "已收到，正在看是否受理"
    assert told.next_due.due == date(2025, 3, 18)
    assert "《信访工作条例》" in told.next_due.source and told.next_due.status == "CONVENTION"
    explained = told.next_due.explanation
    assert explained is not None and explained.due == date(2025, 3, 18)
    again = explain_json(explained.as_json())
    assert (again.days, again.steps, again.due) == (explained.days, explained.steps, explained.due)


def test_a_term_is_late_only_after_its_day_and_without_any_job(district: District) -> None:
    done = district.receive("城管局", day=date(2025, 3, 3))
    on_the_day, after = look.of_matter(done.matter, at(3, 18)), look.of_matter(done.matter, at(3, 19))
    assert on_the_day and after
    assert (on_the_day.state.tone, after.state.tone) == ("waiting", "late")


def test_the_reply_is_read_to_the_holder_and_the_holder_may_rate(district: District) -> None:
    done = district.receive("城管局", day=date(2025, 3, 3))
    before = look.of_matter(done.matter, at(3, 5))
    assert before and (before.reply, before.may_rate, before.may_add, before.may_withdraw) == (None, False, True, True)
    district.record(done.matter, "accepted", "城管局", date(2025, 3, 6))
    answer(district, done.matter, date(2025, 3, 20))
    after = look.of_matter(done.matter, at(3, 21))
    assert after and (after.reply, after.may_rate, after.may_withdraw) == ("已责令商户整改。", True, False)
    assert after.state.tone == "done" and after.closed == date(2025, 3, 20)
    assert [step.title.zh for step in after.steps][:2] == ["已收到您提交的内容", "受理并书面告知"]


def test_housekeeping_of_the_office_is_not_told(district: District) -> None:
    done = district.receive("城管局")
    district.record(done.matter, "noted", "城管局")
    told = look.of_matter(done.matter, at(3, 6))
    assert told and [step.kind for step in told.steps] == ["received"]


def test_the_row_holds_nothing_personal(district: District) -> None:
    done = district.receive("城管局", TEXT)
    answer(district, done.matter, date(2025, 3, 20))
    row = query.fetch("default", "select to_jsonb(t)::text from tracking_matter t where matter = %s", [done.matter])[0][
        0
    ]
    for secret in ("王小明", "13812345678", "景田路", "整改"):
        assert secret not in row
