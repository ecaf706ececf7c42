"""How a unit is spelled: one form for the many spellings of the same office."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import TypeVar

Key = TypeVar("Key")

_SAME = (
    ("人民政府", "政府"),
    ("街道办事处", "街道"),
    ("街道办", "街道"),
    ("办公室", "办"),
    ("委员会", "委"),
    ("村民委", "村委"),
    ("居民委", "居委"),
    ("管理委", "管委"),
)


def plain_spelling(name: str) -> str:
    """The name without spaces, brackets and the long forms of the same words."""
    text = re.sub(r"\s+|[()（）“”\"'·.,，。]", "", unicodedata.normalize("NFKC", name)).lower()
    for long, short in _SAME:
        text = text.replace(long, short)
    return text


def spelled(units: Iterable[tuple[Key, str]]) -> Mapping[str, Key]:
    """Units by plain spelling; a spelling that two units share is left out: nobody can tell which is meant."""
    found: dict[str, Key] = {}
    twice: set[str] = set()
    for key, name in units:
        spelling = plain_spelling(name)
        if spelling in found and found[spelling] != key:
            twice.add(spelling)
        found[spelling] = key
    return {spelling: key for spelling, key in found.items() if spelling not in twice}
