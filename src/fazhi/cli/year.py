"""`fazhi year close | show | open`: a unit's year frozen, read again beside today, and what it hands to the next."""

from __future__ import annotations

import json
import secrets
from datetime import datetime
from decimal import Decimal

import click

from fazhi.cli import named
from fazhi.cli.acting import acting, person
from fazhi.cli.commands import fazhi
from fazhi.closing import close, compare
from fazhi.closing.frozen import Frozen
from fazhi.desk import NoRight, Refused
from fazhi.indicators.balance import Why
from fazhi.ledger import read_many, rulebook
from fazhi.ledger.heavy import as_of
from fazhi.ledger.seal import last_position

YEAR = click.argument("year", type=click.IntRange(1990, 2200))
UNIT = click.option("--unit", required=True, help="单位的名称，含其下属单位和已并入的单位。")
WHY: dict[Why, str] = {"late": "年结后补录", "moved": "单位划入划出", "corrected": "年结后更正"}


@fazhi.group()
def year() -> None:
    """年结：把一年的指标定格，列出未办结事项并结转下年。

    \b
    例：fazhi year close 2025 --unit 示例区人民政府 --user zhangsan
        fazhi year show 2025 --unit 示例区人民政府
    """


@year.command("close")
@YEAR
@UNIT
@click.option("--cutoff", type=named.DAY, help="统计截止日，如 2025-11-30；默认年末。")
@acting
def shut(year: int, unit: str, cutoff: datetime | None, user: str, post: str) -> None:
    """年结：由机关负责人办理；此后更正记录，定格的数字不变。

    \b
    例：fazhi year close 2025 --unit 示例区人民政府 --user zhangsan
    """
    of = named.unit(unit)
    if (left := last_position() - as_of("indicators")) > 0:
        click.echo(f"提示：还有 {left} 条已封存的记录没有计入，后台任务运行后再年结为好。", err=True)
    try:
        actor = person(user, post)
        done = close.close_year(actor, of.id, year, cutoff=named.day(cutoff), key=secrets.token_hex(16))
    except (Refused, NoRight) as error:
        raise click.ClickException(str(error)) from error
    frozen = close.frozen_of(read_many([done.matter])[done.matter])
    click.echo(f"{of.name}{year}年已年结，计至第 {frozen.position} 位，定格 {len(frozen.figures)} 个指标。")
    click.echo(f"结转下年未办结 {frozen.open} 件。编号 {done.matter}")


@year.command("show")
@YEAR
@UNIT
@click.option("--changed", is_flag=True, help="只列年结以后有变化的指标，并列出所涉事项。")
@named.JSON
def show(year: int, unit: str, changed: bool, as_json: bool) -> None:
    """读一个已年结的年度：当时的数字、现在会是多少、是哪些事项变了；定格的数字读不回来时退出码为1。

    \b
    例：fazhi year show 2025 --unit 示例区人民政府 --changed
    """
    frozen = _frozen(unit, year)
    read = [one for one in compare.again(frozen) if one.changed or not changed]
    rows = [
        {
            "name": one.was.name,
            "title": str(one.page.title),
            "was": _amount(one.was.value),
            "now": _amount(one.now.value),
            "same": one.same,
            "changed": one.changed,
            "digest": one.was.rows[0].digest,
            "matters": sorted({str(shift.matter) for shift in compare.changes(frozen, one.was.name)})
            if one.changed
            else [],
        }
        for one in read
    ]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        click.echo(f"{unit}{year}年，截至{frozen.cutoff}，计至第 {frozen.position} 位")
        for row in rows:
            told = f"\t现在会是 {row['now']}，涉及 {len(row['matters'])} 件" if row["changed"] else ""  # type: ignore[arg-type]
            click.echo(f"{row['title']}\t{row['was']}{told}{'' if row['same'] else chr(9) + '与定格时不符'}")
    raise SystemExit(0 if all(one.same for one in read) else 1)


@year.command("open")
@YEAR
@UNIT
@named.JSON
def opened(year: int, unit: str, as_json: bool) -> None:
    """列出一个年度的收支：上年结转、年结后补录和更正、本年收到、办结和结转下年，各类业务一行。

    \b
    例：fazhi year open 2026 --unit 示例区人民政府
    """
    of = named.unit(unit)
    before = _frozen(unit, year - 1)
    view = close.standing(of.id, year)
    stretch = close.frozen_of(view).stretch if view else close.running(of.id, year)
    rows = []
    for one in compare.carry(before, stretch):
        sums = one.sums
        why = [WHY[reason] for _, reason in (*one.came, *one.gone)]
        title = str(rulebook().procedures[one.procedure][-1].title)
        counts = {"carried": one.carried, "came": len(one.came), "gone": len(one.gone), "opening": sums.opening}
        counts |= {"received": sums.received, "concluded": sums.concluded, "closing": sums.closing}
        rows.append({"procedure": one.procedure, "title": title, **counts, "why": sorted(set(why))})
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    click.echo(f"{of.name} {stretch.start} 至 {stretch.cutoff}，计至第 {stretch.position} 位")
    for row in rows:
        click.echo(
            f"{row['title']}\t上年结转 {row['carried']}，补录、更正和划转 +{row['came']} −{row['gone']}，"
            f"期初 {row['opening']}，收到 {row['received']}，办结 {row['concluded']}，期末 {row['closing']}"
        )


def _frozen(unit: str, year: int) -> Frozen:
    of = named.unit(unit)
    view = close.standing(of.id, year)
    if view is None:
        raise click.ClickException(f"{of.name}{year}年还没有年结；用 fazhi year close {year} --unit {of.name} 办理。")
    try:
        return close.frozen_of(view)
    except ValueError as error:
        raise click.ClickException(str(error)) from error


def _amount(value: Decimal | None) -> str:
    return "无数据" if value is None else f"{value:f}"
