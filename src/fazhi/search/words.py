"""Words of a text as keyed marks: a person's words are found again without standing in a table."""

from __future__ import annotations

import hmac
import re
from base64 import b64encode
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from uuid import UUID

import rjieba

from fazhi.people import sealing

_RUN = re.compile(r"[0-9A-Za-z]+|[㐀-鿿豈-﫿]+")
_STOP = frozenset(
    "的了是在我有和就不人都一上也很到说要去你会着没有看好自己这那他她它们与及等对为被把从向于或但而且吗呢吧啊"
)
_WIDE = {sign: chr(sign - 0xFEE0) for sign in range(0xFF01, 0xFF5F)}
_NUMBER = re.compile(r"[\s\-—_〔〕\[\]【】()（）﹝﹞]+")


SHORTEST, LONGEST = 2, 16
"""Signs of the beginning of a number."""


@lru_cache(maxsize=200_000)
def mark(sort: str, text: str) -> str:
    """A keyed mark of 36 bits: the sort (w word, g two signs) and six signs."""
    digest = hmac.digest(_key(), f"{sort}:{text}".encode(), "sha256")
    return sort + b64encode(digest[:5])[:6].decode()


def plain(text: str) -> str:
    """One shape for writing and asking: lower case, half-width."""
    return text.translate(_WIDE).casefold()


def words_of(text: str) -> frozenset[str]:
    """Words as the cutter sees them, long ones and the shorter ones within; stop words of one sign left out."""
    cut: Iterable[str] = rjieba.cut_for_search(plain(text))
    return frozenset(word for word in (word.strip() for word in cut) if _RUN.fullmatch(word) and word not in _STOP)


def pairs_of(text: str) -> frozenset[str]:
    """Every two neighbouring signs within a run of Chinese signs, letters or digits."""
    found: set[str] = set()
    for run in _RUN.findall(plain(text)):
        found.update(run[start : start + 2] for start in range(len(run) - 1))
    return frozenset(found)


def runs_of(text: str) -> tuple[str, ...]:
    """Runs of signs that belong together, without the space and punctuation between."""
    return tuple(_RUN.findall(plain(text)))


def unit_token(unit: UUID) -> str:
    return f"u:{unit}"


def kind_token(kind: str, secrecy: int) -> str:
    return f"k:{kind}:{secrecy}"


def month_token(day: date) -> str:
    """The month in which a matter was opened."""
    return f"m:{day:%Y-%m}"


def party_token(party: UUID | str) -> str:
    return f"p:{party}"


def number_token(number: str) -> str:
    """Official, old and external numbers, whatever brackets and spaces they are typed with."""
    return "n:" + _NUMBER.sub("", plain(number))


def beginnings_of(number: str) -> frozenset[str]:
    """Tokens of the beginnings by which a number is found before it is typed to its end."""
    whole = _NUMBER.sub("", plain(number))
    return frozenset(f"b:{whole[:size]}" for size in range(SHORTEST, min(len(whole), LONGEST + 1)))


def beginning_token(text: str) -> str:
    """The token of what may be the beginning of a number; empty where it is too short or too long to be one."""
    start = _NUMBER.sub("", plain(text))
    return f"b:{start}" if SHORTEST <= len(start) <= LONGEST else ""


@lru_cache(maxsize=1)
def _key() -> bytes:
    return sealing.mark("search", "words").encode()
