"""Questions shown as examples: only such as the library that stands can answer today."""

from __future__ import annotations

from datetime import date

from fazhi.answers.ask import answer
from fazhi.library.index import Passages
from fazhi.library.shelf import Shelf

QUESTIONS = (
    "申请行政复议要在多少天内提出？",
    "夜间施工晚上几点必须停？",
    "信访工作条例第三十四条",
    "申请政府信息公开多久答复？",
    "行政复议收费吗？",
    "小区消防通道能停车吗？",
)
MOST = 3
_known: dict[tuple[object, date], tuple[str, ...]] = {}


def examples(day: date, shelf: Shelf, passages: Passages | None, stamp: object) -> tuple[str, ...]:
    """The first questions that are answered on a day; kept while the library stays at `stamp`."""
    key = (stamp, day)
    if key not in _known:
        told = tuple(one for one in QUESTIONS if answer(one, day, shelf, passages).quotes)[:MOST]
        _known.clear()
        _known[key] = told
    return _known[key]
