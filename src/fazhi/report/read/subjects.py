"""What a number counts, in the words of its sentence: the noun behind it, or the phrase before it."""

from __future__ import annotations

import re

from fazhi.report.read.found import Found

_STOPS = "，,。；;：:、！!？?\n()（）"
_COMMA = r"(?<!\d),|,(?!\d{3}(?!\d))"
"""A comma that parts words; the one inside 1,020 does not."""
_CLAUSE = re.compile(rf"[，。；;：:！!？?\n]|{_COMMA}")
_PHRASE = re.compile(rf"[，。；;：:！!？?\n()（）]|{_COMMA}")
_BEHIND = re.compile(r"[^，,。；;：:、！!？?\n()（）\d]{1,24}")
_LIST_MARKS = ("、", "和", "及", "与")
_NOUN_FOLLOWS = re.compile(r"[“\"‘]?[\u4e00-\u9fff](?<![、和及与以])")
_VERBS = re.compile(
    r"(?:已|共|累计|合计|总计|均|全部|分别|平均|各|达到|达|为|约|近|超过|超|逾|不少于|至少|同比|环比|较上年|比上年|增长|上升|下降|提升|增加|减少|同期|其中|新增|增至|最高|均为|均达|到|至|有|了|第)+[“\"]?$"
)
_COUNTED = re.compile(r"^.*\d[\d.]*[余多]?[万亿]?[\u4e00-\u9fff%]{1,3}[、和及与](?=[^、和及与]{2})")
"""An earlier number of the same list with what it counts."""
_OPENING = re.compile(
    r"^(?:(?:截至|截止|到)?(?:(?:19|20)\d{2}年)?(?:\d{1,2}月(?:份|底|末)?(?:\d{1,2}日)?|年底)?(?:全年|今年以来|一年来)?[,，]?)?"
    r"(?:其中|同时|此外|全年|累计|共|已|并|依法|全市|全区|全县|全省|组织|开展|举办|召开|办理|审查|受理|制定|印发|出台|公布|发布|编制|完成|收到|接到|查处|检查|实现|推出|推动|建立|建成|打造|形成|聚焦|围绕|参与|提供|提出|出具|发出|发放|作出|获评|获得|荣获|入选|覆盖|吸引|设立|设置|培育|配备|选聘|聘请|协助|开设|在|对|将|把|由|为|经)*"
)


def subject_of(text: str, found: Found) -> str:
    """A short phrase; empty only where the sentence has nothing but the number."""
    behind = "" if found.kind in ("ratio", "yoy") else _behind(text, found)
    start, end = clause_of(text, found)
    phrase = behind or _before(text, found.start) or _behind(text, found)
    return (phrase or text[start : found.start] + text[found.end : end]).strip(' “”"‘’、')[:40]


def clause_of(text: str, found: Found) -> tuple[int, int]:
    """The piece between two commas that holds the number."""
    cuts = [match.end() for match in _CLAUSE.finditer(text) if match.end() <= found.start]
    stop = _CLAUSE.search(text, found.end)
    return (cuts[-1] if cuts else 0), stop.start() if stop else len(text)


def context_of(text: str, found: Found, others: list[Found]) -> str:
    """The clause without what earlier numbers of the same list have for themselves: A 53件、B 2件; 8次A、7次B."""
    start, end = clause_of(text, found)
    before = [other for other in others if start <= other.start and other.end <= found.start]
    if not before:
        return text[start:end]
    last = before[-1].end
    if text[last : last + 1] in _LIST_MARKS:
        return text[last:end]
    if _NOUN_FOLLOWS.match(text, last) and any(mark in text[last : found.start] for mark in _LIST_MARKS):
        return text[start : before[0].start] + text[found.start : end]
    return text[start:end]


def beside_of(text: str, found: Found, others: list[Found]) -> str:
    """The words of the clause that belong to this number rather than to its neighbours."""
    start, end = clause_of(text, found)
    left = max((other.end for other in others if start <= other.end <= found.start), default=start)
    right = min((other.start for other in others if found.end <= other.start <= end), default=end)
    own, theirs = text[found.end : right], text[left : found.start]
    if left > start and _NOUN_FOLLOWS.match(text, left):
        theirs = ""
    if right < end and not _NOUN_FOLLOWS.match(own):
        own = ""
    return f"{theirs} {text[found.start : found.end]} {own}"


def _behind(text: str, found: Found) -> str:
    match = _BEHIND.match(text, found.end)
    if not match or not _NOUN_FOLLOWS.match(match[0]):
        return ""
    words = re.sub(r"^(?:且唯一的?|的|以上|左右|以下|以内|余|历时)+", "", match[0])
    return (
        re.split(r"(?<=.)(?:和|(?<!参)与|及|并|进行|实现|开展|入选|纳入|获|被|达到|完成|均|已)", words, maxsplit=1)[0]
        if len(words) > 1
        else ""
    )


def _before(text: str, place: int) -> str:
    start = max((match.end() for match in _PHRASE.finditer(text) if match.end() <= place), default=0)
    phrase = text[start:place]
    phrase = _COUNTED.sub("", phrase)
    for _ in range(3):
        phrase = _VERBS.sub("", phrase)
    return _OPENING.sub("", phrase).strip(_STOPS)
