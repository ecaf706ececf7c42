"""The notice of a year arrives as a page: days that it moves are moved, and who was told one is told the new one."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from fazhi.desk import keep_letter, receive, record
from fazhi.desk.telling import tell
from fazhi.jobs import renew
from fazhi.jobs.retell import retell
from fazhi.law import read_clocks
from fazhi.ledger import adopted, now, query, read, rulebook, today, versions
from fazhi.letters.case import written
from fazhi.letters.make import compose, offers
from fazhi.people import units
from fazhi.people.actors import Actor
from fazhi.tracking.look import of_matter
from fazhi.web.office.course import _warning
from fazhi.worklist.course import course, names_of

PAGE = """
title = { zh = "试行事项", en = "Trial" }
source = "《试行办法》（测试用）"
rolls = "law"
opens_with = "received"

[facts.received]
title = { zh = "收到", en = "Received" }

[facts.extended]
title = { zh = "批准延长", en = "Extended" }
after = ["received"]

[facts.done]
title = { zh = "办结", en = "Done" }
after = ["received"]
closes = true
"""
CLOCK = """
[clocks.{name}]
title = {{ zh = "{name}", en = "{name}" }}
starts = "received"
stops = "done"
term = "{term}"
extended_by = "extended"
extension = "10 days"
source = "第一条"
"""
START = today()


@dataclass
class Coming:
    """A year without a notice, and the days in it on which clocks of the trial kind end."""

    year: int
    first: date
    spring: date
    summer: date


@pytest.fixture
def coming(fresh_database: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Coming]:
    days = rulebook().calendar
    year = next(year for year in range(START.year, START.year + 9) if not days.known(date(year, 7, 1)))
    first = days.next_working(max(date(year, 1, 2), START + timedelta(days=40)))
    ends = Coming(year, first, days.next_working(first + timedelta(days=70)), first + timedelta(days=150))
    terms = {
        "later": f"{(first - START).days} days",
        "earlier": f"{days.count(START, ends.spring)} working days",
        "unmoved": f"{(days.next_working(ends.summer) - START).days} days",
        "certain": "1 hours",
    }
    place = tmp_path / "pages/procedures/trial/2020-01-01.toml"
    place.parent.mkdir(parents=True)
    clocks = (CLOCK.format(name=name, term=term) for name, term in terms.items())
    place.write_text(PAGE + "".join(clocks), encoding="utf-8")
    monkeypatch.setattr(settings, "FAZHI_OVERLAYS", (tmp_path / "pages",))
    adopted.look_again()
    yield ends
    adopted.look_again()


@pytest.fixture
def actor(coming: Coming) -> Actor:
    unit = units.found("示例区司法局", parent=None, since=date(2020, 1, 1), organ_code="示")
    return Actor(None, None, unit, frozenset(), "import")


def saturdays(after: date) -> list[str]:
    first = after + timedelta(days=(5 - after.weekday()) % 7 or 7)
    return [f'"{first + timedelta(days=7 * n)}"' for n in range(3)]


def arrive(coming: Coming, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The notice: one more day of rest at the beginning, and three Saturdays on which people work."""
    place = folder / f"notice/calendars/{coming.year}.toml"
    place.parent.mkdir(parents=True)
    worked = ", ".join(saturdays(coming.first + timedelta(days=7)))
    rest = f'[rest]\n"元旦" = ["{coming.first}"]\n[worked]\n"春节" = [{worked}]\n'
    place.write_text(f'year = {coming.year}\nsource = "放假通知（测试用）"\n{rest}', encoding="utf-8")
    monkeypatch.setattr(settings, "FAZHI_OVERLAYS", (folder / "pages", folder / "notice"))
    adopted.look_again()


def opened(actor: Actor, key: str) -> uuid.UUID:
    moment = datetime.combine(START, time(0, 0))
    return receive(actor, "trial", day=START, moment=moment, key=key, unit=actor.unit).matter


def dues(matter: uuid.UUID) -> dict[str, tuple[date | None, bool]]:
    return {clock.name: (clock.due, clock.provisional) for clock in read(matter).horizon.clocks}


def rows(matter: uuid.UUID) -> dict[str, tuple[date, bool]]:
    found = query.fetch("default", "select clock, due, provisional from worklist_row where matter = %s", [matter])
    return {name: (due, provisional) for name, due, provisional in found}


def tellings(matter: uuid.UUID) -> list[dict[str, str]]:
    return [dict(line.fields) for line in read(matter).entries if line.kind == "warned" and "was" in line.fields]


def test_exactly_the_provisional_days_that_it_moves_are_moved(coming, actor, tmp_path, monkeypatch):
    matter = opened(actor, "a")
    before = dues(matter)
    assert {name for name, (_, provisional) in before.items() if provisional} == {"later", "earlier", "unmoved"}
    arrive(coming, tmp_path, monkeypatch)
    assert rows(matter) == before, "nobody has filled the rows anew yet"
    assert "worklist" in {one.name for one in versions.outdated()}
    renew.renew()
    renew.wait()
    after = dues(matter)
    assert rows(matter) == after and versions.outdated() == ()
    assert after["later"][0] > before["later"][0] and after["earlier"][0] < before["earlier"][0]
    assert {name for name in before if before[name][0] != after[name][0]} == {"later", "earlier"}
    assert tellings(matter) == [], "nobody was told a day, so nobody is told another"


def test_who_was_told_a_day_is_told_the_new_one_once_and_an_earlier_one_is_said_to_be(
    coming, actor, tmp_path, monkeypatch
):
    matter, closed = opened(actor, "a"), opened(actor, "b")
    before = dues(matter)
    for one in (matter, closed):
        for name in ("later", "earlier", "unmoved", "certain"):
            assert tell(one, name, "", before[name][0], actor.unit)
    told = {f"{name}#": before[name][0] for name in ("later", "unmoved")}
    head = read(matter).head
    keep_letter(actor, matter, "受理通知书", entry=1, file=uuid.uuid4(), dues=told, seen=head, key="l")
    record(actor, closed, "done", day=START, seen=read(closed).head, key="d")
    arrive(coming, tmp_path, monkeypatch)
    renew.renew()
    renew.wait()
    after = dues(matter)
    said = {(one["clock"], one.get("letter", "")): (one["was"], one["due"]) for one in tellings(matter)}
    moved = {name: (str(before[name][0]), str(after[name][0])) for name in ("later", "earlier")}
    assert said == {
        ("later", ""): moved["later"],
        ("earlier", ""): moved["earlier"],
        ("later", "受理通知书"): moved["later"],
    }
    assert tellings(closed) == []
    assert retell() == 0, "told once"
    (shown,) = of_matter(matter).moved
    assert (shown.letter, shown.was, shown.due) == ("受理通知书", before["later"][0], after["later"][0])
    view = read(matter)
    (offer,) = offers(view, read_clocks(view.matter, now(), rulebook().calendar))
    letter = compose(view, actor, offer.template, offer.entry, {}, clear=False)
    assert offer.template.name == "期限变动告知书"
    assert all(written(day) in letter.text for day in (before["later"][0], after["later"][0]))


def test_the_course_says_whether_a_day_came_earlier_or_later(coming, actor, tmp_path, monkeypatch):
    matter = opened(actor, "a")
    for name in ("later", "earlier"):
        tell(matter, name, "", dues(matter)[name][0], actor.unit)
    arrive(coming, tmp_path, monkeypatch)
    retell([matter])
    view = read(matter)
    entries = [one for one in course(view, view.horizon, names_of(view), str) if one.kind == "warned"]
    told = {field.shown: _warning(one) for one in entries for field in one.fields if field.name == "clock"}
    assert told == {"later": "系统提醒：已告知的届满日推后", "earlier": "系统提醒：已告知的届满日提前"}


def test_a_day_that_an_extension_moved_is_not_the_notices_doing(coming, actor):
    matter = opened(actor, "a")
    tell(matter, "later", "", dues(matter)["later"][0], actor.unit)
    record(actor, matter, "extended", day=START, seen=read(matter).head, key="e")
    assert retell([matter]) == 0
