"""`fazhi lake export | read`: the counted rows as Parquet with a manifest, and figures read without a server."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

import click

from fazhi.cli import named
from fazhi.cli.commands import fazhi
from fazhi.indicators.lake import Lake, open_lake
from fazhi.indicators.manifest import BadLake
from fazhi.indicators.values import END_OF_CHAIN, Reading, Span
from fazhi.rulebook import Indicator

FOLDER = click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
POSITION = click.option("--position", type=click.IntRange(0), default=END_OF_CHAIN, help="计至哪一位；默认最新。")


@fazhi.group()
def lake() -> None:
    """数据湖：把计数用的行写成 Parquet 文件，供大规模统计；不含个人信息。

    \b
    例：fazhi lake export 数据湖
        fazhi lake read 数据湖 appeal_received --unit 示例区人民政府 --year 2025
    """


@lake.command("export")
@FOLDER
@POSITION
@named.JSON
def write(folder: Path, position: int, as_json: bool) -> None:
    """写出数据湖；FOLDER 须是空文件夹或者已有的数据湖，后者整个换新。

    \b
    例：fazhi lake export 数据湖
        fazhi lake export 数据湖 --position 120000
    """
    from fazhi.indicators.export import export

    try:
        manifest = export(folder, position)
    except BadLake as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        click.echo(manifest.to_json())
        return
    click.echo(f"计至第 {manifest.position} 位，{manifest.rows} 行，{len(manifest.files)} 个文件。")
    click.echo(f"总摘要 {manifest.digest}")


@lake.command("read")
@FOLDER
@click.argument("indicator", nargs=-1)
@click.option("--unit", required=True, help="单位的名称，含其下属单位和已并入的单位。")
@click.option("--year", required=True, type=click.IntRange(1990, 2200), help="年度。")
@click.option("--cutoff", type=named.DAY, help="统计截止日，如 2024-11-30；默认年末。")
@POSITION
@named.JSON
def read(
    folder: Path,
    indicator: tuple[str, ...],
    unit: str,
    year: int,
    cutoff: datetime | None,
    position: int,
    as_json: bool,
) -> None:
    """从数据湖读指标，不写 INDICATOR 就读全部；与正式库按同一位读出的数字相同。

    \b
    例：fazhi lake read 数据湖 appeal_received appeal_in_time --unit 示例区人民政府 --year 2025
    """
    last = named.day(cutoff) or date(year, 12, 31)
    try:
        with open_lake(folder) as held:
            span = Span(_units(held, unit, date(year, 1, 1), last), date(year, 1, 1), last, position)
            readings = held.read_all(_pages(held, indicator), span)
    except (BadLake, ValueError) as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        click.echo(json.dumps([_values(one) for one in readings], ensure_ascii=False, indent=2))
        return
    for one in readings:
        halves = f"{one.numerator}/{one.denominator}" if one.denominator is not None else ""
        click.echo(f"{one.title}\t{one.text}{one.unit_told}\t{halves}")


def _pages(held: Lake, names: tuple[str, ...]) -> list[Indicator]:
    known = {alias: page for page in held.pages.values() for alias in (*page.aliases, page.name)}
    if unknown := [name for name in names if name not in known]:
        raise click.ClickException(f"数据湖中没有这些指标：{'、'.join(unknown)}。")
    return [known[name] for name in names] or list(held.pages.values())


def _units(held: Lake, name: str, start: date, cutoff: date) -> tuple[UUID, ...]:
    found = held.units_named(name)
    if len(found) != 1:
        named_so = "、".join(held.names[unit] for unit in found[:8])
        raise click.ClickException(f"“{name}”对应多个单位：{named_so}，请写全称。" if found else f"没有单位“{name}”。")
    return held.trees.whole(found[0], start, cutoff)


def _values(reading: Reading) -> dict[str, str | int | None]:
    amounts = {name: getattr(reading, name) for name in ("value", "numerator", "denominator")}
    return {
        "name": reading.name,
        "title": str(reading.title),
        "unit": reading.unit,
        **{name: None if amount is None else f"{amount:f}" for name, amount in amounts.items()},
        "start": reading.span.start.isoformat(),
        "cutoff": reading.span.cutoff.isoformat(),
        "position": reading.span.position,
        "page": reading.page_digest,
        "fingerprint": reading.fingerprint,
    }
