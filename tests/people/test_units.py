"""Units, posts and log-in on their days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import transaction

from district import FOUNDED, TODAY, District, lay
from fazhi.ledger import query
from fazhi.people import actors, posts, units
from fazhi.people.login import Lockout
from fazhi.people.pinyin import initials, sort_key

DAY = timedelta(days=1)


def test_a_move_changes_no_past_day(district: District) -> None:
    community, old, new = (district.units[name] for name in ("景田社区", "莲花街道", "城管局"))
    units.move(community, parent=new, day=TODAY)
    assert community in units.subtree(new, TODAY)
    assert community not in units.subtree(old, TODAY)
    assert community in units.subtree(old, TODAY - DAY)
    assert units.tree_on(TODAY - DAY).path(community)[-2] == old


def test_a_merge_moves_what_stood_below_and_ends_the_posts(district: District) -> None:
    gone, heir = district.units["莲花街道"], district.units["城管局"]
    units.merge(gone, into=heir, day=TODAY)
    tree = units.tree_on(TODAY)
    assert gone not in tree.units
    assert district.units["景田社区"] in tree.subtree(heir)
    assert units.name_of(gone, TODAY) == "莲花街道（已撤销）"
    assert units.name_of(gone, TODAY - DAY) == "莲花街道"
    with pytest.raises(actors.NoPost):
        district.actor("街道员", TODAY)
    assert district.actor("街道员", TODAY - DAY).unit == gone
    assert gone in units.subtrees([(heir, True)], TODAY)[heir, True]


@pytest.mark.parametrize("day", [FOUNDED, FOUNDED - DAY])
def test_a_past_day_is_not_rewritten(district: District, day: date) -> None:
    with pytest.raises(units.BadTree):
        units.move(district.units["景田社区"], parent=district.units["城管局"], day=day)


def test_no_circle(district: District) -> None:
    with pytest.raises(units.BadTree, match="下级"):
        units.move(district.units["莲花街道"], parent=district.units["景田社区"], day=TODAY)


def test_both_readings_of_a_subtree_agree(district: District) -> None:
    for unit in district.units.values():
        assert units.subtrees([(unit, True)], TODAY)[unit, True] == units.subtree(unit, TODAY)
        assert units.subtrees([(unit, False)], TODAY)[unit, False] == {unit}


def test_an_organ_numbers_for_those_below_it(district: District) -> None:
    assert units.organ_code(district.units["景田社区"]) == "福莲"
    assert units.organ_of(district.units["景田社区"]) == district.units["莲花街道"]
    assert units.organ_code(district.units["区政府"]) == ""


def test_names_sort_by_pinyin() -> None:
    names = ["张山", "赵一", "张三", "安全局", "重庆路街道"]
    assert sorted(names, key=sort_key) == ["安全局", "重庆路街道", "张三", "张山", "赵一"]
    assert initials("区司法局") == "qsfj"


def test_a_post_is_held_from_its_first_day_until_the_day_before_its_last(district: District) -> None:
    account = posts.open_account("临时", "临时工")
    posts.hold(district.posts["城管员"], account, since=TODAY, until=TODAY + 2 * DAY)
    held = [bool(actors.actors_of(account, TODAY + shift * DAY)) for shift in (-1, 0, 1, 2)]
    assert held == [False, True, True, False]


def test_unknown_powers_are_refused(district: District) -> None:
    with pytest.raises(ValueError, match="职权"):
        posts.create(district.units["司法局"], "某岗", ["fly"], since=TODAY)


def test_five_wrong_passwords_lock_and_tell_nothing(district: District) -> None:
    posts.open_account("Wang", "王某", "correct horse 9")
    door = Lockout()
    assert door.authenticate(None, "wang", "correct horse 9")
    for _ in range(5):
        assert door.authenticate(None, "wang", "wrong") is None
    assert door.authenticate(None, "wang", "correct horse 9") is None
    query.run("default", "update people_account set locked_until = now() - interval '1 second'")
    assert door.authenticate(None, "wang", "correct horse 9")


def test_an_account_switched_off_is_out_at_the_next_request(district: District) -> None:
    account = posts.open_account("li", "李某", "correct horse 9")
    query.run("default", "update people_account set is_active = false where id = %s", [account])
    assert Lockout().get_user(account) is None
    assert Lockout().authenticate(None, "li", "correct horse 9") is None
    assert Lockout().authenticate(None, "nobody", "correct horse 9") is None


def test_a_kept_tree_is_old_once_anything_of_it_changed(district: District) -> None:
    community, old, new = (district.units[name] for name in ("景田社区", "莲花街道", "城管局"))

    def below(unit: UUID) -> frozenset[UUID]:
        return units.subtrees([(unit, True)], TODAY)[unit, True]

    assert community in below(old)
    with pytest.raises(RuntimeError, match="undone"), transaction.atomic():
        units.move(community, parent=new, day=TODAY)
        assert community in below(new)
        raise RuntimeError("undone")
    assert community in below(old)
    units.move(community, parent=new, day=TODAY)
    assert community not in below(old)
    with query.cursor("default") as work:
        work.execute("update people_unit set organ_code = '城' where id = %s", [new])
    assert units.organ_code(community) == "城"


def test_a_tree_changed_elsewhere_is_seen_at_once(fresh_database: Any) -> None:
    district = lay()
    community, old, new = (district.units[name] for name in ("景田社区", "莲花街道", "城管局"))
    assert community in units.subtrees([(old, True)], TODAY)[old, True]
    with psycopg.connect(fresh_database.addresses.web, autocommit=True) as elsewhere:
        elsewhere.execute("update people_unit_place set parent_id = %s where unit_id = %s", [new, community])
    assert community not in units.subtrees([(old, True)], TODAY)[old, True]
    assert units.organ_of(community) != old


def test_a_figure_of_a_unit_holds_what_it_took_over_and_old_figures_what_was_theirs(district: District) -> None:
    """A year begun after the merger holds the old unit's open matters; a year ended before it does not."""
    gone, heir, top = (district.units[name] for name in ("城管局一大队", "城管局", "区政府"))
    units.merge(gone, into=heir, day=date(2025, 7, 1))
    first, last = date(2025, 1, 1), date(2025, 12, 31)
    assert set(units.whole(heir, first, last)) == {heir, gone}
    assert units.whole(gone, first, last) == (gone,)
    assert set(units.whole(heir, date(2026, 1, 1), date(2026, 12, 31))) == {heir, gone}
    assert units.whole(heir, date(2024, 1, 1), date(2024, 12, 31)) == (heir,)
    assert set(units.whole(top, date(2026, 1, 1), date(2026, 12, 31))) == set(district.units.values())
