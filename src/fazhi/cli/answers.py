"""`fazhi answers`: a question answered from the library, and how well answers are found."""

from __future__ import annotations

import json
import runpy
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from django.utils import timezone

from fazhi.answers.ask import answer
from fazhi.answers.evaluate import BadQuestions, Found, Letter, ask_all, match_replies, read_questions
from fazhi.answers.told import refusal_words, source_words
from fazhi.cli.cite import DAY, LIBRARY, open_library
from fazhi.cli.commands import fazhi
from fazhi.desk.tables.read import Unreadable, read_sheet
from fazhi.ledger import rulebook
from fazhi.library.index import Passages, build, opened
from fazhi.library.place import index_folder
from fazhi.library.shelf import Folder, Shelf

JSON = click.option("--json", "as_json", is_flag=True, help="给程序读的JSON。")
HEADINGS = {
    "title": ("留言主题", "主题", "标题"),
    "text": ("留言详情", "内容", "详情"),
    "reply": ("答复意见", "答复", "回复"),
}
SETS = {"tuned": "调参的一半", "held_out": "留出的一半", "all": "全部", "unseen": "方法定下后新写的"}


@fazhi.group("answers")
def answers() -> None:
    """问答：从文库里找到条文，原文引用；找不到就说找不到。

    \b
    例：fazhi answers ask 申请行政复议有没有期限
    """


def passages_of(shelf: Shelf) -> Passages | None:
    """The index of a library; that of a folder is built for the moment."""
    return build(shelf.every_piece()) if isinstance(shelf, Folder) else opened(index_folder())


@answers.command("ask")
@click.argument("question")
@click.option("--on", "day", type=DAY, help="按哪一天有效的文本答；不写是今天。")
@LIBRARY
@JSON
def ask(question: str, day: datetime | None, folder: Path | None, *, as_json: bool) -> None:
    """回答一个问题：引用当日有效的条文，每段写明文件、条号和文本。

    \b
    例：fazhi answers ask 信访事项多少天办结 --on 2024-03-01
    """
    shelf = open_library(folder)
    on = day.date() if day else timezone.localdate()
    told = answer(question, on, shelf, passages_of(shelf), book=rulebook())
    if as_json:
        click.echo(json.dumps(told.as_json(), ensure_ascii=False, indent=2))
        return
    if told.refused:
        click.echo(refusal_words(told))
    for one in told.quotes:
        click.echo(f"\n{source_words(one.head, one.piece, told.day)}")
        click.echo("   " + one.text.replace("\n", "\n   "))
    for after in told.after or ():
        click.echo(f"\n过了期限：{after}")
    for unresolved in told.unresolved:
        click.echo(f"\n没有查到：{unresolved.citation.text}。{unresolved.why}")
    if told.missing and not told.refused:
        click.echo(f"\n引用的条文没有提到：{'、'.join(told.missing)}")


@answers.command("evaluate")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--beside",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="同时测量的对照方法，例如 benchmarks/baselines.py。",
)
@LIBRARY
@JSON
def evaluate(file: Path, beside: Path | None, folder: Path | None, *, as_json: bool) -> None:
    """测量找得准不准：来信与答复的表格（从全部答复里找回自己的答复），或问题集（TOML）。

    \b
    例：fazhi answers evaluate 来信与答复.xlsx --beside benchmarks/baselines.py
        fazhi answers evaluate 问题集.toml --library 法规文件夹
    """
    if file.suffix.lower() == ".toml":
        told = evaluate_questions(file, folder)
        click.echo(json.dumps(told, ensure_ascii=False, indent=2) if as_json else _questions_in_words(told))
        return
    letters = read_letters(file)
    methods = runpy.run_path(str(beside))["METHODS"] if beside else None
    scores = match_replies(letters, methods)
    if as_json:
        plain = {name: {part: one.as_json() for part, one in parts.items()} for name, parts in scores.items()}
        click.echo(json.dumps({"letters": len(letters), "methods": plain}, ensure_ascii=False, indent=2))
        return
    click.echo(f"来信 {len(letters)} 件，从全部答复中找回自己的答复：")
    for name, parts in scores.items():
        for part, one in parts.items():
            click.echo(f"  {name:14s} {SETS[part]}：{_in_words(one)}")


def read_letters(file: Path) -> list[Letter]:
    """Messages with their replies from a table; rows without one of them are left out."""
    try:
        sheet = read_sheet(file)
    except Unreadable as error:
        raise click.ClickException(str(error)) from error
    rows = [row for _, row in sheet.rows]
    for number, row in enumerate(rows[:20]):
        places = {
            role: next((at for at, cell in enumerate(row) if str(cell).strip() in names), None)
            for role, names in HEADINGS.items()
        }
        if all(place is not None for place in places.values()):
            return [letter for one in rows[number + 1 :] if (letter := _letter(one, places))]
    wanted = "、".join(names[0] for names in HEADINGS.values())
    raise click.ClickException(f"{file.name} 没有需要的列：{wanted}。请核对表头。")


def _letter(row: Any, places: Mapping[str, int | None]) -> Letter | None:
    def cell(role: str) -> str:
        place = places[role]
        return " ".join(str(row[place] or "").split()) if place is not None and place < len(row) else ""

    letter = Letter(cell("title"), cell("text"), cell("reply"))
    return letter if letter.reply and (letter.title or letter.text) else None


def evaluate_questions(file: Path, folder: Path | None) -> dict[str, Any]:
    """The measures of a set of questions on the library."""
    shelf = open_library(folder)
    passages = passages_of(shelf)
    if passages is None:
        raise click.ClickException("还没有索引；请先用 fazhi library import 收入文件，或用 --library 给出文件夹。")
    try:
        sets = read_questions(file)
    except BadQuestions as error:
        raise click.ClickException(str(error)) from error
    measured = {name: ask_all(asked, shelf, passages).as_json() for name, asked in sets.items()}
    return {"passages": passages.size, "sets": measured}


def _questions_in_words(told: dict[str, Any]) -> str:
    lines = [f"文库 {told['passages']:,} 段："]
    for name, one in told["sets"].items():
        shares = f"第一 {one['hit@1']:.3f}，前五 {one['hit@5']:.3f}，MRR {one['mrr']:.3f}"
        refusals = f"有答案的答了 {one['answered']:.3f}，没有答案的 {one['unanswerable']} 问拒答 {one['refused']:.3f}"
        alone = one["index_alone"]
        beside = f"只用索引 {alone['hit@1']:.3f}、{alone['hit@5']:.3f}、{alone['mrr']:.3f}"
        lines.append(f"  {SETS[name]}：{one['count']} 问，{shares}（{beside}）；{refusals}")
    return "\n".join(lines)


def _in_words(one: Found) -> str:
    return f"{one.count} 件，第一 {one.first:.3f}，前五 {one.five:.3f}，MRR {one.mean:.3f}"
