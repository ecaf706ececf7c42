"""The lake answers as the live record does, holds no person, and tells when it was changed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import duckdb
import pytest
from histories import History, histories
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_figures import UNITS, figure, fill, last_position, selectors

from fazhi.indicators import look
from fazhi.indicators.export import export
from fazhi.indicators.lake import Lake, open_lake
from fazhi.indicators.manifest import BadLake, read_manifest
from fazhi.indicators.models import Counted
from fazhi.indicators.values import NEVER, Span
from fazhi.ledger import query
from fazhi.reach.scope import Box, Scope
from fazhi.rulebook import Indicator, Rulebook, Selector


def followed(position: int) -> None:
    """As if the room had followed up to a position."""
    text = "insert into ledger_cursor (follower, position) values ('indicators', %s) on conflict (follower) do update "
    query.run("default", text + "set position = excluded.position", [position])


@pytest.fixture
def made(db: object, rulebook: Rulebook) -> list[History]:
    found = [one for seed in (3, 5) for one in histories(seed, rulebook, UNITS)]
    fill(found, rulebook)
    followed(last_position(found))
    return found


@pytest.fixture
def lake(made: list[History], tmp_path: Path) -> Iterator[Lake]:
    export(tmp_path / "lake")
    with open_lake(tmp_path / "lake") as found:
        yield found


def asked(book: Rulebook, every: int = 1) -> list[Indicator]:
    """Every page there is, and selectors that a page could be written with."""
    return [*book.indicators.values(), *(figure(one) for one in selectors(book)[::every])]


def test_every_page_answers_alike_at_any_scope_cutoff_and_position(
    lake: Lake, made: list[History], rulebook: Rulebook
) -> None:
    pages, last = asked(rulebook), last_position(made)
    days = st.dates(date(2023, 12, 1), date(2026, 3, 1))
    lengths = st.integers(0, 365)
    something = set()

    @settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.sets(st.sampled_from(UNITS)), days, lengths, st.integers(0, last))
    def alike(units: set[UUID], start: date, length: int, position: int) -> None:
        cutoff = date.fromordinal(start.toordinal() + length)
        span = Span(tuple(sorted(units)), start, cutoff, position)
        live = look.read_all(pages, span)
        assert lake.read_all(pages, span) == live
        something.update(one.name for one in live if one.value)

    alike()
    whole = Span(tuple(UNITS), date(2025, 1, 1), date(2025, 12, 31), last)
    live = look.read_all(pages, whole)
    assert lake.read_all(pages, whole) == live
    assert len(something | {one.name for one in live if one.value}) > 60


def test_numbers_and_odd_words_answer_alike(db: object, tmp_path: Path) -> None:
    """Sums are exact, the latest statement is the same one, and no word of a page is anything but a word."""
    odd = {"a'b%": "100%s", "c.d": "$x"}

    def row(at: int, name: str, day: date, **said: Any) -> Counted:
        fixed: dict[str, Any] = {"matter": UUID(int=at), "ref": f"{name} {day}", "from_position": at, "unit": UNITS[0]}
        return Counted(procedure="p", item="fact", name=name, day=day, handler=UNITS[1], fields=odd, **fixed | said)

    Counted.objects.bulk_create(
        [row(at, "paid", date(2025, 2, at), numbers={"sum": f"{at}.0000000001"}, days=at) for at in range(1, 8)]
        + [row(20 + at, "paid", date(2024, 2, at), numbers={"sum": "12345678901234567890.5"}) for at in range(1, 3)]
        + [row(40 + at, "ranked", date(2025, 3, at), numbers={"sum": str(9 - at)}) for at in range(1, 3)]
    )
    followed(100)
    paid = Selector("p", facts=("paid",), field="sum", where={name: (value, "y") for name, value in odd.items()})
    ranked = Selector("p", facts=("ranked",), field="sum")
    pages = [
        figure(paid, "sum"), figure(paid, "change", unit="%", places=2), figure(ranked, "rank"),
        figure(Selector("p", facts=("paid",)), "duration", places=2),
        figure(Selector("p", facts=("paid", "it's")), "ratio", Selector("p", facts=("paid",)), unit="%"),
    ]  # fmt: skip
    export(tmp_path / "lake")
    span = Span(tuple(UNITS[:1]), date(2025, 1, 1), date(2025, 12, 31), 100)
    with open_lake(tmp_path / "lake") as lake:
        live = look.read_all(pages, span)
        assert lake.read_all(pages, span) == live
    assert [str(one.numerator) for one in live[:1]] == ["28.0000000007"]


def test_what_stands_behind_a_figure_is_the_same_in_the_lake(
    lake: Lake, made: list[History], rulebook: Rulebook, fresh_scope: Scope
) -> None:
    span = Span(tuple(UNITS), date(2024, 1, 1), date(2024, 12, 31), last_position(made))
    found = 0
    for page in asked(rulebook)[::4]:
        live = look.records(page, look.read(page, span), fresh_scope, limit=10_000)
        there = lake.records(page, span)
        assert sorted((one.day, one.matter) for one in there) == sorted((one.day, one.matter) for one in live.rows)
        found += len(there)
    assert found > 100


@pytest.fixture
def fresh_scope(made: list[History]) -> Scope:
    """Rights to everything, with the rows that rights are read from."""
    from fazhi.people.actors import Actor
    from fazhi.reach.models import Involved

    for one in made:
        Involved.objects.create(
            matter=one.id, unit=UNITS[0], kind="appeal", secrecy=0, open=True, todo=True, role="receiving",
            due=date(2026, 1, 1), day=date(2025, 1, 1),
        )  # fmt: skip
    actor = Actor(None, None, UNITS[0], frozenset(), "machine")
    return Scope(actor, date(2026, 1, 1), (Box(frozenset(UNITS), None, 2, True),), ("appeal",))


def test_a_lake_of_an_old_position_is_the_one_written_then(
    made: list[History], rulebook: Rulebook, tmp_path: Path
) -> None:
    """The same position gives the same files, byte for byte, though the record went on."""
    middle = last_position(made) // 2
    young = [replace(one, positions={entry: at for entry, at in one.positions.items() if at <= middle}) for one in made]
    Counted.objects.all().delete()
    fill([one for one in young if one.positions], rulebook)
    then = export(tmp_path / "then", middle)
    Counted.objects.all().delete()
    fill(made, rulebook)
    assert export(tmp_path / "now", middle) == then
    assert export(tmp_path / "now").digest != then.digest
    assert [path.name for path in (tmp_path / "now").iterdir() if path.is_dir()] == [
        read_manifest(tmp_path / "now").home
    ]
    with open_lake(tmp_path / "then") as lake, pytest.raises(BadLake, match="重新导出"):
        lake.read_all([], Span((), date(2025, 1, 1), date(2025, 1, 2), middle + 1))


def test_the_lake_holds_units_kinds_days_choices_and_numbers_alone(lake: Lake) -> None:
    """No name of a row, of which a part may be what was said of a person; plain types that any engine reads."""
    first = Counted.objects.order_by("matter", "ref", "from_position")[0]
    Counted.objects.filter(pk=first.pk).update(ref="fact served #张三丰 2025-01-01 3")
    export(lake.folder)
    held = b"".join(path.read_bytes() for path in lake.folder.rglob("*") if path.is_file())
    assert "张三丰".encode() not in held
    with open_lake(lake.folder) as again:
        columns = again.work.execute("select column_name, column_type from (describe indicators_counted)").fetchall()
        refs = again.work.execute("select distinct ref from indicators_counted").fetchall()
    plain = {"VARCHAR", "BIGINT", "INTEGER", "DATE", "BOOLEAN", "MAP(VARCHAR, VARCHAR)"}
    assert {kind for _, kind in columns} == plain
    assert {name for name, _ in columns} == {field.name for field in Counted._meta.fields if field.name != "pk"} | {
        "year"
    }
    assert all(ref.isdecimal() for (ref,) in refs)


def test_a_lake_that_was_changed_is_refused_by_name(made: list[History], tmp_path: Path) -> None:
    manifest = export(tmp_path)
    one = next(one for one in manifest.files if one.path.endswith("part-0.parquet"))
    assert (
        sum(one.rows for one in manifest.files if "/counted/" in one.path) == manifest.rows == Counted.objects.count()
    )
    path = tmp_path / one.path
    whole = path.read_bytes()
    path.write_bytes(whole[:-1] + b"x")
    with pytest.raises(BadLake, match="part-0"), open_lake(tmp_path):
        pass
    path.unlink()
    with pytest.raises(BadLake, match="缺少"), open_lake(tmp_path):
        pass
    said = json.loads((tmp_path / "manifest.json").read_text())
    (tmp_path / "manifest.json").write_text(json.dumps(said | {"position": 1}))
    with pytest.raises(BadLake, match="改动"), open_lake(tmp_path):
        pass


def test_a_folder_with_other_things_is_left_alone(made: list[History], tmp_path: Path) -> None:
    (tmp_path / "台账.xlsx").write_bytes(b"x")
    with pytest.raises(BadLake, match="另选"):
        export(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["台账.xlsx"]


def test_a_number_that_could_not_be_added_exactly_is_told_and_nothing_is_written(db: object, tmp_path: Path) -> None:
    Counted.objects.create(
        matter=UUID(int=1), ref="x", from_position=1, procedure="p", item="fact", name="paid", unit=UNITS[0],
        handler=UNITS[0], day=date(2025, 1, 1), until=NEVER, numbers={"sum": "0.00000000001"},
    )  # fmt: skip
    followed(5)
    with pytest.raises(BadLake, match="sum 为 0"):
        export(tmp_path)
    assert not any(path.is_file() for path in tmp_path.rglob("*"))


def test_an_empty_record_gives_an_empty_lake(db: object, rulebook: Rulebook, tmp_path: Path) -> None:
    followed(0)
    assert export(tmp_path).rows == 0
    with open_lake(tmp_path) as lake:
        span = Span(tuple(UNITS), date(2025, 1, 1), date(2025, 12, 31))
        readings = lake.read_all(list(lake.pages.values()), span)
    assert lake.pages == rulebook.indicators
    assert {one.value for one in readings} <= {None, 0}
    assert duckdb.__version__ in read_manifest(tmp_path).writer
