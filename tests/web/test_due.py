"""The due chip and the day ribbon say in words what they show."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import override

from fazhi.law import Clock, ClockRule, Count, Fact, Source, Term, Title, Workdays, explain
from fazhi.web.faces.clocks import due_of, ribbon_of
from fazhi.web.faces.due import Due

REST = {date(2025, 1, 28) + timedelta(days=n): "春节" for n in range(8)}
CALENDAR = Workdays(REST, [date(2025, 1, 26), date(2025, 2, 8)], [2024, 2025, 2026], REST)


def clock(
    state: str = "running", due: date | None = date(2025, 2, 10), term: str = "5 working days", by: str = ""
) -> Clock:
    rule = ClockRule(
        "examine", Title("受理审查", "Examination"), term=Term.parse(term), by=by, source=Source("第三十条")
    )
    count = Count(date(2025, 1, 26), (Term.parse(term),))
    return Clock(rule, "", Fact("received", date(2025, 1, 26)), date(2025, 1, 26), state, due, count=count)  # type: ignore[arg-type]


def test_working_days_are_counted_and_said() -> None:
    due = due_of(clock(due=date(2025, 2, 7)), date(2025, 1, 27), CALENDAR)
    assert (due.state, due.words) == ("soon", "还剩 3 个工作日")
    assert due.icon == "clock"


def test_natural_days_are_said_as_days() -> None:
    assert due_of(clock(term="60 days", due=date(2025, 3, 27)), date(2025, 2, 10), CALENDAR).words == "还剩 45 天"


def test_past_terms_say_by_how_much() -> None:
    due = due_of(clock(state="lapsed", due=date(2025, 2, 7)), date(2025, 2, 11), CALENDAR)
    assert (due.state, due.words, due.icon) == ("overdue", "超 3 个工作日", "alert")


def test_another_s_term_is_never_our_delay() -> None:
    today = date(2025, 2, 6)
    assert due_of(clock(due=date(2025, 2, 10), by="applicant"), today, CALENDAR).words == "等待他人"
    assert due_of(clock(due=date(2025, 2, 5), by="applicant"), today, CALENDAR).state == "lapsed"


def test_every_state_has_words_and_an_icon_in_both_languages() -> None:
    from fazhi.web.faces.due import ICONS

    for state in ICONS:
        with override("zh-hans"):
            chinese = Due(state, date(2025, 2, 10), 2).words
        with override("en"):
            english = Due(state, date(2025, 2, 10), 2).words
        assert chinese and english and chinese != english


def test_provisional_looks_provisional_while_it_runs_only() -> None:
    assert Due("ahead", date(2026, 12, 28), 40, provisional=True).look == "provisional"
    assert Due("met", date(2026, 12, 28), provisional=True).look == "met"


def test_the_ribbon_fills_what_counts_and_says_why_the_rest_does_not() -> None:
    told = explain(clock(), CALENDAR)
    ribbon = ribbon_of(told, date(2025, 2, 5), {date(2025, 2, 5): "补正"})
    days = {one.day: one for month in ribbon.months for one in month.days}
    assert days[date(2025, 1, 26)].look == "start"
    assert days[date(2025, 1, 27)].look == "counted"
    assert days[date(2025, 1, 29)].look == "skipped"
    assert days[date(2025, 2, 6)].look == "coming"
    assert [one.day for one in days.values() if one.is_due] == [told.due]
    assert any(text.startswith("春节") and "1月28日至2" in text for text in ribbon.skips)
    assert days[date(2025, 2, 5)].event == "补正"
    assert "第三十条" in ribbon.law
    assert sum(one.look in ("counted", "coming") for one in days.values()) == 5


def test_a_term_of_years_is_told_in_words_without_a_square_for_each_day() -> None:
    count = Count(date(2020, 1, 1), (Term.parse("5 years"),))
    long = Clock(
        ClockRule("valid", Title("有效期")), "", Fact("issued", date(2020, 1, 1)), date(2020, 1, 1), count=count
    )
    ribbon = ribbon_of(explain(long, CALENDAR), date(2025, 2, 5))
    assert not ribbon.months and ribbon.steps
