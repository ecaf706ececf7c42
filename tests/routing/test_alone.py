"""Sure letters are assigned without a person, others wait; what people began or decided is left alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from district import District, lay
from fazhi import desk, ledger
from fazhi.desk import public
from fazhi.people import actors
from fazhi.routing.alone import route_alone
from fazhi.routing.duties import folder
from fazhi.triage import store
from fazhi.triage.letter import read_letter
from fazhi.triage.training import train
from letters import sorted_letters

SURE = "砖厂冒黑烟，粉尘飘进教室，请生态环境局查处大气污染。"
UNSURE = "有件事想问一下，不知道该找谁。"


@pytest.fixture
def district(db: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> District:
    from django.conf import settings

    monkeypatch.setattr(settings, "FAZHI_HOME", tmp_path)
    laid = lay()
    laid.unit("信访局", "区政府", organ_code="福访")
    laid.unit("生态环境局", "区政府")
    laid.clerk("信访员", "信访局", "record")
    laid.grant("信访员", "区政府")
    return laid


def learn(alone: float = 0.3) -> None:
    """A model from a few letters, sure from `alone` on: so few teach no threshold of their own."""
    pairs = sorted_letters()
    model = train([read_letter(text) for text, _ in pairs], [name for _, name in pairs])
    store.save(folder(), replace(model, alone=alone), made=datetime(2025, 3, 5, tzinfo=UTC), source="甲.tsv")


def lodge(district: District, text: str) -> UUID:
    return public.lodge(district.units["信访局"], {"text": text}, key=text).matter


def kinds(matter: UUID) -> list[str]:
    return [line.kind for line in ledger.read(matter).entries]


def test_a_sure_letter_goes_to_its_unit_with_the_words_that_decided(district: District) -> None:
    learn()
    matter = lodge(district, SURE)
    assert route_alone() == 1
    line = ledger.read(matter).entries[-1]
    assert (line.kind, line.fields["unit"], line.face) == ("assigned", str(district.units["生态环境局"]), "machine")
    body = ledger.read(matter).body(line.seq)
    assert body is not None and "把握" in body["text"] and "可以退单" in body["text"]
    assert route_alone() == 0 and kinds(matter).count("assigned") == 1


def test_an_unsure_letter_waits_for_a_person(district: District) -> None:
    learn()
    matter = lodge(district, UNSURE)
    assert route_alone() == 0 and "assigned" not in kinds(matter)


@pytest.mark.parametrize("taught", [None, 2.0])
def test_nothing_is_routed_without_a_model_that_knows_when_it_is_sure(district: District, taught: float | None) -> None:
    if taught:
        learn(taught)
    matter = lodge(district, SURE)
    assert route_alone() == 0 and "assigned" not in kinds(matter)


def test_what_a_person_took_up_is_left_alone(district: District) -> None:
    learn()
    matter = lodge(district, SURE)
    clerk = actors.actors_of(district.accounts["信访员"], ledger.today())[0]
    desk.record(clerk, matter, "noted", body={"text": "先打个电话"}, seen=ledger.read(matter).head, key="n")
    assert route_alone() == 0 and "assigned" not in kinds(matter)


def test_the_office_may_switch_it_off(district: District, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.conf import settings

    learn()
    lodge(district, SURE)
    monkeypatch.setattr(settings, "FAZHI_ROUTE_ALONE", False)
    assert route_alone() == 0


def test_a_clerk_assigns_otherwise_afterwards(district: District) -> None:
    learn()
    matter = lodge(district, SURE)
    route_alone()
    clerk = actors.actors_of(district.accounts["信访员"], ledger.today())[0]
    unit = {"unit": str(district.units["城管局"])}
    desk.record(clerk, matter, "assigned", fields=unit, seen=ledger.read(matter).head, key="again")
    assert route_alone() == 0 and ledger.read(matter).entries[-1].fields["unit"] == str(district.units["城管局"])
