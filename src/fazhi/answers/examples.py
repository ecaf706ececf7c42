"""Questions shown as examples: only such as the library that stands can answer today."""

from __future__ import annotations

from datetime import date

from fazhi.answers.ask import answer
from fazhi.answers.english import answer_english
from fazhi.library.index import Passages
from fazhi.library.shelf import Shelf
from fazhi.rulebook.load import Rulebook

QUESTIONS = (
    "申请行政复议要在多少天内提出？",
    "夜间施工晚上几点必须停？",
    "信访工作条例第三十四条",
    "申请政府信息公开多久答复？",
    "行政复议收费吗？",
    "小区消防通道能停车吗？",
)
IN_ENGLISH = (
    "How many days do I have to appeal a fine?",
    "How long does reconsideration take?",
    "How long does disclosure of information take?",
    "How long does legal aid take?",
)
MOST = 3
_known: dict[tuple[object, date, bool], tuple[str, ...]] = {}


def examples(
    day: date, shelf: Shelf, passages: Passages | None, stamp: object, english: Rulebook | None = None
) -> tuple[str, ...]:
    """The first questions that are answered on a day, in English where a rulebook to ask in English is given; kept
    while the library stays at `stamp`."""
    key = (stamp, day, english is not None)
    if key not in _known:
        if english is None:
            told = tuple(one for one in QUESTIONS if answer(one, day, shelf, passages).quotes)
        else:
            told = tuple(one for one in IN_ENGLISH if answer_english(one, day, shelf, passages, english).quotes)
        for old in [one for one in _known if one[:2] != key[:2]]:
            del _known[old]
        _known[key] = told[:MOST]
    return _known[key]
