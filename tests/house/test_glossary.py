"""Every word of the code that people meet has one Chinese term, and no term stands for two words."""

import re
from collections import Counter
from pathlib import Path

import pytest

from fazhi import law
from fazhi.law import Title
from fazhi.rulebook import load

SOURCE = Path(law.__file__).parents[1]
GLOSSARY = load().glossary


def rooms(source: Path) -> list[str]:
    """Every folder of the program, and the rooms behind the web's door."""
    found = [path.parent.name for path in (*source.glob("*/__init__.py"), *source.glob("web/*/__init__.py"))]
    return sorted(found)


def values() -> list[str]:
    """The public values of the law core."""
    names = [name for name in law.__all__ if name[0].isupper() and not name.isupper()]
    return [re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower() for name in names]


def without_term(words: list[str], glossary: dict[str, Title]) -> list[str]:
    return [word for word in words if not (word in glossary and re.search(r"[\u4e00-\u9fff]", glossary[word].zh))]


@pytest.mark.parametrize("words", [rooms(SOURCE), values()], ids=["rooms", "values"])
def test_every_word_has_a_chinese_term(words):
    assert len(words) > 20
    assert not without_term(words, GLOSSARY)


def test_a_word_without_a_term_is_seen():
    assert without_term(["clock", "gizmo"], GLOSSARY) == ["gizmo"]
    assert without_term(["clock"], {"clock": Title("clock")}) == ["clock"]


def test_no_term_stands_for_two_words():
    doubled = [term for term, count in Counter(title.zh for title in GLOSSARY.values()).items() if count > 1]
    assert not doubled
