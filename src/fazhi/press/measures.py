"""Measures of official paper by GB/T 9704-2012: sheet, type area, grid, sizes, faces and what stands in for them."""

from __future__ import annotations

from typing import Final

PAGE: Final = (210.0, 297.0)
"""Width and height of the sheet in mm (A4)."""
TOP, LEFT, TEXT_WIDTH, TEXT_HEIGHT = 37.0, 28.0, 156.0, 225.0
"""天头, 订口 and 版心 in mm."""
RIGHT, BOTTOM = PAGE[0] - LEFT - TEXT_WIDTH, PAGE[1] - TOP - TEXT_HEIGHT
NUMBER_BELOW: Final = 7.0
"""From the foot of the type area to the dashes of the page number, in mm."""
LINES, SIGNS = 22, 28
SIZES: Final = {2: 22.0, 3: 16.0, 4: 14.0}
"""Points of the sizes by their number (2号, 3号, 4号)."""
THICK, THIN = 0.35, 0.25
"""Rules of the imprint in mm."""

SONG, FANG, HEI, KAI, XIAOBIAO = "宋体", "仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体"
FALLBACKS: Final = {
    XIAOBIAO: ("FZXiaoBiaoSong-B05S", "华文中宋", "STZhongsong", "Noto Serif CJK SC", "Source Han Serif SC"),
    FANG: ("仿宋", "FangSong_GB2312", "FangSong", "STFangsong", "Noto Serif CJK SC", "Source Han Serif SC"),
    HEI: ("SimHei", "STHeiti", "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei"),
    KAI: ("楷体", "KaiTi_GB2312", "KaiTi", "STKaiti", "AR PL KaitiM GB", "AR PL UKai CN", "Noto Serif CJK SC"),
    SONG: ("SimSun", "NSimSun", "Noto Serif CJK SC", "Source Han Serif SC"),
}
"""What stands in for a face that is not installed, best first."""


def points(millimetres: float) -> float:
    return millimetres * 72 / 25.4
