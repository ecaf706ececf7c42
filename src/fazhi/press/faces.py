"""The Chinese faces of this machine, and which of them stands in for which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import typst

from fazhi.press.measures import FALLBACKS, FANG, HEI, KAI, SONG, XIAOBIAO

SERIF = ("FangSong", "FangSong_GB2312", "STFangsong", "Noto Serif CJK SC", "Source Han Serif SC", "SimSun")
SANS = ("SimHei", "STHeiti", "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei")
ROLES = {"title": XIAOBIAO, "body": FANG, "first": HEI, "second": KAI, "number": SONG}


class NoFont(LookupError):
    """The machine has no Chinese face, so that a PDF would show empty boxes."""

    def __init__(self) -> None:
        super().__init__(
            "这台服务器没有中文字体，不能生成PDF（否则全是空框）。请管理员安装，例如 Debian 的 fonts-noto-cjk，"
            "或把仿宋、黑体字体文件放入系统字体目录，再试一次；DOCX和打印页不受影响。"
        )


@cache
def faces() -> Mapping[str, Sequence[str]]:
    """The Chinese faces of this machine by use, best first; NoFont if there is none."""
    return chosen(typst.Fonts().families())


def chosen(families: Sequence[str]) -> Mapping[str, Sequence[str]]:
    """Of these families the ones to print with: `serif` and `sans`, and one list for each level of official paper."""
    serif = [name for name in SERIF if name in families]
    sans = [name for name in SANS if name in families]
    if not serif and not sans:
        raise NoFont
    found = {"serif": serif or sans, "sans": sans or serif}
    for role, face in ROLES.items():
        there = [name for name in (face, *FALLBACKS[face]) if name in families]
        found[role] = there or found["sans" if face == HEI else "serif"]
    return found
