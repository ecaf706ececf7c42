"""Reading reports by anyone: pages a second, sound text beside the same text damaged as portals damage it."""

from __future__ import annotations

import random

import opencc

from benchmarks.measure import Row, clock
from fazhi.report.read import read_content

PAGE = 700
"""Characters of a printed page in the type of official papers."""
GOAL = 20.0
PARAGRAPHS = 400
_SAID = (
    "全年受理行政复议案件{0}宗，同比增长{1}.{2}%，审结{3}宗，直接纠错{2}宗。",
    "审查规范性文件{0}件，提出意见{3}条，报备率、及时率和规范率均达100%。",
    "截至11月底，行政机关负责人出庭应诉{0}宗，出庭应诉率达9{2}.{2}%。",
    "开展普法宣传活动{0}场，覆盖群众{1}万余人次，发放资料超{3}份。",
    "持续推进“放管服”改革，落实行政执法三项制度，健全重大行政决策程序，不断提升依法行政能力和水平。",
    "坚持以习近平法治思想为指导，将法治政府建设纳入年度工作要点，压实党政主要负责人推进法治建设第一责任人职责。",
)


def measure() -> Row:
    text = _report()
    damaged = (
        opencc.OpenCC("s2t").convert(text).replace("區", "區(qū)").replace("設", "設(shè)").replace("報", "報(bào)")
    )
    pages, rates = len(text) / PAGE, []
    claims = []
    for content in (text, damaged):
        with clock() as taken:
            claims.append(len(read_content(content.encode("utf-8")).claims))
        rates.append(pages / taken())
    if claims[0] != claims[1]:
        raise AssertionError(f"the damaged text gives {claims[1]} claims, the sound one {claims[0]}")
    beside = (
        f"the same text in traditional characters with pinyin inserted: {rates[1]:.0f}, the same {claims[0]:,} claims"
    )
    measured = f"{rates[0]:.0f} a second, from bytes to claims"
    return Row("pages of reports read", "over 20 a second", measured, beside, min(rates) > GOAL)


def _report() -> str:
    """A long report in the manner of a district, the same on every run."""
    chance = random.Random(7)
    lines = ["示例区人民政府2024年法治政府建设年度报告"]
    for number in range(PARAGRAPHS):
        sentences = (
            chance.choice(_SAID).format(
                *(chance.randint(11, 999), chance.randint(1, 60), chance.randint(1, 9), number + 12)
            )
            for _ in range(6)
        )
        lines.append("".join(sentences))
    return "\n".join([*lines, "示例区人民政府", "2025年1月10日"])
