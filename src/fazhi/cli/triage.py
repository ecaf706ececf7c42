"""`fazhi triage`: letters sorted by a model of the office's own, judged before it is trusted."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click
from django.conf import settings

from fazhi.cli.commands import fazhi
from fazhi.cli.triage_tables import AGENCY, NotSorted, Sorted, read_sorted
from fazhi.desk.tables.read import Unreadable
from fazhi.triage import FOLDER

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@fazhi.group()
def triage() -> None:
    """来信分拣：主题、承办单位、紧急程度，用本单位自己的来信训练和检验。

    \b
    例：fazhi triage evaluate --train 已分类.tsv --folds 5
        fazhi triage train 已分类.tsv
        fazhi triage read "上次反映的煤气泄漏已经修好了，感谢"
    """


@triage.command()
@click.option("--train", "known", type=FILE, help="已分类的来信，用来训练；不给就检验只凭词表的判断。")
@click.option("--test", "asked", type=FILE, help="另一份已分类的来信，用来检验。")
@click.option("--folds", type=click.IntRange(2, 20), help="没有检验文件时，分成几折交叉检验。")
@click.option("--seed", type=int, default=0, show_default=True, help="分折的随机种子。")
@click.option("--column", default="", help="类别列的列名，自动认不出时用。")
@click.option("--json", "as_json", is_flag=True, help="给程序读的JSON。")
def evaluate(
    known: Path | None, asked: Path | None, folds: int | None, seed: int, column: str, *, as_json: bool
) -> None:
    """检验主题分类：宏平均F1、各类得分、置信度是否可信（整封和只看开头几个字）、有多少可以不经人手。

    \b
    例：fazhi triage evaluate --train 已分类.tsv --test 检验.tsv
        fazhi triage evaluate --train 已分类.tsv --folds 5 --json
        fazhi triage evaluate --test 检验.tsv
    """
    from fazhi.triage.evaluate import cross_validate, judge, judge_words
    from fazhi.triage.training import TooFew

    if (asked is None) == (folds is None):
        raise click.UsageError("--test 和 --folds 要且只要给一个：有检验文件用 --test，没有就用 --folds 5。")
    if known is None and folds:
        raise click.UsageError("交叉检验要用 --train 给出已分类的来信。")
    learned, tested = (_read(path, column) if path else None for path in (known, asked))

    def notice(said: str) -> None:
        click.echo(said, err=True)

    try:
        if learned is None:
            told = judge_words(tested.letters if tested else ()).as_json()
        elif tested is not None:
            told = judge(learned.letters, tested.letters, notice).as_json()
        else:
            told = cross_validate(learned.letters, folds or 5, seed, notice).as_json()
    except (TooFew, ValueError) as error:
        raise click.ClickException(str(error)) from error
    told["refused"] = [
        [path.name, *row] for path, read in ((known, learned), (asked, tested)) if path and read for row in read.refused
    ]
    click.echo(json.dumps(told, ensure_ascii=False, indent=2) if as_json else _table(told))


@triage.command("train")
@click.argument("file", type=FILE)
@click.option("--column", default="", help="类别列的列名，自动认不出时用。")
@click.option("--folds", type=click.IntRange(2, 20), help="训练前先交叉检验，把得分记在这一版上。")
def train_model(file: Path, column: str, folds: int | None) -> None:
    """用已分类的来信训练，成为新的一版并启用；文件里的来信不保存。

    \b
    例：fazhi triage train 已分类.tsv
        fazhi triage train 已分类.xlsx --column 一级标签 --folds 5
    """
    from fazhi.triage.evaluate import cross_validate
    from fazhi.triage.store import save
    from fazhi.triage.training import TooFew, train

    known = _read(file, column).letters

    def notice(said: str) -> None:
        click.echo(said, err=True)

    try:
        score = cross_validate(known, folds, 0, notice).as_json()["macro_f1"] if folds else None
        model = train([letter for letter, _ in known], [name for _, name in known], notice)
    except (TooFew, ValueError) as error:
        raise click.ClickException(str(error)) from error
    made = datetime.now(ZoneInfo("Asia/Shanghai"))
    about = save(_folder(), model, made=made, source=file.name, score=score)
    said = f"{about.letters} 件来信，{len(about.names)} 个类别；{_alone(about.alone)}"
    click.echo(f"第 {about.version} 版已启用：{said}。")


@triage.command("versions")
def list_versions() -> None:
    """列出训练过的各版，在用的一版前有星号。

    \b
    例：fazhi triage versions
    """
    from fazhi.triage.store import current, versions

    found, now = versions(_folder()), current(_folder())
    if not found:
        click.echo("还没有训练过；分拣只凭主题树的词表。用 fazhi triage train 文件 训练。")
    for one in found:
        mark = "*" if one.version == now else " "
        score = f"，宏平均F1 {one.score:.4f}" if one.score is not None else ""
        more = f"，记住 {one.corrections} 件人工决定" if one.corrections else ""
        click.echo(f"{mark} 第 {one.version} 版  {one.made}  {one.source}  {one.letters} 件{more}{score}")


@triage.command("undo")
def undo_version() -> None:
    """退回上一版；各版都还在，可以再启用。

    \b
    例：fazhi triage undo
    """
    from fazhi.triage.store import NoVersion, undo

    try:
        click.echo(f"已退回第 {undo(_folder()).version} 版。")
    except NoVersion as wrong:
        raise click.ClickException(str(wrong)) from wrong


@triage.command("use")
@click.argument("version", type=int)
def use_version(version: int) -> None:
    """启用指定的一版。

    \b
    例：fazhi triage use 2
    """
    from fazhi.triage.store import NoVersion, use

    try:
        click.echo(f"已启用第 {use(_folder(), version).version} 版。")
    except NoVersion as wrong:
        raise click.ClickException(str(wrong)) from wrong


@triage.command("read")
@click.argument("text")
@click.option("--title", default="", help="标题。")
@click.option("--json", "as_json", is_flag=True, help="给程序读的JSON。")
def read_text(text: str, title: str, *, as_json: bool) -> None:
    """读一段来信：主题、紧急程度、类型、适用程序，各有多大把握、凭哪些词。

    \b
    例：fazhi triage read "三单元天然气管道漏气，请马上来人"
    """
    from fazhi.triage.letter import read_letter
    from fazhi.triage.reading import understand
    from fazhi.triage.recall import recalled
    from fazhi.triage.store import load, load_lessons

    letter = read_letter(text, title)
    told = recalled(understand(letter, load(_folder())), load_lessons(_folder()), letter).as_json()
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    for name in ("topic", "urgency", "type", "way"):
        one = told[name]
        words = f"；凭：{'、'.join(one['words'])}" if one["words"] else ""
        click.echo(f"{one['what']}：{one['title']}（把握 {one['sure']:.0%}，{one['step']}）{words}")
    for note in told["notes"]:
        click.echo(note)


@triage.group("route")
def routing() -> None:
    """承办单位：检验由谁办理的判断。

    \b
    例：fazhi triage route evaluate 信箱.csv
    """


@routing.command("evaluate")
@click.argument("file", type=FILE)
@click.option("--folds", type=click.IntRange(2, 20), default=5, show_default=True, help="分成几折交叉检验。")
@click.option("--later", type=click.FloatRange(0.1, 0.9), help="用早的来信学、晚的来信检验；晚的占多少，例如 0.4。")
@click.option("--without", multiple=True, help="不计入的答复单位（统一后的名称），例如信箱本身。")
@click.option("--json", "as_json", is_flag=True, help="给程序读的JSON。")
def evaluate_routing(file: Path, folds: int, later: float | None, without: tuple[str, ...], *, as_json: bool) -> None:
    """检验派给谁：单位名称先统一写法，再比较几种做法。

    \b
    例：fazhi triage route evaluate 信箱.csv
        fazhi triage route evaluate 信箱.csv --without 机关事务、信息化和政务服务部门
    """
    from fazhi.triage.agencies import normal_name
    from fazhi.triage.routing import ceiling, judge_later, judge_routing
    from fazhi.triage.training import TooFew

    told = _read(file, "", AGENCY)
    rows = [(day, letter, normal_name(name)) for day, (letter, name) in zip(told.days, told.letters, strict=True)]
    rows = [row for row in rows if row[2] and row[2] not in without and (row[0] or not later)]
    known = [(letter, name) for _, letter, name in (sorted(rows, key=lambda row: row[0]) if later else rows)]
    timed: dict[str, Any] = {}
    try:
        routed, timed = judge_later(known, later) if later else (judge_routing(known, folds), {})
        found = routed.as_json()
    except (TooFew, ValueError) as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        told_all = found | {"ceiling": ceiling(known)} | ({"alone": timed} if timed else {})
        click.echo(json.dumps(told_all, ensure_ascii=False, indent=2))
        return
    titles = {
        "majority": "总派给最多的单位",
        "rules": "只凭主题、地点、名称",
        "learned": "只凭以往答复",
        "both": "两者合用",
    }
    left = len(told.letters) - len(known)
    click.echo(f"来信 {len(known)} 件，单位 {found['both']['agencies']} 个；不计入的 {left} 件")
    click.echo("正确率  宏平均F1  校准误差  做法")
    for way, one in found.items():
        click.echo(f"{one['accuracy']:.4f}  {one['macro_f1']:.4f}    {one['calibration_error']:.4f}    {titles[way]}")
    for line in _limits(ceiling(known), timed):
        click.echo(line)


def _limits(most: dict[str, float], timed: dict[str, Any]) -> list[str]:
    """What the letters themselves can tell, and what went alone by thresholds that earlier letters set."""
    lines = [
        f"上限：写到同一个县区的相近来信 {most['pairs']} 对，由同一单位答复的占 {most['one_agency']:.3f}；"
        f"只写到一个县区的 {most['one_county_named']} 件，由它答复的占 {most['answered_by_it']:.3f}"
    ]
    for precision in (98, 95):
        if timed:
            alone = timed[f"alone_at_{precision}"]
            lines.append(
                f"不经人手（早的来信按 {precision}% 定的门槛）：占 {alone['share']:.3f}，正确 {alone['right']:.3f}"
            )
    return lines


def _folder() -> Path:
    return Path(settings.FAZHI_HOME) / FOLDER


def _alone(threshold: float) -> str:
    return f"把握达到 {threshold:.0%} 的可以不经人手" if threshold <= 1 else "没有达到可以不经人手的精确率，都由人确认"


def _read(path: Path, column: str, role: str = "topic") -> Sorted:
    try:
        return read_sorted(path, role=role, column=column)
    except (Unreadable, NotSorted) as error:
        raise click.ClickException(str(error)) from error


def _table(told: dict[str, Any]) -> str:
    how = f"{told['folds']} 折交叉检验" if told["folds"] > 1 else f"训练 {told['trained']} 件"
    how = how if told["trained"] else "没有训练，只凭词表"
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
    lines += ["", "正确率  校准误差  很有把握  其中正确  来信", *map(_opening, told["openings"])]
    alone = told["routed_alone"]
    lines += [
        "",
        f"不经人手（训练时按 {alone['wanted_precision']:.0%} 精确率定的门槛）：占 {alone['share']:.1%}，"
        f"其中正确 {alone['precision']:.1%}；事后看最多可占 {alone['best_share_in_hindsight']:.1%}",
    ]
    return "\n".join(lines)


def _opening(one: dict[str, Any]) -> str:
    what = f"只看开头 {one['signs']} 个字" if one["signs"] else "整封"
    right = f"{one['very_sure']:>8}  {one['very_sure_right']:>8.4f}"
    return f"{one['accuracy']:.4f}  {one['calibration_error']:>8.4f}  {right}  {what}"
