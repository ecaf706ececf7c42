"""`fazhi figures`: sample districts laid for the figures of five reports, and what the indicators give back."""

import json
from collections.abc import Callable

import click
from rich.console import Console
from rich.progress import Progress

from fazhi.cli.commands import fazhi
from fazhi.cli.figures import told
from fazhi.cli.figures.coverage import Covered, cover
from fazhi.cli.figures.noise import Noise
from fazhi.ledger import today
from fazhi.people import units


@fazhi.command("figures")
@click.option("--report", "only", multiple=True, help="只做这一份报告，可以多次给出；不写则全部。")
@click.option(
    "--noise", default=10, show_default=True, type=click.IntRange(0, 100), help="不应计入的记录是应计入的几倍。"
)
@click.option(
    "--noise-limit", default=3000, show_default=True, type=click.IntRange(0), help="每个数字周围的干扰记录至多几件。"
)
@click.option("--writers", default=2, show_default=True, type=click.IntRange(1, 32), help="同时写入的进程数。")
@click.option("--here", is_flag=True, help="装入现在的平台（须是空的）并留下；不写则用一个临时的数据库，用完即删。")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出结果，供程序读取。")
def figures(only: tuple[str, ...], noise: int, noise_limit: int, writers: int, here: bool, as_json: bool) -> None:
    """按五份报告的数字各建一个示例区，记录全部经业务入口登记，再由指标读出，看能还原多少。

    \b
    例：fazhi figures --report 002 --report 004
        fazhi figures --json
    """
    if here and units.tree_on(today()).units:
        raise click.ClickException("平台里已有单位，示例只能装入空的平台。请换一个 FAZHI_HOME，或不写 --here。")
    unknown = [name for name in only if name not in told.names()]
    if unknown:
        raise click.BadParameter(
            f"没有报告 {'、'.join(unknown)}；有：{'、'.join(told.names())}。", param_hint="--report"
        )
    covered = []
    with Progress(console=Console(stderr=True, quiet=as_json), disable=as_json) as progress:
        for name in only or told.names():
            covered.append(cover(told.read(name), Noise(noise, noise_limit), writers, _shown(progress, name)))
    if as_json:
        click.echo(json.dumps({"reports": [one.as_json() for one in covered]}, ensure_ascii=False, indent=2))
        return
    for one in covered:
        click.echo("\n".join(_lines(one)))


def _shown(progress: Progress, name: str) -> Callable[[int, int], None]:
    task = progress.add_task(f"示例区（报告 {name}）", total=None)
    return lambda done, total: progress.update(task, completed=done, total=total)


def _lines(covered: Covered) -> list[str]:
    good = sum(one.reproduced for one in covered.found)
    matters = sum(covered.matters.values())
    where = f"{covered.report.district}，示例，{matters} 件记录"
    lines = [f"报告 {covered.report.name}：{len(covered.found)} 个数字，还原 {good} 个（{where}）"]
    for one in covered.found:
        if not one.reproduced:
            lines.append(f"  第 {one.figure.seq} 个 {one.figure.id}＝{one.figure.value}{one.figure.unit}：{one.why}")
    return lines
