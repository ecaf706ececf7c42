"""The same thing stated at two places: with two values, or counted in two units; and words that gainsay each other."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from fazhi.report.check.finding import Finding, found
from fazhi.report.check.places import NEAR, Said, View

_NOISE = re.compile(
    r"[\s，。、：:“”\"（）()《》\d]|全年|全区|全市|全县|全街道|我区|我市|我县|本区|本市|累计|合计|共计|总计|一共|今年以来|本年度|年度|以来|其中|截至|目前|开展|现有|配备|设有|拥有|共有|共|全|已|了|的|各类|各级"
)
_NARROW = re.compile(r"其中|首批|第.批|新增|新收|上半年|下半年|季度|试点|每|平均|目标|计划")
_AROUND = frozenset({"约", "大约", "约为", "近", "将近", "接近", "左右", "上下", "大概", "大致"})
_OVER = frozenset({"余", "多", "超", "超过", "逾", "以上", "不少于", "不低于", "突破", "达到以上"})
_MINIMUM = 4


def core(subject: str) -> str:
    """A subject without what places and totals add to it."""
    return _NOISE.sub("", subject)


def stated_twice(view: View) -> Iterator[Finding]:
    """One subject, one unit, one period, two values."""
    for one, other in _pairs(view):
        if one.measure != other.measure or one.number == other.number:
            continue
        if not (one.exact and other.exact) or core(one.claim.subject) != core(other.claim.subject):
            continue
        if one.claim.period != other.claim.period or one.claim.kind == "yoy":
            continue
        message = (
            f"“{one.claim.subject}”两处写的不一样：{one.claim.text}与{other.claim.text}（{_quote(other)}）。"
            f"请核对并统一；口径不同的，请分别写明口径。"
        )
        yield found(
            "stated-twice",
            "inconsistent",
            (one, other),
            message,
            f"Stated as {one.claim.text} and as {other.claim.text}.",
            stated=one.claim.text,
            computed=other.claim.text,
        )


def units_differ(view: View) -> Iterator[Finding]:
    """One event counted in cases here and in persons there, without saying so."""
    for one, other in _pairs(view):
        a, b = core(one.claim.subject), core(other.claim.subject)
        units = {one.measure, other.measure}
        if (
            len(units) != 2
            or not units & {"人次", "人", "次", "场次", "人·次"}
            or not units & {"件", "宗", "起", "例", "案"}
        ):
            continue
        if not _close(a, b):
            continue
        message = (
            f"“{one.claim.subject}”写{one.claim.text}，“{other.claim.subject}”写{other.claim.text}："
            f"一处以{one.measure}计，一处以{other.measure}计，口径不同而未说明，两数不能互相核对。请写明各自的口径。"
        )
        yield found(
            "units-differ",
            "cannot_check",
            (one, other),
            message,
            f"Counted as {one.claim.text} here and as {other.claim.text} there.",
            stated=one.claim.text,
            computed=other.claim.text,
        )


def _pairs(view: View) -> Iterator[tuple[Said, Said]]:
    """Pairs of figures of the report's own work in different sentences, whose subjects end alike."""
    own = [one for one in view.said if one.claim.kind in {"count", "ratio", "amount"} and one.claim.value is not None]
    named = [one for one in own if len(core(one.claim.subject)) >= _MINIMUM and not _NARROW.search(one.lead)]
    named = [one for one in named if not one.claim.subject.startswith("占") and not one.claim.subject.endswith("的")]
    endings: dict[str, list[Said]] = defaultdict(list)
    for one in named:
        if not one.bracketed and not view.planned(one):
            endings[core(one.claim.subject)[-2:]].append(one)
    for alike in endings.values():
        for one, other in combinations(alike[:NEAR], 2):
            if one.claim.sentence_at != other.claim.sentence_at:
                yield one, other


def _close(a: str, b: str) -> bool:
    """Whether the shorter subject runs through the longer, and is most of it."""
    short, long = sorted((a, b), key=len)
    if len(short) < _MINIMUM + 2 or len(short) * 2 < len(long):
        return False
    letters = iter(long)
    return all(letter in letters for letter in short)


def _quote(said: Said) -> str:
    text = said.sentence.text.strip()
    return text if len(text) <= 40 else f"{text[:38]}……"


def about_and_over(view: View) -> Iterator[Finding]:
    """约220余名: about says it may be less, over says it is more."""
    for said in view.said:
        words = set(said.claim.approximate)
        if words & _AROUND and words & _OVER:
            around, over = "、".join(sorted(words & _AROUND)), "、".join(sorted(words & _OVER))
            message = (
                f"“{said.claim.text}”既写“{around}”又写“{over}”：前者可多可少，后者只能更多。"
                "请只留一个，能写准数的写准数。"
            )
            yield found(
                "about-and-over",
                "inconsistent",
                (said,),
                message,
                f"“{said.claim.text}” says both “about” and “more than”.",
                stated=said.claim.text,
            )


def digits_lost(view: View) -> Iterator[Finding]:
    """A number of which the source lost a digit is never guessed."""
    for said in view.said:
        if said.claim.value is None and said.claim.qualifier == "unknown":
            message = f"“{said.claim.text}”有数字缺失，无从核对。请对照原件补上。"
            yield found("digits-lost", "cannot_check", (said,), message, f"“{said.claim.text}” lost a digit.",
                        stated=said.claim.text)  # fmt: skip
