"""`fazhi report read` and `score`: what a report by anyone states, and how well it was read."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from fazhi.cli.report import JSON, report
from fazhi.report.claims import ReadReport, Repair
from fazhi.report.read import Unreadable, read_file
from fazhi.report.read.score import Score, read_figures
from fazhi.report.read.score import score as score_report
from fazhi.rulebook import load

FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
LEVELS = {
    "province": "省级",
    "city": "市级",
    "district": "区县级",
    "town": "镇街级",
    "department": "部门",
    "unknown": "层级未能判断",
}
REPAIRS = {
    "pinyin": "去掉插入的拼音",
    "traditional": "繁体转简体",
    "byte_shift": "编码错位复原",
    "width": "全角数字改半角",
    "space": "多余空格",
    "furniture": "网页附带文字",
    "lost": "无法复原，照录",
}
MANY = 12
"""Repairs of one kind that are still printed one by one."""
QUALIFIERS = {
    "exact": "",
    "over": "超过",
    "about": "约",
    "at_least": "至少",
    "at_most": "至多",
    "under": "不足",
    "unknown": "数字残缺",
}


def open_report(file: Path) -> ReadReport:
    """The report in the file; what cannot be read ends the command with the reason."""
    try:
        return read_file(file)
    except (Unreadable, OSError) as error:
        raise click.ClickException(f"{file.name}：{error}") from error


@report.command()
@FILE
@JSON
def read(file: Path, as_json: bool) -> None:
    """读一份报告（TXT、HTML、DOCX、PDF），列出其中的数字和对文字的每处修复。

    \b
    例：fazhi report read 某区2024年报告.docx
        fazhi report read 某区2024年报告.html --json
    """
    known = open_report(file)
    if as_json:
        json.dump(known.as_json(), sys.stdout, ensure_ascii=False, indent=2)
        click.echo()
        return
    _tell_head(known)
    for heading in known.outline:
        click.echo(f"{'  ' * (heading.path.count('/') + 1)}{heading.mark}{heading.title[:40]}")
    _tell_repairs(known.repairs)
    click.echo(f"\n数字 {len(known.claims)} 个：")
    titles = {name: page.title.zh for page in load().indicators.values() for name in page.aliases}
    for claim in known.claims:
        value = "？" if claim.value is None else f"{claim.value:f}"
        named = f"{claim.indicator}（{titles[claim.indicator]}）" if claim.indicator in titles else claim.indicator
        words = (QUALIFIERS[claim.qualifier], named, claim.period, f"[{claim.section}]")
        click.echo(f"  {value}{claim.unit}\t{claim.subject}\t" + "\t".join(word for word in words if word))


@report.command()
@FILE
@click.option(
    "--against",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="人工摘出的数字：CSV，列 value、unit、indicator_id、sentence，可有 seed（文件名）。",
)
@JSON
def score(file: Path, against: Path, as_json: bool) -> None:
    """对照人工摘出的数字，算出查全率和查准率，列出漏读、多读和指标认错的数字。

    \b
    例：fazhi report score 某区2024年报告.txt --against 数字.csv
    """
    known = open_report(file)
    try:
        result = score_report(known, read_figures(against, file.name))
    except (ValueError, OSError) as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        click.echo(json.dumps(result.as_json(), ensure_ascii=False, indent=2))
        return
    _tell_score(result)


def _tell_head(known: ReadReport) -> None:
    year = f"{known.year}年" if known.year else "年度未能判断"
    click.echo(
        f"{known.title or '（无标题）'}\n单位：{known.unit or '未能判断'}（{LEVELS[known.level]}）  年度：{year}"
    )
    for word, day in (("公布", known.dates.published), ("落款", known.dates.signed)):
        if day:
            click.echo(f"{word}：{day.isoformat()}")


def _tell_repairs(repairs: tuple[Repair, ...]) -> None:
    """Every single repair of rare kinds; of a kind with many, how many and the first."""
    click.echo("\n对文字的修复：" if repairs else "\n文字没有修复。")
    for kind in REPAIRS:
        found = [repair for repair in repairs if repair.kind == kind]
        if len(found) > MANY:
            total = sum(repair.count for repair in found)
            click.echo(
                f"  {REPAIRS[kind]}：{len(found)}种{total}处，如{_change(found[0])}、{_change(found[1])}（--json 列全）"
            )
        else:
            for repair in found:
                click.echo(f"  {_told(repair)}")


def _change(repair: Repair) -> str:
    return f"“{repair.before.strip() or '空格'}”" + (f" → “{repair.after}”" if repair.after else "")


def _told(repair: Repair) -> str:
    times = f"（{repair.count}处）" if repair.count > 1 else ""
    return f"{REPAIRS[repair.kind]}：{_change(repair)}{times}，原文第{repair.start + 1}字"


def _tell_score(result: Score) -> None:
    rates = result.rates()
    click.echo(f"人工 {result.figures} 个，读出 {result.claims} 个")
    click.echo(
        f"数值和单位：对上 {result.found}，查全率 {rates['recall']:.1%}，查准率 {rates['precision']:.1%}\n"
        f"连同指标：对上 {result.named}，查全率 {rates['recall_with_indicator']:.1%}，"
        f"查准率 {rates['precision_with_indicator']:.1%}"
    )
    for figure in result.misses:
        value = "？" if figure.value is None else f"{figure.value:f}"
        click.echo(f"  漏读（第{figure.line}行）{value}{figure.unit}\t{figure.indicator}\t{figure.sentence[:50]}")
    for claim in result.extras:
        click.echo(f"  多读 {claim.text}\t{claim.indicator}\t{claim.sentence[:50]}")
    for figure, claim in result.misnamed:
        click.echo(f"  指标不同 {claim.text}\t应为 {figure.indicator}\t读作 {claim.indicator or '无'}")
