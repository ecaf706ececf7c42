"""`fazhi report check`: what does not add up in a report by anyone; `add` and `library`: the reports that are kept."""

from __future__ import annotations

import json
from pathlib import Path

import click
from django.conf import settings
from django.utils import timezone

from fazhi.cli.read_report import FILE, open_report
from fazhi.cli.report import JSON, report
from fazhi.report.check import Finding, check
from fazhi.report.claims import ReadReport
from fazhi.report.compare.align import short_name
from fazhi.report.compare.scorecard import total
from fazhi.report.read import Unreadable
from fazhi.report.shelf import Kept, Shelf

SEVERITIES = {"inconsistent": "自相矛盾", "cannot_check": "无从核对", "note": "请留意"}
STATUSES = {"SECONDARY": "（依据未经原文核对）", "CONVENTION": "（惯例）", "UNVERIFIED": "（未核实）"}


def shelf() -> Shelf:
    """The library of this installation."""
    return Shelf(Path(settings.FAZHI_HOME) / "reports")


@report.command("check")
@FILE
@click.option(
    "--previous",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="同一单位上一年度的报告。给出后再核对两项：同比增减与两年写明的数字是否相符，上年写明的不足本年有没有回应。",
)
@JSON
def check_report(file: Path, previous: Path | None, as_json: bool) -> None:
    """核对一份报告：比率、合计、同比、截止日、法定内容和引用的法律。有自相矛盾时退出码为1。

    \b
    例：fazhi report check 某区2024年报告.docx
        fazhi report check 某区2024年报告.html --previous 某区2023年报告.html --json
    """
    known = open_report(file)
    findings = check(known, open_report(previous) if previous else None)
    if as_json:
        head = known.as_json()["report"]
        said = {"report": head, "findings": [one.as_json(known) for one in findings]}
        click.echo(json.dumps(said, ensure_ascii=False, indent=2))
    else:
        tell_findings(known, findings)
    if any(one.severity == "inconsistent" for one in findings):
        raise click.exceptions.Exit(1)


def tell_findings(known: ReadReport, findings: tuple[Finding, ...]) -> None:
    counts = "，".join(f"{word}{sum(one.severity == name for one in findings)}处" for name, word in SEVERITIES.items())
    click.echo(f"{short_name(known)}：{counts}。")
    for number, one in enumerate(findings, 1):
        click.echo(f"\n{number}. 【{SEVERITIES[one.severity]}】{one.message}")
        if one.sentence:
            click.echo(f"   原文：{one.sentence}")
        if one.steps:
            click.echo(f"   计算：{'；'.join(one.steps)}")
        if one.source:
            click.echo(f"   依据：{one.source}{STATUSES.get(one.status, '')}")


@report.command("add")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE…"
)
@JSON
def add(files: tuple[Path, ...], as_json: bool) -> None:
    """把报告收进报告库：原件、修复、数字、问题和评分一并保存。同一文件再收一次不会重复。

    \b
    例：fazhi report add 某区2023年报告.html 某区2024年报告.docx
    """
    done: list[dict[str, object]] = []
    failed = 0
    for file in files:
        try:
            kept, new = shelf().add(file.read_bytes(), file.name, timezone.localtime())
        except (Unreadable, OSError) as error:
            failed += 1
            click.echo(f"{file.name}：没有收入。{error}", err=True)
            continue
        done.append({"id": kept.id, "name": kept.name, "unit": kept.unit, "year": kept.year, "new": new})
        if not as_json:
            click.echo(
                f"{kept.id}  {kept.unit or '单位未知'} {kept.year or '年度未知'}  {'已收入' if new else '早已收入'}"
            )
    if as_json:
        click.echo(json.dumps(done, ensure_ascii=False, indent=2))
    if failed:
        raise click.exceptions.Exit(1)


@report.command("library")
@JSON
def library(as_json: bool) -> None:
    """列出报告库，每份附评分：按时、完整、有数据、可比较、便于查找。

    \b
    例：fazhi report library
    """
    kept = shelf().kept()
    if as_json:
        click.echo(json.dumps([_as_json(one) for one in kept], ensure_ascii=False, indent=2))
        return
    if not kept:
        click.echo("报告库还是空的；用 fazhi report add 文件 收入报告。")
    for one in kept:
        counts = "，".join(f"{word}{one.findings[name]}" for name, word in SEVERITIES.items())
        click.echo(f"{one.id}  {one.unit or '单位未知'} {one.year or '年度未知'}  均分{total(one.scores)}  {counts}")
        for score in one.scores:
            points = "—" if score.points is None else str(score.points)
            click.echo(f"    {score.title} {points}：{score.reason}")


def _as_json(one: Kept) -> dict[str, object]:
    scores = [score.as_json() for score in one.scores]
    head = {"id": one.id, "name": one.name, "unit": one.unit, "year": one.year, "added": one.added}
    return {**head, "findings": one.findings, "mean": total(one.scores), "scores": scores}
