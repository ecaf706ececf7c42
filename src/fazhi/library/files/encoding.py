"""Which encoding a Chinese text is in: UTF-8, UTF-16, GB18030 or Big5, told by what its characters then are."""

from __future__ import annotations

import codecs

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_GUESSES = ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
_COMMON = frozenset(
    "的一是在和有人为中大法政府年工作行依建设会部门全市区治理不了以上个国对成发动经全面进等理合推实加开新制度化"
    "為會門區國對發動經進實開設報與關務業學習機構處層級積極強領導點體數據應責監審決規範執"
)
_SAMPLE = 20_000
_LEAST = 0.08
"""Share of the commonest characters below which a text is not Chinese as decoded."""


def decode(content: bytes) -> tuple[str, str] | None:
    """The text and the name of its encoding; None where no encoding gives Chinese or plain text."""
    for mark, name in _MARKS:
        if content.startswith(mark):
            return content.decode(name, "replace"), name.removesuffix("-sig")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    if text and "\x00" not in text[:_SAMPLE]:
        return text, "utf-8"
    ranked = sorted(((_likeness(content, name), name) for name in _GUESSES), reverse=True)
    share, name = ranked[0]
    if share >= _LEAST:
        return content.decode(name, "replace"), name.removesuffix("hkscs")
    damaged = content.decode("utf-8", "replace")
    if _common(damaged[:_SAMPLE]) >= _LEAST:
        return damaged, "utf-8"
    return None


def _likeness(content: bytes, name: str) -> float:
    """How Chinese the first part of the bytes is in this encoding; few bytes may be wrong."""
    piece = content[: _SAMPLE * 2].decode(name, "replace")[:_SAMPLE]
    wrong = piece.count("\ufffd")
    return 0.0 if not piece or wrong > len(piece) * 0.02 + 2 else _common(piece)


def _common(text: str) -> float:
    return sum(character in _COMMON for character in text) / max(len(text), 1)
