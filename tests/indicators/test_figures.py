"""A figure says what a plain count says, as of any day and any position, and opens to its records."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID

import pytest
from histories import History, histories
from plain_count import count, year

from fazhi.indicators import look
from fazhi.indicators.evaluate import rounded
from fazhi.indicators.fold import history
from fazhi.indicators.models import Counted
from fazhi.indicators.public import for_public
from fazhi.indicators.values import Span
from fazhi.law import HORIZON, Fact, FactKind, Matter, Procedure, Source, Title, Workdays, read_clocks
from fazhi.people.actors import Actor
from fazhi.reach.models import Involved
from fazhi.reach.scope import Box, Scope
from fazhi.rulebook import Indicator, Rulebook, Selector

UNITS = [UUID(int=at) for at in (11, 12, 13)]


def figure(
    of: Selector, kind: str = "count", per: Selector | None = None, unit: str = "件", places: int = 0
) -> Indicator:
    name = "-".join((kind, *of.facts, *of.clocks, of.open))
    below = (per,) if per else ()
    return Indicator(
        name, Title(name), kind, unit, (of,), below, round=places, source=Source("测试"), digest=repr((of, per, kind))
    )  # type: ignore[arg-type]


def selectors(book: Rulebook) -> list[Selector]:
    found = []
    for name in ("appeal", "reconsideration"):
        page = book.procedures[name][-1]
        found += [Selector(name, facts=(kind,), deemed=deemed) for kind in page.facts for deemed in (True, False)]
        found += [Selector(name, facts=(kind,), matters=True) for kind in page.facts]
        found += [
            Selector(name, facts=(kind.name,), where={field.name: (field.choices[0],)})
            for kind in page.facts.values()
            for field in kind.fields.values()
            if field.kind == "choice" and field.required
        ]
        found += [
            Selector(name, clocks=(clock,), verdict=(word,))
            for clock in page.clocks
            for word in ("in_time", "late", "judged")
        ]  # type: ignore[arg-type]
        found += [Selector(name, open="start"), Selector(name, open="end")]
    return found


def fill(made: list[History], book: Rulebook) -> None:
    rows = [row for one in made for row in history(one, book.calendar)]
    Counted.objects.bulk_create(Counted(**row) for row in rows)


@pytest.fixture(params=range(4))
def made(request: Any, db: object, rulebook: Rulebook) -> list[History]:
    found = histories(request.param, rulebook, UNITS)
    fill(found, rulebook)
    return found


def last_position(made: list[History]) -> int:
    return max(at for one in made for at in one.positions.values())


def due_days(made: list[History], book: Rulebook) -> list[date]:
    """Last days of some terms: at their end a run is not late yet."""
    clocks = [clock for one in made for clock in read_clocks(one.matter, HORIZON, book.calendar).clocks]
    lapsed = sorted({clock.due for clock in clocks if clock.due and clock.state == "lapsed"})
    return lapsed[:: len(lapsed) // 4]


def test_figures_equal_a_plain_count_at_any_cutoff_and_position(made: list[History], rulebook: Rulebook) -> None:
    last = last_position(made)
    asked = selectors(rulebook)
    spans = [
        year(UNITS, 2024, last),
        year(UNITS[:1], 2025, last, date(2025, 6, 30)),
        year(UNITS, 2025, last // 2),
        year(UNITS, 2026, last),
        *(year(UNITS, due.year, last, due) for due in due_days(made, rulebook)),
    ]
    something = 0
    for span in spans:
        readings = look.read_all([figure(one) for one in asked], span)
        for selector, reading in zip(asked, readings, strict=True):
            expected = count(selector, made, span, rulebook.calendar)
            assert reading.value == expected, (selector, span)
            something += int(expected)
    assert something > 100


def test_a_figure_as_of_an_old_position_is_what_it_was_then(db: object, rulebook: Rulebook) -> None:
    """Later entries and corrections move today's figure and leave the old one where it was."""
    made = histories(8, rulebook, UNITS)
    middle = last_position(made) // 2
    young = [replace(one, positions={entry: at for entry, at in one.positions.items() if at <= middle}) for one in made]
    fill([one for one in young if one.positions], rulebook)
    asked = [figure(one) for one in selectors(rulebook)]
    then = [look.read_all(asked, year(UNITS, one, middle)) for one in (2024, 2025)]
    Counted.objects.all().delete()
    fill(made, rulebook)
    again = [look.read_all(asked, year(UNITS, one, middle)) for one in (2024, 2025)]
    assert again == then
    assert [look.read_all(asked, year(UNITS, one, last_position(made))) for one in (2024, 2025)] != then


def test_taking_out_matters_moves_both_counts_alike(made: list[History], rulebook: Rulebook) -> None:
    gone = {one.id for one in Random(1).sample(made, 10)}
    Counted.objects.filter(matter__in=gone).delete()
    left = [one for one in made if one.id not in gone]
    span = year(UNITS, 2024, last_position(made))
    for selector in selectors(rulebook):
        assert look.read(figure(selector), span).value == count(selector, left, span, rulebook.calendar)


def test_the_records_behind_a_figure_are_as_many_as_the_figure_says(made: list[History], rulebook: Rulebook) -> None:
    everything = {one.id for one in made}
    for one in everything:
        Involved.objects.create(
            matter=one, unit=UNITS[0], kind="appeal", secrecy=0, open=True, todo=True, role="receiving",
            due=date(2026, 1, 1), day=date(2025, 1, 1),
        )  # fmt: skip
    actor = Actor(None, None, UNITS[0], frozenset(), "machine")
    sees_all = Scope(actor, date(2026, 1, 1), (Box(frozenset(UNITS), None, 2, True),), ("appeal",))
    span = year(UNITS, 2024, last_position(made))
    for selector in selectors(rulebook):
        page = figure(selector)
        reading, after, found = look.read(page, span), "", 0
        while True:
            shown = look.records(page, reading, sees_all, after=after, limit=3)
            found, after = found + len(shown.rows), shown.after
            assert shown.hidden == 0
            if not after:
                break
        assert found == reading.value, selector
        sees_none = Scope(actor, date(2026, 1, 1), (), ("appeal",))
        blind = look.records(page, reading, sees_none, limit=1000)
        assert (blind.rows, blind.hidden) == ((), found)


def test_the_seven_kinds_of_figure(db: object) -> None:
    def row(at: int, name: str, day: date, **said: Any) -> Counted:
        fixed: dict[str, Any] = {"matter": UUID(int=at), "ref": f"{name} {day}", "from_position": at, "unit": UNITS[0]}
        return Counted(procedure="p", item="fact", name=name, day=day, handler=UNITS[1], **fixed | said)

    Counted.objects.bulk_create(
        [row(at, "in", date(2025, 2, at), days=0) for at in range(1, 8)]
        + [row(at, "in", date(2024, 2, at), days=0) for at in range(11, 14)]
        + [row(at, "out", date(2025, 3, at), days=at * 10, numbers={"paid": f"{at}.005"}) for at in (1, 2)]
        + [row(21, "ranked", date(2025, month, 1), numbers={"place": str(month)}) for month in (3, 9)]
    )
    came, done = Selector("p", facts=("in",)), Selector("p", facts=("out",))
    span = year(UNITS, 2025, 100)

    def text(kind: str, of: Selector, places: int = 2, unit: str = "%", **slots: Any) -> str:
        page = Indicator(kind, Title(kind), kind, unit, (of,), round=places, **slots)  # type: ignore[arg-type]
        return look.read(page, span).text

    assert text("count", came, 0, "件") == "7"
    assert text("sum", Selector("p", facts=("out",), field="paid"), 2, "元") == "3.01"
    assert text("ratio", done, per=(came,)) == "28.57"
    assert text("change", came) == "增长133.33"
    assert text("duration", done, 1, "天") == "15.0"
    assert text("rank", Selector("p", facts=("ranked",), field="place"), 0, "名") == "9"
    assert text("compression", done, base=(came,)) == "71.43"
    assert text("ratio", done, per=(Selector("p", facts=("never",)),)) == "无数据"
    assert text("change", done) == "无数据"
    assert text("count", came, 0, "件", whose="handling") == "7"


def test_small_numbers_are_kept_back_with_what_would_tell_them(db: object) -> None:
    def some(name: str, many: int) -> list[Counted]:
        fixed: dict[str, Any] = {
            "unit": UNITS[0],
            "handler": UNITS[0],
            "from_position": 1,
            "procedure": "p",
            "item": "fact",
        }
        return [
            Counted(matter=UUID(int=at + 1), ref=name, name=name, day=date(2025, 5, 1), **fixed) for at in range(many)
        ]

    Counted.objects.bulk_create(some("in", 100) + some("good", 97) + some("bad", 3) + some("none", 0))
    count_of = {name: figure(Selector("p", facts=(name,))) for name in ("in", "good", "bad", "none")}
    share = figure(Selector("p", facts=("good",)), "ratio", Selector("p", facts=("in",)), "%", 2)
    both = replace(count_of["in"], name="both", of=(*count_of["in"].of, *count_of["bad"].of), digest="both")
    pages = [replace(one, sensitive=one.name != "both") for one in (*count_of.values(), share, both)]
    read = look.read_all(pages, year(UNITS, 2025, 9))
    shown = for_public(read)
    told = dict(zip(("in", "good", "bad", "none", "share", "both"), (one.text for one in shown), strict=True))
    small, kept = "（少于5，不公开）", "（为保护个人信息不公开）"
    assert told == {"in": "100", "good": kept, "bad": small, "none": "0", "share": kept, "both": kept}
    assert all((one.value, one.numerator, one.denominator) == (None,) * 3 for one in shown if one.suppressed)


def test_how_an_organ_did_its_work_is_told_however_small(db: object) -> None:
    of, per = (Selector("appeal", clocks=("answer",), verdict=(one,)) for one in ("in_time", "judged"))
    in_time = figure(of, "ratio", per, "%", 2)
    reading = replace(look.read(in_time, year(UNITS, 2025, 9)), numerator=Decimal(34), denominator=Decimal(37))
    assert for_public([reading]) == (reading,)
    (kept,) = for_public([replace(reading, sensitive=True)])
    assert kept.suppressed and kept.text == "（为保护个人信息不公开）"


def test_a_change_says_which_way_in_words(db: object) -> None:
    page = figure(Selector("appeal", facts=("received",)), "change", unit="%", places=2)
    reading = look.read(page, year(UNITS, 2025, 9))
    told = [replace(reading, value=Decimal(one)) for one in ("47.06", "-3.20", "0.00")]
    assert [one.text + one.unit_told for one in told] == ["增长47.06%", "下降3.20%", "持平"]


def test_only_the_same_definition_over_the_same_part_of_a_year_is_comparable(db: object) -> None:
    page = figure(Selector("appeal", facts=("received",)))
    whole, other = year(UNITS[:1], 2024, 1), year(UNITS[1:], 2025, 1)
    assert look.read(page, whole).fingerprint == look.read(page, other).fingerprint
    until_november = replace(other, cutoff=date(2025, 11, 30))
    assert look.read(page, until_november).fingerprint != look.read(page, other).fingerprint
    assert look.read(replace(page, round=1), other).fingerprint != look.read(page, other).fingerprint


def test_words_of_a_page_are_words_and_never_sql(db: object) -> None:
    odd = Selector("p'; drop table indicators_counted; --", facts=("50%s", "it's"), where={"a'b%": ("%(units)s", "\\")})
    page = figure(odd)
    reading = look.read(page, year(UNITS, 2025, 1))
    assert reading.text == "0"
    actor = Actor(None, None, UNITS[0], frozenset(), "machine")
    assert look.records(page, reading, Scope(actor, date(2025, 1, 1), (), ())).rows == ()
    assert Counted.objects.count() == 0


def test_figures_are_rounded_half_up(db: object) -> None:
    assert [rounded(Decimal(text), 2) for text in ("2.345", "-2.345", "6.565")] == [
        Decimal("2.35"),
        Decimal("-2.35"),
        Decimal("6.57"),
    ]


def test_a_span_is_within_one_year(db: object) -> None:
    page = figure(Selector("appeal", facts=("received",)))
    for first, last in ((date(2024, 1, 1), date(2025, 6, 1)), (date(2024, 2, 1), date(2024, 1, 1))):
        with pytest.raises(ValueError, match="一年"):
            look.read(page, Span(tuple(UNITS), first, last, 1))
    assert Span((), date(2024, 2, 29), date(2024, 2, 29)).before().cutoff == date(2023, 2, 28)


def test_what_a_sub_matter_tells_counts_from_its_own_position() -> None:
    """A hearing told of later leaves the figures of the earlier position alone."""
    child_page = Procedure(
        "hearing", date(2020, 1, 1), opens_with="set", facts={"set": FactKind("set"), "held": FactKind("held")}
    )
    told = FactKind("heard", hears={"held": "heard"}, repeats=True)
    page = Procedure("penalty", date(2020, 1, 1), opens_with="filed", facts={"filed": FactKind("filed"), "heard": told})
    hearing = (Fact("set", date(2025, 1, 5), entry=1), Fact("held", date(2025, 1, 9), entry=2))
    child = History(UUID(int=2), UNITS[0], Matter(child_page, hearing), {1: 20, 2: 30}, "#甲")
    whole = Matter(page, (Fact("filed", date(2025, 1, 1), entry=1),))
    parent = History(UUID(int=1), UNITS[0], whole, {1: 10}, children=(child,))
    rows = list(history(parent, Workdays()))
    assert [(row["name"], row["from_position"]) for row in rows if row["item"] == "fact"] == [
        ("filed", 10),
        ("heard", 30),
    ]
