"""A voice as weighted terms: what it names weighs most, what every letter says weighs nothing."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import rjieba

from fazhi.hotspots.places import names_in
from fazhi.hotspots.voices import Vector, Voice

TITLE = 3.0
"""How much a word of the title counts beside one of the text."""
PAIR = 0.7
TEXT_MOST = 600
"""Characters of a text that are read: what a letter is about stands at its head."""
TERMS_MOST = 60
RARE = 1.5
"""How sharply rare terms are preferred: names of places and projects over the words of a topic."""
UNHEARD = 20
"""Voices taken as read before the first, so that in a short list not every shared word binds."""
SORTS = {"n": 1.0, "j": 1.0, "e": 1.0, "m": 0.3, "v": 0.45, "a": 0.4, "l": 0.5, "i": 0.5}
"""Weight by the first letter of a word's sort: names and nouns, verbs, qualities; other sorts are not terms."""
_ALONE = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]+")
STOP = frozenset(
    """
    领导 尊敬 希望 相关 部门 问题 政府 您好 你好 投诉 反映 反应 咨询 情况 解决 谢谢 严重
    没有 一个 什么 可以 现在 关于 进行 要求 市民 是否 何时 地方 附近 举报 建议 请求 求助
    回复 答复 处理 群众 百姓 老百姓 居民 书记 市长 局长 县长 区长 时候 时间 今年 去年
    目前 单位 人员 有关 工作 网友 平台 留言 如何 怎么 为什么 我们 他们 你们 大家 自己
    知道 出现 加快 力度 行动 步伐 请问 需要 多次 至今 一直 已经 强烈 坚决 恳请 关注 支持
    感谢 生活 影响
    """.split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Said:
    """What a voice says: its terms with their raw weights, and those of them that stand in the name of a place."""

    terms: Mapping[str, float]
    placed: frozenset[str]


def read(voice: Voice) -> Said:
    """The terms of a voice, and which of them it says as the name of a place."""
    terms, names = terms_of(voice), names_in(voice)
    return Said(terms, frozenset(term for term in terms if term in names))


def terms_of(voice: Voice) -> dict[str, float]:
    """Terms with their raw weights: words by sort, and neighbouring words together."""
    counts: dict[str, float] = defaultdict(float)
    for text, weight in ((voice.title, TITLE), (voice.text[:TEXT_MOST], 1.0)):
        before = ""
        before_weight = 0.0
        for word in rjieba.cut(unicodedata.normalize("NFKC", text)):
            worth = worth_of(word)
            if worth < 0:
                before = ""
                continue
            if worth and len(word) > 1:
                counts[word] += weight * worth
            if before and worth and before_weight and max(worth, before_weight) >= 1.0:
                counts[before + word] += weight * PAIR * (worth + before_weight) / 2
            before, before_weight = word, worth
    return dict(counts)


@lru_cache(maxsize=200_000)
def worth_of(word: str) -> float:
    """What a word is worth as a term by its sort, 0 for none; below 0 where a run of words is broken."""
    if not _ALONE.fullmatch(word):
        return -1.0
    sorts = rjieba.tag(word)
    return 0.0 if word in STOP or not sorts else SORTS.get(sorts[-1][1][:1], 0.0)


class Vocabulary:
    """How many voices use a term. It grows with every voice; what nobody else says still sets a voice apart."""

    def __init__(self) -> None:
        self.voices = 0
        self.used: Counter[str] = Counter()
        self.placed: Counter[str] = Counter()

    def learn(self, voices: Iterable[Said]) -> None:
        for voice in voices:
            self.voices += 1
            self.used.update(voice.terms.keys())
            self.placed.update(voice.placed)

    def is_place(self, term: str) -> bool:
        """Whether most who use a term use it in the name of a place."""
        return 2 * self.placed.get(term, 0) >= self.used.get(term, 1)

    def vector(self, terms: Mapping[str, float]) -> Vector:
        """Raw weights damped, times how rare the term is, of length one; the heaviest terms only."""
        total = self.voices + UNHEARD
        weighed = {
            term: math.log1p(weight) * math.log(total / max(self.used[term], 1)) ** RARE
            for term, weight in terms.items()
        }
        heaviest = dict(sorted(weighed.items(), key=lambda item: -item[1])[:TERMS_MOST])
        length = math.sqrt(sum(weight * weight for weight in heaviest.values())) or 1.0
        return {term: weight / length for term, weight in heaviest.items()}
