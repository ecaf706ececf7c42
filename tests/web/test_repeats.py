"""The same person again: a hint with the other matters, never for a name alone, never beyond one's reach."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from district import District
from fazhi import desk
from fazhi.ledger import today
from fazhi.people import parties


def review(district: District, who: UUID, key: str) -> UUID:
    return desk.receive(
        district.actor("信访员", today()),
        "reconsideration",
        day=today(),
        fields={"channel": "visit", "respondent": "示例区城管局", "act": f"罚字〔2025〕{key}号"},
        body={"title": f"不服第{key}号处罚", "text": "请求撤销。"},
        parties=(who,),
        key=f"repeat/{key}",
    ).matter


def test_other_matters_of_the_same_person_are_hinted_at(district: District, at_desk: Any) -> None:
    said = [("赵小满", "13800138000"), ("赵小满", "13800138000"), ("赵小满", "13900139000"), ("钱多多", "13800138000")]
    people = [parties.register("citizen", name, phone) for name, phone in said]
    first, second, namesake, housemate = (review(district, one, str(at)) for at, one in enumerate(people, 1))
    client = at_desk("信访员")
    page = client.get(f"/office/matters/{first}/").content.decode()
    assert "同一当事人另有 1 件同类事项" in page and f"/office/matters/{second}/" in page and "仅作提示" in page
    assert f"/office/matters/{namesake}/" not in page and f"/office/matters/{housemate}/" not in page
    for alone in (namesake, housemate):
        assert "同一当事人另有" not in client.get(f"/office/matters/{alone}/").content.decode()


def test_what_was_erased_makes_nobody_the_same(district: District, at_desk: Any) -> None:
    people = [parties.register("citizen", "赵小满", "13800138000") for _ in range(2)]
    first, _ = (review(district, one, str(at)) for at, one in enumerate(people, 1))
    parties.erase(people[1])
    assert "同一当事人另有" not in at_desk("信访员").get(f"/office/matters/{first}/").content.decode()
