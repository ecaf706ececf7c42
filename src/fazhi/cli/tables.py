"""`fazhi import NAME`, `fazhi export`, `fazhi template`: tables of any page, register or kind of business."""

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import click
import psycopg
from django.db import DatabaseError
from rich.console import Console

from fazhi.cli.commands import fazhi
from fazhi.cli.tally import Tally, choice_of, show_columns, tell, with_bar, write_findings_beside
from fazhi.desk.tables.bring import Batch, NoUnit, batch, receiving_unit, row_secret
from fazhi.desk.tables.collect import collect, columns_of, everything
from fazhi.desk.tables.columns import Columns, Unmapped, read_columns
from fazhi.desk.tables.entering import enter_rows, entered_before
from fazhi.desk.tables.layout import Layout, NotByTable, headings_of, layout_of
from fazhi.desk.tables.read import Sheet, Unreadable, read_sheet
from fazhi.desk.tables.rows import UnderstoodRow, understand_rows
from fazhi.desk.tables.written import template, write_csv, write_xlsx
from fazhi.ledger import rulebook, today


def layout_named(name: str, day: date) -> Layout:
    """The table of the page of this name; the words say which there are."""
    try:
        return layout_of(rulebook().page(name, day))
    except NotByTable as error:
        raise click.ClickException(str(error)) from None
    except LookupError as error:
        raise click.ClickException(str(error)) from None


def import_command(name: str) -> click.Command:
    """The import of a table of one page."""

    @click.command(name)
    @click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
    @click.option("--dry-run", is_flag=True, help="只检查，不写入：走完全部规则，逐行说明问题。")
    @click.option("--name", "named", default="", help="这次导入的名字；名字和编号相同的行只登记一次；默认取文件摘要。")
    @click.option("--unit", default="", help="没有写单位的行由哪个单位登记；只有一个单位时可不写。")
    @click.option("--column", "columns", multiple=True, metavar="列名=用途", help="指明一列的用途，“-”为不导入。")
    @click.option("--sheet", default="", help="工作簿里的哪一张表；默认第一张。")
    @click.option("--anyway", is_flag=True, help="与另一次导入相同的行也照样导入。")
    @click.option("--findings", "findings_path", type=click.Path(path_type=Path), help="问题清单写到哪里。")
    @click.option("--json", "as_json", is_flag=True, help="以 JSON 输出结果，供程序读取。")
    def command(file: Path, **given: Any) -> None:
        """导入一张表（XLSX、CSV、TSV），每行一件；列名与模板（fazhi template）相同。"""
        _import(name, file, **given)

    return command


def _import(
    name: str,
    file: Path,
    *,
    dry_run: bool,
    named: str,
    unit: str,
    columns: tuple[str, ...],
    sheet: str,
    anyway: bool,
    findings_path: Path | None,
    as_json: bool,
) -> None:
    console = Console(stderr=True, quiet=as_json)
    layout = layout_named(name, today())
    table, mapped = _read(file, sheet, columns, layout)
    named = named.strip() or f"sha256-{table.digest[:16]}"
    show_columns(console, table, mapped)
    importing = _batch(named, unit, name)
    understood = understand_rows(table, mapped, layout, importing.agencies, secret=row_secret(), today=today())
    rows = list(understood)
    if not anyway and not dry_run:
        _refuse_twice(rows, importing)
    tally = _run(console, rows, importing, layout, dry_run=dry_run)
    written = write_findings_beside(file, findings_path, tally.findings)
    if as_json:
        click.echo(json.dumps(_as_json(tally, named, dry_run, mapped, written), ensure_ascii=False, indent=2))
    else:
        tell(console, tally, named, dry_run, written)


def _read(file: Path, sheet: str, columns: tuple[str, ...], layout: Layout) -> tuple[Sheet, Columns]:
    try:
        table = read_sheet(file, sheet)
        return table, read_columns(table, dict(choice_of(text) for text in columns), headings_of(layout))
    except (Unreadable, Unmapped) as error:
        uses = "、".join(f"{column.role}（{column.title}）" for column in layout.columns)
        raise click.ClickException(f"{file.name}：\n{error}\n可用的用途：{uses}、-（不导入）") from error


def _batch(named: str, unit: str, name: str) -> Batch:
    try:
        return batch(named, receiving_unit(unit)[0], name)
    except NoUnit as error:
        raise click.ClickException(str(error)) from error


def _refuse_twice(rows: Iterable[UnderstoodRow], importing: Batch) -> None:
    if before := entered_before(rows, importing):
        other, count = next(iter(before.items()))
        raise click.ClickException(
            f"其中 {count} 行此前已用名字“{other}”导入过。要接着那一次做，请加 --name '{other}'，已登记的行不会重复；"
            "确是不同的行，请加 --anyway。"
        )


def _run(console: Console, rows: list[UnderstoodRow], importing: Batch, layout: Layout, *, dry_run: bool) -> Tally:
    tally = Tally()
    try:
        done = enter_rows(rows, importing, layout, rehearse=dry_run)
        for brought in with_bar(console, done, len(rows)):
            state = "good" if dry_run and brought.state != "refused" else brought.state
            tally.states[state] += 1
            tally.findings.extend(brought.findings)
    except (DatabaseError, psycopg.Error) as error:
        raise click.ClickException(
            f"数据库中断（{type(error).__name__}）。已登记的 {tally.states['entered']} 行都已保存；"
            "恢复后再运行同一命令即可接着做，不会重复。"
        ) from error
    return tally


def _as_json(tally: Tally, name: str, dry_run: bool, columns: Columns, written: Path | None) -> dict[str, object]:
    return {
        "name": name,
        "dry_run": dry_run,
        "rows": tally.rows,
        **{state: tally.states[state] for state in (("good",) if dry_run else ("entered", "changed", "already"))},
        "refused": tally.states["refused"],
        "columns": {columns.headings[place]: role for role, place in columns.at.items()},
        "refused_because": dict(tally.reasons("refused")),
        "findings_file": str(written) if written else None,
    }


@fazhi.command("export")
@click.argument("name")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--unit", default="", help="哪个单位（连同下级）所能看到的；只有一个单位时可不写。")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="这一天的样子；不写则为今天。")
def export(name: str, file: Path, unit: str, day: Any) -> None:
    """把一类事项或一个名录写成表（按扩展名 .xlsx 或 .csv）；个人信息已遮蔽。

    \b
    例：fazhi export power_item 权责清单.xlsx
        fazhi export mediator 调解员.csv --unit 示例区司法局 --on 2025-12-31
    """
    on = day.date() if day else today()
    layout = layout_named(name, on)
    scope = _batch("export", unit, name).scope
    columns = columns_of(layout)
    rows = list(collect(scope, layout, everything(scope, name), on))
    _put(file, write_xlsx(layout, rows, columns) if _is_workbook(file) else write_csv(rows, columns))
    click.echo(f"已写入 {len(rows)} 行：{file}")


@fazhi.command("template")
@click.argument("name")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def write_template(name: str, file: Path) -> None:
    """写一张空表供填写（.xlsx 或 .csv）：列名、选项、填写说明，编码列已设为文本。

    \b
    例：fazhi template mediator 调解员.xlsx
    """
    layout = layout_named(name, today())
    _put(file, template(layout) if _is_workbook(file) else write_csv([], layout.columns))
    click.echo(f"已写入模板：{file}")


def _is_workbook(file: Path) -> bool:
    if file.suffix.lower() not in (".xlsx", ".csv"):
        raise click.BadParameter(f"“{file.name}”的扩展名应为 .xlsx 或 .csv。", param_hint="FILE")
    return file.suffix.lower() == ".xlsx"


def _put(file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except OSError as error:
        raise click.ClickException(f"写不了 {file}：{error.strerror}。请换一个可写的位置。") from error
