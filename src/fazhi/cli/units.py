"""`fazhi unit`: the units of the house, their place in the tree and their word in official numbers."""

import json
import secrets
from datetime import date, datetime
from uuid import UUID

import click

from fazhi.cli.commands import fazhi
from fazhi.desk import Refused
from fazhi.desk.reorganising import Plan, carry_out
from fazhi.desk.tables.bring import NoUnit, receiving_unit
from fazhi.ledger import today
from fazhi.people import units
from fazhi.people.actors import machine


@fazhi.group("unit")
def unit() -> None:
    """建立和查看单位。

    \b
    例：fazhi unit list
    """


@unit.command("add")
@click.argument("name")
@click.option("--under", default="", help="上级单位的名称；不写就是最上级。")
@click.option("--name-en", default="", help="英文名称。")
@click.option("--code", default="", help="机关代字，用于案号，例如“示例”；不写就用上级的。")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="从哪一天起存在；默认今天。补录旧事项时应早于旧事项。")
def add(name: str, under: str, name_en: str, code: str, since: datetime | None) -> None:
    """建立一个单位。

    \b
    例：fazhi unit add 示例区人民政府 --code 示例 --since 2019-01-01
        fazhi unit add 示例区信访局 --under 示例区人民政府 --since 2019-01-01
    """
    day: date = since.date() if since else today()
    try:
        parent = receiving_unit(under)[0] if under else None
    except NoUnit as error:
        raise click.ClickException(str(error)) from error
    if any(line.name == name.strip() for line in units.tree_on(today()).units.values()):
        raise click.ClickException(f"已有名为“{name}”的单位，没有重复建立。用 fazhi unit list 查看。")
    plan = Plan("created", day, name=name.strip(), name_en=name_en, code=code, under=parent)
    roots = units.tree_on(today()).children.get(None, ())
    try:
        _, made = carry_out(machine(roots[0] if roots else UUID(int=0)), plan, key=secrets.token_hex(16))
    except Refused as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"已建立：{name.strip()}（{made}）")


@unit.command("list")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出结果，供程序读取。")
def list_units(as_json: bool) -> None:
    """按层级列出今天的单位。

    \b
    例：fazhi unit list --json
    """
    tree = units.tree_on(today())
    lines = [(line, len(tree.path(line.id)) - 1) for line in _in_order(tree)]
    if as_json:
        rows = [
            {"id": str(line.id), "name": line.name, "code": line.organ_code, "depth": depth} for line, depth in lines
        ]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for line, depth in lines:
        click.echo(f"{'  ' * depth}{line.name}" + (f"（{line.organ_code}）" if line.organ_code else ""))
    if not lines:
        click.echo("还没有单位。用 fazhi unit add 建立第一个。")


def _in_order(tree: units.Tree) -> list[units.UnitLine]:
    """Parents before their children, siblings as the tree has them."""
    found: list[units.UnitLine] = []
    waiting = list(reversed(tree.children.get(None, ())))
    while waiting:
        here = waiting.pop()
        found.append(tree.units[here])
        waiting.extend(reversed(tree.children.get(here, ())))
    return found
