"""Voices in the record: found alike within rights, joined by a lawful act, undone, answered each, counted once."""

from __future__ import annotations

from datetime import date

import pytest
from hot_texts import MIXER, OTHER, SAME

from district import District
from fazhi.desk import Refused
from fazhi.desk.joining import answer_joined, join, part
from fazhi.hotspots import look
from fazhi.ledger import follower, query, read
from fazhi.tracking import look as tracking

DAY = date(2025, 3, 5)


def _three(district: District) -> tuple[object, object, object]:
    return tuple(district.receive("信访局", text) for text in (MIXER, SAME, OTHER))  # type: ignore[return-value]


def test_what_speaks_of_the_same_is_found_and_the_rest_is_not(district: District) -> None:
    first, second, _ = _three(district)
    found = look.alike("", MIXER, DAY, but=first.matter)  # type: ignore[attr-defined]
    assert [one.matter for one in found] == [second.matter]  # type: ignore[attr-defined]


def test_one_without_rights_is_shown_nothing_and_a_small_count_is_not_told(district: District) -> None:
    _three(district)
    assert look.near(district.scope("城管员", DAY), "", MIXER) == ()
    assert len(look.near(district.scope("信访员", DAY), "", MIXER)) == 2
    assert look.how_many("", MIXER, DAY) == 0
    for _ in range(4):
        district.receive("信访局", SAME)
    assert look.how_many("", MIXER, DAY) >= look.FEW


def test_no_word_stands_in_the_table(district: District) -> None:
    _three(district)
    kept = str(query.fetch("default", "select * from hotspots_voice"))
    assert "搅拌站" not in kept and "丽湖" not in kept


def test_an_erased_text_is_found_no_more(district: District) -> None:
    _, second, _ = _three(district)
    view = read(second.matter)  # type: ignore[attr-defined]
    erased = view.without([1])
    assert next(iter(follower("hotspots").rows(erased)))["marks"] == []


def test_joined_undone_and_never_to_itself(district: District) -> None:
    first, second, third = (one.matter for one in _three(district))  # type: ignore[attr-defined]
    clerk = district.actor("信访员", DAY)
    join(clerk, second, first, seen=read(second).head, key="j1")
    assert look.joined_to(first) == (second,)
    with pytest.raises(Refused, match="不能并入自己"):
        join(clerk, first, second, seen=read(first).head, key="j2")
    join(clerk, third, second, seen=read(third).head, key="j3")
    assert set(look.joined_to(first)) == {second, third}, "joined to a joined one, it stands behind the head"
    part(clerk, third, seen=read(third).head, key="p")
    assert look.joined_to(first) == (second,)
    with pytest.raises(Refused, match="没有并入"):
        part(clerk, third, seen=read(third).head, key="p2")


def test_everyone_who_joined_is_told_of_the_outcome_in_their_own_matter(district: District) -> None:
    first, second, _ = _three(district)
    clerk, lead, joined = district.actor("信访员", DAY), first.matter, second.matter  # type: ignore[attr-defined]
    join(clerk, joined, lead, seen=read(joined).head, key="j")
    with pytest.raises(Refused, match="还没有答复"):
        answer_joined(clerk, lead, look.joined_to(lead), text="已责令停工。", key="a")
    told = tracking.of_matter(joined)
    assert told is not None and told.led is not None and told.reply is None
    district.record(lead, "answered", "信访局", outcome="supported")
    done = answer_joined(clerk, lead, look.joined_to(lead), text="搅拌站已责令停工整改。", key="a")
    assert [one.wrong for one in done] == [""]
    told = tracking.of_matter(joined)
    assert told is not None and told.reply == "搅拌站已责令停工整改。" and told.closed
