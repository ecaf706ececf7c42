"""`fazhi figures`: sample districts laid for the figures of five reports, and what the indicators give back."""

import json
from pathlib import Path

import click

from fazhi.cli.commands import fazhi
from fazhi.cli.figures import plain, striking, told
from fazhi.cli.figures.coverage import TIMES, Covered, cover
from fazhi.cli.figures.noise import Noise
from fazhi.cli.figures.progress import shown
from fazhi.ledger import today
from fazhi.people import units


@fazhi.command("figures")
@click.option("--report", "only", multiple=True, help="只做这一份报告（如 004），可以多次给出；不写则全部。")
@click.option(
    "--noise", default=TIMES, show_default=True, type=click.IntRange(0, 100), help="不应计入的记录是应计入的几倍。"
)
@click.option(
    "--noise-limit",
    type=click.IntRange(0),
    help="每个数字周围至多铺几件不应计入的记录，几分钟就能做完；不写则铺够倍数。",
)
@click.option("--largest", type=click.IntRange(1), help="要更多记录的数字这一次不装入，并照实列出；不写则全部装入。")
@click.option("--writers", default=2, show_default=True, type=click.IntRange(1, 32), help="同时写入的进程数。")
@click.option(
    "--facts", type=click.Path(file_okay=False, path_type=Path), help="把登记的事实写到这个文件夹，供另行计数。"
)
@click.option(
    "--strike", default=0, type=click.IntRange(0), help="读出以后随机划去几件，再读一遍，看数字是否随之变动。"
)
@click.option("--seed", default=1, show_default=True, help="随机划去时用的种子：同一种子划去同样的记录。")
@click.option("--here", is_flag=True, help="装入现在的平台（须是空的）并留下；不写则用一个临时的数据库，用完即删。")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出结果，供程序读取。")
def figures(
    only: tuple[str, ...],
    noise: int,
    noise_limit: int | None,
    largest: int | None,
    writers: int,
    facts: Path | None,
    strike: int,
    seed: int,
    here: bool,
    as_json: bool,
) -> None:
    """按五份报告的数字各建一个示例区，记录全部经业务入口登记，再由指标读出，看能还原多少。

    各区都不存在，名称都带“示例”。周围铺有其他年度、其他单位、撤回、更正、划去等不应计入的记录。

    \b
    例：fazhi figures --report 002 --report 004
        fazhi figures --json --noise-limit 300 --largest 20000
        FAZHI_HOME=示例 fazhi figures --here --facts 事实 --strike 50
    """
    _check(only, here)
    covered, moved = [], []
    for name in only or told.names():
        with shown(name) as tell:
            one = cover(told.read(name), Noise(noise, noise_limit, largest), writers, tell)
        covered.append(one.as_json() if as_json else "\n".join(_lines(one)))
        if facts:
            plain.write(one, facts)
        if strike:
            moved.append(_strike(one, strike, seed, facts))
    if as_json:
        more = {"struck": moved} if strike else {}
        click.echo(json.dumps({"reports": covered, **more}, ensure_ascii=False, indent=2))
        return
    click.echo("\n".join([*map(str, covered), *(line for one in moved for line in _moves(one))]))


def _check(only: tuple[str, ...], here: bool) -> None:
    if unknown := [name for name in only if name not in told.names()]:
        there = "、".join(told.names())
        raise click.BadParameter(f"没有报告 {'、'.join(unknown)}；有：{there}。", param_hint="--report")
    if here and units.tree_on(today()).units:
        raise click.ClickException("平台里已有单位，示例只能装入空的平台。请换一个 FAZHI_HOME，或不写 --here。")


def _strike(covered: Covered, many: int, seed: int, facts: Path | None) -> dict[str, object]:
    """Strike some out and read again: the readings that moved."""
    before = {one.figure.seq: one.text for one in covered.found}
    gone = striking.strike(covered, many, seed)
    covered.read()
    if facts:
        plain.write(covered, facts, ".struck")
    moved = [
        {"seq": one.figure.seq, "indicator_id": one.figure.id, "before": before[one.figure.seq], "after": one.text}
        for one in covered.found
        if one.text != before[one.figure.seq]
    ]
    return {"report": covered.report.name, "struck": len(gone), "seed": seed, "moved": moved}


def _lines(covered: Covered) -> list[str]:
    good = sum(one.reproduced for one in covered.found)
    where = f"{covered.report.district}，示例，{sum(covered.matters.values())} 件记录"
    lines = [f"报告 {covered.report.name}：{len(covered.found)} 个数字，还原 {good} 个（{where}）"]
    for one in covered.found:
        told_as = f"  第 {one.figure.seq} 个 {one.figure.id}＝{one.figure.value}{one.figure.unit}"
        if not one.reproduced:
            lines.append(f"{told_as}：{one.why}")
        elif one.thin:
            lines.append(f"{told_as}：还原；计入 {one.counted} 件，周围不应计入的只有 {one.noise} 件：{one.thin}")
    return lines


def _moves(struck: dict[str, object]) -> list[str]:
    moved = struck["moved"]
    assert isinstance(moved, list)
    lines = [f"报告 {struck['report']}：划去 {struck['struck']} 件后，{len(moved)} 个数字变动"]
    return lines + [f"  {one['indicator_id']}：{one['before']} → {one['after']}" for one in moved]
