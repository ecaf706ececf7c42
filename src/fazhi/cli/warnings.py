"""`fazhi warnings`: which places and subjects are spoken of far more than usual, and a back-test of such warnings."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

import click

from fazhi.cli.commands import fazhi
from fazhi.cli.hotspots import read_voices
from fazhi.desk.tables.columns import Unmapped
from fazhi.desk.tables.read import Unreadable, read_sheet
from fazhi.hotspots.backtest import BackTest, back_test
from fazhi.hotspots.series import Heard, read_all
from fazhi.hotspots.subjects import titles_of
from fazhi.hotspots.warning import BUDGET, Warning, strict_enough, watch
from fazhi.routing.topics import topics_of

DAY = click.DateTime(["%Y-%m-%d"])
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
BUDGET_OPTION = click.option(
    "--budget", default=BUDGET, show_default=True, type=click.FloatRange(0.05, 50), help="每周容许几次误报。"
)


@fazhi.group()
def warnings() -> None:
    """预警：某地、某类问题的来信明显多于往常。

    \b
    例：fazhi warnings run 留言.xlsx
    """


@warnings.command()
@click.argument("file", type=FILE)
@BUDGET_OPTION
@click.option("--since", type=DAY, help="从这一天起；不写就从来信时段的一半起，前一半用来定门槛。")
@click.option("--json", "as_json", is_flag=True, help="给程序读的JSON。")
def run(file: Path, budget: float, since: datetime | None, *, as_json: bool) -> None:
    """按到信先后逐日预警。

    \b
    例：fazhi warnings run 留言.xlsx
    """
    messages = _read(file)
    days = sorted(one.day for one in messages)
    first = since.date() if since else days[len(days) // 2]
    learned = [one for one in messages if one.day < first]
    strictness = strict_enough(learned, days[len(learned) // 2], first, budget=budget) if learned else 1.0
    found = list(watch(messages, first, days[-1], budget=budget, strictness=strictness))
    if as_json:
        click.echo(json.dumps([_as_json(one) for one in found], ensure_ascii=False, indent=2))
        return
    click.echo(f"{first} 至 {days[-1]}，{len(found)} 次预警（预算每周 {budget:g} 次误报，门槛 {strictness:g}）。")
    for one in found:
        click.echo(
            f"\n{one.day} {'一二三'[one.level - 1]}级 {what(one)}：一周 {one.count} 人，往常 {one.expected:g} 人"
        )
        click.echo(f"   偶然如此的可能不到 {one.chance:.1e}；报{one.to}，{one.tell_at:%m-%d %H:%M}")
        click.echo(f"   来信编号：{'、'.join(one.members[:12])}{' 等' if len(one.members) > 12 else ''}")


@warnings.command()
@click.argument("file", type=FILE)
@BUDGET_OPTION
@click.option("--outbreaks", default=40, show_default=True, type=click.IntRange(1, 500), help="放进几起突发事件。")
@click.option("--seed", default=7, show_default=True, help="抽样的种子，相同种子结果相同。")
@click.option("--json", "as_json", is_flag=True, help="给程序读的JSON。")
def backtest(file: Path, budget: float, outbreaks: int, seed: int, *, as_json: bool) -> None:
    """在真实来信的后一半时段里放进突发事件，看预警早几天、准不准、全不全。

    \b
    例：fazhi warnings backtest 留言.xlsx --json
    """
    result = back_test(_read(file), outbreaks=outbreaks, seed=seed, budget=budget)
    if as_json:
        told = asdict(result) | {"recall": round(result.recall, 3), "precision": round(result.precision, 3)}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2, default=str))
        return
    _print(result)


def _read(file: Path) -> list[Heard]:
    try:
        voices, _refused = read_voices(read_sheet(file))
    except (Unreadable, Unmapped) as error:
        raise click.ClickException(str(error)) from error
    if len(voices) < 2 or max(one.moment for one in voices) - min(one.moment for one in voices) < timedelta(weeks=8):
        raise click.ClickException("来信太少：至少要有八周的来信，才说得出什么是往常。请给更长时段的表。")
    return read_all(voices, topics_of)


def _print(result: BackTest) -> None:
    span = f"{result.since} 至 {result.until}（{result.weeks:g} 周）"
    click.echo(f"来信 {result.messages} 条；{span}放进 {result.outbreaks} 起突发事件。")
    click.echo(f"查全 {result.met}/{result.outbreaks}＝{result.recall:.1%}")
    click.echo(f"查准 {result.right}/{result.right + result.wrong}＝{result.precision:.1%}（不是放进去的一律算误报）")
    if result.lead:
        click.echo(
            f"提前：到事件结束还有 {median(result.lead):g} 天（中位数），此时已有 {median(result.spoken):.0%} 的人来信"
        )
    click.echo(
        f"不放事件时 {result.background} 次预警，每周 {result.background / result.weeks:.2f} 次；"
        f"预算每周 {result.budget:g} 次，门槛 {result.strictness:g}"
    )
    for size, put, met in result.by_size:
        click.echo(f"   {size} 人的 {put} 起，报出 {met} 起")


def what(one: Warning) -> str:
    """Place and subject of a warning, in words."""
    return " ".join(part for part in (one.key.place, "·".join(map(str, titles_of(one.key.subject)))) if part)


def _as_json(one: Warning) -> dict[str, Any]:
    return {
        "day": one.day.isoformat(),
        "level": one.level,
        "to": one.to,
        "place": one.key.place,
        "subject": one.key.subject,
        "what": what(one),
        "count": one.count,
        "expected": one.expected,
        "chance": one.chance,
        "threshold": one.threshold,
        "tell_at": one.tell_at.isoformat(),
        "members": list(one.members),
    }
