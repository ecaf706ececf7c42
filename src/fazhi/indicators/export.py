"""Writes the counted rows as Parquet, by kind of business and year, as of one position: numbers without persons."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import duckdb

from fazhi.cluster.passwords import make_private, write_private
from fazhi.indicators.manifest import NAME, BadLake, LakeFile, Manifest, file_digest, read_manifest
from fazhi.indicators.values import END_OF_CHAIN
from fazhi.ledger import query, rulebook
from fazhi.ledger.heavy import as_of
from fazhi.people import units
from fazhi.people.forest import forest

# A row is named by its place in its matter: the name it has in the record may hold a word said of a person.
_ROWS = """
copy (
  select matter, row_number() over (partition by matter order by from_position, ref collate "C") as ref, from_position,
    case when to_position > {position} then {last} else to_position end as to_position, procedure, item, name, unit,
    handler, day, until, verdict, deemed, again, days, fields, numbers
  from indicators_counted where from_position <= {position}
) to stdout (format csv, null '\\N')
"""
_COLUMNS = {
    "matter": "VARCHAR", "ref": "VARCHAR", "from_position": "BIGINT", "to_position": "BIGINT", "procedure": "VARCHAR",
    "item": "VARCHAR", "name": "VARCHAR", "unit": "VARCHAR", "handler": "VARCHAR", "day": "DATE", "until": "DATE",
    "verdict": "VARCHAR", "deemed": "BOOLEAN", "again": "BOOLEAN", "days": "INTEGER", "fields": "JSON",
    "numbers": "JSON",
}  # fmt: skip
_STAGE = """
create table staged as
select * replace (cast(fields as map(varchar, varchar)) as fields, cast(numbers as map(varchar, varchar)) as numbers),
  year(day) as year
from read_csv(?, header = false, delim = ',', quote = '"', escape = '"', nullstr = '\\N', columns = ?,
  auto_detect = false, strict_mode = true)
"""
_TOO_LONG = """
select matter, key, numbers[key] from (select matter, numbers, unnest(map_keys(numbers)) as key from staged)
where not regexp_full_match(numbers[key], '-?[0-9]{1,28}([.][0-9]{1,10})?') limit 1
"""
_PARTITIONS = """
copy (select * from staged order by procedure, year, matter, from_position, ref)
to '{folder}' (format parquet, partition_by (procedure, year), compression zstd, filename_pattern 'part-{{i}}')
"""


def export(folder: Path, position: int = END_OF_CHAIN, using: str = "default") -> Manifest:
    """Write the lake as of a position, the last one followed unless said; whole or not at all.

    BadLake where the folder holds something else, or a number has more digits than the lake can add exactly.
    """
    before = _fit(folder)
    position = min(position, as_of("indicators", using))
    make_private(folder)
    part = folder / "part"
    shutil.rmtree(part, ignore_errors=True)
    make_private(part)
    try:
        rows = _write(part, position, using)
        files = tuple(_described(part, position))
        manifest = Manifest(position, rows, files, f"duckdb {duckdb.__version__}")
        shutil.rmtree(folder / manifest.home, ignore_errors=True)
        part.rename(folder / manifest.home)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    write_private(folder / NAME, manifest.to_json().encode())
    if before is not None and before.home != manifest.home:
        shutil.rmtree(folder / before.home, ignore_errors=True)
    return manifest


def _fit(folder: Path) -> Manifest | None:
    """The lake that is there already; BadLake where the folder holds what is none of ours."""
    if not folder.exists() or not any(folder.iterdir()):
        return None
    if not (folder / NAME).exists():
        raise BadLake(f"{folder} 不是空文件夹，也不是数据湖；请另选一个空文件夹，以免覆盖其中的文件。")
    return read_manifest(folder)


def _write(part: Path, position: int, using: str) -> int:
    table = part / "rows.csv"
    text = _ROWS.format(position=int(position), last=END_OF_CHAIN)
    with query.cursor(using) as work, table.open("wb") as stream, work.copy(text) as rows:
        for block in rows:
            stream.write(block)
    lake = duckdb.connect(config={"threads": 1, "temp_directory": str(part / "spill")})
    try:
        lake.execute(_STAGE, [str(table), _COLUMNS])
        table.unlink()
        if wrong := lake.execute(_TOO_LONG).fetchone():
            raise BadLake(f"事项 {wrong[0]} 的 {wrong[1]} 为 {wrong[2]}，超出28位整数、10位小数，请先核对更正。")
        lake.execute(_PARTITIONS.format(folder=_text(part / "counted")))
        count = lake.execute("select count(*) from staged").fetchone()
        _write_units(lake, part)
    finally:
        lake.close()
    shutil.rmtree(part / "spill", ignore_errors=True)
    write_private(part / "pages.json", _pages().encode())
    return int(count[0]) if count else 0


def _write_units(lake: duckdb.DuckDBPyConnection, part: Path) -> None:
    """Units by id with their names, and every place that each ever had, so that the lake is read without the record."""
    trees = forest()
    heirs = {gone: (heir, day) for heir, merged in trees.merged.items() for gone, day in merged}
    lines = units.names(trees.places)
    lake.execute("create table units (id varchar, name varchar, name_en varchar, until date, heir varchar)")
    lake.execute("create table places (unit varchar, parent varchar, since date, until date)")
    for unit, line in sorted(lines.items(), key=lambda one: str(one[0])):
        heir, until = heirs.get(unit, (None, None))
        said = [str(unit), line.name, line.name_en, until, str(heir) if heir else None]
        lake.execute("insert into units values (?, ?, ?, ?, ?)", said)
        for place in trees.places[unit]:
            above = str(place.parent) if place.parent else None
            lake.execute("insert into places values (?, ?, ?, ?)", [str(unit), above, place.since, place.until])
    for name in ("units", "places"):
        lake.execute(f"copy {name} to '{_text(part / f'{name}.parquet')}' (format parquet, compression zstd)")


def _pages() -> str:
    """The figures' pages as they are in use, local ones among them."""
    book = rulebook()
    tables = {name: book.source_page(one).table for name, one in sorted(book.indicators.items())}
    return json.dumps(tables, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def _described(part: Path, position: int) -> list[LakeFile]:
    home = Manifest(position, 0, (), "").home
    found = []
    for path in sorted(one for one in part.rglob("*") if one.is_file()):
        rows = duckdb.read_parquet(str(path)).shape[0] if path.suffix == ".parquet" else 0
        found.append(LakeFile(f"{home}/{path.relative_to(part).as_posix()}", rows, file_digest(path)))
    return found


def _text(path: Path) -> str:
    return str(path).replace("'", "''")
