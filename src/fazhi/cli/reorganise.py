"""`fazhi unit rename | move | merge | abolish | hand-over`: units change on a day, as entries; open work goes along."""

import secrets
from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

import click

from fazhi.cli import named
from fazhi.cli.acting import acting, person
from fazhi.cli.units import unit
from fazhi.desk import NoRight, Refused
from fazhi.desk.reorganising import ChangeOfUnit, Foreseen, Plan, carry_out, foresee, hand_over, waiting
from fazhi.ledger import Collision, rulebook, today
from fazhi.people import units

Command = Callable[..., Any]


def planned(command: Command) -> Command:
    """What every change of a unit says: the day, the document, and whether it is only to be looked at."""
    for option in (
        click.option("--dry-run", is_flag=True, help="只显示会发生什么，不写入。"),
        click.option("--ground", default="", help="依据的文件，如 编办〔2026〕9号。"),
        click.option("--day", type=named.DAY, help="从哪一天起；默认今天。"),
    ):
        command = option(command)
    return acting(command)


@unit.command("rename")
@click.argument("unit")
@click.argument("name")
@click.option("--name-en", default="", help="新的英文名称。")
@click.option("--code", default="", help="新的机关代字；不写就沿用，案号接着编。")
@planned
def rename(
    unit: str,
    name: str,
    name_en: str,
    code: str,
    day: datetime | None,
    ground: str,
    dry_run: bool,
    user: str,
    post: str,
) -> None:
    """更名：岗位、任职和授权随新名称继续，过去的案号和数字仍归原名称。

    \b
    例：fazhi unit rename 示例区信访局 示例区信访和民意局 --day 2026-01-01 --ground 编办〔2025〕9号 --user zhangsan
    """
    one = named.unit(unit).id
    _do("renamed", day, ground, dry_run, user, post, unit=one, name=name, name_en=name_en, code=code)


@unit.command("move")
@click.argument("unit")
@click.argument("under")
@planned
def move(unit: str, under: str, day: datetime | None, ground: str, dry_run: bool, user: str, post: str) -> None:
    """改变隶属：单位连同下级移到另一个上级之下。

    \b
    例：fazhi unit move 示例区信访局 示例区委社会工作部 --day 2026-01-01 --user zhangsan
    """
    _do("moved", day, ground, dry_run, user, post, unit=named.unit(unit).id, under=named.unit(under).id)


@unit.command("merge")
@click.argument("unit")
@click.argument("into")
@planned
def merge(unit: str, into: str, day: datetime | None, ground: str, dry_run: bool, user: str, post: str) -> None:
    """并入另一个单位：岗位和任职随之转入，下级单位改隶，在办事项可以成批移交。

    \b
    例：fazhi unit merge 示例区信访局 示例区政务服务局 --day 2026-01-01 --user zhangsan
    """
    _do("merged", day, ground, dry_run, user, post, unit=named.unit(unit).id, into=named.unit(into).id)


@unit.command("abolish")
@click.argument("unit")
@click.argument("into")
@planned
def abolish(unit: str, into: str, day: datetime | None, ground: str, dry_run: bool, user: str, post: str) -> None:
    """撤销：岗位随之撤销；INTO 承接它的下级单位和在办事项。

    \b
    例：fazhi unit abolish 示例区某中心 示例区信访局 --day 2026-01-01 --user zhangsan
    """
    _do("abolished", day, ground, dry_run, user, post, unit=named.unit(unit).id, into=named.unit(into).id)


@unit.command("hand-over")
@click.argument("matter", type=click.UUID, required=False)
@acting
def hand(matter: UUID | None, user: str, post: str) -> None:
    """移交在办事项；不写 MATTER 就列出待移交的机构调整。中断后再运行一次，会接着移交。

    \b
    例：fazhi unit hand-over --user zhangsan
        fazhi unit hand-over 5f0c… --user zhangsan
    """
    actor = person(user, post)
    if matter is None:
        for view, count in waiting():
            old = units.name_of(UUID(view.entries[0].fields["unit"]))
            click.echo(f"{view.id}　{old}：在办 {count} 件")
        return
    try:
        with click.progressbar(length=1, label="移交在办事项") as bar:

            def step(done: int, every: int) -> None:
                bar.length = every
                bar.update(done - bar.pos)

            told = hand_over(actor, matter, key=secrets.token_hex(16), step=step)
    except (Refused, NoRight, Collision, LookupError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"已移交 {told.count} 件。")
    for one, why in told.left:
        click.echo(f"  未移交 {one}：{why}")
    raise SystemExit(1 if told.left else 0)


def _do(
    change: ChangeOfUnit, day: datetime | None, ground: str, dry_run: bool, user: str, post: str, **more: Any
) -> None:
    first: date = named.day(day) or today()
    plan = Plan(change, first, ground=ground, **more)
    try:
        _tell(foresee(plan))
        if dry_run:
            return
        done, _ = carry_out(person(user, post), plan, key=secrets.token_hex(16))
    except (Refused, NoRight) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"已记录，编号 {done.matter}。")
    if change != "moved":
        click.echo(f"在办事项的移交：fazhi unit hand-over {done.matter} --user {user}（{first}起）")


def _tell(foreseen: Foreseen) -> None:
    titles = {name: str(pages[-1].title) for name, pages in rulebook().procedures.items()}
    work = "、".join(f"{titles.get(kind, kind)}{count}件" for kind, count in sorted(foreseen.work.items()))
    click.echo(f"自{foreseen.plan.day}起：下级单位{len(foreseen.moving)}个随之调整；在办事项{work or '没有'}。")
    going = {"abolished": "撤销", "renamed": "随新名称继续", "merged": "转入承接单位"}.get(foreseen.plan.change, "不变")
    for seat in foreseen.seats.posts:
        held = "、".join(holder.display for holder in seat.holders) or "无人担任"
        click.echo(f"  岗位 {seat.name}（{held}）：{going}")
    if foreseen.plan.change in ("merged", "abolished"):
        others = sum(one.post not in {seat.id for seat in foreseen.seats.posts} for one in foreseen.seats.grants)
        if others:
            click.echo(f"  另有{others}项授权只及于原单位，请用 fazhi grant list 核对后重新授予。")
    click.echo("  已经办结的事项、案号和过去的数字仍归原单位。")
