"""An official paper as values: title, levels of text, signature, annex and imprint, before any program sets it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Literal

from fazhi.press.measures import SIGNS

IMPRINT_SIGNS = 30
"""Signs of size 4 on a line of the imprint, the free one at its end left out."""

LETTER, LOOSE = 0.62, 0.75
"""What a letter takes of a sign where the face is not of one width, and where a program spaces digits from words."""

Level = Literal["first", "second", "text"]
End = Literal["same", "next", "blank"]
"""Where the imprint goes: on the page where the text ends, on the next, or behind a blank one: it stands on an even
page."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph: a heading of the first (一、) or second ((一)) level, or text."""

    level: Level
    text: str


@dataclass(frozen=True, slots=True)
class Annex:
    """A table that follows the text on a page of its own; `widths` are shares of the type area."""

    title: str
    notes: tuple[str, ...]
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Imprint:
    """版记: to whom copies go, what else is stated (each between thin rules), who printed it and when."""

    copies: tuple[str, ...]
    notes: tuple[str, ...]
    issuer: str
    issued: str

    @property
    def lines(self) -> tuple[tuple[str, bool], ...]:
        """All but the last line, which holds issuer and day: each of a sheet's width, and whether a rule stands above.

        One sign stays free on both sides; copies go on beneath the first of them (7.4.2).
        """
        copies = f"抄送：{'，'.join(self.copies)}。" if self.copies else ""
        found: list[tuple[str, bool]] = []
        for text in (copies, *self.notes):
            hang = "　" * (4 if text is copies else 1)
            for place, line in enumerate(_broken(text, IMPRINT_SIGNS - len(hang))):
                found.append((("　" if not place else hang) + line, not place))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Paper:
    """One official paper; `title` is broken into lines where its words end."""

    title: tuple[str, ...]
    blocks: tuple[Block, ...]
    signer: str
    day: str
    imprint: Imprint
    annex: Annex | None = None

    @property
    def signature(self) -> tuple[float, float]:
        """How many signs in from the left edge the signer and the day begin: the day two signs right of the signer, and
        both end two or more before the right edge (7.3.5.2)."""
        signer = min(SIGNS - 2 - width(self.signer), SIGNS - 4 - width(self.day, LOOSE))
        return max(signer, 0.0), max(signer, 0.0) + 2


def _broken(text: str, room: float) -> list[str]:
    """The text in lines of at most so many signs."""
    lines = [""] if text else []
    for sign in text:
        if width(lines[-1] + sign, LETTER) > room:
            lines.append("")
        lines[-1] += sign
    return lines


def width(text: str, letter: float = 0.5) -> float:
    """In signs: a letter or digit takes half a one, or what is said."""
    return sum(1.0 if unicodedata.east_asian_width(sign) in "WF" else letter for sign in text)
