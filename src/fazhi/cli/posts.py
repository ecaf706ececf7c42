"""`fazhi post`: posts of units, their powers, and who holds them."""

import json
from datetime import datetime

import click
from django.db import transaction

from fazhi.cli import named
from fazhi.cli.commands import fazhi
from fazhi.cli.noting import note
from fazhi.desk.seating import move_post
from fazhi.ledger import today
from fazhi.people import posts, roll
from fazhi.people.actors import POWERS


@fazhi.group("post")
def post() -> None:
    """设立岗位，登记由谁担任。

    岗位写作“单位/岗位”，例如 示例区信访局/来信岗；只有一个岗位叫这个名称时，可以不写单位。

    \b
    例：fazhi post add 示例区信访局 来信岗 --powers record,publish
        fazhi post hold 示例区信访局/来信岗 zhangsan --since 2025-01-01
    """


_POWERS = "\n".join(f"      {word:10} {meaning}" for word, meaning in POWERS.items())


@post.command(
    "add",
    help=f"""在单位里设立一个岗位。职权可以写英文词，也可以写中文名称：

    \b
{_POWERS}

    \b
    例：fazhi post add 示例区信访局 来信岗 --powers record,publish --since 2025-01-01
        fazhi post add 示例区信访局 局长 --powers 办理,机构负责人审批,监督
    """,
)
@click.argument("unit")
@click.argument("title")
@click.option("--powers", required=True, help="职权，用逗号分开。")
@click.option("--title-en", default="", help="英文名称。")
@click.option("--since", type=named.DAY, help="从哪一天起设立；默认今天。")
def add(unit: str, title: str, powers: str, title_en: str, since: datetime | None) -> None:
    """The command; its help lists the powers there are."""
    within = named.unit(unit)
    words = named.powers(powers)
    try:
        posts.create(within.id, title, words, since=named.day(since) or today(), title_en=title_en)
    except posts.BadSeat as error:
        raise click.ClickException(str(error)) from error
    note("create_post", f"{within.name}/{title.strip()}", after="、".join(POWERS[word] for word in words))
    click.echo(f"已设立岗位 {within.name}/{title.strip()}：{'、'.join(POWERS[word] for word in words)}。")


@post.command("hold")
@click.argument("post")
@click.argument("username")
@click.option("--since", type=named.DAY, required=True, help="从哪一天起担任。")
@click.option("--until", type=named.DAY, help="到哪一天为止（当天已不担任）；不写就是一直。")
def hold(post: str, username: str, since: datetime, until: datetime | None) -> None:
    """登记一个人担任岗位。

    \b
    例：fazhi post hold 示例区信访局/来信岗 zhangsan --since 2025-01-01
    """
    seat, person = named.post(post), named.account(username)
    if not person.open:
        raise click.ClickException(
            f"账号 {person.username} 已停用。要用它，请先执行 fazhi account close {person.username} --undo"
        )
    try:
        posts.hold(seat.id, person.id, since=since.date(), until=named.day(until))
    except posts.BadSeat as error:
        raise click.ClickException(str(error)) from error
    note("appoint", f"{person.username} · {seat.name}", after=named.span(since.date(), named.day(until)))
    click.echo(f"已登记：{person.display}担任{seat.name}，{named.span(since.date(), named.day(until))}。")


@post.command("leave")
@click.argument("post")
@click.argument("username")
@click.option("--day", type=named.DAY, help="从哪一天起不再担任；默认今天。")
def leave(post: str, username: str, day: datetime | None) -> None:
    """登记一个人不再担任岗位；此前的任职照旧可查。

    \b
    例：fazhi post leave 示例区信访局/来信岗 zhangsan --day 2025-06-01
    """
    seat, person, last = named.post(post), named.account(username), named.day(day) or today()
    if not posts.leave(seat.id, person.id, day=last):
        raise click.ClickException(
            f"{person.display}在{last}前一天没有担任{seat.name}，没有改动。用 fazhi post list 查看任职的起止。"
        )
    note("leave", f"{person.username} · {seat.name}", after=f"{last}离任")
    click.echo(f"已登记：{person.display}从{last}起不再担任{seat.name}。")


@post.command("end")
@click.argument("post")
@click.option("--day", type=named.DAY, help="从哪一天起撤销；默认今天。")
def end(post: str, day: datetime | None) -> None:
    """撤销一个岗位；此前的任职和做过的事照旧可查。

    \b
    例：fazhi post end 示例区信访局/来信岗 --day 2026-01-01
    """
    seat, last = named.post(post), named.day(day) or today()
    try:
        posts.end(seat.id, day=last)
    except posts.BadSeat as error:
        raise click.ClickException(str(error)) from error
    note("end_post", seat.name, after=f"{last}撤销")
    click.echo(f"已撤销岗位{seat.name}，从{last}起。")


@post.command("move")
@click.argument("post")
@click.argument("unit")
@click.option("--day", type=named.DAY, help="从哪一天起；默认今天。")
def move(post: str, unit: str, day: datetime | None) -> None:
    """把岗位连同担任的人和授权移到另一个单位；原岗位从那一天起撤销。

    \b
    例：fazhi post move 示例区信访局/来信岗 示例区政务服务局 --day 2026-01-01
    """
    seat, within, first = named.post(post), named.unit(unit), named.day(day) or today()
    try:
        with transaction.atomic():
            move_post(seat, within.id, first)
    except posts.BadSeat as error:
        raise click.ClickException(str(error)) from error
    note("move_post", seat.name, after=f"{first}移到{within.name}")
    click.echo(f"已把岗位{seat.name}移到{within.name}，从{first}起。对原单位的授权不变，请用 fazhi grant list 核对。")


@post.command("list")
@named.JSON
def list_posts(as_json: bool) -> None:
    """按单位列出岗位、职权和担任的人。

    \b
    例：fazhi post list --json
    """
    lines = roll.posts_on(today())
    if as_json:
        click.echo(json.dumps([_row(line) for line in lines], ensure_ascii=False, indent=2))
        return
    for line in lines:
        click.echo(f"{line.name}　{'、'.join(POWERS[word] for word in line.powers)}")
        for one in line.holders:
            click.echo(f"  {one.display}（{one.username}）　{named.span(one.since, one.until)}")
        if not line.holders:
            click.echo("  无人担任")
    if not lines:
        click.echo("还没有岗位。用 fazhi post add 设立第一个。")


def _row(line: roll.PostLine) -> dict[str, object]:
    return {
        "id": str(line.id),
        "unit": line.unit_name,
        "title": line.title,
        "powers": line.powers,
        "since": line.since.isoformat(),
        "until": line.until.isoformat() if line.until else None,
        "holders": [
            {
                "username": one.username,
                "display": one.display,
                "since": one.since.isoformat(),
                "until": one.until.isoformat() if one.until else None,
            }
            for one in line.holders
        ],
    }
