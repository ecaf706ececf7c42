"""Random draws: nobody can steer them, and everybody can draw them again."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from district import District, lay
from fazhi import ledger
from fazhi.desk import Refused, drawing
from fazhi.people.actors import machine
from fazhi.registers import look
from fazhi.registers.values import Wanted

SEED = "一段不少于十六个字符的随机种子文字七八九"
POOL = [f"示例企业{number:03}" for number in range(40)]


@pytest.fixture
def district(db: Any) -> District:
    return lay()


def fixed(district: District, pool: list[str] = POOL, wanted: int = 5) -> Any:
    actor = machine(district.units["司法局"])
    matter = drawing.commit(actor, "三月抽查", SEED, "三月十日开奖号", key="c").matter
    drawing.fix_pool(actor, matter, pool, wanted, key="p")
    return actor, matter


def test_a_draw_is_the_same_for_all_who_draw_it_again(district: District) -> None:
    actor, matter = fixed(district)
    drawing.hold(actor, matter, SEED, "528", key="h")
    found = drawing.check(matter)
    assert found.holds and len(found.told) == 5 and set(found.told) <= set(POOL)
    page = ledger.rulebook().page("random_draw", ledger.today())
    (face,) = look.public_page(page, Wanted(ledger.today())).lines
    told = face.data["result"].splitlines()
    assert drawing.digest(face.data["seed"]) == face.data["seed_digest"]
    assert tuple(told) == drawing.lot(POOL, face.data["seed"], face.data["beacon_value"], 5)


def test_another_seed_than_the_one_made_public_draws_nothing(district: District) -> None:
    actor, matter = fixed(district)
    with pytest.raises(Refused, match="摘要不符"):
        drawing.hold(actor, matter, SEED + "改", "528", key="h")
    assert drawing.check(matter).told == ()


@pytest.mark.parametrize(("pool", "wanted"), [(["甲", "甲"], 1), (["甲"], 2), ([], 1)])
def test_a_pool_that_cannot_be_drawn_from_is_refused(district: District, pool: list[str], wanted: int) -> None:
    with pytest.raises(Refused):
        fixed(district, pool, wanted)


def test_a_short_seed_is_refused(district: District) -> None:
    with pytest.raises(Refused, match="种子至少"):
        drawing.commit(machine(district.units["司法局"]), "抽查", "123456", "号码", key="c")


@given(st.lists(st.text(min_size=1), min_size=1, max_size=30, unique=True), st.text(), st.text(), st.randoms())
def test_the_order_of_the_list_is_nothing_to_the_lot(pool: list[str], seed: str, beacon: str, mixed: Any) -> None:
    other = list(pool)
    mixed.shuffle(other)
    wanted = (len(pool) + 1) // 2
    assert drawing.lot(pool, seed, beacon, wanted) == drawing.lot(other, seed, beacon, wanted)


def test_each_is_drawn_about_as_often() -> None:
    times = Counter(name for turn in range(2000) for name in drawing.lot(POOL[:10], SEED, str(turn), 3))
    assert all(500 < times[name] < 700 for name in POOL[:10])
