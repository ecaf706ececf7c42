"""The sample's yearly report goes the lawful way: from the communities up to the archive, every step in its time."""

from __future__ import annotations

from itertools import islice
from typing import Any

from fazhi import ledger
from fazhi.cli.sample import district
from fazhi.cli.sample.tell import stories, tell, teller
from fazhi.cli.sample.yearly import publish_report
from fazhi.law import read_clocks
from fazhi.ledger import rulebook, today
from fazhi.report import contributions, look
from fazhi.report.checking import explanations, find
from fazhi.report.render import plain_text


def test_the_sample_report_passes_every_gate_in_its_time(fresh_database: Any) -> None:
    day = today()
    laid = district.lay("shili-password-1", day)
    told = stories(teller(laid.streets, day), 80)
    assert sum(1 for _ in islice(tell(laid, told, day), 12)) == 12
    matter = publish_report(laid, day)
    assert publish_report(laid, day) == matter

    view = ledger.read(matter)
    kinds = [fact.kind for fact in view.horizon.facts if fact.entry and fact.kind not in ("explained", "assigned")]
    way = ["begun", "drafted", "screened", "signed", "submitted", "copied", "published", "archived"]
    assert kinds == way
    clocks = read_clocks(view.matter, ledger.now(), rulebook().calendar).clocks
    assert {one.name: one.state for one in clocks} == {"submit": "met", "copy": "met", "publish": "met"}
    assert not view.horizon.findings

    parts = contributions.of(view)
    assert sorted(one.state for one in parts) == ["adopted", "adopted", "nothing"]
    assert any(one.remark for one in parts)
    below = [one for part in parts for one in contributions.of(ledger.read(part.matter))]
    assert [one.state for one in below] == ["adopted"]

    found = look.of_year(laid.units["district"], day.year - 1)
    assert found is not None and found[1] is not None
    text = plain_text(found[1])
    assert "已解决" in text and "有改进" in text and "待撰写" not in text
    answered = explanations(view)
    assert all(one.message in answered for one in find(found[1]))
