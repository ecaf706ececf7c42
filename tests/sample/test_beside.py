"""What stands beside the stories of the sample: laid lawfully, laid once, and found by those it is meant for."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings

from fazhi.answers.look import affected
from fazhi.cli.sample import district, laying
from fazhi.cli.sample.tell import stories, tell, teller
from fazhi.closing.close import frozen_of, standing
from fazhi.desk.reorganising import waiting
from fazhi.exchange import links, look
from fazhi.gazette import look as gazette
from fazhi.ledger import query, read, today
from fazhi.library import look as library
from fazhi.report.shelf import Shelf
from fazhi.routing.duties import folder
from fazhi.triage import choices, store

CHAINS = "select o.procedure, c.procedure from ledger_matter c join ledger_matter o on o.id = c.parent"
COUNTED = (
    "ledger_entry",
    "people_party",
    "exchange_row",
    "exchange_difference",
    "library_version",
    "dashboard_alert",
    "answers_given",
)


def counts() -> dict[str, int]:
    return {table: query.fetch("default", f"select count(*) from {table}")[0][0] for table in COUNTED}


@pytest.mark.slow
def test_what_stands_beside_the_stories_is_laid_once(fresh_database: Any, tmp_path: Path) -> None:
    with override_settings(FAZHI_HOME=tmp_path):
        day = today()
        laid = district.lay("shili-password-1", day)
        told = stories(teller(laid.streets, day), 80)
        assert sum(1 for _ in islice(tell(laid, told, day), 12)) == 12
        laying.lay_the_rest(laid, day)
        there = counts()
        assert all(there.values()), there
        laying.lay_the_rest(laid, day)
        assert counts() == there, "a load that was broken off is taken up, not done twice"

        close = standing(laid.units["district"], day.year - 1)
        assert close is not None and len(frozen_of(close).figures) > 200
        assert [count for _view, count in waiting()] == [3]
        one = links.linked("hotline")
        assert [file.counts.get("refused") for file in look.files(one, "in")] == [None, 1]
        assert {one.kind for one in look.differences(look.comparisons(one)[0].id)} == {
            "absent_here",
            "absent_there",
            "value",
            "state",
        }
        assert gazette.lists("default")["行政处罚决定"] == 3
        assert {one.title for one in affected(library.kept("default").heads, day)} == {"示例区行政规范性文件管理办法"}
        versions = store.versions(folder())
        assert [one.corrections for one in versions] == [2, 3, 4]
        assert store.current(folder()) == versions[1].version, "the last lesson was a slip and taken back"
        assert not any(one.corrected and one.topic[0] == "城乡建设" for one in choices.decided())
        chain = query.fetch("default", CHAINS)
        assert {(row[0], row[1]) for row in chain} >= {
            ("appeal", "people_mediation"),
            ("people_mediation", "judicial_confirmation"),
            ("court_mediation", "administrative_mediation"),
        }
        assert library.counts("default").keys() >= {"normative", "guide", "rulebook"}
        assert [one.findings["inconsistent"] for one in Shelf(tmp_path / "reports").kept()] == [0, 0]
        rows = query.fetch("default", "select id from ledger_matter where procedure in ('appeal', 'hotline')")
        views = [read(row[0]) for row in rows]
        assert not [(view.id, one.message) for view in views for one in view.horizon.findings if one.severity != "note"]
