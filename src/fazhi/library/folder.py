"""A folder of files read as documents: each file whole or not at all, with what was found in it."""

from __future__ import annotations

import hashlib
import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, get_args

from fazhi.library.cut import cut
from fazhi.library.files import MOST_BYTES, MOST_TEXT, Unreadable, take_text, too_much
from fazhi.library.history import read_dates, read_repeals
from fazhi.library.names import plain_name
from fazhi.library.values import Head, Kind, Version

FORMS = frozenset({".txt", ".md", ".markdown", ".html", ".htm", ".shtml", ".docx", ".pdf"})
CARD = "library.toml"
"""Beside the files: what they do not say themselves, a table for each file."""
CARD_WORDS = frozenset({"title", "kind", "passed", "since", "until", "why", "link", "cleared"})
LONGEST_TITLE = 120
_DAY_IN_NAME = re.compile(r"[（(_\s-]*[12]\d{3}-\d{2}-\d{2}[)）]?$")
_KINDS: tuple[tuple[str, Kind], ...] = (
    (r"(?:指南|须知|问答|流程|指引|手册|一本通|怎么办)[^》]{0,6}$", "guide"),
    (r"(?:答复|复函|回复|答复意见)[^》]{0,6}$", "reply"),
    (
        r"(?:法|法典|条例)(?:[（(].{1,8}[)）])?$|^最高人民(?:法院|检察院)|^中华人民共和国.*(?:法|条例|办法|规定|细则)$",
        "statute",
    ),
)


@dataclass(frozen=True, slots=True)
class FileRead:
    """One file: its document, or why it is none."""

    file: str
    version: Version | None
    reason: str = ""

    def as_json(self) -> dict[str, object]:
        """Plain values for a machine."""
        if self.version is None:
            return {"file": self.file, "status": "bad", "reason": self.reason}
        head = self.version.head
        return {
            "file": self.file,
            "status": "read",
            "title": head.title,
            "kind": head.kind,
            "version": head.label,
            "passed": _said(head.passed),
            "since": _said(head.since),
            "since_assumed": head.assumed,
            "until": _said(head.until),
            "why": head.why,
            "articles": sum(piece.article > 0 for piece in self.version.pieces),
            "pieces": len(self.version.pieces),
            "notes": list(self.version.notes),
        }


def _said(day: date | None) -> str | None:
    return day.isoformat() if day else None


def read_folder(folder: Path) -> Iterator[FileRead]:
    """Every file under a folder in order; hidden files, links and indexes of folders are passed over."""
    cards = read_cards(folder)
    files = sorted(_files(folder))
    for name in sorted(set(cards) - {file.relative_to(folder).as_posix() for file in files}):
        yield FileRead(CARD, None, f"写到了文件“{name}”，但文件夹里没有它。")
    for file in files:
        name = file.relative_to(folder).as_posix()
        try:
            yield FileRead(name, read_document(file, name, cards.get(name, {})))
        except Unreadable as error:
            yield FileRead(name, None, str(error))
        except OSError as error:
            yield FileRead(name, None, f"打不开：{error.strerror}。")


def _files(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            path = Path(place, name)
            if not name.startswith((".", "_", "~$")) and name != CARD and path.is_file() and not path.is_symlink():
                yield path


def read_cards(folder: Path) -> Mapping[str, Mapping[str, Any]]:
    """What `library.toml` says of each file; raises Unreadable where it cannot be read or says what is unknown."""
    path = folder / CARD
    if not path.is_file():
        return {}
    try:
        cards = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Unreadable(f"{CARD} 读不懂：{error}。请按说明改正后再导入。") from error
    for name, card in cards.items():
        if not isinstance(card, dict) or (strange := set(card) - CARD_WORDS):
            words = "、".join(sorted(strange)) if isinstance(card, dict) else name
            raise Unreadable(f"{CARD} 中“{name}”有不认识的项目：{words}；可以写的是{'、'.join(sorted(CARD_WORDS))}。")
        for word in ("passed", "since", "until"):
            if word in card and type(card[word]) is not date:
                raise Unreadable(f"{CARD} 中“{name}”的 {word} 应是日期，例如 {word} = 2022-05-01。")
        if card.get("kind", "statute") not in get_args(Kind):
            raise Unreadable(f"{CARD} 中“{name}”的 kind 应是{'、'.join(get_args(Kind))}之一。")
    return cards


def read_document(path: Path, name: str, card: Mapping[str, Any]) -> Version:
    """One file as a version of a document; raises Unreadable with the reason."""
    if path.suffix.lower() not in FORMS:
        raise Unreadable(f"不收“{path.suffix or '无后缀'}”文件；请另存为 TXT、HTML、DOCX 或 PDF。")
    if (size := path.stat().st_size) > MOST_BYTES:
        raise Unreadable(too_much(f"{size / 1_000_000:.0f} MB", f"{MOST_BYTES // 1_000_000} MB"))
    return read_version(path.read_bytes(), name, card)


def read_version(content: bytes, name: str, card: Mapping[str, Any]) -> Version:
    """The bytes of a file as a version; `card` is what is known of it beside."""
    text, _form = take_text(content)
    if len(text) > MOST_TEXT:
        raise Unreadable(too_much(f"{len(text)} 字", f"{MOST_TEXT} 字"))
    pieces = cut(text)
    if not pieces.pieces:
        raise Unreadable("没有正文；请确认给对了文件。")
    title = str(card.get("title") or _title(pieces.title, name))
    kind: Kind = card.get("kind") or _kind(title)
    if kind == "reply" and not card.get("cleared"):
        raise Unreadable(f"答复须经核准公开才能收入；已核准的请在 {CARD} 中写 cleared = true。")
    dates = read_dates(pieces.head, pieces.pieces, Path(name).name)
    passed = card.get("passed") or dates.passed
    since = card.get("since") or dates.since
    notes = (*dates.notes, *pieces.notes)
    if since is None:
        notes = (*notes, f"没有找到制定或施行的日期，视为一直有效；知道的请写在 {CARD} 里")
    head = Head(
        identity="sha256:" + hashlib.sha256(content).hexdigest(),
        title=title,
        kind=kind,
        label=f"{passed.year}年公布" if passed and passed != dates.passed else dates.label,
        passed=passed,
        since=since,
        assumed=dates.assumed and "since" not in card and since is not None,
        until=card.get("until") or dates.until,
        why=str(card.get("why", "")),
        ended=dates.ended and "until" not in card,
        first=dates.first,
        file=name,
        link=str(card.get("link", "")),
    )
    if head.until and since and head.until <= since:
        raise Unreadable(f"失效日期{head.until}不在施行日期{since}之后；请核对后再导入。")
    return Version(head, pieces.pieces, pieces.head, read_repeals(pieces.pieces), notes)


def _title(first: str, name: str) -> str:
    """The first line, or the name of the file where that line is no title."""
    by_file = _DAY_IN_NAME.sub("", Path(name).stem).strip() or Path(name).stem
    sounds = 2 <= len(first) <= LONGEST_TITLE and not re.search(r"[。；]", first)
    return re.sub(r"\s+", "", first) if sounds else by_file


def _kind(title: str) -> Kind:
    plain = plain_name(title)
    return next(
        (kind for pattern, kind in _KINDS if re.search(pattern, title) or re.search(pattern, plain)), "normative"
    )
