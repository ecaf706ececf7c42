"""`fazhi administrators`: the three administrators kept apart, who they are, and whether their log is whole."""

import json
from uuid import UUID

import click
from django.db import transaction

from fazhi.cli import named
from fazhi.cli.commands import fazhi
from fazhi.cli.noting import note
from fazhi.ledger import today
from fazhi.people import deeds, posts, roll, separation, units
from fazhi.people.actors import ADMINISTRATORS

TITLES_EN = {"administer": "System administrator", "grant": "Security administrator", "audit": "Auditor"}


@fazhi.group("administrators")
def administrators() -> None:
    """三员分立：系统管理员、安全管理员、审计员，由不同的人担任。

    \b
    系统管理员　建立单位、账号、岗位，提出任职和本地规则；不能授权，不能看审计日志
    安全管理员　赋予职权和范围，设密码，确认任职，审定本地规则；不能看审计日志
    审计员　　　看审计日志和“谁看过谁”；什么也不能改
    三员都看不到事项内容和当事人。

    \b
    例：fazhi administrators appoint --system zhangsan --security lisi --audit wangwu
    """


@administrators.command("appoint")
@click.option("--system", default="", help="系统管理员的用户名。")
@click.option("--security", default="", help="安全管理员的用户名。")
@click.option("--audit", default="", help="审计员的用户名。")
@click.option("--unit", default="", help="岗位设在哪个单位；不写就是最上级单位。")
def appoint(system: str, security: str, audit: str, unit: str) -> None:
    """任命三员：没有岗位就设立岗位，从今天起任职。可以一次任命，也可以分次；账号须先建立。

    \b
    例：fazhi administrators appoint --system zhangsan --security lisi --audit wangwu
        fazhi administrators appoint --audit zhaoliu
    """
    wanted = {"administer": system, "grant": security, "audit": audit}
    people = {power: named.account(name) for power, name in wanted.items() if name}
    if not people:
        raise click.ClickException("请至少写明一员：--system、--security、--audit 加用户名。")
    within = named.unit(unit).id if unit else _top()
    try:
        with transaction.atomic():
            for power, person in people.items():
                _seat(power, person, within)
    except posts.BadSeat as error:
        raise click.ClickException(str(error)) from error
    for power, person in people.items():
        click.echo(f"{ADMINISTRATORS[power]}：{person.display}（{person.username}），从{today()}起。")


@administrators.command("list")
@named.JSON
def list_administrators(as_json: bool) -> None:
    """列出三员由谁担任，还缺哪一员，和不合三员分立的任职。

    \b
    例：fazhi administrators list
    """
    held, conflicts = separation.holders(today()), separation.conflicts(today())
    if as_json:
        rows = [{"who": one.display, "posts": one.posts, "why": one.why} for one in conflicts]
        click.echo(json.dumps({"holders": held, "conflicts": rows}, ensure_ascii=False, indent=2))
        return
    for power, name in ADMINISTRATORS.items():
        click.echo(f"{name}　{'、'.join(held[power]) or '无人担任：用 fazhi administrators appoint 任命'}")
    for one in conflicts:
        click.echo(f"不合三员分立：{one.display}担任{'、'.join(one.posts)}。{one.why}")


@administrators.command("verify")
@click.option("--against", default="", help="以前抄下或导出的“编号:校验值”，用来发现末尾被删去。")
def verify(against: str) -> None:
    """逐条核对审计日志有没有被改动、删除、插入；对不上时以1退出。

    \b
    例：fazhi administrators verify
        fazhi administrators verify --against 128:sm3:5f0c…
    """
    number, _colon, digest = against.partition(":")
    if against and not (number.isdecimal() and digest):
        raise click.ClickException("--against 写作“编号:校验值”，例如 128:sm3:5f0c…，见审计日志的导出。")
    chain = deeds.verify((int(number), digest) if against else None)
    if chain.broken is not None:
        raise click.ClickException(f"审计日志从第 {chain.broken} 号起对不上：有记录被改动、删除或者插入。")
    said = "与留存的校验值相符" if against else "没有给出留存的校验值，不能发现末尾被删去"
    click.echo(f"{chain.rows} 条前后相连，没有改动；{said}。最后的校验值：{chain.last or '（还没有记录）'}")
    if chain.unchained:
        click.echo(f"另有 {chain.unchained} 条是升级以前的，没有校验值。")


def _top() -> UUID:
    tree = units.tree_on(today())
    tops = tree.children.get(None, ())
    if len(tops) != 1:
        raise click.ClickException("请用 --unit 写明岗位设在哪个单位；还没有单位的，先用 fazhi unit add 建立。")
    return tops[0]


def _seat(power: str, person: roll.AccountLine, within: UUID) -> None:
    title, day = ADMINISTRATORS[power], today()
    lines = roll.posts_on(day)
    seat = next((one.id for one in lines if one.powers == (power,) and one.unit == within), None)
    if seat is None:
        seat = posts.create(within, title, [power], since=day, title_en=TITLES_EN[power])
        note("create_post", title, after=title)
    posts.hold(seat, person.id, since=day)
    note("appoint", f"{person.username} · {title}", after=named.span(day, None))
