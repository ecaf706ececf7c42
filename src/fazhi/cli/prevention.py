"""`fazhi prevention`: registers under watch judged by their rules; what rose is recorded, the gravest become tasks."""

from __future__ import annotations

import json
from dataclasses import dataclass
from uuid import UUID

import click

from fazhi.cli.commands import fazhi
from fazhi.desk.watching import raise_watch, set_task
from fazhi.ledger import rulebook, today
from fazhi.people import units
from fazhi.registers import look
from fazhi.registers.values import Line
from fazhi.registers.watch import Judged, Told, judge
from fazhi.rulebook.watches import Watch, watches


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
    """逐条按规则判断要不要升级。余额用 fazhi register import 从表格导入。

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
