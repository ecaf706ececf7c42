"""`fazhi grant`: which post sees and works the matters of which unit, from which day to which."""

import json
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

import click

from fazhi.cli import named
from fazhi.cli.commands import fazhi
from fazhi.cli.noting import note
from fazhi.ledger import rulebook, today
from fazhi.people import roll, units
from fazhi.reach import grants

KINDS = click.option("--kinds", default="", help="哪几类业务，用逗号分开，例如 信访,行政复议；不写就是全部。")
LEVELS = [word for level in grants.SECRECY for word in level]
SECRECY = click.option(
    "--secrecy",
    type=click.Choice(LEVELS, case_sensitive=False),
    default="一般",
    show_default=True,
    help="看到哪一级为止。",
)
SINCE = click.option("--since", type=named.DAY, required=True, help="从哪一天起。")
REASON = click.option("--reason", required=True, help="依据或事由，留存备查。")


@fazhi.group("grant")
def grant() -> None:
    """授权：哪个岗位看和办哪个单位的事项。授权有起止，结束以后仍然可查。

    \b
    例：fazhi grant give 示例区信访局/来信岗 --unit 示例区信访局 --since 2025-01-01 --reason 职责分工
    """


@grant.command("give")
@click.argument("post")
@click.option("--unit", required=True, help="哪个单位的事项。")
@click.option("--subtree/--only", default=True, show_default=True, help="含下属单位，还是只有这个单位。")
@click.option("--look-only", is_flag=True, help="只看，不办。")
@KINDS
@SECRECY
@SINCE
@click.option("--until", type=named.DAY, help="到哪一天为止（当天已无权）；不写就是一直。")
@REASON
def give(
    post: str,
    unit: str,
    subtree: bool,
    look_only: bool,
    kinds: str,
    secrecy: str,
    since: datetime,
    until: datetime | None,
    reason: str,
) -> None:
    """授权一个岗位看和办一个单位的事项。

    \b
    例：fazhi grant give 示例区信访局/来信岗 --unit 示例区人民政府 --kinds 信访 --since 2025-01-01 --reason 职责分工
        fazhi grant give 示例区司法局/监督岗 --unit 示例区人民政府 --look-only --since 2025-01-01 --reason 执法监督
    """
    seat, within = named.post(post), named.unit(unit)
    try:
        number = grants.give(
            post=seat.id,
            unit=within.id,
            subtree=subtree,
            acts=not look_only,
            kinds=named.kinds(kinds),
            secrecy=named.secrecy(secrecy),
            since=since.date(),
            until=named.day(until),
            reason=reason,
        )
    except grants.BadGrant as error:
        raise click.ClickException(str(error)) from error
    below = "及其下属单位" if subtree else ""
    days = named.span(since.date(), named.day(until))
    note("give", seat.name, after=f"{'看' if look_only else '看和办'}{within.name}{below}，{days}；{reason}")
    click.echo(
        f"已授权（编号{number}）：{seat.name}{'看' if look_only else '看和办'}{within.name}{below}的事项，{days}。"
    )


@grant.command("deputise")
@click.argument("post")
@click.option("--to", required=True, help="由谁代理：用户名，或者“单位/岗位”。")
@KINDS
@SECRECY
@SINCE
@click.option("--until", type=named.DAY, required=True, help="到哪一天为止（当天已无权）；代理必须有期限。")
@REASON
def deputise(post: str, to: str, kinds: str, secrecy: str, since: datetime, until: datetime, reason: str) -> None:
    """让一个人或另一个岗位在一段时间里代理这个岗位，权限不超过该岗位自己的。

    \b
    例：fazhi grant deputise 示例区信访局/来信岗 --to lisi --since 2025-07-01 --until 2025-07-15 --reason 休假
    """
    seat = named.post(post)
    other = named.post(to) if "/" in to else None
    person = None if other else named.account(to)
    try:
        number = grants.deputise(
            for_post=seat.id,
            post=other.id if other else None,
            account=person.id if person else None,
            kinds=named.kinds(kinds),
            secrecy=named.secrecy(secrecy),
            since=since.date(),
            until=until.date(),
            reason=reason,
        )
    except grants.BadGrant as error:
        raise click.ClickException(str(error)) from error
    who = other.name if other else named.label(person)
    note("deputise", seat.name, after=f"{who}代理，{named.span(since.date(), until.date())}；{reason}")
    click.echo(f"已授权（编号{number}）：{who}代理{seat.name}，{named.span(since.date(), until.date())}。")


@grant.command("end")
@click.argument("number", type=click.IntRange(1))
@click.option("--day", type=named.DAY, help="从哪一天起无权；默认今天。")
def end(number: int, day: datetime | None) -> None:
    """结束一项授权，编号见 fazhi grant list；到那一天还没有开始的授权整项收回。

    \b
    例：fazhi grant end 12 --day 2025-06-01
    """
    try:
        grants.end(number, day=named.day(day) or today())
    except grants.BadGrant as error:
        raise click.ClickException(f"{error}用 fazhi grant list 查看编号。") from error
    note("end_grant", str(number), after=f"{named.day(day) or today()}收回")
    click.echo(f"授权{number}从{named.day(day) or today()}起不再有效。")


@grant.command("list")
@click.option("--all", "ended", is_flag=True, help="连同已经结束的。")
@named.JSON
def list_grants(ended: bool, as_json: bool) -> None:
    """列出授权。

    \b
    例：fazhi grant list
        fazhi grant list --all --json
    """
    lines = grants.given(ended_before=None if ended else today())
    places = [line.unit for line in lines if line.unit]
    names = {post.id: post.name for post in roll.posts_on(today())}
    names |= {account.id: named.label(account) for account in roll.accounts()}
    names |= {unit: line.name for unit, line in units.names(places).items()}
    if as_json:
        click.echo(json.dumps([_row(line, names) for line in lines], ensure_ascii=False, indent=2))
        return
    for line in lines:
        click.echo(_sentence(line, names))
    if not lines:
        click.echo("没有授权。用 fazhi grant give 授权。")


def _sentence(line: grants.GrantLine, names: Mapping[UUID, str]) -> str:
    """A grant in a line."""
    titles = {name: str(pages[-1].title) for name, pages in rulebook().procedures.items()}
    kinds = "全部业务" if line.kinds is None else "、".join(titles.get(kind, kind) for kind in line.kinds)
    who = _name(line.post or line.account, names)
    if line.deputy_for:
        what = f"代理{_name(line.deputy_for, names)}"
    else:
        verb = "看和办" if line.acts else "看"
        what = f"{verb}{_name(line.unit, names)}{'及其下属单位' if line.subtree else ''}"
    level = grants.SECRECY[line.secrecy][0]
    return f"{line.number}　{who}　{what}　{kinds}，{level}　{named.span(line.since, line.until)}　{line.reason}"


def _row(line: grants.GrantLine, names: Mapping[UUID, str]) -> dict[str, object]:
    return {
        "number": line.number,
        "to": _name(line.post or line.account, names),
        "unit": _name(line.unit, names) if line.unit else None,
        "deputy_for": _name(line.deputy_for, names) if line.deputy_for else None,
        "subtree": line.subtree,
        "kinds": line.kinds,
        "secrecy": grants.SECRECY[line.secrecy][1].lower(),
        "acts": line.acts,
        "since": line.since.isoformat(),
        "until": line.until.isoformat() if line.until else None,
        "reason": line.reason,
    }


def _name(one: UUID | None, names: Mapping[UUID, str]) -> str:
    return names.get(one, "（已撤销）") if one else ""
