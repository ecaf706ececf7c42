"""The whole file of a matter as one PDF: cover, contents, course, terms, letters and files, pages numbered through."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any
from uuid import UUID
from zipfile import BadZipFile

import pypdfium2
from docx.opc.exceptions import PackageNotFoundError

from fazhi import archive
from fazhi.law import Term
from fazhi.letters import bind, paper
from fazhi.letters.case import STATUS, written
from fazhi.letters.fill import Block
from fazhi.letters.make import compose, templates
from fazhi.people import parties
from fazhi.people.actors import Actor
from fazhi.press.faces import faces
from fazhi.worklist.values import ClockLine, CourseEntry, MatterPage, Said

COVER = "卷宗封面"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
STATES = {
    "running": "进行中", "paused": "已中止", "ripe": "已满", "met": "按期", "early": "过早", "late": "逾期完成",
    "lapsed": "已届满", "dropped": "不再计算", "disputed": "届满日有两种解释",
}  # fmt: skip
LONGEST_TEXT = 20_000


def bind_whole(page: MatterPage, actor: Actor, purpose: str) -> bytes:
    """The file as `page` tells it, read whole: the look at texts and parties is recorded for `purpose` first.
    NoFont, MayNotReveal."""
    faces()
    parties.read_texts(page.id, actor, purpose)
    for one in page.parties:
        if not one.erased:
            parties.reveal(one.id, actor, purpose, matter=page.id)
    cover = templates().find(page.procedure, COVER)
    assert cover is not None, "the rulebook has no cover"
    pictures: dict[str, bytes] = {}
    papers = list(_papers(page, pictures))
    told = {
        "title": f"{page.title.zh}卷宗",
        "number": page.number,
        "cover": _blocks(compose(page.view, actor, cover, 1, {}, clear=True).blocks),
        "course": [_step(entry) for entry in page.course if not entry.struck_by],
        "clocks": [_clock(line) for line in page.clocks if line.clock.state != "dropped"],
        "papers": [one for one in papers if one["kind"] != "listed"],
        "list": [[str(place), one["title"], one["day"], one["digest"]] for place, one in enumerate(papers, 1)],
        "closing": f"本卷共有文件{len(papers)}份。未能印入的，原件另存，以摘要核对。",
    }
    return bind.bind(told, pictures)


def _blocks(blocks: tuple[Block, ...]) -> list[dict[str, Any]]:
    return [asdict(block) for block in blocks]


def _step(entry: CourseEntry) -> list[str]:
    if entry.body is None:
        text = "（正文已依法清除）"
    else:
        text = "\n".join(f"{title.zh}：{said}" for title, said in entry.body)
    fields = "；".join(f"{one.title.zh}：{_said(one)}" for one in entry.fields if one.shown)
    title = ("撤销：" if entry.strikes else "") + entry.title.zh + ("（依法视为）" if entry.deemed else "")
    told = "\n".join(part for part in (fields, text) if part)
    return [written(entry.day), title, told[:LONGEST_TEXT], " ".join(part for part in (entry.unit, entry.post) if part)]


def _said(one: Said) -> str:
    return Term.parse(one.value).zh if one.kind == "term" else one.shown


def _clock(line: ClockLine) -> list[str]:
    clock, source = line.clock, line.clock.rule.source
    due = written(clock.due) if clock.due else "及时"
    cited = source.text if source else ""
    if source and source.weakest in STATUS:
        cited += f"（{STATUS[source.weakest]}）"
    return [clock.rule.title.zh, written(clock.start), due, STATES[clock.state], cited]


def _papers(page: MatterPage, pictures: dict[str, bytes]) -> Iterator[dict[str, Any]]:
    """Each file of the matter in the order of the course, as a page of it can be set, or by its name alone."""
    for entry in page.course:
        for file in entry.files if not entry.struck_by else ():
            yield _paper(entry, file, pictures)


def _paper(entry: CourseEntry, file: UUID, pictures: dict[str, bytes]) -> dict[str, Any]:
    told = {"title": entry.title.zh, "day": written(entry.day), "digest": "", "kind": "listed", "note": ""}
    try:
        stored = archive.open(file)
    except archive.Gone:
        return {**told, "title": f"{entry.title.zh}：附件", "digest": "已依法清除"}
    except archive.BadFile as bad:
        return {**told, "title": f"{entry.title.zh}：附件", "digest": str(bad)}
    told |= {"title": stored.name, "digest": stored.digest, "note": f"{entry.title.zh}，{written(entry.day)}"}
    if stored.media == DOCX:
        return {**told, **_sheet(stored.data)}
    if stored.media == "text/plain":
        return {**told, "kind": "text", "text": stored.data.decode("utf-8", "replace")[:LONGEST_TEXT]}
    if not bind.shows(stored.data, stored.media):
        return told
    name = f"{file}.{bind.ENDINGS[stored.media]}"
    pictures[name] = stored.data
    if stored.media == "application/pdf":
        return {**told, "kind": "pages", "file": name, "pages": len(pypdfium2.PdfDocument(stored.data))}
    return {**told, "kind": "picture", "file": name}


def _sheet(data: bytes) -> dict[str, Any]:
    try:
        return {"kind": "sheet", "blocks": _blocks(paper.read(data))}
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError):
        return {"kind": "listed"}
