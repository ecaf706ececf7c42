"""`fazhi cite`: every citation of a text, with the words of the version in force on a day."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import click
from django.utils import timezone

from fazhi.cli.commands import fazhi
from fazhi.library.files import Unreadable, take_text
from fazhi.library.folder import read_folder
from fazhi.library.resolve import FOUND, Resolved, own_title, resolve
from fazhi.library.shelf import Folder, Shelf

DAY = click.DateTime(["%Y-%m-%d"])
LIBRARY = click.option(
    "--library",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="用一个文件夹作文库，不用数据库。",
)
SHOWN = 160


def open_library(folder: Path | None) -> Shelf:
    """The library of this installation, or the files of a folder."""
    if folder is None:
        from fazhi.library.look import kept

        return kept("default")
    try:
        return Folder(read.version for read in read_folder(folder) if read.version is not None)
    except Unreadable as error:
        raise click.ClickException(str(error)) from error


@fazhi.command("cite")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path))
@click.option("--on", "day", type=DAY, help="按哪一天有效的文本查；不写是今天。")
@LIBRARY
@click.option("--own", default="", help="文中“本法”“本办法”指哪一件文件。")
@click.option("--json", "as_json", is_flag=True, help="给程序读的JSON。")
def cite_file(file: Path, day: datetime | None, folder: Path | None, own: str, *, as_json: bool) -> None:
    """查引用：文中引用的每一条，找到当日有效的文本和条文；查不到的说明原因。

    \b
    例：fazhi cite 处罚决定书.docx --on 2024-03-01
        fazhi cite 通知.txt --library 法规文件夹 --json
    """
    text = read_text(file)
    shelf = open_library(folder)
    on = day.date() if day else timezone.localdate()
    found = resolve(text, shelf, on, own or own_title(text, shelf))
    if as_json:
        told = {
            "file": str(file),
            "on": on.isoformat(),
            "found": sum(one.status in FOUND for one in found),
            "not_found": sum(one.status not in FOUND for one in found),
            "citations": [one.as_json() for one in found],
        }
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    tell(found, on)


def read_text(file: Path) -> str:
    """The words of a file, or of what is typed (`-`)."""
    try:
        content = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
        return take_text(content)[0]
    except Unreadable as error:
        raise click.ClickException(f"{file}：{error}") from error


def tell(found: Sequence[Resolved], on: date) -> None:
    """Every citation in words, what could not be found last."""
    good = [one for one in found if one.status in FOUND]
    missing = [one for one in found if one.status not in FOUND]
    click.echo(f"按{on}有效的文本：查到 {len(good)} 处，没有查到 {len(missing)} 处。")
    for one in good:
        if one.head is None:
            continue
        assumed = "（按公布日期推定）" if one.head.assumed else ""
        since = f"自{one.head.since}起施行{assumed}" if one.head.since else "施行日期不明"
        click.echo(f"\n《{one.head.title}》{one.label} {place_within(one)}（{one.head.label}，{since}）")
        click.echo(f"   文中写作：{one.citation.text}")
        if one.text:
            words = one.text.replace("\n", " ")
            click.echo(f"   条文：{words if len(words) <= SHOWN else words[:SHOWN] + '……'}")
    if missing:
        click.echo("\n没有查到：")
    for one in missing:
        click.echo(f"   {one.citation.text}：{one.why}")


def place_within(one: Resolved) -> str:
    """The paragraph, item and point of a place: 第2款第3项."""
    return str(one.place).partition("条")[2].lstrip("之0123456789")
