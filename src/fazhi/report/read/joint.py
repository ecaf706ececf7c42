"""One number told of several things at once: 及时率和合规率均达100% states two rates."""

from __future__ import annotations

import re

from fazhi.report.read.found import Found

_RATE = r"[^，,。；;：:、\d]{1,20}?(?:率|满意度|覆盖面|比例|占比)"
_RATES = re.compile(
    rf"((?:{_RATE}(?:、|和|及|与|以及))+{_RATE})(?:分别|均|都|皆|全部|同时|双双)?(?:达到|达|为|保持|实现|稳定在|均为|均达|超过|高于|在)*$"
)
_BOTH = re.compile(
    r"([\u4e00-\u9fff]{2,8})(?:及|和|与)([\u4e00-\u9fff]{2,6}?)(?:均|都|最高|平均|最多|最大|分别)?"
    r"(?:压缩|压减|缩短|缩减|下降|降低|减少|提升|提高|增长)(?:了|达|至|到|约|近|超过?|率达?|逾)*$"
)
_SPLIT = re.compile(r"(?<=[率度面例比])(?:、|和|及|与|以及)")


def spread(text: str, found: Found, others: list[Found]) -> list[str]:
    """The subjects that share the number, or an empty list where it has one.

    With 分别 and as many numbers as names, each number takes its own; the list then holds that one name.
    """
    if found.measure != "%":
        return []
    start = max((text.rfind(stop, 0, found.start) for stop in "，,。；;：:\n"), default=-1) + 1
    run = [other for other in others if other.measure == "%" and other.start >= start]
    first = run[0].start if run else found.start
    lead = text[start:first]
    if match := _RATES.search(lead):
        names = [name for name in _SPLIT.split(match[1]) if name]
        place = run.index(found) if found in run else 0
        if "分别" in lead[match.end(1) :] and place < len(names):
            return [names[place]]
        return names if first == found.start else []
    if (match := _BOTH.search(lead)) and first == found.start:
        verb = re.search(r"(压缩|压减|缩短|缩减|下降|降低|减少|提升|提高|增长)", lead[match.end(2) :])
        return [f"{name}{verb[1] if verb else ''}" for name in match.groups()]
    return []
