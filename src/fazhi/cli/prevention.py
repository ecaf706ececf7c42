"""`fazhi prevention`: registers under watch judged by their rules; what rose is recorded, the gravest become tasks."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from uuid import UUID

import click

from fazhi.cli.commands import fazhi
from fazhi.desk import Refused
from fazhi.desk.tables.read import Cell, Unreadable, read_sheet
from fazhi.desk.tables.times import read_when
from fazhi.desk.watching import raise_watch, set_task, tell_line
from fazhi.ledger import rulebook, today
from fazhi.people import units
from fazhi.registers import look
from fazhi.registers.values import Line
from fazhi.registers.watch import Judged, Told, judge
from fazhi.rulebook.watches import Watch, watches

SHOPS = "prepaid_shop"
BALANCES = ("商户", "日期", "预付余额", "存管余额")


@dataclass(frozen=True, slots=True)
class Found:
    """A line that rose: what it is called, from what to what, why."""

    line: Line
    name: str
    before: str
    judged: Judged


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
    found = rising(watch)
    tasks = [_apply(watch, one) for one in found] if apply else []
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
    known = {name: matter for name, matter in _shops() if name}
    told, wrong = 0, []
    for number, cells in rows:
        try:
            told += _tell(
                known, {title: next(iter(cells[places[title] :]), None) for title in BALANCES}, dry_run=dry_run
            )
        except (ValueError, ArithmeticError) as fault:
            wrong.append(f"第{number}行：{fault}")
        except Refused as refused:
            wrong.append(f"第{number}行：{refused}")
    click.echo(f"{told} 行{'可以登记' if dry_run else '已登记'}，{len(wrong)} 行没有登记。")
    for line in wrong:
        click.echo(f"  {line}")


def _shops() -> Iterator[tuple[str, UUID]]:
    day = today()
    for line in look.lines_in(SHOPS, units.tree_on(day).units, day):
        if line.matter is not None and not line.leaves and line.stands(day):
            yield line.data.get("shop", ""), line.matter


def _tell(known: Mapping[str, UUID], row: Mapping[str, Cell], *, dry_run: bool) -> bool:
    """Record one row; whether it said anything. ValueError teaches what is wrong with it."""
    shop, balance, escrow = (str(row[title] or "").strip() for title in ("商户", "预付余额", "存管余额"))
    when = read_when(row["日期"])
    if shop not in known:
        raise ValueError(f"名录里没有“{shop}”，请核对名称，或先登记这家商户。")
    if when is None or when.day > today():
        raise ValueError("日期是空的，或者在今天以后。")
    said = {name: f"{amount(text):.2f}" for name, text in (("balance", balance), ("escrow", escrow)) if text}
    if not said:
        raise ValueError("预付余额和存管余额都是空的。")
    return dry_run or tell_line(known[shop], said, when.day)


def amount(text: str) -> Decimal:
    """A sum of money; ValueError says how it is written."""
    try:
        found = Decimal(text.replace(",", "").removesuffix("元"))
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or found < 0:
        raise ValueError(f"“{text}”不是金额，请写数字，如 1200.50。")
    return found


def rising(watch: Watch) -> list[Found]:
    """Standing lines that the rules raise, in the order they were entered."""
    day, found = today(), []
    for line in look.lines_in(watch.register, units.tree_on(day).units, day):
        if line.matter is None or line.leaves or not line.stands(day):
            continue
        versions = look.versions_of(watch.register, line.matter)
        judged = judge(watch, [Told(one.since, one.data) for one in versions if one.since <= day], day)
        if judged.raised:
            name = next(iter(line.data.values()), "")
            found.append(Found(line, name, line.data.get(watch.grade, ""), judged))
    return found


def _apply(watch: Watch, one: Found) -> UUID | None:
    assert one.line.matter is not None
    why = "；".join(str(rule.title) for rule in one.judged.rules)
    raise_watch(one.line.matter, watch.grade, one.judged.level, (watch.sign, why), today())
    if one.judged.level != watch.levels[-1]:
        return None
    return set_task(one.line.matter, f"核查{one.name}：{why}", today())


def _as_json(one: Found) -> dict[str, object]:
    return {
        "name": one.name,
        "matter": str(one.line.matter),
        "before": one.before,
        "level": one.judged.level,
        "rules": [rule.name for rule in one.judged.rules],
    }
