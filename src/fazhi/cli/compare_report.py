"""`fazhi report compare`: reports side by side, as text, JSON, workbook and chart."""

from __future__ import annotations

import json
from pathlib import Path

import click

from fazhi.cli.check_report import shelf
from fazhi.cli.read_report import open_report
from fazhi.cli.report import JSON, report
from fazhi.report.check.exact import shown
from fazhi.report.claims import ReadReport
from fazhi.report.compare import Comparison
from fazhi.report.compare import compare as compare_reports
from fazhi.report.compare.beside import HEADING, TEXT
from fazhi.report.compare.chart import draw
from fazhi.report.compare.sheet import workbook
from fazhi.report.compare.values import Line

HOW = {HEADING: "有章节", TEXT: "有提及"}
OUT = click.Path(dir_okay=False, writable=True, path_type=Path)


def open_or_find(word: str) -> ReadReport:
    """A report by its file, or by its id in the library."""
    path = Path(word)
    if path.is_file():
        return open_report(path)
    kept = shelf().find(word)
    if kept is None:
        raise click.ClickException(f"没有文件“{word}”，报告库中也没有这个编号；fazhi report library 列出全部编号。")
    try:
        return shelf().read(kept.id)
    except LookupError as error:
        raise click.ClickException(str(error)) from error


@report.command("compare")
@click.argument("reports", nargs=-1, required=True, metavar="FILE|ID…")
@click.option("--xlsx", type=OUT, help="写成工作簿。")
@click.option("--svg", type=OUT, help="把口径相同的数画成图。")
@JSON
def compare(reports: tuple[str, ...], xlsx: Path | None, svg: Path | None, as_json: bool) -> None:
    """比较几份报告：同口径的数并列，口径不同的说明为什么，并列出各体系、消失的数和重复的不足。

    \b
    例：fazhi report compare 某区2023年报告.html 某区2024年报告.html --xlsx 比较.xlsx --svg 比较.svg
    """
    if len(reports) < 2:
        raise click.UsageError("至少要给两份报告。")
    done = compare_reports([open_or_find(word) for word in reports])
    if xlsx:
        xlsx.write_bytes(workbook(done))
        click.echo(f"已写入 {xlsx}", err=True)
    if svg:
        svg.write_text(draw(done), encoding="utf-8")
        click.echo(f"已写入 {svg}", err=True)
    if as_json:
        click.echo(json.dumps(done.as_json(), ensure_ascii=False, indent=2))
    elif not xlsx and not svg:
        _tell(done)


def _tell(done: Comparison) -> None:
    names = done.names
    click.echo(f"比较：{'、'.join(names)}")
    click.echo(f"\n口径相同 {len(done.alike)} 项：")
    for line in done.alike:
        changes = [f"（{names[at + 1]}变化{shown(one)}）" for at, one in enumerate(line.changes) if one is not None]
        click.echo(f"  {line.title}：{_cells(done, line)}{''.join(changes)}")
    click.echo(f"\n口径不同，不能直接比较 {len(done.apart)} 项：")
    for line in done.apart:
        click.echo(f"  {line.title}：{_cells(done, line)}")
        for reason in line.apart:
            click.echo(f"    {reason}")
    click.echo("\n八个体系：")
    for covered in done.coverage:
        told = "，".join(f"{name}{HOW.get(how, '没有')}" for name, how in zip(names, covered.how, strict=True))
        click.echo(f"  {covered.title}：{told}")
    if done.gone:
        click.echo("\n上一份有、这一份不再出现的数：")
    for gone in done.gone:
        click.echo(f"  {names[gone.earlier]} → {names[gone.later]}：{gone.claim.subject} {gone.claim.text}")
    if done.repeated:
        click.echo("\n重复出现的不足：")
    for again in done.repeated:
        click.echo(f"  {names[again.earlier]}“{again.text}”；{names[again.later]}“{again.again}”")
    if done.disagreements:
        click.echo("\n同比与上年报告对不上：")
    for one in done.disagreements:
        click.echo(f"  {one.message}")


def _cells(done: Comparison, line: Line) -> str:
    return "，".join(f"{name} {cell.text}" for name, cell in zip(done.names, line.cells, strict=True) if cell)
