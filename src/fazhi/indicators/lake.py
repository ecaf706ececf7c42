"""Figures read from a lake on one machine: the same pages, the same statements, put into the lake's dialect."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import duckdb

from fazhi.indicators.compile import compile_wants, records_text, wants_of
from fazhi.indicators.evaluate import evaluate
from fazhi.indicators.manifest import BadLake, Manifest, check_files, read_manifest
from fazhi.indicators.translate import in_lake, translate
from fazhi.indicators.values import END_OF_CHAIN, Part, Reading, Record, Span
from fazhi.people.forest import Forest, Place
from fazhi.rulebook import Indicator
from fazhi.rulebook.pages import Page
from fazhi.rulebook.read_figures import read_indicator

_VIEW = """
create view indicators_counted as select * from read_parquet('{files}', hive_partitioning = true,
  hive_types = {{'procedure': varchar, 'year': integer}})
"""
_EMPTY = """
create table indicators_counted (matter varchar, ref varchar, from_position bigint, to_position bigint,
  procedure varchar, item varchar, name varchar, unit varchar, handler varchar, day date, until date, verdict varchar,
  deemed boolean, again boolean, days integer, fields map(varchar, varchar), numbers map(varchar, varchar),
  year integer)
"""
_UNITS = "select id, name, until, heir from read_parquet(?)"
_PLACES = "select unit, parent, since, until from read_parquet(?)"


@dataclass(frozen=True)
class Lake:
    """An open lake. `names` are the units by id, `trees` where each stood on which days."""

    folder: Path
    manifest: Manifest
    pages: Mapping[str, Indicator]
    names: Mapping[UUID, str]
    trees: Forest
    work: duckdb.DuckDBPyConnection

    def read_all(self, pages: Sequence[Indicator], span: Span) -> tuple[Reading, ...]:
        """All pages over one span, as the live record reads them as of the same position."""
        asked = _bound(self.bounded(span))
        wants = [want for page in pages for half in wants_of(page) for want in half]
        amounts: dict[str, Decimal | None] = {}
        for statement in in_lake(compile_wants(wants)):
            row = self.work.execute(statement.text, asked).fetchone() or ()
            found = (None if amount is None else Decimal(amount) for amount in row)
            amounts.update(zip(statement.wants, found, strict=True))
        return tuple(evaluate(page, self.bounded(span), amounts) for page in pages)

    def records(self, page: Indicator, span: Span, part: Part = "numerator") -> tuple[Record, ...]:
        """Everything behind one half of a figure: matters by their ids, which only the record can open."""
        wants = wants_of(page)[0 if part == "numerator" else 1]
        if not wants:
            return ()
        first = {"after_day": date.min, "after_matter": "", "after_ref": "", "limit": END_OF_CHAIN}
        rows = self.work.execute(translate(records_text(wants)), {**_bound(self.bounded(span)), **first}).fetchall()
        return tuple(Record(matter=UUID(matter), day=day, ref=ref) for day, matter, ref, _ in rows)

    def bounded(self, span: Span) -> Span:
        """The span as of the position of the lake, or of an earlier one; the lake knows no later one."""
        if span.position != END_OF_CHAIN and span.position > self.manifest.position:
            told = f"数据湖只到第 {self.manifest.position} 位，读不出第 {span.position} 位的数字；请重新导出。"
            raise BadLake(told)
        return replace(span, position=min(span.position, self.manifest.position))

    def units_named(self, name: str) -> tuple[UUID, ...]:
        """The units of this name, or whose name holds it if none has it."""
        whole = tuple(unit for unit, known in self.names.items() if known == name)
        return whole or tuple(unit for unit, known in self.names.items() if name in known)


@contextmanager
def open_lake(folder: Path, *, check: bool = True) -> Iterator[Lake]:
    """The lake of a folder, every file compared with the manifest first unless told otherwise."""
    manifest = read_manifest(folder)
    if check:
        check_files(folder, manifest)
    home = folder / manifest.home
    work = duckdb.connect()
    try:
        files = str(home / "counted" / "*" / "*" / "*.parquet").replace("'", "''")
        work.execute(_VIEW.format(files=files) if manifest.rows else _EMPTY)
        names, trees = _units(work, home)
        yield Lake(folder, manifest, _pages(home / "pages.json"), names, trees, work)
    finally:
        work.close()


def _units(work: duckdb.DuckDBPyConnection, home: Path) -> tuple[dict[UUID, str], Forest]:
    names: dict[UUID, str] = {}
    merged: dict[UUID, list[tuple[UUID, date]]] = {}
    places: dict[UUID, list[Place]] = {}
    below: dict[UUID, list[Place]] = {}
    for unit, name, until, heir in _rows(work, _UNITS, home / "units.parquet"):
        names[UUID(unit)] = name
        if heir:
            merged.setdefault(UUID(heir), []).append((UUID(unit), until))
    for unit, parent, since, until in _rows(work, _PLACES, home / "places.parquet"):
        place = Place(UUID(unit), UUID(parent) if parent else None, since, until)
        places.setdefault(place.unit, []).append(place)
        if place.parent:
            below.setdefault(place.parent, []).append(place)
    stood = {unit: tuple(there) for unit, there in places.items()}
    under = {unit: tuple(there) for unit, there in below.items()}
    return names, Forest(None, stood, under, {unit: tuple(there) for unit, there in merged.items()}, {})


def _rows(work: duckdb.DuckDBPyConnection, statement: str, path: Path) -> list[tuple[Any, ...]]:
    return work.execute(statement, [str(path)]).fetchall()


def _pages(path: Path) -> dict[str, Indicator]:
    """The pages as they were when the lake was written."""
    found = {}
    for name, table in json.loads(path.read_text(encoding="utf-8")).items():
        page, findings = read_indicator(Page(Path(f"{name}.toml"), table), name)
        if page is None:
            raise BadLake(f"数据湖中指标 {name} 的口径读不出来：{findings[0].message}")
        found[name] = page
    return found


def _bound(span: Span) -> dict[str, Any]:
    return {**span.parameters(), "units": [str(unit) for unit in span.units]}
