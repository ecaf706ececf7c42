"""`fazhi local`: local rules, proposed by one person, adopted by a second, each an entry of the record."""

import json
import secrets
from collections.abc import Callable
from datetime import date
from pathlib import Path
from uuid import UUID

import click

from fazhi.cli.acting import acting, person
from fazhi.cli.commands import fazhi
from fazhi.desk import NoRight, Recorded, Refused
from fazhi.desk import local as desk
from fazhi.ledger import Collision
from fazhi.ledger.adopted import left_out
from fazhi.people.actors import Actor
from fazhi.rulebook.proposed import Proposal

JSON = click.option("--json", "as_json", is_flag=True, help="以 JSON 输出结果，供程序读取。")
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
STATES = {"proposed": "待审定", "adopted": "适用中", "declined": "未采用", "repealed": "已停止适用"}


@fazhi.group("local")
def local() -> None:
    """本地规则：一人提出，另一人审定；自施行日起，规则库按它办理。

    \b
    例：fazhi local list
        fazhi local preview procedures/hotline/2025-02-01.toml 本地规则.toml
    """


@local.command("list")
@JSON
def list_rules(as_json: bool) -> None:
    """列出本地规则和各自的状态。

    \b
    例：fazhi local list --json
    """
    rules, unfit = desk.rules(), left_out()
    if as_json:
        rows = [{"matter": str(one.matter), "page": one.place, "state": one.state} for one in rules]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for one in rules:
        more = "（与现行规则不再相容，暂不适用）" if one.state == "adopted" and one.place in unfit else ""
        click.echo(f"{one.matter}　{STATES[one.state]}{more}　{one.place}")
    if not rules:
        click.echo("还没有本地规则。用 fazhi local propose 提出一页。")


@local.command("preview")
@click.argument("place")
@click.argument("file", type=FILE)
def preview(place: str, file: Path) -> None:
    """检查一页本地规则，并显示它会改变什么；不写入任何内容。

    \b
    例：fazhi local preview calendars/2027.toml 2027年放假通知.toml
    """
    proposal = desk.preview(place, file.read_text(encoding="utf-8-sig"))
    _tell(proposal)
    raise SystemExit(1 if proposal.errors else 0)


@local.command("propose")
@click.argument("place")
@click.argument("file", type=FILE)
@click.option("--reason", default="", help="依据或者说明。")
@acting
def propose(place: str, file: Path, reason: str, user: str, post: str) -> None:
    """提出一页本地规则，交安全管理员审定。

    \b
    例：fazhi local propose procedures/hotline/2025-02-01.toml 本地规则.toml --user zhangsan
    """
    actor = person(user, post)
    try:
        text = file.read_text(encoding="utf-8-sig")
        done, proposal = desk.propose(actor, place, text, reason=reason, key=secrets.token_hex(16))
    except (Refused, NoRight) as error:
        raise click.ClickException(str(error)) from error
    _tell(proposal)
    click.echo(f"已提出，编号 {done.matter}。请安全管理员审定：fazhi local adopt {done.matter} --user 用户名")


@local.command("adopt")
@click.argument("matter", type=click.UUID)
@acting
def adopt(matter: UUID, user: str, post: str) -> None:
    """审定别人提出的本地规则；提出人自己不能审定。

    \b
    例：fazhi local adopt 5f0c… --user lisi
    """
    actor = person(user, post)
    try:
        rule = desk.find(matter)
        _tell(desk.preview(rule.place, rule.text))
        desk.adopt(actor, matter, seen=rule.head, key=secrets.token_hex(16))
    except (Refused, NoRight, Collision, LookupError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"已审定：{rule.place}。")


@local.command("decline")
@click.argument("matter", type=click.UUID)
@click.option("--reason", required=True, help="理由。")
@acting
def decline(matter: UUID, reason: str, user: str, post: str) -> None:
    """不采用一页提出的本地规则。

    \b
    例：fazhi local decline 5f0c… --reason 与上级规定重复 --user lisi
    """
    _end(desk.decline, matter, reason, person(user, post))
    click.echo("已记录：不予采用。")


@local.command("repeal")
@click.argument("matter", type=click.UUID)
@click.option("--reason", required=True, help="理由。")
@acting
def repeal(matter: UUID, reason: str, user: str, post: str) -> None:
    """停止适用一页本地规则；此前受理的事项仍按它办完。

    \b
    例：fazhi local repeal 5f0c… --reason 上级已有新规定 --user lisi
    """
    _end(desk.repeal, matter, reason, person(user, post))
    click.echo("已停止适用。")


def _end(verb: Callable[..., Recorded], matter: UUID, reason: str, actor: Actor) -> None:
    try:
        verb(actor, matter, reason, seen=desk.find(matter).head, key=secrets.token_hex(16))
    except (Refused, NoRight, Collision, LookupError) as error:
        raise click.ClickException(str(error)) from error


def _tell(proposal: Proposal) -> None:
    for finding in proposal.findings:
        click.echo(f"{'错误' if finding.severity == 'error' else '提示'}：{finding.message}")
    if proposal.errors:
        return
    since = f"，自{_day(proposal.in_force)}起" if proposal.in_force else ""
    click.echo(f"“{proposal.title}”{since}，与现行规则相比：")
    for change in proposal.changes:
        click.echo(f"  {change.what}：{change.was or '（无）'} → {change.will or '（取消）'}")
    if not proposal.changes:
        click.echo("  没有实质变化。")
    click.echo("已经登记的事项仍按登记时的规则办理。")


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
