"""`fazhi triage`: letters sorted by a model of the office's own, judged before it is trusted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from fazhi.cli.commands import fazhi
from fazhi.cli.triage_tables import NotSorted, Sorted, read_sorted
from fazhi.desk.tables.read import Unreadable

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@fazhi.group()
def triage() -> None:
    """来信分拣：主题、承办单位、紧急程度，用本单位自己的来信训练和检验。"""


@triage.command()
@click.option("--train", "known", type=FILE, required=True, help="已分类的来信，用来训练。")
@click.option("--test", "asked", type=FILE, help="另一份已分类的来信，用来检验。")
@click.option("--folds", type=click.IntRange(2, 20), help="没有检验文件时，分成几折交叉检验。")
@click.option("--seed", type=int, default=0, show_default=True, help="分折的随机种子。")
@click.option("--column", default="", help="类别列的列名，自动认不出时用。")
@click.option("--json", "as_json", is_flag=True, help="给程序读的JSON。")
def evaluate(known: Path, asked: Path | None, folds: int | None, seed: int, column: str, *, as_json: bool) -> None:
    """检验主题分类：宏平均F1、各类得分、置信度是否可信、有多少可以不经人手。

    \b
    例：fazhi triage evaluate --train 已分类.tsv --test 检验.tsv
        fazhi triage evaluate --train 已分类.tsv --folds 5 --json
    """
    from fazhi.triage.evaluate import cross_validate, judge
    from fazhi.triage.model import TooFew

    if (asked is None) == (folds is None):
        raise click.UsageError("--test 和 --folds 要且只要给一个：有检验文件用 --test，没有就用 --folds 5。")
    learned = _read(known, column)
    tested = _read(asked, column) if asked else None

    def notice(said: str) -> None:
        click.echo(said, err=True)

    try:
        if tested is not None:
            told = judge(learned.letters, tested.letters, notice).as_json()
        else:
            told = cross_validate(learned.letters, folds or 5, seed, notice).as_json()
    except (TooFew, ValueError) as error:
        raise click.ClickException(str(error)) from error
    told["refused"] = [list(row) for row in (*learned.refused, *(tested.refused if tested else ()))]
    click.echo(json.dumps(told, ensure_ascii=False, indent=2) if as_json else _table(told))


def _read(path: Path, column: str) -> Sorted:
    try:
        return read_sorted(path, column=column)
    except (Unreadable, NotSorted) as error:
        raise click.ClickException(str(error)) from error


def _table(told: dict[str, Any]) -> str:
    how = f"{told['folds']} 折交叉检验" if told["folds"] > 1 else f"训练 {told['trained']} 件"
    lines = [
        f"{how}，检验 {told['tested']} 件；没有读入 {len(told['refused'])} 行",
        f"宏平均F1 {told['macro_f1']:.4f}   正确率 {told['accuracy']:.4f}   校准误差 {told['calibration_error']:.4f}",
        "",
        "精确率  召回率  F1      件数  类别",
    ]
    lines += [
        f"{one['precision']:.4f}  {one['recall']:.4f}  {one['f1']:.4f}  {one['letters']:>4}  {name}"
        for name, one in told["classes"].items()
    ]
    lines += ["", "所说的把握  实际正确  件数"]
    lines += [f"{one['sure']:>9.3f}  {one['right']:>8.3f}  {one['answers']:>4}" for one in told["reliability"]]
    alone = told["routed_alone"]
    lines += [
        "",
        f"不经人手（训练时按 {alone['wanted_precision']:.0%} 精确率定的门槛）：占 {alone['share']:.1%}，"
        f"其中正确 {alone['precision']:.1%}；事后看最多可占 {alone['best_share_in_hindsight']:.1%}",
    ]
    return "\n".join(lines)
