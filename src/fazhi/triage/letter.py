"""A letter as it is read: tags, entities and blanks taken out, cut to what can be read, and what was done said."""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass

READ_MOST = 6_000
"""Characters of a letter that are read; what it is about stands at its head."""
HEAD = 45
"""Characters that stand for the title where title and text are one."""
_SCRIPT = re.compile(r"<(script|style)\b[^>]*>.*?(?:</\1\s*>|$)", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>|<!--.*?-->", re.DOTALL)
_BLANK = re.compile(r"\s+|_x000[dD]_")
_SAYS = re.compile(r"[\u3400-\u9fffA-Za-z]")


@dataclass(frozen=True, slots=True)
class Letter:
    """`text` is title and text in one, without blanks; `head` its beginning; `notes` say what reading it took."""

    text: str
    head: str
    notes: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        return not _SAYS.search(self.text)


def read_letter(text: object, title: object = "") -> Letter:
    """Any text as a letter; nothing is refused, what is odd is told in the notes."""
    notes: list[str] = []
    joined = "\n".join(_plain(part, notes) for part in (title, text) if part not in (None, ""))
    packed = _BLANK.sub("", joined)
    if len(packed) > READ_MOST:
        notes.append(f"来信有 {len(packed)} 个字符，只读了前 {READ_MOST} 个；原文没有改动。")
        packed = packed[:READ_MOST]
    letter = Letter(packed, packed[:HEAD], ())
    if letter.empty:
        notes.append("没有可读的文字，请人工确定。")
    return Letter(packed, packed[:HEAD], tuple(dict.fromkeys(notes)))


def _plain(part: object, notes: list[str]) -> str:
    """The words of a part: tags go, entities are read, wide signs become narrow."""
    said = str(part)[: READ_MOST * 40]
    without = _TAG.sub(" ", _SCRIPT.sub(" ", said))
    if without != said:
        notes.append("去掉了网页标记后再读；原文没有改动。")
    return unicodedata.normalize("NFKC", html.unescape(without)).replace("\x00", "")
