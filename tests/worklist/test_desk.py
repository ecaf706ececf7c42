"""My desk: buckets by day, days left, and who has to act."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from district import TODAY, District
from fazhi.law import HORIZON, read_clocks
from fazhi.ledger import query, read, rulebook
from fazhi.worklist import look
from fazhi.worklist import tasks as tasks_of_the_desk
from fazhi.worklist.ends import counted_in_working_days
from fazhi.worklist.values import BUCKETS

DAY = timedelta(days=1)


def _accepted(district: District, day: date) -> object:
    """An appeal accepted on the day: 60 days to handle it."""
    matter = district.receive("城管局", day=day).matter
    district.record(matter, "accepted", "城管局", day=day, nature="claim")
    return matter


def _due(matter: object, clock: str = "handle") -> date:
    rows = query.fetch("default", "select due from worklist_row where matter = %s and clock = %s", [matter, clock])
    return rows[0][0]  # type: ignore[no-any-return]


def _bucket(district: District, today: date, matter: object, clock: str = "handle") -> set[str]:
    scope = district.scope("城管员", TODAY)
    return {
        bucket
        for bucket in BUCKETS
        for task in look.desk(scope, today, bucket).tasks
        if (task.matter, task.clock) == (matter, clock)
    }


def test_a_run_walks_from_later_to_overdue(district: District) -> None:
    matter = _accepted(district, date(2025, 3, 3))
    due = _due(matter)
    assert _bucket(district, date(2025, 3, 10), matter) == {"later"}
    assert _bucket(district, due, matter) == {"today"}
    assert _bucket(district, due + DAY, matter) == {"overdue"}
    assert _bucket(district, due - DAY, matter) == {"soon"}


def test_a_list_counts_the_days_left_as_the_desk_does(district: District) -> None:
    district.receive("城管局", day=TODAY, procedure="disclosure")
    _accepted(district, TODAY)
    tasks = look.desk(district.scope("城管员"), TODAY, limit=200).tasks
    nearest = {task.matter: task for task in reversed(tasks) if task.due}
    days = {matter: task.due for matter, task in nearest.items() if task.due}
    assert counted_in_working_days(days) == {matter for matter, task in nearest.items() if task.working}
    assert {task.working for task in nearest.values()} == {True, False}


def test_buckets_are_apart_and_counted_as_listed(district: District) -> None:
    for back in range(0, 75, 5):
        _accepted(district, date(2025, 3, 5) - back * DAY)
    scope = district.scope("城管员")
    page = look.desk(scope, TODAY, limit=200)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tasks_of_the_desk, "AT_ONCE", 0)
        assert look.desk(scope, TODAY, limit=200) == page
    ours = {(task.matter, task.clock, task.thread) for task in page.tasks}
    apart = ("overdue", "today", "soon", "later", "undated")
    listed = {bucket: look.desk(scope, TODAY, bucket, limit=200).tasks for bucket in apart}  # type: ignore[arg-type]
    assert sum(len(tasks) for tasks in listed.values()) == len(ours)
    assert {bucket: len(tasks) for bucket, tasks in listed.items()} == {
        bucket: page.counts[bucket].number
        for bucket in apart  # type: ignore[index]
    }
    assert all(task.state == bucket for bucket, tasks in listed.items() for task in tasks)
    days = [task.due for task in page.tasks if task.due]
    assert days == sorted(days)


def test_what_the_desk_says_agrees_with_the_clocks_read_today(district: District) -> None:
    """The rows were written once; read against a fresh reading on many days."""
    matters = [_accepted(district, date(2025, 1, 20)), _accepted(district, date(2025, 3, 3))]
    district.record(matters[0], "extended", "城管局", day=date(2025, 3, 4), lasts="30 days")  # type: ignore[arg-type]
    scope = district.scope("城管员")
    for today in (date(2025, 3, 5), date(2025, 4, 1), date(2025, 5, 9), date(2025, 7, 1)):
        tasks = look.desk(scope, today, limit=200).tasks
        told = {(task.matter, task.clock): (task.due, task.state == "overdue") for task in tasks}
        for matter in matters:
            reading = read_clocks(read(matter).matter, today, rulebook().calendar)  # type: ignore[arg-type]
            for clock in reading.clocks:
                key = (matter, clock.rule.name)
                if clock.state in ("running", "lapsed", "ripe", "disputed") and not clock.rule.by:
                    assert told[key] == (clock.due, clock.state == "lapsed"), (today, key)  # type: ignore[index]
                else:
                    assert key not in told, (today, key, clock.state)


def test_days_left_are_counted_in_the_unit_of_the_term(district: District) -> None:
    matter = _accepted(district, date(2025, 3, 3))
    (task,) = [task for task in look.desk(district.scope("城管员"), TODAY).tasks if task.clock == "handle"]
    assert task.due is not None
    assert (task.days_left, task.working) == ((task.due - TODAY).days, False)
    assert task.number
    assert task.what.zh == "办结"
    assert task.source
    assert task.matter == matter


def test_the_applicant_s_own_time_is_waiting_not_late(district: District) -> None:
    matter = _accepted(district, date(2025, 1, 2))
    district.record(matter, "answered", "城管局", day=date(2025, 1, 20), outcome="explained")  # type: ignore[arg-type]
    district.record(matter, "answer_delivered", "城管局", day=date(2025, 1, 21))  # type: ignore[arg-type]
    assert _bucket(district, date(2025, 2, 1), matter, "ask_recheck") == {"waiting"}


def test_work_goes_with_the_unit_whose_turn_it_is(district: District) -> None:
    matter = _accepted(district, date(2025, 3, 3))
    district.record(matter, "transferred", "城管局", unit=str(district.units["莲花街道"]))  # type: ignore[arg-type]
    assert look.desk(district.scope("街道员"), TODAY).tasks
    assert not look.desk(district.scope("城管员"), TODAY).tasks


def test_a_request_is_to_do_for_the_one_asked_and_awaited_by_the_other(district: District) -> None:
    matter = _accepted(district, date(2025, 3, 3))
    district.record(matter, "asked", "城管局", unit=str(district.units["莲花街道"]))  # type: ignore[arg-type]
    (task,) = look.desk(district.scope("街道员"), TODAY).tasks
    assert (task.what.zh, task.due, task.state) == ("回复协助请求", None, "undated")
    assert look.desk(district.scope("城管员"), TODAY, "waiting").tasks
    district.record(matter, "replied", "莲花街道")  # type: ignore[arg-type]
    assert not look.desk(district.scope("街道员"), TODAY).tasks
    assert not look.desk(district.scope("城管员"), TODAY, "waiting").tasks


def test_suspension_is_paused_until_it_ends(district: District) -> None:
    district.grant("新人", "司法局")
    fields = (
        {"applicant": "citizen"}
        if "applicant" in rulebook().page("reconsideration", date(2025, 1, 6)).facts["received"].fields
        else {}
    )
    matter = district.receive(
        "司法局", "不服处罚决定", day=date(2025, 1, 6), procedure="reconsideration", fields=fields
    )
    district.record(matter.matter, "accepted", "司法局", day=date(2025, 1, 8), procedure="ordinary")
    district.record(matter.matter, "suspended", "司法局", day=date(2025, 2, 5), ground="other_case")
    scope = district.scope("新人")
    assert {task.clock for task in look.desk(scope, TODAY, "paused").tasks} >= {"decide"}
    district.record(matter.matter, "resumed", "司法局", day=date(2025, 2, 20))
    assert "decide" not in {task.clock for task in look.desk(scope, TODAY, "paused").tasks}
    assert "decide" in {task.clock for task in look.desk(scope, TODAY).tasks}


def test_paging_the_desk_gives_each_task_once(district: District) -> None:
    for back in range(7):
        _accepted(district, date(2025, 3, 3) - back * DAY)
    scope, seen, after = district.scope("城管员"), [], ""
    while True:
        page = look.desk(scope, TODAY, after=after, limit=3, counted=False)
        seen += [(task.matter, task.clock) for task in page.tasks]
        after = page.after
        if not after:
            break
    assert (
        len(seen)
        == len(set(seen))
        == look.desk(scope, TODAY, limit=200).counts["later"].number
        + sum(look.desk(scope, TODAY).counts[bucket].number for bucket in ("overdue", "today", "soon", "undated"))
    )


def test_rows_hold_every_run_to_the_end_of_all(district: District) -> None:
    matter = _accepted(district, date(2025, 3, 3))
    view = read(matter)  # type: ignore[arg-type]
    runs = [
        clock for clock in read_clocks(view.matter, HORIZON, rulebook().calendar).clocks if clock.rule.by != "figures"
    ]
    rows = query.fetch("default", "select clock, due from worklist_row where matter = %s", [matter])
    assert sorted(rows, key=str) == sorted(((clock.rule.name, clock.due) for clock in runs), key=str)


def test_an_unknown_bucket_is_refused_with_those_there_are(district: District) -> None:
    with pytest.raises(ValueError, match="overdue"):
        look.desk(district.scope("城管员"), TODAY, "yesterday")  # type: ignore[arg-type]


def test_what_is_sent_up_is_to_do_for_who_may_approve_and_awaited_by_the_clerk(district: District) -> None:
    matter = _accepted(district, date(2025, 3, 3))
    district.clerk("城管科长", "城管局", "record", "approve")
    district.grant("城管科长", "城管局")
    district.clerk("城管副局长", "城管局", "approve")
    district.grant("城管副局长", "城管局")

    def sees(name: str) -> set[str]:
        scope = district.scope(name, TODAY)
        return {bucket for bucket in ("approve", "waiting") if look.desk(scope, TODAY, bucket).counts[bucket].number}

    district.record(matter, "approval_asked", "城管局")  # type: ignore[arg-type]
    assert (sees("城管科长"), sees("城管副局长"), sees("城管员")) == ({"approve"}, {"approve"}, {"waiting"})
    assert look.desk(district.scope("城管科长", TODAY), TODAY, "approve").tasks[0].what.zh == "审批"
    district.record(matter, "rejected", "城管局")  # type: ignore[arg-type]
    assert not (sees("城管科长") | sees("城管员"))
    post = str(district.posts["城管副局长"])
    district.record(matter, "approval_asked", "城管局", post=post)  # type: ignore[arg-type]
    assert (sees("城管科长"), sees("城管副局长")) == ({"waiting"}, {"approve"})
