"""The leak matrix: every way to a matter, tried by everyone who has no right to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from district import TODAY, District
from fazhi.ledger import now, query
from fazhi.reach import ask, grants
from fazhi.reach import scope as scopes
from fazhi.reach.scope import NO_FILTER, Filters, Scope
from fazhi.search import find
from fazhi.search import look as search
from fazhi.worklist import look as worklist

SECRET_WORD = "烧烤"
DAY = timedelta(days=1)
ORDERS: tuple[ask.Order, ...] = ("day", "due")


def _see_list(scope: Scope, matter: UUID) -> bool:
    return matter in ask.select(scope).items


def _see_due_list(scope: Scope, matter: UUID) -> bool:
    return matter in ask.select(scope, order="due").items


def _see_count(scope: Scope, matter: UUID) -> bool:
    return ask.count(scope).number > 0


def _see_visible(scope: Scope, matter: UUID) -> bool:
    return matter in ask.visible(scope, [matter])


def _see_detail(scope: Scope, matter: UUID) -> bool:
    return scope.may_see(matter)


def _may_act(scope: Scope, matter: UUID) -> bool:
    return scope.may_act(matter)


def _may_act_on(scope: Scope, matter: UUID) -> bool:
    from fazhi.ledger import read

    return scope.may_act_on(read(matter))


def _see_page(scope: Scope, matter: UUID) -> bool:
    try:
        return worklist.matter(scope, matter, now()).id == matter
    except worklist.Unseen:
        return False


def _see_desk(scope: Scope, matter: UUID) -> bool:
    page = worklist.desk(scope, TODAY)
    return bool(page.tasks) or any(count.number for count in page.counts.values())


def _see_search_list(scope: Scope, matter: UUID) -> bool:
    return bool(search.search(scope, scope.actor, "").items)


def _see_search_word(scope: Scope, matter: UUID) -> bool:
    return bool(search.search(scope, scope.actor, SECRET_WORD).items)


def _see_search_part(scope: Scope, matter: UUID) -> bool:
    return bool(search.search(scope, scope.actor, "烤店夜").items)


def _see_search_number(scope: Scope, matter: UUID) -> bool:
    from fazhi.ledger import read
    from fazhi.people import holders

    numbers = [read(matter).number or "", holders.number_of(matter)]
    return any(search.search(scope, scope.actor, number).items for number in numbers if number)


def _see_walked_list(scope: Scope, matter: UUID) -> bool:
    boxes = scope.narrowed(NO_FILTER)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scopes, "MAX_PROBES", -1)
        patch.setattr(ask, "FEW_CELLS", 10_000)
        walked = any(matter in ask.select(scope, order=order).items for order in ORDERS)
    first = [query.fetch("default", *ask.near(boxes, NO_FILTER, order, "", 5)) for order in ORDERS]
    assert walked == any(matter == one for rows in first for _, one in rows)
    return walked


def _see_walked_search(scope: Scope, matter: UUID) -> bool:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(find, "FEW", -1)
        patch.setattr(find, "AHEAD", -1)
        return any(search.search(scope, scope.actor, text).items for text in (SECRET_WORD, "烤店夜"))


WAYS: tuple[Callable[[Scope, UUID], bool], ...] = (
    _see_list,
    _see_due_list,
    _see_count,
    _see_visible,
    _see_detail,
    _may_act,
    _may_act_on,
    _see_page,
    _see_desk,
    _see_search_list,
    _see_search_word,
    _see_search_part,
    _see_search_number,
    _see_walked_list,
    _see_walked_search,
)


@pytest.fixture(params=WAYS, ids=lambda way: way.__name__.strip("_"))
def way(request: pytest.FixtureRequest) -> Callable[[Scope, UUID], bool]:
    return request.param  # type: ignore[no-any-return]


def test_the_clerk_of_the_unit_sees_it(district: District, way: Callable[[Scope, UUID], bool]) -> None:
    matter = district.receive("城管局").matter
    assert way(district.scope("城管员"), matter)


def test_the_leader_above_sees_it(district: District, way: Callable[[Scope, UUID], bool]) -> None:
    matter = district.receive("景田社区").matter
    assert way(district.scope("区长"), matter)


@pytest.mark.parametrize("name", ["大队员", "街道员", "社区员", "新人"])
def test_siblings_and_posts_without_a_grant_see_nothing(
    district: District, way: Callable[[Scope, UUID], bool], name: str
) -> None:
    matter = district.receive("城管局").matter
    assert not way(district.scope(name), matter)


def test_a_unit_whose_name_begins_alike_sees_nothing_of_its_sibling(
    district: District, way: Callable[[Scope, UUID], bool]
) -> None:
    matter = district.receive("城管局一大队").matter
    assert not way(district.scope("城管员"), matter)


def test_a_unit_below_does_not_see_the_matters_above(district: District, way: Callable[[Scope, UUID], bool]) -> None:
    matter = district.receive("莲花街道").matter
    assert not way(district.scope("社区员"), matter)


def test_an_ended_grant_shows_nothing_from_its_last_day_on(
    district: District, way: Callable[[Scope, UUID], bool]
) -> None:
    matter = district.receive("城管局").matter
    grant = district.grant("新人", "城管局")
    assert way(district.scope("新人"), matter)
    grants.end(grant, day=TODAY)
    assert not way(district.scope("新人"), matter)
    assert way(district.scope("新人", TODAY - DAY), matter)


def test_a_grant_that_begins_tomorrow_shows_nothing_today(
    district: District, way: Callable[[Scope, UUID], bool]
) -> None:
    matter = district.receive("城管局").matter
    district.grant("新人", "城管局", since=TODAY + DAY)
    assert not way(district.scope("新人"), matter)


@pytest.mark.parametrize(("shift", "seen"), [(-1, False), (0, True), (4, True), (5, False)])
def test_a_deputy_sees_only_on_the_days_of_the_deputyship(
    district: District, way: Callable[[Scope, UUID], bool], shift: int, seen: bool
) -> None:
    matter = district.receive("城管局").matter
    grants.deputise(
        for_post=district.posts["城管员"], post=district.posts["街道员"], since=TODAY, until=TODAY + 5 * DAY
    )
    assert way(district.scope("街道员", TODAY + shift * DAY), matter) is seen


def test_secrecy_above_the_grant_hides_it(district: District, way: Callable[[Scope, UUID], bool]) -> None:
    matter = district.receive("城管局", fields={"secrecy": "1"}).matter
    assert not way(district.scope("城管员"), matter)
    assert way(district.scope("区长"), matter)


def test_a_deputy_gets_no_more_secrecy_than_the_deputyship(
    district: District, way: Callable[[Scope, UUID], bool]
) -> None:
    matter = district.receive("城管局", fields={"secrecy": "1"}).matter
    grants.deputise(for_post=district.posts["区长"], post=district.posts["街道员"], since=TODAY, until=TODAY + DAY)
    assert not way(district.scope("街道员"), matter)


def test_another_kind_of_business_is_hidden(district: District, way: Callable[[Scope, UUID], bool]) -> None:
    matter = district.receive("城管局").matter
    district.grant("新人", "城管局", kinds=["reconsideration"])
    assert not way(district.scope("新人"), matter)


def test_an_account_that_left_its_post_sees_nothing_at_once(
    district: District, way: Callable[[Scope, UUID], bool]
) -> None:
    from fazhi.people import posts
    from fazhi.reach.scope import scope_of

    matter = district.receive("城管局").matter
    actor = district.actor("城管员")
    assert way(scope_of(actor, TODAY), matter)
    posts.leave(district.posts["城管员"], district.accounts["城管员"], day=TODAY)
    assert not way(scope_of(actor, TODAY), matter)


def test_a_switched_off_account_sees_nothing_at_once(district: District, way: Callable[[Scope, UUID], bool]) -> None:
    from fazhi.reach.scope import scope_of

    matter = district.receive("城管局").matter
    actor = district.actor("城管员")
    query.run("default", "update people_account set is_active = false where id = %s", [actor.account])
    assert not way(scope_of(actor, TODAY), matter)


def test_the_portal_has_no_scope_at_all(district: District, way: Callable[[Scope, UUID], bool]) -> None:
    from fazhi.people.actors import citizen
    from fazhi.reach.scope import scope_of

    matter = district.receive("城管局").matter
    assert not way(scope_of(citizen(district.units["城管局"]), TODAY), matter)


def test_a_forged_post_of_another_gives_nothing(district: District, way: Callable[[Scope, UUID], bool]) -> None:
    from dataclasses import replace

    from fazhi.reach.scope import scope_of

    matter = district.receive("城管局").matter
    forged = replace(district.actor("新人"), post=district.posts["城管员"], unit=district.units["城管局"])
    assert not way(scope_of(forged, TODAY), matter)


def test_a_filter_never_widens(district: District) -> None:
    district.receive("城管局")
    scope = district.scope("街道员")
    for filters in (
        Filters(units=frozenset({district.units["城管局"]})),
        Filters(kinds=frozenset({"appeal"})),
        Filters(units=frozenset(district.units.values()), open=True),
    ):
        assert not ask.select(scope, filters).items
        assert ask.count(scope, filters).number == 0
        assert not worklist.desk(scope, TODAY, filters=filters).tasks
        assert not search.search(scope, scope.actor, "", filters).items


def test_search_refuses_a_scope_that_is_another_s(district: District) -> None:
    with pytest.raises(ValueError, match="本人"):
        search.search(district.scope("区长"), district.actor("新人"), "噪音")


def test_suggestions_name_only_units_of_the_scope(district: District) -> None:
    assert [line.name for line in search.suggest(district.scope("城管员"), "城管")] == ["城管局"]
    assert {line.name for line in search.suggest(district.scope("区长"), "cg")} == {"城管局", "城管局一大队"}


def test_no_right_and_no_matter_look_alike(district: District) -> None:
    matter = district.receive("城管局").matter
    told = []
    for one in (matter, uuid4()):
        with pytest.raises(worklist.Unseen) as refused:
            worklist.matter(district.scope("街道员"), one, now())
        told.append(str(refused.value))
    assert told[0] == told[1]


@contextmanager
def _listening(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[str, list[object]]]]:
    asked: list[tuple[str, list[object]]] = []
    real = query.fetch_planned

    def fetch(using: str, statement: str, params: object = ()) -> object:
        asked.append((statement, list(params)))  # type: ignore[call-overload]
        return real(using, statement, params)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(query, "fetch_planned", fetch)
        yield asked


def test_every_statement_over_rooms_carries_the_scope(district: District, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read from the statements sent: none that touches a room goes without the unit ids of the reader."""
    matter = district.receive("城管局").matter
    scope = district.scope("城管员")
    ours = district.units["城管局"]
    with _listening(monkeypatch) as asked:
        ask.select(scope)
        ask.select(scope, order="due")
        ask.count(scope)
        ask.visible(scope, [matter])
        scope.may_see(matter)
        scope.may_act(matter)
        worklist.desk(scope, TODAY)
        for text in ("", "烧烤", "烤店夜"):
            search.search(scope, scope.actor, text)
    rooms = [(text, params) for text, params in asked if "reach_row" in text or "worklist_row" in text]
    assert len(rooms) >= 9
    for text, params in rooms:
        assert any(str(ours) in value for value in params if isinstance(value, str)), text
        assert "unit" in text and "secrecy" in text, text
    words = [params for text, params in asked if "from search_row" in text and "reach_row" not in text]
    assert words
    for params in words:
        assert any(f"u:{ours}" in value for value in params if isinstance(value, list))


def test_without_rights_no_statement_is_sent(district: District, monkeypatch: pytest.MonkeyPatch) -> None:
    scope = district.scope("新人")
    with _listening(monkeypatch) as asked:
        ask.select(scope)
        ask.count(scope)
        ask.visible(scope, [uuid4()])
        scope.may_see(uuid4())
        worklist.desk(scope, TODAY)
        search.search(scope, scope.actor, "噪音")
    assert asked == []


def test_a_grant_shows_matters_older_than_itself(district: District) -> None:
    old = district.receive("城管局", day=date(2023, 5, 5)).matter
    district.grant("新人", "城管局", since=TODAY)
    assert old in ask.select(district.scope("新人")).items
