"""Words and pairs of signs by which passages are found: the same cutter for what stands and for what is asked."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import rjieba

_RUN = re.compile(r"[0-9a-z]+(?:[.][0-9]+)?|[\u3400-\u9fff]+")
_SIGNS = re.compile(r"[\u3400-\u9fff]+")
STOP = frozenset(
    """
    的 了 是 在 我 有 和 就 不 人 都 一 上 也 很 到 说 要 去 你 会 着 没有 看 好 自己 这
    那 他 她 它 们 与 及 等 对 为 被 把 从 向 于 或 但 而 且 吗 呢 吧 啊 以 之 其 所 由
    应 应当 可以 我们 他们 你们 什么 怎么 怎样 如何 哪些 哪个 哪 多少 几 请问 您好 你好 谢谢 想
    问 一下 关于 如果 因为 所以 但是 还是 一个 这个 那个 能 能否 是否 可否 有没有 是不是 能不能 里
    个 时 后 请 给 让 用 并 将 该 本 此 又 再 已 已经 得 地 得到 之内 以内 之后 之前 怎么样 来 过 没 才 只 多 大 小
    下 中 内 外 前 还 怎么办 多久 多长
    """.split()  # noqa: SIM905
)


def plain(text: str) -> str:
    """One shape for all ways of writing: half-width, small letters."""
    return unicodedata.normalize("NFKC", text).casefold()


def words(text: str) -> list[str]:
    """Words of a text in order, the longer ones and those within them, without words that say nothing."""
    return [
        word for word in map(str.strip, rjieba.cut_for_search(plain(text))) if _RUN.fullmatch(word) and word not in STOP
    ]


def pairs(text: str) -> list[str]:
    """Every two neighbouring Chinese signs."""
    return [run[at : at + 2] for run in _SIGNS.findall(plain(text)) for at in range(len(run) - 1)]


@lru_cache(maxsize=512)
def asked(question: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Words and pairs of a question, each once."""
    stripped = "".join(word if word not in STOP else " " for word in rjieba.cut(plain(question)))
    return tuple(dict.fromkeys(words(question))), tuple(dict.fromkeys(pairs(stripped)))
