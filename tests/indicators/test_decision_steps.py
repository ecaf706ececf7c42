"""The share of major decisions that took every step the law asks of such a decision, each left out in turn."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from histories import History

from fazhi.indicators import look
from fazhi.indicators.fold import history
from fazhi.indicators.models import Counted
from fazhi.indicators.values import Span
from fazhi.law import Fact, Matter
from fazhi.rulebook import Rulebook

UNIT = UUID(int=11)
BEGUN = date(2024, 3, 4)
BEFORE = ("started", "drafted", "draft_published", "comments_settled", "expert_opined", "risk_assessed")
WHOLE = (*BEFORE, "legality_asked", "legality_opined", "submitted", "discussed", "passed")
SAID = {"legality_opined": {"outcome": "legal"}, "risk_assessed": {"level": "controllable"}}


def _decided(book: Rulebook, at: int, without: str = "", **case: str) -> History:
    started = {"openness": "open", "technical": "yes", "risk": "yes", "operators": "no", **case}
    said = {**SAID, "started": started}
    kinds = [kind for kind in WHOLE if kind not in without.split()]
    facts = tuple(
        Fact(kind, BEGUN + timedelta(days=20 * n), fields=said.get(kind, {}), entry=n)
        for n, kind in enumerate(kinds, 1)
    )
    matter = Matter(book.page("major_decision", BEGUN), facts)
    return History(UUID(int=at), UNIT, matter, {fact.entry: 1 for fact in facts})


@pytest.mark.parametrize(
    ("without", "case", "share"),
    [
        ("", {}, "100.00"),
        ("draft_published comments_settled", {}, "50.00"),
        ("expert_opined", {}, "50.00"),
        ("risk_assessed", {}, "50.00"),
        ("legality_asked legality_opined", {}, "50.00"),
        ("draft_published comments_settled", {"openness": "closed"}, "100.00"),
        ("expert_opined", {"technical": "no"}, "100.00"),
        ("risk_assessed", {"risk": "no"}, "100.00"),
        ("expert_opined risk_assessed", {"technical": "no"}, "50.00"),
    ],
)
def test_a_step_that_is_due_and_missing_tells(
    without: str, case: dict[str, str], share: str, db: object, rulebook: Rulebook
) -> None:
    made = [_decided(rulebook, 1), _decided(rulebook, 2, without, **case)]
    Counted.objects.bulk_create(Counted(**row) for one in made for row in history(one, rulebook.calendar))
    span = Span((UNIT,), date(2024, 1, 1), date(2024, 12, 31), 1)
    reading = look.read(rulebook.indicators["decision_steps_rate"], span)
    assert (reading.text, reading.source.status) == (share, "UNVERIFIED")
