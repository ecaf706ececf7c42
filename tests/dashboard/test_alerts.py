"""An alert becomes a task once, and says why; a view is opened with the rights of whoever opens it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest

from district import District, lay
from fazhi import ledger
from fazhi.dashboard import alerts, views
from fazhi.dashboard.models import Alert, Raised
from fazhi.desk import NoRight
from fazhi.indicators import look, series
from fazhi.indicators.models import Counted
from fazhi.indicators.values import Span
from fazhi.people import posts, units
from fazhi.registers import look as registers
from fazhi.rulebook import Rulebook


@pytest.fixture
def district(db: Any) -> District:
    district = lay()
    text = "insert into ledger_cursor (follower, position) values ('indicators', 1000) on conflict do nothing"
    ledger.query.run("default", text)
    return district


def received(unit: UUID, day: date, many: int = 1) -> None:
    Counted.objects.bulk_create(
        Counted(
            matter=uuid4(), ref="fact received", from_position=1, procedure="appeal", item="fact", name="received",
            unit=unit, handler=unit, day=day,
        )
        for _ in range(many)
    )  # fmt: skip


def month(back: int) -> date:
    """A day in the month so many months before this one."""
    day = ledger.today().replace(day=1)
    for _ in range(back):
        day = (day - timedelta(days=1)).replace(day=1)
    return day


def put(district: District, rule: str, bound: str, by: str = "区长", unit: str = "区政府") -> UUID:
    page = ledger.rulebook().indicators["appeal_received"]
    day = ledger.today()
    actor, scope = district.actor(by, day), district.scope(by, day)
    return alerts.set_alert(actor, scope, page, district.units[unit], rule, Decimal(bound), "信访局", 30)


def tasks() -> list[Any]:
    text = "select id from ledger_matter where procedure = 'supervision_task' order by opened"
    return [ledger.read(row[0]) for row in ledger.query.fetch("default", text)]


def test_a_bound_passed_becomes_one_task_and_no_second(district: District) -> None:
    put(district, "above", "3")
    received(district.units["景田社区"], ledger.today(), 3)
    assert alerts.check_all() == 0
    received(district.units["城管局"], ledger.today(), 2)
    assert (alerts.check_all(), alerts.check_all()) == (1, 0)
    (task,) = tasks()
    body = task.body(1) or {}
    assert task.unit == district.units["区政府"] and task.entries[0].fields["list"] == "alert"
    assert "5件" in body["task"] and body["goal"] == "不高于3件" and body["owner"] == "信访局"
    assert task.entries[0].fields["day"] == (ledger.today() + timedelta(days=30)).isoformat()
    (line,) = alerts.alerts_for(district.actor("区长"), district.scope("区长"), "appeal_received")
    assert [(one.matter, one.values["position"]) for one in line.raised] == [(task.id, 1000)]
    shown = registers.page(
        district.scope("区长"), ledger.rulebook().procedures["supervision_task"][-1], registers.Wanted(ledger.today())
    )
    assert len(shown.lines) == 1


def test_what_another_process_raised_is_not_raised_again(district: District) -> None:
    """The key of the task is that of the alert and its stretch, so a lost note of it makes no second task."""
    put(district, "above", "0")
    received(district.units["城管局"], ledger.today())
    assert alerts.check_all() == 1
    with ledger.act("default"):
        noted = Raised.objects.get()
    assert alerts._task(noted.alert, ledger.rulebook().indicators["appeal_received"],
                        alerts.Why(noted.stretch, (), 1000)) == noted.matter  # fmt: skip
    assert len(tasks()) == 1


def test_months_that_rise_in_a_row_are_told_once_a_row(district: District) -> None:
    put(district, "rising", "3")
    for back, many in ((5, 9), (4, 1), (3, 2), (2, 4)):
        received(district.units["城管局"], month(back), many)
    assert alerts.check_all() == 0  # the last whole month fell to nothing
    received(district.units["城管局"], month(1), 6)
    received(district.units["城管局"], month(0), 50)
    assert (alerts.check_all(), alerts.check_all()) == (1, 0)
    noted = Raised.objects.get()
    assert noted.stretch == f"{month(4):%Y-%m}"
    assert [value for _, value in noted.values["values"]] == ["1", "2", "4", "6"]


def test_no_data_raises_nothing(district: District, rulebook: Rulebook) -> None:
    scope, actor = district.scope("区长"), district.actor("区长")
    page = rulebook.indicators["appeal_in_time"]
    alerts.set_alert(actor, scope, page, district.units["区政府"], "below", Decimal(90), "信访局", 30)
    assert alerts.check_all() == 0 and not tasks()


def test_who_may_set_and_end_an_alert(district: District) -> None:
    for by, unit, why in (("城管员", "城管局", "职权"), ("区长", "别处", "无权")):
        district.units["别处"] = uuid4()
        with pytest.raises(NoRight, match=why):
            put(district, "above", "3", by, unit)
    for rule, bound in (("sideways", "1"), ("rising", "1"), ("falling", "2.5"), ("rising", "12")):
        with pytest.raises(alerts.BadAlert):
            put(district, rule, bound)
    one = put(district, "above", "0")
    received(district.units["城管局"], ledger.today())
    assert not alerts.alerts_for(district.actor("城管员"), district.scope("城管员"))
    assert not alerts.end_alert(district.actor("城管员"), one)
    assert alerts.end_alert(district.actor("区长"), one)
    assert alerts.check_all() == 0
    assert Alert.objects.get(pk=one).until == ledger.today()


def test_an_alert_passes_to_the_post_that_carries_on(district: District) -> None:
    day = ledger.today()
    district.clerk("监督", "区政府", "supervise")
    district.grant("监督", "区政府")
    one = put(district, "above", "3", by="监督")
    received(district.units["城管局"], day, 4)
    posts.end(district.posts["监督"], day=day)
    heir = posts.create(district.units["区政府"], "监督岗", ["supervise"], since=day)
    (line,) = alerts.alerts_for(district.actor("区长", day), district.scope("区长", day))
    assert (line.keeper, line.passed, line.own) == (heir, True, False)
    assert alerts.keeper_of(Alert.objects.get(pk=one)) == heir
    assert alerts.check_all() == 1


def test_a_resting_alert_raises_nothing_until_somebody_takes_it_over(district: District) -> None:
    day = ledger.today()
    one = put(district, "above", "3")
    received(district.units["城管局"], day, 4)
    Alert.objects.filter(pk=one).update(post=uuid4())
    chief, scope, clerk = district.actor("区长", day), district.scope("区长", day), district.actor("城管员", day)
    (line,) = alerts.alerts_for(chief, scope)
    assert (line.keeper, line.own, line.passed) == (None, False, False)
    assert alerts.check_all() == 0 and not tasks()
    assert not alerts.end_alert(chief, one)
    assert not alerts.take_over(clerk, district.scope("城管员", day), one)
    assert alerts.take_over(chief, scope, one)
    assert alerts.alerts_for(chief, scope)[0].own and alerts.check_all() == 1
    assert not alerts.take_over(chief, scope, one)


def test_a_view_is_shared_with_a_unit_and_what_stands_below_it(district: District) -> None:
    head, street, office = (district.actor(name) for name in ("区长", "社区员", "城管员"))
    view = views.keep(head, " 街道  信访 ", "/office/figures/?year=2025", district.units["莲花街道"])
    views.keep(head, "自用", "/office/figures/appeal_received/")
    assert [(one.name, one.own) for one in views.seen_by(street)] == [("街道 信访", False)]
    assert views.seen_by(office) == ()
    views.keep(head, "街道 信访", "/office/figures/?year=2024")
    assert [(one.name, one.address, one.unit) for one in views.seen_by(head)] == [
        ("自用", "/office/figures/appeal_received/", None),
        ("街道 信访", "/office/figures/?year=2024", None),
    ]
    assert not views.drop(street, view) and views.drop(head, view)
    wrong = ("https://example.org/", "/office/matters/../tokens/", "/office/people/")
    for name, address in (("", "/office/figures/"), *(("x", one) for one in wrong)):
        with pytest.raises(views.BadView):
            views.keep(head, name, address)


def test_a_series_adds_up_to_its_figure(district: District, rulebook: Rulebook) -> None:
    page, unit = rulebook.indicators["appeal_received"], district.units["城管局"]
    for day in (date(2024, 2, 29), date(2024, 12, 31), date(2025, 1, 1), date(2025, 3, 5), date(2025, 3, 6)):
        received(unit, day)
    span = Span((unit,), date(2025, 1, 1), date(2025, 3, 5), 1000)
    told = series.months(page, span)
    assert [one.span.start for one in told][::11] == [date(2024, 4, 1), date(2025, 3, 1)]
    assert sum(one.value or 0 for one in told if one.span.start.year == 2025) == look.read(page, span).value == 2
    by_year = series.years(page, span)
    assert [(one.span.cutoff.year, one.value) for one in by_year][-2:] == [(2024, 1), (2025, 2)]


def test_units_are_compared_under_their_heirs_by_a_stated_table(district: District, rulebook: Rulebook) -> None:
    page, gone, heir = (
        rulebook.indicators["appeal_received"],
        *(district.units[n] for n in ("城管局一大队", "城管局")),
    )
    received(gone, date(2024, 2, 1), 4)
    received(heir, date(2024, 2, 1), 1)
    received(heir, date(2025, 2, 1), 7)
    units.merge(gone, into=heir, day=date(2025, 1, 1))
    span = Span((), date(2025, 1, 1), date(2025, 3, 5), 1000)
    allowed = frozenset({gone, heir})
    (one,) = series.beside(page, span, [heir], allowed)
    assert (one.now.value, one.before.value, one.told and one.told.value) == (7, 5, 1)
    (table,) = series.joined([heir], span)
    assert (table.gone, table.heir, table.day) == (gone, heir, date(2025, 1, 1))
    (narrow,) = series.beside(page, span, [heir], frozenset({heir}))
    assert (narrow.before.value, narrow.told) == (1, None)
