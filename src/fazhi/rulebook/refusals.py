"""What the rooms say in Chinese when something cannot be done, and the same in English, for every door."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Final

FILE: Final = Path(__file__).with_name("refusals.toml")
GAP: Final = "{}"
CHINESE: Final = re.compile("[\u3400-\u9fff]")


def english_of(said: str) -> str:
    """The message in English; one that is not known stays as it was said."""
    if not CHINESE.search(said):
        return said
    whole = _said().get(said)
    if whole is not None:
        return whole
    for pattern, english in _patterns():
        if found := pattern.fullmatch(said):
            return english.format(*(_said().get(value, value) for value in found.groups()))
    return said


@lru_cache(maxsize=1)
def _said() -> dict[str, str]:
    """English by Chinese, with a pair of braces for each value."""
    return {zh: str(en) for zh, en in tomllib.loads(FILE.read_text(encoding="utf-8")).items()}


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Those with values, the longest first: what says more is tried before what says less."""
    gapped = sorted((zh for zh in _said() if GAP in zh), key=len, reverse=True)
    return tuple((re.compile("(.*?)".join(map(re.escape, zh.split(GAP))), re.DOTALL), _said()[zh]) for zh in gapped)
