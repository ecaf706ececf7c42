"""A list asks the database as often for many matters as for few."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from district import TODAY, District
from fazhi.ledger import query
from fazhi.people import parties
from fazhi.search import look
from fazhi.worklist import look as worklist


def receive(district: District, several: int) -> None:
    for number in range(several):
        party = parties.register("citizen", f"张三{number}", f"1381234{number:04}")
        district.receive("城管局", f"楼下烧烤店夜间噪音扰民，第{number}次反映。", parties=(party,))


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], int]:
    """How many statements an act sends, through Django and past it."""
    sent: list[str] = []
    plain = query.cursor

    def cursor(using: str) -> object:
        sent.append(using)
        return plain(using)

    def count(act: Callable[[], object]) -> int:
        act()  # what is read once a process is read now
        sent.clear()
        with CaptureQueriesContext(connection) as through:
            act()
        return len(sent) + len(through)

    monkeypatch.setattr(query, "cursor", cursor)
    return count


def test_lists_ask_as_often_for_many_as_for_few(
    district: District, counted: Callable[[Callable[[], object]], int]
) -> None:
    scope = district.scope("城管员")
    lists = {
        "all": lambda: look.search(scope, scope.actor, ""),
        "found": lambda: look.search(scope, scope.actor, "噪音"),
        "desk": lambda: worklist.desk(scope, TODAY),
    }
    receive(district, 3)
    few = {name: counted(act) for name, act in lists.items()}
    receive(district, 12)
    assert {name: counted(act) for name, act in lists.items()} == few
    assert len(look.search(scope, scope.actor, "噪音").items) == 15
    assert few["all"] <= 8 and few["found"] <= 13 and few["desk"] <= 8
