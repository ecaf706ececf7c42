"""Byte-shift debris: text whose pinyin was inserted into GBK bytes between the halves of two characters, put right.

A converter that looks for the bytes of a character finds them across two neighbours too: in 納入區委 the last byte
of 入 and the first of 區 make another character, whose reading it inserts there. Read again as text, the halves fall
apart into `納入?yún)^(qū)委`. The replay below puts the bytes together again and keeps a result only if it is the
one that bytes, readings and words allow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from math import prod

import opencc
import rjieba
from pypinyin import Style, pinyin

LETTERS = "a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹ"
DEBRIS = re.compile(rf"\?[{LETTERS}]{{1,6}}\)")
_LEADS = tuple(range(0x81, 0xFF))
_NO_LEADS = (*range(0xA1, 0xA8), *range(0xAA, 0xB0), *range(0xF8, 0xFF))
"""First bytes of pairs to which GBK gives no character."""
_ANY = tuple(range(0x40, 0xFF))
SIMPLIFY = opencc.OpenCC("t2s")
_INSERTED = re.compile(rf"\(([{LETTERS}]{{1,6}})\)")
_TOKEN = re.compile(rf"\?([{LETTERS}]{{1,6}})\)|\(([{LETTERS}]{{1,6}})\)|(.)", re.DOTALL)
_LONGEST = 60
"""Characters that one run of debris may take; longer runs are marked, not searched."""
_MOST_TRIED = 20_000
_MOST_SEARCHED = 200
"""Runs in one text; a text with more is not this damage."""


@dataclass(frozen=True, slots=True)
class Solved:
    """A run of damaged text and what stood there; None: more than one reading, or none."""

    start: int
    end: int
    after: str | None


@dataclass(frozen=True, slots=True)
class _Unknown:
    """A byte that was lost, with what it may have been."""

    choices: tuple[int, ...]


@lru_cache(maxsize=4096)
def _readings(pair: bytes) -> frozenset[str]:
    try:
        character = pair.decode("gbk")
    except UnicodeDecodeError:
        return frozenset()
    if len(character) != 1 or not "\u3400" <= character <= "\u9fff":
        return frozenset()
    return frozenset(pinyin(character, style=Style.TONE, heteronym=True)[0])


def find_debris(text: str, around: str) -> Iterator[Solved]:
    """Every run of debris, in order, solved where bytes and words allow exactly one reading.

    `around` is the whole document with its other repairs made: what it says elsewhere is evidence.
    """
    last = searched = 0
    for match in DEBRIS.finditer(text):
        if match.start() < max(last, 1):
            continue
        searched += 1
        if searched > _MOST_SEARCHED:
            solved = Solved(match.start(), match.end(), None)
        else:
            solved = _solve_at(text, match.start() - 1, around)
        last = solved.end
        yield solved


def _solve_at(text: str, start: int, around: str) -> Solved:
    """Try ends of the run from the nearest on: the first at which the bytes fall into whole characters wins."""
    nearest = 0
    for end in _ends(text, start):
        nearest = nearest or end
        found = _replay(text[start:end])
        if found:
            best = _likeliest(found, around)
            lost = text[end - 1] == "?" and text[end : end + 1].isdigit()
            return Solved(start, end, best and best + ("?" if lost else ""))
    match = DEBRIS.search(text, start)
    return Solved(start, max(nearest, match.end() if match else start + 1), None)


def _ends(text: str, start: int) -> Iterator[int]:
    """Places where a run may end: after a further `?`, a lone trail byte (^, I …), or the first debris itself."""
    limit = min(len(text), start + _LONGEST)
    line = text.find("\n", start)
    limit = min(limit, line if line >= 0 else limit)
    at = start
    while at < limit:
        match = _TOKEN.match(text, at)
        if match is None:
            return
        at = match.end()
        if match[1] and text.count("?", start, at) > 1:
            yield at
        elif match[3] and at - start > 1 and (match[3] == "?" or _trails(match[3])):
            after = _INSERTED.match(text, at)
            yield after.end() if after else at


def _trails(character: str) -> bool:
    return "@" <= character <= "~"


def _replay(run: str) -> set[str]:
    """Every text that the run may have been, its first character whole and its end on a whole character."""
    stream, wanted = _stream(run)
    found = _fillings(stream, wanted)
    if not found and len(stream) > 3:
        # between the two halves a pair of bytes may have been no character at all and vanished
        shifted = {at + 2 if at > 3 else at: reading for at, reading in wanted.items()}
        found = _fillings([*stream[:3], _Unknown(_NO_LEADS), _Unknown(_ANY), *stream[3:]], shifted)
    return found


def _fillings(stream: list[int | _Unknown], wanted: dict[int, str]) -> set[str]:
    unknown = [place for place, byte in enumerate(stream) if isinstance(byte, _Unknown)]
    choices = [_choices(stream, wanted, place) for place in unknown]
    size = prod(len(choice) for choice in choices)
    if not unknown or not 0 < size <= _MOST_TRIED:
        return set()
    found = set()
    for picked in product(*choices):
        whole = bytearray(byte if isinstance(byte, int) else 0 for byte in stream)
        for place, byte in zip(unknown, picked, strict=True):
            whole[place] = byte
        decoded = _decoded(bytes(whole), wanted)
        if decoded is not None:
            found.add(decoded)
    return found


def _stream(run: str) -> tuple[list[int | _Unknown], dict[int, str]]:
    """The bytes without what was inserted, and after which byte which reading was inserted."""
    stream: list[int | _Unknown] = []
    wanted: dict[int, str] = {}
    for match in _TOKEN.finditer(run):
        if match[1]:
            stream.append(_Unknown(_LEADS))
            wanted[len(stream)] = match[1]
        elif match[2]:
            wanted[len(stream)] = match[2]
        elif match[3] == "?":
            stream.append(_Unknown(_LEADS))
        else:
            stream.extend(match[3].encode("gbk", "replace"))
    return stream, wanted


def _choices(stream: list[int | _Unknown], wanted: dict[int, str], place: int) -> Sequence[int]:
    """What the byte may have been, seen from the reading inserted one or two bytes behind it."""
    unknown, before = stream[place], stream[place - 1] if place else None
    assert isinstance(unknown, _Unknown)
    reading = wanted.get(place + 1)
    if reading is not None and isinstance(before, int):
        return [byte for byte in unknown.choices if reading in _readings(bytes((before, byte)))]
    after = stream[place + 1] if place + 1 < len(stream) else None
    reading = wanted.get(place + 2)
    if reading is not None and isinstance(after, int):
        return [byte for byte in unknown.choices if reading in _readings(bytes((byte, after)))]
    return unknown.choices


def _decoded(stream: bytes, wanted: dict[int, str]) -> str | None:
    try:
        text = stream.decode("gbk")
    except UnicodeDecodeError:
        return None
    if len(text) * 2 != len(stream) or not all("\u4e00" <= character <= "\u9fff" for character in text):
        return None
    fits = all(at >= 2 and reading in _readings(stream[at - 2 : at]) for at, reading in wanted.items())
    return text if fits else None


def _likeliest(found: set[str], around: str) -> str | None:
    """Of several readings in simplified characters, the one for which strictly most speaks; None when two tie."""
    simple = {str(SIMPLIFY.convert(option)) for option in found}
    options = {option for option in simple if _common(option)} or simple
    ranked = sorted(options, key=lambda option: (-_evidence(option, around), option))
    if len(ranked) == 1:
        return ranked[0]
    first, second = (_evidence(option, around) for option in ranked[:2])
    return ranked[0] if first > second else None


def _common(text: str) -> bool:
    return all(character.encode("gb2312", "ignore") for character in text)


def _evidence(option: str, around: str) -> int:
    """Neighbouring pairs that the document has elsewhere count, up to four times; pairs that are a word count one."""
    pairs = [option[at : at + 2] for at in range(len(option) - 1)]
    return sum(min(around.count(pair), 4) + (list(rjieba.cut(pair)) == [pair]) for pair in pairs)
