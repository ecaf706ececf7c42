"""`fazhi import`: tables that others kept, brought into the record row by row."""

import json
from collections.abc import Iterable
from pathlib import Path
from time import monotonic

import click
import psycopg
from django.db import DatabaseError
from rich.console import Console

from fazhi.cli.commands import fazhi
from fazhi.cli.tables import import_command
from fazhi.cli.tally import Tally, choice_of, show_columns, tell, with_bar, write_findings_beside
from fazhi.desk.tables.appeals import Understood, understand
from fazhi.desk.tables.bring import (
    Batch,
    NoUnit,
    batch,
    bring,
    brought_before,
    receiving_unit,
    row_secret,
)
from fazhi.desk.tables.columns import ROLES, Columns, Unmapped, read_columns
from fazhi.desk.tables.read import Unreadable, read_sheet
from fazhi.ledger import now, rulebook


class EveryPage(click.Group):
    """Beside the commands of its own, one for every page: a register or a kind of business."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        own = super().get_command(ctx, cmd_name)
        return own or (import_command(cmd_name) if cmd_name in rulebook().procedures else None)


@fazhi.group("import", cls=EveryPage)
def imports() -> None:
    """导入已有的台账：来信用 appeals，其他用业务或名录的名字。

    \b
    例：fazhi import appeals 来信台账.xlsx --unit 示例区信访局 --dry-run
        fazhi import power_item 权责清单.xlsx --unit 示例区司法局 --dry-run
    """


@imports.command("appeals")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="只检查，不写入：显示每列的用途和每行的问题。")
@click.option("--name", default="", help="这次导入的名字。名字和编号相同的行只登记一次；默认取文件摘要。")
@click.option("--unit", default="", help="由哪个单位收件（名称或编号）；只有一个单位时可不写。")
@click.option(
    "--kind", type=click.Choice(["appeal", "hotline"]), default="appeal", help="作为信访事项，还是12345工单。"
)
@click.option("--column", "columns", multiple=True, metavar="列名=用途", help="指明一列的用途，“-”为不导入；可重复。")
@click.option("--sheet", default="", help="工作簿里的哪一张表；默认第一张。")
@click.option("--anyway", is_flag=True, help="编号与另一次导入相同也照样导入：确是不同的来信。")
@click.option("--findings", "findings_path", type=click.Path(path_type=Path), help="问题清单写到哪里；默认在文件旁边。")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出结果，供程序读取。")
def appeals(
    file: Path,
    dry_run: bool,
    name: str,
    unit: str,
    kind: str,
    columns: tuple[str, ...],
    sheet: str,
    anyway: bool,
    findings_path: Path | None,
    as_json: bool,
) -> None:
    """导入来信台账（XLSX、CSV、TSV）：每行一件来信，可带答复。

    有问题的行逐行说明原因，不影响其他行。中断后再运行同一命令即可接着做，已登记的行不会重复。

    \b
    例：fazhi import appeals 来信台账.xlsx --unit 示例区信访局 --dry-run
        fazhi import appeals 来信台账.xlsx --unit 示例区信访局 --name 2024年网上来信
        fazhi import appeals 信箱.csv --unit 示例区信访局 --column '领导批示=-'
    """
    console = Console(stderr=True, quiet=as_json)
    try:
        table = read_sheet(file, sheet)
        mapped = read_columns(table, dict(choice_of(text) for text in columns))
    except (Unreadable, Unmapped) as error:
        raise click.ClickException(f"{file.name}：\n{error}\n可用的用途：{_uses()}") from error
    name = name.strip() or f"sha256-{table.digest[:16]}"
    show_columns(console, table, mapped)
    rows = list(understand(table, mapped, secret=row_secret(), now=now()))
    tally = _check(rows) if dry_run else _run(console, rows, _batch(name, unit, kind, () if anyway else rows))
    written = write_findings_beside(file, findings_path, tally.findings)
    if as_json:
        click.echo(json.dumps(_as_json(tally, name, dry_run, mapped, written), ensure_ascii=False, indent=2))
    else:
        tell(console, tally, name, dry_run, written)


def _uses() -> str:
    return "、".join(f"{role}（{title}）" for role, title in ROLES.items()) + "、-（不导入）"


def _batch(name: str, unit: str, kind: str, rows: Iterable[Understood]) -> Batch:
    try:
        found, _ = receiving_unit(unit)
    except NoUnit as error:
        raise click.ClickException(str(error)) from error
    named = batch(name, found, kind)
    if before := brought_before(rows, named):
        other, count = next(iter(before.items()))
        raise click.ClickException(
            f"其中 {count} 行的编号，这个单位此前已用名字“{other}”导入过。要接着那一次做，请加 --name '{other}'，"
            "已登记的行不会重复；确是不同的来信，请加 --anyway。"
        )
    return named


def _check(rows: Iterable[Understood]) -> Tally:
    tally = Tally()
    for row in rows:
        tally.states["good" if row.appeal else "refused"] += 1
        tally.findings.extend(row.findings)
    return tally


def _run(console: Console, rows: list[Understood], named: Batch) -> Tally:
    tally, begun = Tally(), monotonic()
    try:
        for brought in with_bar(console, bring(rows, named), len(rows)):
            tally.states[brought.state] += 1
            tally.findings.extend(brought.findings)
    except (DatabaseError, psycopg.Error) as error:
        done = tally.states["entered"]
        raise click.ClickException(
            f"数据库中断（{type(error).__name__}）。本次已登记 {done} 行，都已保存；"
            "恢复后再运行同一命令即可接着做，不会重复。"
        ) from error
    tally.seconds = monotonic() - begun
    return tally


def _as_json(tally: Tally, name: str, dry_run: bool, columns: Columns, written: Path | None) -> dict[str, object]:
    return {
        "name": name,
        "dry_run": dry_run,
        "rows": tally.rows,
        **{state: tally.states[state] for state in (("good",) if dry_run else ("entered", "already"))},
        "refused": tally.states["refused"],
        "seconds": round(tally.seconds, 2),
        "columns": {columns.headings[place]: role for role, place in columns.at.items()},
        "refused_because": dict(tally.reasons("refused")),
        "noted": dict(tally.reasons("note")),
        "findings_file": str(written) if written else None,
    }
