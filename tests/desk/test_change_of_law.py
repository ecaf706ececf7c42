"""A law changes in June: matters on both sides keep, or change, their page as the new one says."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings

from fazhi.desk import receive, record
from fazhi.jobs import renew
from fazhi.law import read_clocks
from fazhi.ledger import adopted, query, read, rulebook, today
from fazhi.people import units
from fazhi.people.actors import Actor
from fazhi.rulebook.scenarios import run_scenarios

JUNE = date(today().year - 1, 6, 1)
MAY = JUNE - timedelta(days=1)
OLD = """
title = { zh = "试行事项", en = "Trial" }
source = "《试行办法》（旧）"
rolls = "law"
opens_with = "received"

[facts.received]
title = { zh = "收到", en = "Received" }

[facts.extended]
title = { zh = "批准延长", en = "Extended" }
after = ["received"]
by = "机关负责人"
fields.lasts = { kind = "term", title = { zh = "延长", en = "By" } }

[facts.decided]
title = { zh = "决定", en = "Decided" }
after = ["received"]
closes = true

[clocks.decide]
title = { zh = "作出决定", en = "Decide" }
starts = "received"
stops = "decided"
term = "60 days"
extended_by = "extended"
extension = "30 days"
source = "第十条"
"""
NEW = (
    OLD.replace("（旧）", "（新）").replace('"60 days"', '"20 working days"').replace('"30 days"', '"10 working days"')
)
TAKES_OVER = NEW + '\n[transition]\nunless = ["extended"]\n'


@pytest.fixture
def house(fresh_database: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = tmp_path / "procedures/trial"
    folder.mkdir(parents=True)
    (folder / "2020-01-01.toml").write_text(OLD, encoding="utf-8")
    monkeypatch.setattr(settings, "FAZHI_OVERLAYS", (tmp_path,))
    adopted.look_again()
    yield tmp_path
    adopted.look_again()


@pytest.fixture
def actor(house: Path) -> Actor:
    unit = units.found("示例区司法局", parent=None, since=date(2020, 1, 1), organ_code="示")
    return Actor(None, None, unit, frozenset(), "import")


def change(house: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The new page arrives: it stands in a folder of its own, laid over the first."""
    folder = house / "june" / "procedures/trial"
    folder.mkdir(parents=True)
    (folder / f"{JUNE}.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(settings, "FAZHI_OVERLAYS", (house, house / "june"))
    adopted.look_again()
    renew.renew()
    renew.wait()


def opened(actor: Actor, day: date) -> UUID:
    return receive(actor, "trial", day=day, key=str(day), unit=actor.unit).matter


def due(matter: UUID) -> date:
    return query.fetch("default", "select due from worklist_row where matter = %s and clock = 'decide'", [matter])[0][0]


def test_a_matter_keeps_the_law_of_the_day_it_was_opened(house, actor, monkeypatch):
    before = opened(actor, MAY)
    assert due(before) == rulebook().calendar.next_working(MAY + timedelta(days=60))
    change(house, NEW, monkeypatch)
    after, late_entry = opened(actor, JUNE), opened(actor, MAY - timedelta(days=1))
    assert due(before) == rulebook().calendar.next_working(MAY + timedelta(days=60))
    assert due(after) == rulebook().calendar.add(JUNE, 20)
    assert due(late_entry) == rulebook().calendar.next_working(MAY + timedelta(days=59)), (
        "typed in late, old all the same"
    )
    assert [read(one).page.in_force for one in (before, after, late_entry)] == [
        date(2020, 1, 1), JUNE, date(2020, 1, 1),
    ]  # fmt: skip


def test_a_page_may_take_over_what_is_open_and_leaves_what_was_extended_or_decided(house, actor, monkeypatch):
    waiting, extended, decided = (opened(actor, MAY - timedelta(days=n)) for n in (0, 1, 2))
    record(actor, extended, "extended", day=MAY, fields={"lasts": "30 days"}, seen=read(extended).head, key="e")
    record(actor, decided, "decided", day=MAY, seen=read(decided).head, key="d")
    change(house, TAKES_OVER, monkeypatch)
    assert due(waiting) == rulebook().calendar.add(MAY, 20), "counted afresh by the new law, from the old start"
    assert due(extended) == rulebook().calendar.next_working(MAY + timedelta(days=89))
    assert due(decided) == rulebook().calendar.next_working(MAY + timedelta(days=58))
    reading = read_clocks(read(waiting).matter, MAY, rulebook().calendar)
    assert reading.page.in_force == date(2020, 1, 1), "on the last day of May the old law still held"


def test_the_scenarios_of_both_sides_pass_beside_the_pages(house, monkeypatch):
    change(house, TAKES_OVER, monkeypatch)
    text = f"""
[[scenario]]
name = "五月收到，未结，由新法接办"
facts = "{MAY} received"
on = {JUNE}
expect = "decide running due {rulebook().calendar.add(MAY, 20)}"

[[scenario]]
name = "六月收到，依新法"
facts = "{JUNE} received"
on = {JUNE}
expect = "decide running due {rulebook().calendar.add(JUNE, 20)}"
"""
    path = house / "june/procedures/trial/scenarios.toml"
    path.write_text(text, encoding="utf-8")
    assert [outcome.faults for outcome in run_scenarios(path, rulebook())] == [(), ()]
