"""Names of places that a message gives, read by their form."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import product

import rjieba

from fazhi.hotspots.voices import Voice

_PLACE = re.compile(
    r"(?:[A-Z]?\d{0,2}[市县区])?[A-Za-z0-9\u4e00-\u9fff·]{1,8}?(?:小区|新城|花园|家园|嘉园|名庭|大院|社区|街道|公园|广场|学校|小学|中学|医院|大道|[路镇乡村苑街巷城湾])"
)
_NOT_PLACE = re.compile(r"^(?:的|在|请|是|我|我们|和|与|到|为|这|该|本|一|要|有|了|关于|投诉|反映|解决|希望)+")
HEAD = 80
"""Signs of a text in which places are looked for: where something is stands at the head."""
LONG = 6
"""Signs beyond which a match may hold more than a name."""
SAYING = frozenset("vrcdpuy")
"""Sorts of words that are no part of a name: verbs, pronouns, conjunctions, adverbs, prepositions, particles."""


_TOWN = "town"
_KINDS = ((_TOWN, r"(?:街道|[镇乡])$"), ("village", r"(?:社区|村)$"), ("road", r"(?:大道|[路街巷])$"))
"""Sorts of places by their end; any other name is of a spot: an estate, a park, a school."""
_END = re.compile(
    r"(?:小区|新城|花园|家园|嘉园|名庭|大院|社区|街道|公园|广场|学校|小学|中学|医院|大道|[路镇乡村苑街巷城湾])$"
)
_ABOVE = re.compile(r"^.*(?:[市县区省]|街道)(?=.{2})")
_HOUSE = re.compile(r"[A-Za-z]?[0-9零一二三四五六七八九十]+(?:号|栋|幢|座|单元|楼|室|期).*$")
_NOBODYS = re.compile(r"[A-Za-z]?\d*[市县区]?|.*[们本该]|[东南西北中一二三四五六七八九十]+路?")
_COMMON = frozenset(
    """
    我们 他们 你们 小区 安置 十字 水泥 快速 高速 高速公 铁路 际铁 公交 公交线 道路 马路 学校 实验 老旧 职工 全市
    农村 城中 生活 住宅 商业 步行 上学 沿街 临街 两边 门口 一条 这条 附近 周边 整个 所有 各个 中心 国际 新村 城区
    """.split()  # noqa: SIM905
)
CORE = 4
"""Signs of a name that are kept, from its end: what stands before it in a sentence often sticks to it."""


def where(title: str, text: str, place: str = "") -> tuple[str, ...]:
    """The places that a message names, each as `kind name shorter-name …`; a place that was asked for is one whole."""
    named = [*places_in(Voice("", "", datetime.min, title, text)), _HOUSE.sub("", place[:HEAD].strip())]  # noqa: DTZ901
    return tuple(dict.fromkeys(one for name in named if (one := _place(name))))


def keyed(places: Iterable[str], mark: Callable[[str], str]) -> tuple[str, ...]:
    """The same with every name as a mark."""
    return tuple(" ".join([kind, *map(mark, names)]) for kind, *names in map(str.split, places))


def one_place(some: Sequence[str], others: Sequence[str]) -> bool | None:
    """Whether two messages name one place (True) or two (False); None where at least one names none to hold it by.

    Estates are held against estates and roads against roads: an estate and the road it lies at are no contradiction.
    Towns count where nothing nearer is named by both.
    """
    mine, theirs = ([(kind, names) for kind, *names in map(str.split, side)] for side in (some, others))
    near = [(a, b) for (kind, a), (sort, b) in product(mine, theirs) if _TOWN not in (kind, sort)]
    if any(a[0] in b or b[0] in a for a, b in near):
        return True
    shared = {kind for kind, _ in mine} & {kind for kind, _ in theirs}
    if shared - {_TOWN}:
        return False
    if _TOWN not in shared:
        return None
    same = {names[0] for kind, names in mine if kind == _TOWN} & {names[0] for kind, names in theirs if kind == _TOWN}
    only = {kind for kind, _ in (*mine, *theirs)} == {_TOWN}
    return (True if only else None) if same else False


@lru_cache(maxsize=100_000)
def _place(name: str) -> str:
    """A name as it is held against others, without what stands above it and what kind it is; empty for none."""
    kind = next((kind for kind, end in _KINDS if re.search(end, name)), "spot")
    core = _ABOVE.sub("", name)
    words = rjieba.tag(core)
    before = max((at for at, (_, sort) in enumerate(words[:-1]) if sort[:1] in SAYING and sort != "vn"), default=-1)
    core = "".join(word for word, _ in words[before + 1 :])
    while (end := _END.search(core)) and len(core) - len(end[0]) >= 2:
        core = core[: end.start()]
    if len(core) < 2 or core in _COMMON or _END.fullmatch(core) or _NOBODYS.fullmatch(core):
        return ""
    core = "".join(core.split())[-CORE:]
    return " ".join([kind, *(core[at:] for at in range(len(core) - 1))])


def places_in(voice: Voice) -> list[str]:
    """Places that the title and the first line name, in order."""
    named = (_named(_NOT_PLACE.sub("", match)) for match in _PLACE.findall(f"{voice.title} {voice.text[:HEAD]}"))
    return [place for place in named if len(place) > 2]


def names_in(voice: Voice) -> str:
    """All that reads like the name of a place, as written, one beside the other."""
    return " ".join(_PLACE.findall(f"{voice.title} {voice.text[:HEAD]}"))


@lru_cache(maxsize=100_000)
def _named(place: str) -> str:
    """The name without what was said before it, where a long match holds a verb or a word of the sentence."""
    if len(place) <= LONG:
        return place
    words = rjieba.tag(place)
    before = max((at for at, (_, sort) in enumerate(words) if sort[:1] in SAYING and sort != "vn"), default=-1)
    return "".join(word for word, _ in words[before + 1 :])
