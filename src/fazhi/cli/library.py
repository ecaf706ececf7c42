"""`fazhi library`: documents brought into the library, its index, and what it holds."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click
from django.conf import settings

from fazhi.cli.commands import fazhi
from fazhi.jobs.replies import build_index, drop_gone, reply_of
from fazhi.library import keep, look
from fazhi.library.files import Unreadable
from fazhi.library.folder import FileRead, read_folder
from fazhi.library.own import rulebook_documents
from fazhi.rulebook import load

JSON = click.option("--json", "as_json", is_flag=True, help="给程序读的JSON。")
DRY = click.option("--dry-run", "dry", is_flag=True, help="只检查，不收入。")
KINDS = {
    "statute": "法律法规",
    "normative": "规范性文件",
    "guide": "办事指南",
    "reply": "公开答复",
    "rulebook": "本平台规则",
}


@fazhi.group("library")
def library() -> None:
    """文库：法律法规、规范性文件、办事指南和公开的答复，按条分开，按有效日期查。

    \b
    例：fazhi library import 法规文件夹 --dry-run
        fazhi library list
    """


@library.command("import")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@DRY
@click.option("--replace", "over", is_flag=True, help="同一文件同一日期文字不同的，用新的换旧的。")
@JSON
def import_folder(folder: Path, *, dry: bool, over: bool, as_json: bool) -> None:
    """收入一个文件夹里的 TXT、HTML、DOCX、PDF；同一文件不会收两次，读不了的逐个说明，退出码为1。

    \b
    例：fazhi library import 法规文件夹 --dry-run
        fazhi library import 法规文件夹
    """
    try:
        told = keep.bring(read_folder(folder), dry=dry, over=over)
    except Unreadable as error:
        raise click.ClickException(str(error)) from error
    finish(told, dry=dry, as_json=as_json)


@library.command("own")
@DRY
@JSON
def own(*, dry: bool, as_json: bool) -> None:
    """收入本平台自己的规则（各项业务的期限）和已经公示的答复。

    \b
    例：fazhi library own
    """
    gone = 0 if dry else drop_gone()
    if gone and not as_json:
        click.echo(f"已收回或者清除的答复 {gone} 件，已从文库撤下。")
    told = keep.bring(own_documents(), dry=dry, over=True)
    finish(told, dry=dry, as_json=as_json)


def own_documents() -> list[FileRead]:
    """The terms of the rulebook, and every reply that stands in the gazette."""
    from fazhi.gazette import look as gazette

    reads = list(rulebook_documents(load(*settings.FAZHI_OVERLAYS)))
    after = ""
    while True:
        shown = gazette.page(after=after, using="default")
        reads += [read for one in shown.items if (read := reply_of(one)) is not None]
        if not shown.after:
            return reads
        after = shown.after


def finish(told: Sequence[keep.Brought], *, dry: bool, as_json: bool) -> None:
    """Tell what became of each file and build the index where anything changed."""
    counts = Counter(one.outcome for one in told)
    changed = bool(counts["new"] + counts["replaced"])
    size = build_index() if changed and not dry else None
    if as_json:
        said = {"dry_run": dry, "counts": dict(counts), "files": [one.as_json() for one in told], "passages": size}
        click.echo(json.dumps(said, ensure_ascii=False, indent=2))
    else:
        tell(told, dry=dry)
        if size is not None:
            click.echo(f"索引已重建：{size:,} 段。")
    if counts["bad"] or counts["differs"]:
        raise click.exceptions.Exit(1)


def tell(told: Sequence[keep.Brought], *, dry: bool) -> None:
    """Each file with what was found in it."""
    counts = Counter(one.outcome for one in told)
    parts = [f"{keep.SAID[name]} {counts[name]} 件" for name in ("new", "replaced", "known") if counts[name]]
    failed = counts["bad"] + counts["differs"]
    click.echo(("检查结果（没有写入）：" if dry else "") + "，".join([*parts, f"没有收入 {failed} 件"]) + "。")
    for one in told:
        if one.reason:
            click.echo(f"  ✗ {one.read.file}：{one.reason}")
        elif one.outcome != "known" and one.read.version is not None:
            head = one.read.version.head
            since = f"{head.since}起{'（推定）' if head.assumed else ''}" if head.since else "日期不明"
            click.echo(f"  · 《{head.title}》{head.label} {since}，{len(one.read.version.pieces)} 段")
            for note in one.read.version.notes:
                click.echo(f"      {note}")


@library.command("index")
def build() -> None:
    """重建索引；索引丢了或坏了，从数据库重建，不丢任何内容。

    \b
    例：fazhi library index
    """
    click.echo(f"索引已重建：{build_index():,} 段。")


@library.command("list")
@click.option("--kind", type=click.Choice(list(KINDS)), default=None, help="只看一类。")
@click.argument("words", default="")
@JSON
def list_documents(kind: str | None, words: str, *, as_json: bool) -> None:
    """列出文库里的文件，每件附最新文本的日期。

    \b
    例：fazhi library list 复议
    """
    counts = look.counts("default")
    found = []
    after = ""
    while True:
        heads, after = look.titles(kind or "", words, after, "default")
        found += heads
        if not after:
            break
    if as_json:
        rows = [
            {
                "title": one.title,
                "kind": one.kind,
                "version": one.label,
                "since": str(one.since or ""),
                "until": str(one.until or ""),
            }
            for one in found
        ]
        click.echo(json.dumps({"counts": counts, "documents": rows}, ensure_ascii=False, indent=2))
        return
    held = "，".join(f"{KINDS[name]} {count} 件" for name, count in counts.items())
    click.echo(held or "文库还是空的；用 fazhi library import 文件夹 收入文件。")
    for one in found:
        until = f"，{one.until}起不再有效" if one.until else ""
        click.echo(f"  《{one.title}》{one.label}，{one.since or '日期不明'}起{until}")


@library.command("withdraw")
@click.argument("title")
@click.option("--version", "label", default="", help="只撤一个文本，例如 2017年修订；不写就撤整件。")
def withdraw(title: str, label: str) -> None:
    """从文库撤下一件文件或它的一个文本。

    \b
    例：fazhi library withdraw 某某办法 --version 2019年公布
    """
    if not (count := keep.withdraw(title, label)):
        raise click.ClickException(f"文库里没有《{title}》{label}。用 fazhi library list 查看有哪些。")
    click.echo(f"撤下 {count} 个文本；索引已重建：{build_index():,} 段。")
