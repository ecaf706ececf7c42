"""What people say and what the law calls it; what an answer to a kind of question must have in it."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("everyday.toml")


@cache
def _read() -> tuple[dict[str, str], tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]]:
    table = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    expects = tuple((re.compile(asked), re.compile(told)) for asked, told in table["expects"].items())
    return table["words"], expects


def legal_words(question: str) -> dict[str, str]:
    """Everyday words of a question, each with the words of the law that mean the same."""
    return {said: law for said, law in _read()[0].items() if said in question}


def expected(question: str) -> tuple[re.Pattern[str], ...]:
    """What a passage that answers has in it: a length of time for 多久, a sum for 罚多少."""
    return tuple(told for asked, told in _read()[1] if asked.search(question))
