"""`fazhi prevention`: registers under watch judged by their rules; what rose is recorded, the gravest become tasks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from uuid import UUID

import click

from fazhi.cli.commands import fazhi
from fazhi.desk.tables.read import Cell, Unreadable, read_sheet
from fazhi.desk.tables.times import read_when
from fazhi.ledger import rulebook, today
from fazhi.people import units
from fazhi.prevention.balances import Balance, Outcome, shops, tell
from fazhi.prevention.rising import Found, rising
from fazhi.prevention.rising import apply as raise_line
from fazhi.rulebook.watches import watches

BALANCES = ("商户", "日期", "预付余额", "存管余额")


@fazhi.group()
def prevention() -> None:
    """预防：按规则盯住预付费商户等名录，升级、成督办任务。

    \b
    例：fazhi prevention check
    """


@prevention.command()
@click.argument("register", default="prepaid_shop", type=click.Choice(sorted(watches())))
@click.option("--apply", is_flag=True, help="把升级记入名录，最高一级的转为督办任务；不加只看结果。")
@click.option("--json", "as_json", is_flag=True, help="给程序读的JSON。")
def check(register: str, *, apply: bool, as_json: bool) -> None:
    """逐条按规则判断要不要升级。余额用 fazhi prevention balances 从表格导入。

    \b
    例：fazhi prevention check
        fazhi prevention check prepaid_shop --apply
    """
    watch = watches()[register]
    found = rising(watch, units.tree_on(today()).units, today())
    tasks = [raise_line(watch, one, today()) for one in found] if apply else []
    if as_json:
        click.echo(json.dumps([_as_json(one) for one in found], ensure_ascii=False, indent=2))
        return
    done = f"，已记入；{sum(one is not None for one in tasks)} 条转为督办任务" if apply else ""
    click.echo(f"{len(found)} 条要升级{done}。")
    titles = rulebook().page(register, today()).choices
    for one in found:
        before, after = (str(titles.get((watch.grade, level), level)) for level in (one.before, one.judged.level))
        why = "；".join(str(rule.title) for rule in one.judged.rules)
        click.echo(f"  {one.name}：{before or '未定级'} → {after}；{why}")


@prevention.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="只检查，不写入。")
def balances(file: Path, *, dry_run: bool) -> None:
    """从表格（XLSX、CSV）登记预付余额、存管余额。列：商户、日期、预付余额、存管余额；按商户名称对应名录。

    \b
    例：fazhi prevention balances 存管余额.csv --dry-run
    """
    try:
        sheet = read_sheet(file)
    except Unreadable as error:
        raise click.ClickException(str(error)) from error
    (first, titles), *rows = sheet.rows
    places = {title: at for at, title in enumerate(str(cell or "").strip() for cell in titles)}
    if missing := [title for title in BALANCES if title not in places]:
        raise click.ClickException(
            f"{file.name} 第{first}行缺少列：{'、'.join(missing)}。列名须为：{'、'.join(BALANCES)}。"
        )
    known = shops(units.tree_on(today()).units, today())
    told, wrong = 0, []
    for number, cells in rows:
        row = {title: str(next(iter(cells[places[title] :]), None) or "").strip() for title in BALANCES}
        done = _tell(known, row, next(iter(cells[places["日期"] :]), None), dry_run=dry_run)
        told += done.came == "recorded"
        wrong += [f"第{number}行：{done.why}"] if done.came == "refused" else []
    click.echo(f"{told} 行{'可以登记' if dry_run else '已登记'}，{len(wrong)} 行没有登记。")
    for line in wrong:
        click.echo(f"  {line}")


def _tell(known: Mapping[str, list[UUID]], row: Mapping[str, str], day: Cell, *, dry_run: bool) -> Outcome:
    try:
        when = read_when(day)
    except ValueError as fault:
        return Outcome("refused", why=str(fault))
    said = Balance(row["商户"], when.day if when else None, row["预付余额"], row["存管余额"])
    return tell(known, said, today(), dry_run=dry_run)


def _as_json(one: Found) -> dict[str, object]:
    return {
        "name": one.name,
        "matter": str(one.line.matter),
        "before": one.before,
        "level": one.judged.level,
        "rules": [rule.name for rule in one.judged.rules],
    }
