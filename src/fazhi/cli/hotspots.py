"""`fazhi hotspots`: the messages of a table joined into events and ranked."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from fazhi.cli.commands import fazhi
from fazhi.desk.tables.columns import APPEALS, Columns, Headings, Unmapped, plain_heading, read_columns
from fazhi.desk.tables.read import Cell, Sheet, Unreadable, read_sheet
from fazhi.desk.tables.times import read_when
from fazhi.hotspots.join import join_all
from fazhi.hotspots.rank import rank
from fazhi.hotspots.voices import HotEvent, Voice

SHANGHAI = ZoneInfo("Asia/Shanghai")
COUNTS = {
    "likes": ("点赞数", "点赞", "赞同数", "支持数", "likes"),
    "objections": ("反对数", "反对", "踩", "objections"),
}
VOICES: Headings = replace(
    APPEALS,
    titles={**APPEALS.titles, "likes": "点赞数", "objections": "反对数"},
    spellings={
        **APPEALS.spellings,
        **{plain_heading(word): role for role, words in COUNTS.items() for word in words},
    },
    paired={},
)
DAY = click.DateTime(["%Y-%m-%d"])


@fazhi.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--top", default=20, show_default=True, type=click.IntRange(1), help="列出前几件。")
@click.option("--least", default=2, show_default=True, type=click.IntRange(1), help="至少几条来信才算一件。")
@click.option("--since", type=DAY, help="只看这一天起的来信。")
@click.option("--until", type=DAY, help="只看到这一天为止的来信。")
@click.option("--json", "as_json", is_flag=True, help="给程序读的JSON，含各件的来信编号。")
def hotspots(
    file: Path, top: int, least: int, since: datetime | None, until: datetime | None, *, as_json: bool
) -> None:
    """热点事件：把反映同一件事的来信归到一起，按公开的公式排序。

    \b
    例：fazhi hotspots 留言.xlsx --top 10
        fazhi hotspots 留言.xlsx --since 2019-07-01 --json
    """
    try:
        voices, refused = read_voices(read_sheet(file))
    except (Unreadable, Unmapped) as error:
        raise click.ClickException(str(error)) from error
    chosen = [voice for voice in voices if _within(voice, since, until)]
    events = rank(join_all(chosen), chosen, most=top, least=least) if chosen else []
    if as_json:
        told: dict[str, Any] = {
            "voices": len(chosen),
            "refused": refused,
            "events": [event.as_json() for event in events],
        }
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    _print(events, chosen, refused)


def read_voices(sheet: Sheet) -> tuple[list[Voice], list[dict[str, object]]]:
    """The messages of a sheet; rows without a time or without words are told with their reason."""
    columns = read_columns(sheet, known=VOICES)
    voices: list[Voice] = []
    refused: list[dict[str, object]] = []
    for number, cells in sheet.rows:
        if number <= columns.heading_row:
            continue
        try:
            voices.append(_voice(number, cells, columns))
        except ValueError as error:
            refused.append({"row": number, "reason": str(error)})
    return voices, refused


def _voice(row: int, cells: tuple[Cell, ...], columns: Columns) -> Voice:
    when = read_when(columns.cell(cells, "received"))
    if when is None:
        raise ValueError(f"{columns.heading('received')}是空的")
    title, text = (" ".join(str(columns.cell(cells, role) or "").split()) for role in ("title", "text"))
    if not (title or text):
        raise ValueError("没有文字")
    named = columns.cell(cells, "number")
    return Voice(
        number=f"第{row}行" if named is None or named == "" else str(named),
        person=str(columns.cell(cells, "sender") or ""),
        moment=when.moment or datetime.combine(when.day, time(12), SHANGHAI),
        title=title,
        text=text,
        likes=_count(columns.cell(cells, "likes")),
        objections=_count(columns.cell(cells, "objections")),
    )


def _count(cell: Cell) -> int:
    try:
        return max(int(float(str(cell))), 0)
    except (ValueError, OverflowError):
        return 0


def _within(voice: Voice, since: datetime | None, until: datetime | None) -> bool:
    day = voice.moment.astimezone(SHANGHAI).date()
    return (since is None or day >= since.date()) and (until is None or day <= until.date())


def _print(events: list[HotEvent], voices: list[Voice], refused: list[dict[str, object]]) -> None:
    click.echo(f"来信 {len(voices)} 条，列出 {len(events)} 件。" + _said(refused))
    for event in events:
        heat = event.heat
        click.echo(f"\n{event.rank}. {event.title}   热度 {heat.score:.1f}")
        places = "、".join(event.places) or "未写明地点"
        click.echo(
            f"   {places}；{event.first} 至 {event.last}；{event.growth}："
            f"近14天 {event.recent} 条，此前14天 {event.before} 条"
        )
        click.echo(
            f"   {heat.persons} 人 {heat.voices} 条，点赞 {heat.likes}，"
            f"反对 {heat.objections}，严重程度 {heat.severity}"
        )
        for number, sentence in event.quotes:
            click.echo(f"   “{sentence}”（{number}）")
        click.echo(f"   来信编号：{'、'.join(event.members[:12])}{' 等' if len(event.members) > 12 else ''}")
    if events:
        click.echo(f"\n热度＝{events[0].heat.formula}")


def _said(refused: list[dict[str, object]]) -> str:
    if not refused:
        return ""
    rows = "；".join(f"第{row['row']}行：{row['reason']}" for row in refused[:5])
    return f" {len(refused)} 行没有读入：{rows}{' 等' if len(refused) > 5 else ''}"
