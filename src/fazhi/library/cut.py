"""A text cut into its head and its pieces: by article where it has articles, by heading where it has none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from fazhi.library.citations import KINDS, ordinal
from fazhi.library.values import Piece, key_of

_NUMBER = r"[0-9０-９零〇○一二两三四五六七八九十百千]{1,9}"
_ARTICLE = re.compile(
    rf"(?:#+\s*|\*\*)?(?P<label>第\s*(?P<article>{_NUMBER})\s*条(?:之(?P<inserted>[一二三四五六七八九十]{{1,3}}))?)(?:\*\*)?(?P<gap>[\s:：]*)(?P<text>.*)"
)
_CITES = re.compile(r"(?:规定|第|、|和|及|至|到|的|所|之|，|中|以外|或)")
_CHAPTER = re.compile(rf"(?:#+\s*)?(第\s*{_NUMBER}\s*(?P<level>[编章节目])(?:\s+.{{0,60}}|[^，。；：]{{0,30}})?)")
_MARKED = re.compile(r"(?P<marks>#+)\s+(?P<text>.+)")
_SECTION = re.compile(r"(?P<label>[一二三四五六七八九十]{1,3}、)(?P<text>.*)")
_END_OF_HEAD = re.compile(r"<!--\s*INFO END\s*-->")
_ANNEX = re.compile(r"(?:#+\s*)?附\s*(?:件|录|表|则表)?\s*[0-9一二三四五六七八九十]{0,3}\s*[:：]?.{0,40}")
_NAMED = re.compile(rf"(?:#+\s*)?[^，。；：:]{{2,60}}(?:{KINDS})(?:[（(][^（）()]{{1,12}}[)）])?")
"""A line that is the title of a document; on a web page the name of the site may stand above it."""
LEVELS = "编章节目"
PIECE_MOST = 900
"""Characters of a section; longer ones of texts without articles are cut at the end of a paragraph."""
SHORT_LINE = 40


@dataclass(slots=True)
class Cut:
    """What a text was cut into. `notes` tell what was strange in it."""

    title: str
    head: tuple[str, ...]
    pieces: tuple[Piece, ...]
    notes: tuple[str, ...]


def cut(text: str) -> Cut:
    """Title, head and pieces of a text; a text without any line gives no piece."""
    lines = [line for line in (raw.replace("\u3000", " ").strip() for raw in text.splitlines()) if line]
    lines = [line for line in lines if not line.startswith("---") or line.strip("-")]
    if not lines:
        return Cut("", (), (), ())
    first = next((number for number, line in enumerate(lines[:4]) if _NAMED.fullmatch(line)), 0)
    title = lines[first].lstrip("#").strip()
    lines = lines[first:]
    head, body = _split(lines[1:])
    reader = _Articles()
    for line in body:
        reader.take(line)
    if reader.pieces:
        return Cut(title, head, reader.done(), tuple(reader.notes))
    return Cut(title, head, _sections(body if body else lines[1:]), ())


def _split(lines: Sequence[str]) -> tuple[tuple[str, ...], list[str]]:
    """The lines before the body (who passed it and when), and the body."""
    for number, line in enumerate(lines):
        if _END_OF_HEAD.fullmatch(line):
            return tuple(lines[:number]), list(lines[number + 1 :])
    for number, line in enumerate(lines[:60]):
        if _ARTICLE.match(line) or _CHAPTER.fullmatch(line) or _SECTION.match(line) or _MARKED.match(line):
            return tuple(one for one in lines[:number] if len(one) < 400), list(lines[number:])
    return tuple(line for line in lines[:6] if re.match(r"[^，。]{2,12}[:：]", line)), list(lines)


@dataclass(slots=True)
class _Articles:
    """The articles of a body in order, with the chapter and section each stands in."""

    pieces: list[Piece] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    headings: dict[str, str] = field(default_factory=dict)
    label: str = ""
    number: tuple[int, int] = (0, 0)
    lines: list[str] = field(default_factory=list)
    part: int = 1
    seen: set[tuple[int, int]] = field(default_factory=set)
    before: list[str] = field(default_factory=list)

    def take(self, line: str) -> None:
        """The next line: a heading, the beginning of an article, or more of the one before."""
        if chapter := _CHAPTER.fullmatch(line):
            self._close()
            level = LEVELS.index(chapter["level"])
            self.headings = {name: told for name, told in self.headings.items() if LEVELS.index(name) < level}
            self.headings[chapter["level"]] = re.sub(r"\s+", " ", chapter[1])
            return
        if (article := _ARTICLE.fullmatch(line)) and self._begins(article):
            self._close()
            self._open(article)
        elif marked := _MARKED.fullmatch(line):
            self._close()
            self.headings = {"编": marked["text"]}
        elif self.label:
            self.lines.append(line)
        elif self.pieces:
            self._loose(line)
        else:
            self.before.append(line)

    def _begins(self, article: re.Match[str]) -> bool:
        """Whether the line begins an article and does not go on citing one."""
        if article["gap"] or not article["text"]:
            return True
        follows = ordinal(article["article"]) == self.number[0] + 1
        return follows and not _CITES.match(article["text"])

    def _open(self, article: re.Match[str]) -> None:
        number = (ordinal(article["article"]), ordinal(article["inserted"] or ""))
        if number in self.seen and number <= (1, 0):
            self.part += 1
            self.seen.clear()
            self.notes.append(f"从{article['label']}起重新编号，按第{self.part}部分收入")
        elif number in self.seen:
            self.notes.append(f"{article['label']}出现两次")
        elif number[0] > self.number[0] + 1 and self.pieces:
            self.notes.append(f"第{self.number[0]}条后直接是第{number[0]}条，中间缺条")
        self.label, self.number = re.sub(r"\s+", "", article["label"]), number
        self.lines = [article["text"]] if article["text"] else []

    def _loose(self, line: str) -> None:
        """A line under a heading that belongs to no article."""
        last = self.pieces[-1]
        if last.article == 0 and last.headings == tuple(self.headings.values()):
            self.pieces[-1] = replace(last, text=f"{last.text}\n{line}")
        else:
            self.pieces.append(Piece(f"s{len(self.pieces)}", "", tuple(self.headings.values()), line))

    def _close(self) -> None:
        if not self.label:
            return
        key = key_of(*self.number) if self.part == 1 else f"p{self.part}.{key_of(*self.number)}"
        while any(one.key == key for one in self.pieces[-3:]) or (self.number in self.seen):
            key += "x"
            if not any(one.key == key for one in self.pieces):
                break
        self.seen.add(self.number)
        text = "\n".join(self.lines)
        self.pieces.append(Piece(key, self.label, tuple(self.headings.values()), text, *self.number))
        self.label, self.lines = "", []

    def done(self) -> tuple[Piece, ...]:
        """All pieces; what stood before the first article comes first as a section."""
        self._close()
        preamble = "\n".join(line for line in self.before if line.replace(" ", "") not in ("目录", "目次"))
        if preamble:
            return (Piece("s0", "", (), preamble), *self.pieces)
        return tuple(self.pieces)


def _sections(lines: Sequence[str]) -> tuple[Piece, ...]:
    """A text without articles: a piece under each heading, long ones cut at the end of a paragraph."""
    pieces: list[Piece] = []
    headings: tuple[str, ...] = ()
    gathered: list[str] = []
    bare = False
    """Whether a heading stands under which nothing was gathered yet."""

    def close() -> None:
        nonlocal bare
        if gathered or bare:
            bare = False
            pieces.append(Piece(f"s{len(pieces) + 1}", headings[-1] if headings else "", headings, "\n".join(gathered)))
            gathered.clear()

    for line in lines:
        marked, section = _MARKED.fullmatch(line), _SECTION.fullmatch(line)
        if marked or (section and len(line) <= SHORT_LINE and not line.endswith("。")):
            close()
            headings, bare = ((marked["text"] if marked else line),), True
            continue
        if section or sum(map(len, gathered)) + len(line) > PIECE_MOST:
            close()
        if section:
            headings = (section["label"].rstrip("、"),)
        gathered.append(line)
    close()
    return tuple(pieces)
