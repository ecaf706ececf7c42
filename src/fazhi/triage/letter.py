"""A letter as it is read: tags, entities and blanks taken out, cut to what can be read, and what was done said."""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass

READ_MOST = 6_000
"""Characters of a letter that are read; what it is about stands at its head."""
HEAD = 30
"""Characters that stand for the title where nothing tells where it ends."""
HEAD_WITHIN = 60
_SCRIPT = re.compile(r"<(script|style)\b[^>]*>.*?(?:</\1\s*>|$)", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>|<!--.*?-->", re.DOTALL)
_BLANK = re.compile(r"\s+|_x000[dD]_")
_BODY = re.compile(
    r"(?:尊敬的|敬爱的|您好|你好|各位领导|(?:领导|书记|市长|县长|区长|局长|厅长)[::,,]"
    r"|我是|我叫|我们是|本人|我在|我家|我想|请问|[。?!])"
)
"""Words with which the text of a letter begins, and signs that end a title."""
_SAYS = re.compile(r"[\u3400-\u9fffA-Za-z]")


@dataclass(frozen=True, slots=True)
class Letter:
    """`text` is title and text in one, without blanks; `head` its beginning; `notes` say what reading it took; `said`
    is the topic of the first level that the sender chose."""

    text: str
    head: str
    notes: tuple[str, ...] = ()
    said: str = ""

    @property
    def empty(self) -> bool:
        return not _SAYS.search(self.text)


def read_letter(text: object, title: object = "", said: str = "") -> Letter:
    """Any text as a letter; nothing is refused, what is odd is told in the notes."""
    notes: list[str] = []
    named, told = (_BLANK.sub("", _plain(part or "", notes)) for part in (title, text))
    packed = named + told
    if len(packed) > READ_MOST:
        notes.append(f"来信有 {len(packed)} 个字符，只读了前 {READ_MOST} 个；原文没有改动。")
        packed = packed[:READ_MOST]
    head = named[:HEAD_WITHIN] or find_head(packed)
    if Letter(packed, head).empty:
        notes.append("没有可读的文字，请人工确定。")
    return Letter(packed, head, tuple(dict.fromkeys(notes)), said)


def find_head(text: str) -> str:
    """The title of a letter whose title and text were run together: up to where it is repeated or the text begins."""
    for end in range(6, HEAD_WITHIN):
        if text[end : end + 6] == text[:6] and len(text) > end:
            return text[:end]
    begins = _BODY.search(text, 6, HEAD_WITHIN - 5)
    if begins is None:
        return text[:HEAD]
    return text[: begins.end() if begins.group() in "。?!" else begins.start()]


def _plain(part: object, notes: list[str]) -> str:
    """The words of a part: tags go, entities are read, wide signs become narrow."""
    said = str(part)[: READ_MOST * 40]
    without = _TAG.sub(" ", _SCRIPT.sub(" ", said))
    if without != said:
        notes.append("去掉了网页标记后再读；原文没有改动。")
    return unicodedata.normalize("NFKC", html.unescape(without)).replace("\x00", "")
