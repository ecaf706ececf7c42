"""Changes against the year before: which numbers are 同比, and their sign."""

from __future__ import annotations

import re
from dataclasses import replace

from fazhi.report.read.found import Found

_AGAINST = re.compile(
    r"同比|环比|(?:较|比|与|同)(?:上一?年|去年|上年度|往年|20\d{2}年)(?:度|同期|相比)*|年均|年度?增长率"
)
_FALLS = re.compile(r"下降|降低|减少|下滑|回落|减幅|降幅|少|降|减")
_RISES = re.compile(r"增长|上升|提升|提高|增加|升|增|多")
_GOES_ON = re.compile(r"[、，,和及与]?(?:增长|上升|下降|降低|减少|提升|增加|升|降)?(?:了|约|近|超)?")
_BACK = re.compile(r"[^\u4e00-\u9fff]*(?:且|并|，)?(?:同比|环比|较|比|与|增|上升|下降|降|提高|提升|减少)")
_CUT = re.compile(r"[。；;\n]")


def as_change(text: str, found: Found, previous: Found | None) -> Found:
    """The number as a change with its sign, if the words since the number before say so."""
    start = previous.end if previous else 0
    between = _CUT.split(text[start : found.head])[-1]
    told = _AGAINST.search(between)
    follows = (
        previous is not None
        and previous.kind == "yoy"
        and found.measure == previous.measure
        and _GOES_ON.fullmatch(between) is not None
    )
    if not (told or follows) or found.value is None or found.kind in ("rank", "duration"):
        return found
    words = between[told.end() :] if told else between
    falls, rises = _FALLS.search(words), _RISES.search(words)
    if not falls and not rises and not follows:
        return found
    sign = -1 if falls and not (rises and rises.start() < falls.start()) else 1
    if not falls and not rises and previous is not None and previous.value is not None:
        sign = -1 if previous.value < 0 else 1
    return replace(found, value=abs(found.value) * sign, kind="yoy")


def refers_back(text: str, end: int, start: int) -> bool:
    """Whether a change at `start` tells of the number ending at `end`, and not of something named in between."""
    return _BACK.match(text, end, start) is not None
