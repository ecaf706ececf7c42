"""`fazhi rulebook`: check pages, test scenarios, show a page, compare two, print the reference."""

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import click

from fazhi.cli.commands import fazhi
from fazhi.law import Procedure
from fazhi.rulebook import PageFault, Rulebook, load
from fazhi.rulebook.check import check as check_pages
from fazhi.rulebook.differences import differences
from fazhi.rulebook.load import KINDS, NATIONAL
from fazhi.rulebook.scenarios import run_scenarios
from fazhi.rulebook.show import reference, show_procedure
from fazhi.rulebook.systems import read_systems

Command = Callable[..., Any]


def overlays_option(command: Command) -> Command:
    """Local folders of pages, laid over the national ones in order."""
    path = click.Path(exists=True, file_okay=False, path_type=Path)
    return click.option("--overlay", "overlays", multiple=True, type=path, help="本地规则所在的文件夹，可写多个。")(
        command
    )


JSON = click.option("--json", "as_json", is_flag=True, help="给程序读的JSON。")


@fazhi.group()
def rulebook() -> None:
    """检查、测试、查看和比较规则页。

    \b
    例：fazhi rulebook check
        fazhi rulebook show reconsideration
    """


def loaded(overlays: tuple[Path, ...]) -> Rulebook:
    """The rulebook, or every fault of its pages as a message."""
    try:
        return load(*overlays)
    except PageFault as fault:
        raise click.ClickException(str(fault)) from None


@rulebook.command()
@overlays_option
@JSON
def check(overlays: tuple[Path, ...], as_json: bool) -> None:
    """检查全部规则页；有错误时退出码为1。

    \b
    例：fazhi rulebook check
        fazhi rulebook check --overlay 本地规则
    """
    findings = check_pages(*overlays)
    errors = [finding for finding in findings if finding.severity == "error"]
    if as_json:
        words = ("rule", "severity", "message", "where", "line")
        click.echo(json.dumps([{word: getattr(one, word) for word in words} for one in findings], ensure_ascii=False))
    else:
        for one in findings:
            grade = "错误" if one.severity == "error" else "提示"
            click.echo(f"{one.where}:{one.line or 1}: {grade}（{one.rule}）{one.message}")
        click.echo(f"检查完毕：{len(errors)} 个错误，{len(findings) - len(errors)} 个提示。")
    raise SystemExit(1 if errors else 0)


@rulebook.command()
@click.argument("name", required=False)
@overlays_option
def test(name: str | None, overlays: tuple[Path, ...]) -> None:
    """运行场景（scenarios.toml）；NAME 为业务名，不写则全部运行。

    \b
    例：fazhi rulebook test
        fazhi rulebook test appeal
    """
    books = [(NATIONAL, loaded(())), *((folder, loaded(overlays)) for folder in overlays)]
    folders = [(root, book, kind) for root, book in books for kind in KINDS]
    kinds = [(path, book) for root, book, kind in folders for path in sorted(root.glob(f"{kind}/{name or '*'}"))]
    if not kinds:
        known = "、".join(sorted(books[0][1].procedures))
        raise click.ClickException(f"没有名为 {name} 的业务；已有：{known}")
    outcomes = [outcome for path, book in kinds for outcome in run_scenarios(path, book)]
    failed = [outcome for outcome in outcomes if outcome.faults]
    for outcome in failed:
        click.echo(f"{outcome.where}:{outcome.line}: {outcome.name}")
        for fault in outcome.faults:
            click.echo(f"    {fault}")
    click.echo(f"{len(outcomes)} 个场景，{len(failed)} 个不符。")
    raise SystemExit(1 if failed else 0)


@rulebook.command()
@click.argument("name")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="这一天有效的规则页；不写则为最新。")
@overlays_option
def show(name: str, day: Any, overlays: tuple[Path, ...]) -> None:
    """以文字显示一页规则。

    \b
    例：fazhi rulebook show reconsideration
        fazhi rulebook show reconsideration --on 2023-12-31
    """
    click.echo(show_procedure(found(loaded(overlays), f"{name}/{day.date()}" if day else name)))


@rulebook.command()
@click.argument("one")
@click.argument("other")
@overlays_option
@JSON
def diff(one: str, other: str, overlays: tuple[Path, ...], as_json: bool) -> None:
    """用文字说明两页规则的不同；写作 业务名 或 业务名/日期。

    \b
    例：fazhi rulebook diff reconsideration/1999-10-01 reconsideration/2024-01-01
    """
    book = loaded(overlays)
    changes = tuple(differences(found(book, one), found(book, other)))
    if as_json:
        click.echo(json.dumps([asdict(change) for change in changes], ensure_ascii=False))
        return
    for change in changes:
        click.echo(change.told())
    click.echo(f"共 {len(changes)} 处不同。")


@rulebook.command()
@JSON
def systems(as_json: bool) -> None:
    """列出各份报告所写的制度和系统：归在哪里、由什么证明能用，或者还等什么。

    \b
    例：fazhi rulebook systems
        fazhi rulebook systems --json
    """
    found = read_systems()
    if as_json:
        words = ("name", "category", "state", "home", "shown_by", "waits", "why")
        click.echo(json.dumps([{word: getattr(one, word) for word in words} for one in found], ensure_ascii=False))
        return
    for one in found:
        told = ("能用", one.home, one.shown_by) if one.state == "works" else ("待建", one.waits, one.why)
        click.echo("\t".join((one.name, one.category, *told)))
    works = sum(one.state == "works" for one in found)
    click.echo(f"共 {len(found)} 项：能用 {works} 项，待建 {len(found) - works} 项。")


@rulebook.command("reference")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def print_reference(folder: Path) -> None:
    """把全部规则页印成参考文档。

    \b
    例：fazhi rulebook reference docs/reference
    """
    folder.mkdir(parents=True, exist_ok=True)
    documents = reference(loaded(()))
    for name, text in documents.items():
        (folder / name).write_text(text, encoding="utf-8")
    click.echo(f"已写入 {len(documents)} 份文档：{folder}")


def found(book: Rulebook, name: str) -> Procedure:
    """The page that `NAME` or `NAME/DAY` means: the last one, or the one in force on the day."""
    kind, _, day = name.partition("/")
    try:
        return book.page(kind, date.fromisoformat(day) if day else date.max)
    except (LookupError, ValueError) as fault:
        raise click.ClickException(str(fault)) from None
