"""Searching by words, parts of words, names and numbers; what may be shown of what was found."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from district import District
from fazhi import desk
from fazhi.ledger import query, read
from fazhi.people import holders, parties
from fazhi.search import find, look
from fazhi.search.words import number_token, pairs_of, words_of

TEXT = "我叫张三丰，电话13812345678，景田北小区楼下烧烤店夜间噪音扰民，多次投诉无果。"


def _found(district: District, text: str, name: str = "城管员") -> list[object]:
    scope = district.scope(name)
    return [hit.matter for hit in look.search(scope, scope.actor, text).items]


@pytest.fixture
def matter(district: District) -> object:
    party = parties.register("citizen", "张三丰", "13812345678", "11010519491231002X")
    district.receive("城管局", "路灯不亮，请尽快维修。")
    return district.receive("城管局", TEXT, parties=(party,)).matter


@pytest.mark.parametrize(
    "text",
    [
        "噪音",
        "烧烤 噪音",
        "夜间噪音",
        "噪音扰民",
        "店夜间噪",
        "田北小",
        "张三丰",
        "13812345678",
        "11010519491231002x",
        "无果",
    ],
)
def test_it_is_found_by_words_parts_names_and_numbers(district: District, matter: object, text: str) -> None:
    assert _found(district, text) == [matter]


@pytest.mark.parametrize("text", ["垃圾", "噪音 路灯", "噪夜", "间店", "李四", "13800000000", "%", "'", "\\"])
def test_what_is_not_there_is_not_found(district: District, matter: object, text: str) -> None:
    assert _found(district, text) == []


def test_official_and_query_numbers_find_exactly_one(district: District, matter: object) -> None:
    number = read(matter).number or ""  # type: ignore[arg-type]
    assert number
    loosely = number.replace("〔", "[").replace("〕", "] ")
    barely = number.replace("〔", "").replace("〕", " ").removesuffix("号")
    place = number.partition("〕")[2]
    query_number = holders.number_of(matter)  # type: ignore[arg-type]
    for text in (number, loosely, barely, place, f"第 {place}", query_number, query_number.replace("-", "")):
        assert _found(district, text) == [matter]
    assert _found(district, "7654321号") == []


def test_the_beginning_of_a_number_finds_it_within_rights(district: District, matter: object) -> None:
    number = read(matter).number or ""  # type: ignore[arg-type]
    series, _, year = number.partition("〔")
    for text in (series[:2], series, f"{series}〔{year[:4]}", f"{series} [{year[:4]}]", number.removesuffix("号")[:-1]):
        assert matter in (found := _found(district, text)) and len(found) == 2, text
    assert _found(district, series, "街道员") == [] and _found(district, series[:1] + "某") == []


def test_an_old_number_is_found(district: District) -> None:
    from fazhi.people.actors import machine

    received = desk.receive(
        machine(district.units["城管局"]), "appeal", day=date(2024, 5, 6), fields={"channel": "letter"},
        body={"text": "旧案"}, key="old", old_number="城访字（2024）第 77 号",
    )  # fmt: skip
    assert _found(district, "城访字2024第77号") == [received.matter]


def test_no_word_of_a_person_stands_in_the_table(district: District, matter: object) -> None:
    told = str(query.fetch("default", "select s::text from search_row s"))
    for word in ("张三丰", "13812345678", "烧烤", "噪音", "景田"):
        assert word not in told


def test_the_snippet_marks_what_was_sought_and_never_tells_a_contact(district: District, matter: object) -> None:
    district.grant("新人", "城管局", acts=False)
    for name in ("城管员", "新人"):
        scope = district.scope(name)
        (hit,) = look.search(scope, scope.actor, "烧烤店").items
        assert "烧烤" in "".join(text for text, marked in hit.snippet if marked)
        assert "13812345678" not in hit.excerpt
        assert "138****5678" in hit.excerpt


@pytest.mark.parametrize("text", ["张三丰", "13812345678", "11010519491231002X", "张三丰 烧烤"])
def test_a_reader_of_masked_texts_cannot_learn_who_is_in_them(district: District, matter: object, text: str) -> None:
    district.grant("新人", "城管局", acts=False)
    assert _found(district, text, "新人") == []
    assert _found(district, "烧烤", "新人") == [matter]


@pytest.fixture
def quiet(district: District) -> object:
    """A matter that names its person nowhere in its text, and one who may read names."""
    party = parties.register("citizen", "欧阳晓云")
    district.clerk("核实员", "城管局", "record", "reveal")
    district.grant("核实员", "城管局")
    return district.receive("城管局", "井盖松动。", parties=(party,)).matter


@pytest.mark.parametrize("half", ["欧阳", "晓云", "阳晓"])
def test_half_a_name_finds_the_matter_for_those_who_may_read_names(
    district: District, quiet: object, half: str
) -> None:
    assert _found(district, half) == []
    assert _found(district, half, "核实员") == [quiet]
    scope = district.scope("核实员")
    assert [hit.person for hit in look.search(scope, scope.actor, half).items] == ["欧阳××"], "why it was found"
    assert _found(district, "欧晓", "核实员") == []


def test_half_a_name_hides_nothing_that_says_the_same_word(district: District, matter: object, quiet: object) -> None:
    firm = parties.register("firm", "某路灯安装公司")
    theirs = district.receive("城管局", "噪声", parties=(firm,)).matter
    found = _found(district, "路灯", "核实员")
    assert theirs in found
    assert len(found) == 2


def test_names_kept_by_an_older_version_are_found_by_halves_too(district: District, quiet: object) -> None:
    query.run("default", "update people_party set name_parts = null", [])
    assert _found(district, "晓云", "核实员") == []
    assert (parties.mark_older(), parties.mark_older()) == (1, 0)
    assert _found(district, "晓云", "核实员") == [quiet]


def test_an_erased_text_is_found_no_more(district: District, matter: object) -> None:
    district.clerk("档案员", "城管局", "record", "erase")
    district.grant("档案员", "城管局")
    assert _found(district, "烧烤") == [matter]
    desk.erase(district.actor("档案员"), matter=matter, reason="request", key="erase")  # type: ignore[arg-type]
    for text in ("烧烤", "张三丰 烧烤", "店夜间噪"):
        assert _found(district, text) == []


def test_an_erased_party_is_found_no_more(district: District, matter: object) -> None:
    district.clerk("档案员", "城管局", "record", "erase")
    district.grant("档案员", "城管局")
    (party,) = parties.find(name="张三丰")
    desk.erase(district.actor("档案员"), party=party, reason="request", key="erase")
    for text in ("张三丰", "13812345678"):
        assert _found(district, text) == []


def test_a_corrected_text_is_found_by_its_new_words_only(district: District) -> None:
    from fazhi.people.actors import machine

    received = district.receive("城管局", "楼道堆放鞭炮")
    desk.correct(
        machine(district.units["城管局"]), received.matter, 1, day=date(2025, 3, 3), fields={"channel": "web"},
        body={"text": "楼道堆放纸箱"}, seen=read(received.matter).head, key="c",
    )  # fmt: skip
    assert _found(district, "纸箱") == [received.matter]
    assert _found(district, "鞭炮") == []


def test_pages_follow_each_other_newest_first(district: District) -> None:
    made = [
        district.receive(
            "城管局", f"共享单车乱停放第{number}处", day=date(2025, 2, 1) + timedelta(days=number // 2)
        ).matter
        for number in range(7)
    ]
    scope, seen, after = district.scope("城管员"), [], ""
    while True:
        page = look.search(scope, scope.actor, "单车", after=after, limit=3)
        seen += [hit.matter for hit in page.items]
        after = page.after
        if not after:
            break
    assert len(seen) == 7
    assert set(seen) == set(made)


@pytest.mark.parametrize("text", ["单车", "车乱停"])
def test_common_words_walk_to_the_same_answer(district: District, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    for number in range(6):
        district.receive(
            ("城管局", "莲花街道")[number % 2], "单车乱停放", day=date(2025, 2, 1) + timedelta(days=number)
        )
    found = _found(district, text)
    monkeypatch.setattr(find, "FEW", 1)
    assert len(found) == 3
    for many in (-1, 1000):
        monkeypatch.setattr(find, "MANY", many)
        assert _found(district, text) == found


def test_every_word_of_a_text_finds_it(district: District, matter: object) -> None:
    for word in words_of(TEXT):
        assert matter in _found(district, word), word


_RUN = st.one_of(st.text("噪音烧烤店小区夜间", min_size=2, max_size=9), st.text("abcＡＢ0１23", min_size=2, max_size=9))


@given(st.text("噪音 ，。a1", max_size=9), _RUN, st.text("夜间 ，！b2", max_size=9), st.data())
def test_every_part_of_a_run_has_its_pairs_in_the_whole(before: str, run: str, after: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(run) - 2))
    end = data.draw(st.integers(start + 2, len(run)))
    part = run[start:end]
    assert pairs_of(part) <= pairs_of(before + run + after)
    assert pairs_of(part)


def test_numbers_are_one_however_they_are_bracketed() -> None:
    assert len({number_token(text) for text in ("深福复〔2025〕18号", "深福复[2025]18号", "深福复（2025） 18号")}) == 1
