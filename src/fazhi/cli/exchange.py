"""`fazhi exchange`: files of systems outside, taken in and given back, and both sides held against each other."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from fazhi.cli import named
from fazhi.cli.commands import fazhi

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
KINDS = {"absent_here": "我方没有", "absent_there": "对方没有", "value": "内容不一致", "state": "状态不一致"}
STATES = {
    "opened": "新立",
    "recorded": "补记",
    "changed": "更正",
    "already": "已有",
    "older": "旧于现有",
    "waiting": "待补",
    "refused": "未收",
}


@fazhi.group()
def exchange() -> None:
    """文件对接：与执法平台、12345、信用、法院等系统每天交换文件，并对账。

    \b
    例：fazhi exchange link hotline --unit 示例区信访局
        fazhi exchange take hotline 12345工单_20260301_1.txt
        fazhi exchange give hotline --day 2026-03-01
        fazhi exchange compare hotline 三月清单.txt --since 2026-03-01 --until 2026-03-31
    """


@exchange.command("list")
@named.JSON
def listing(as_json: bool) -> None:
    """列出能对接的系统、由哪个单位对接、还有什么没有办完。

    \b
    例：fazhi exchange list
    """
    from fazhi.exchange import look
    from fazhi.exchange.links import every_link, pages
    from fazhi.people import units

    lines = {one.link.partner.name: one for one in map(look.partner_line, every_link())}
    names = units.names({line.link.unit for line in lines.values()})
    told = [_partner(page, lines.get(page.name), names) for page in pages().values()]
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    for one in told:
        if not one["unit"]:
            click.echo(f"{one['name']}\t{one['title']}\t尚未对接")
            continue
        left = (
            f"待补{one['waiting']}行，未收{one['refused']}行，缺回执{one['unanswered']}份，未了差异{one['unsettled']}处"
        )
        click.echo(f"{one['name']}\t{one['title']}\t{one['unit']}\t{left}")


def _partner(page: Any, line: Any, names: Any) -> dict[str, Any]:
    unit = names[line.link.unit].name if line else ""
    left = {name: getattr(line, name) if line else 0 for name in ("waiting", "refused", "unanswered", "unsettled")}
    return {"name": page.name, "title": str(page.title), "unit": unit, **left}


@exchange.command("link")
@click.argument("partner")
@click.option("--unit", default="", help="由哪个单位对接（名称或编号）：对方来的事项由它收件。")
@click.option("--end", is_flag=True, help="从今天起不再对接；来过的文件都还在。")
def link(partner: str, unit: str, end: bool) -> None:
    """建立或结束与一个系统的对接。

    \b
    例：fazhi exchange link hotline --unit 示例区信访局
        fazhi exchange link hotline --end
    """
    from fazhi.exchange import links

    page = _page(partner)
    if end:
        click.echo("已结束对接。" if links.unlink(page) else "本来就没有对接。")
        return
    if not unit:
        raise click.ClickException("请用 --unit 写明由哪个单位对接。")
    line = named.unit(unit)
    links.link(page, line.id)
    click.echo(f"{page.title}：由{line.name}对接。")
    click.echo(f"来的文件放进 {links.folder(page, 'in')}；给的文件和回执在 {links.folder(page, 'out')}。")


@exchange.command("take")
@click.argument("partner")
@click.argument("file", type=FILE)
@click.option("--day", type=named.DAY, help="这是哪一天的文件；默认看文件名。")
@click.option("--serial", type=click.IntRange(1), help="这是那一天的第几份；默认看文件名。")
@named.JSON
def take(partner: str, file: Path, day: datetime | None, serial: int | None, as_json: bool) -> None:
    """收下对方的一份文件：逐行登记，写出回执；同一份再收什么也不变。

    \b
    例：fazhi exchange take hotline 12345工单_20260301_1.txt
        fazhi exchange take enforcement 流水.csv --day 2026-03-01 --serial 2
    """
    from fazhi.exchange.links import Busy
    from fazhi.exchange.sheet import BadFile
    from fazhi.exchange.taking import take as bring

    try:
        done = bring(_linked(partner), file.read_bytes(), file.name, day=named.day(day), serial=serial)
    except (BadFile, Busy) as error:
        raise click.ClickException(f"{file.name}：{error}") from error
    if as_json:
        click.echo(json.dumps(done.receipt, ensure_ascii=False, indent=2))
        return
    counts = "，".join(f"{word}{done.count(state)}行" for state, word in STATES.items() if done.count(state))
    click.echo(
        f"{'这份文件以前收过，什么也没有变：' if done.repeated else ''}{counts or '没有数据行'}。回执：{done.path}"
    )
    for line in done.receipt["lines"]:
        if line["state"] in ("waiting", "refused"):
            where = f"“{line['column']}”" if line["column"] else ""
            click.echo(f"  第{line['row']}行 {line['number']} {STATES[line['state']]}{where}：{line['reason']}")
    for line in done.receipt["earlier"]:
        click.echo(f"  以前的 {line['file']} 第{line['row']}行现在{STATES[line['state']]}。")


@exchange.command("give")
@click.argument("partner")
@click.option("--day", type=named.DAY, help="写成哪一天的文件；默认今天。")
def give(partner: str, day: datetime | None) -> None:
    """写出给对方的文件：上次以后我方办了什么；编号相连，附摘要和签名。

    \b
    例：fazhi exchange give hotline
        fazhi exchange give hotline --day 2026-03-01
    """
    from fazhi.exchange import giving
    from fazhi.exchange.links import Busy

    try:
        done = giving.give(_linked(partner), day=named.day(day))
    except (giving.GivesNothing, Busy) as error:
        raise click.ClickException(str(error)) from error
    told = "上次以后没有新的办理情况，最近一份是" if done.repeated else "已写出"
    click.echo(f"{told}第{done.serial}份，{done.rows}行：{done.path}\n摘要 {done.digest}")


@exchange.command("receipt")
@click.argument("partner")
@click.argument("file", type=FILE)
def receipt(partner: str, file: Path) -> None:
    """读入对方对我方文件的回执。

    \b
    例：fazhi exchange receipt hotline 回执.json
    """
    from fazhi.exchange.giving import receive_receipt
    from fazhi.exchange.receipts import BadReceipt

    try:
        told = receive_receipt(_linked(partner), file.read_text("utf-8-sig", errors="replace"))
    except BadReceipt as error:
        raise click.ClickException(f"{file.name}：{error}") from error
    refused = (told.answer or {}).get("refused", [])
    click.echo(f"第{told.serial}份（{told.name}）已有回执，对方未收{len(refused)}行。")
    for line in refused:
        click.echo(f"  第{line['row']}行：{line['reason']}")


@exchange.command("compare")
@click.argument("partner")
@click.argument("file", type=FILE)
@click.option("--since", type=named.DAY, required=True, help="起日：我方这一天起立的事项。")
@click.option("--until", type=named.DAY, required=True, help="止日（含）。")
@named.JSON
def compare(partner: str, file: Path, since: datetime, until: datetime, as_json: bool) -> None:
    """与对方的清单对账：各有几件，各缺哪几件，哪里不一致；有差异时退出码为1。

    \b
    例：fazhi exchange compare hotline 三月清单.txt --since 2026-03-01 --until 2026-03-31
    """
    from fazhi.exchange import comparing
    from fazhi.exchange.links import Busy
    from fazhi.exchange.sheet import BadFile

    try:
        done = comparing.compare(_linked(partner), file.read_bytes(), file.name, since.date(), until.date())
    except (BadFile, Busy) as error:
        raise click.ClickException(f"{file.name}：{error}") from error
    if as_json:
        lines = [{name: str(getattr(one, name) or "") for name in one.__slots__} for one in done.differences]
        told = {"id": str(done.id), "theirs": done.theirs, "ours": done.ours, "differences": lines}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        click.echo(f"对方{done.theirs}件，我方{done.ours}件，差异{len(done.differences)}处。")
        for one in done.differences:
            pair = f" {one.column}：对方“{one.theirs}”，我方“{one.ours}”" if one.column else ""
            click.echo(f"  {KINDS[one.kind]} {one.number}{pair}")
    if done.differences:
        raise click.exceptions.Exit(1)


def _page(partner: str) -> Any:
    from fazhi.exchange.links import NoPartner, page_of

    try:
        return page_of(partner)
    except NoPartner as error:
        raise click.ClickException(str(error)) from error


def _linked(partner: str) -> Any:
    from fazhi.exchange.links import NoPartner, linked

    try:
        return linked(partner)
    except NoPartner as error:
        raise click.ClickException(str(error)) from error
