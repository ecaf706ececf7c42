"""Places, prizes and firsts: 第一名, 一等奖, 全省首个, 全国唯一, 全市最多, 八连冠, and noughts told in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from fazhi.law.numerals import CHARACTERS, arabic, chinese
from fazhi.report.claims import Kind
from fazhi.report.read.found import Found

_N = rf"(?:\d+|[{CHARACTERS}]+)"
_SCOPE = (
    r"(?:全国|全省|全市|全区|全县|全州|全旗|全自治区|省内|国内|市内|区内|县内|我国|我省|我市|我区|我县|本省|本市|本区|本县|广东省?|大湾区|湾区|华南|长三角"
    r"|北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|海南|四川|贵州|云南"
    r"|陕西|甘肃|青海|内蒙古|广西|西藏|宁夏|新疆|兵团|行业|系统内?|[\u4e00-\u9fff]{2,4}[省市])"
)
_OF_OTHERS = r"人大|中央|全国|会议|[一二三四五六七八九]|[^，,。；;]{0,20}(?:大赛|竞赛|奖|论坛|研讨|评选|运动会|比武)"
"""What stands behind 第七届 where the count is of an event, not of the reporting unit's own work."""
_ORDINAL = re.compile(rf"第({_N})(名|位|次|期|批(?!次)|届(?!{_OF_OTHERS}))")
_ABOVE = re.compile(r"(?:中央|国家|全国|省委|党的)[^，,。；;]{0,14}$")
"""Meetings above the reporting unit are no work of its own."""
_AMONG = re.compile(rf"{_SCOPE}[^，,。；;、]{{0,4}}?第({_N})(个|家)(?!月|工作日|五年|一百年|百年)")
_PRIZE = re.compile(r"(?<!第)(?<!特)([一二三])(等奖|等次|等功)")
_CROWN = re.compile(rf"({_N})(连冠|连贯)")
_TOP = re.compile(
    rf"(?:全国|全省|全市|全区|全县|国家|省|市|区|年度|广东省?|[“‘])\S{{0,8}}?([十百]|{_N})(大|佳|强)(?=[\u4e00-\u9fff”’])"
)
_PLACED = re.compile(
    rf"(?:[居列获]|排名|排|名次|跻身|进入|进到|均为|稳居|评为)(?:{_SCOPE}|各[\u4e00-\u9fff]{{1,3}})?[\u4e00-\u9fff]{{0,4}}?(?:第|前)({_N})(?=[，,。；;、)）的]|$)"
)
_MEDALS = re.compile(r"[“‘]?([一二三四五六七八九十])(金)([一二三四五六七八九十])(银)(?:([一二三四五六七八九十])(铜))?")
_FIRST = re.compile(
    rf"{_SCOPE}[^，,。；;、]{{0,6}}?首(个|份|例|家|部|张|单|座|支|条|宗|件|项|本|款|所|位|名|届(?=[^\u4e00-\u9fff])|站|间|起)"
    rf"|首(创)(?!精神|性|新)"
)
_ONLY = re.compile(rf"{_SCOPE}[^，,。；;、]{{0,6}}?(唯一)")
_AND_ONLY = re.compile(r"首([个家例份部项])(?:且|、|和|也是)$")
_MOST = re.compile(
    rf"(?:{_SCOPE}[^，,。；;]{{0,8}}?|[数量率]{_SCOPE}?)(最多|最高|最快|最少|最优|最低|最大)(?=的|[，,。；;、)）]|$)"
)
_NOUGHT = re.compile(
    r"(?:全年|年内|本年度|年度内|期间|至今|均|实现)?[“‘]?(?P<zero>零|0)[”’]?"
    r"(?P<of>跑动|投诉|败诉|纠错|事故|差错|复议|诉讼|上访|撤销|延误|超期|差评|跑腿|发案|发生|失误|逾期|违纪|违法|死亡|举报)"
)
_NONE = re.compile(
    r"(?:全年|年内|本年度|年度内|截至目前|期间)[^，,。；;\d]{0,8}?(?P<none>无|未发生|没有发生|未出现|未收到)"
    r"(?P<of>[^，,。；;\d]{2,16}?(?:案件|事故|事件|诉讼|败诉|投诉|案|情形|情况|处罚))"
)
_UNITS_OF_NONE = {"跑动": "次", "跑腿": "次", "投诉": "件", "事故": "起", "事件": "起", "举报": "件"}


def find_ranks(text: str, covered: list[bool]) -> Iterator[Found]:
    """Everything of this kind in the text; `covered` bars only numerals inside names."""
    yield from _numbered(text, covered)
    for match in _FIRST.finditer(text):
        measure = match[1] or ""
        start = match.start(2) - 1 if match[2] else match.start(1) - 1
        if not text[match.end(1) : match.end(1) + 1].isdigit():
            yield _found(start, match.end(), Decimal(1), measure, "rank")
    for match in _ONLY.finditer(text):
        first = _AND_ONLY.search(text, 0, match.start(1))
        yield _found(match.start(1), match.end(), Decimal(1), first[1] if first else "", "rank")
    for match in _MOST.finditer(text):
        yield _found(match.start(1), match.end(), Decimal(1), "名", "rank")
    for match in _NOUGHT.finditer(text):
        unit = _UNITS_OF_NONE.get(match["of"], "件")
        yield _found(match.start("zero"), match.end("zero"), Decimal(0), unit, "other" if unit == "次" else "count")
    for match in _NONE.finditer(text):
        unit = next((unit for word, unit in _UNITS_OF_NONE.items() if match["of"].endswith(word)), "件")
        yield _found(match.start("none"), match.end("none"), Decimal(0), unit, "count")


def one_of_many(text: str, found: Found) -> Found:
    """全国104个示范单位之一 tells a place among others, not how many there are."""
    among = found.kind == "count" and re.match(r"[^，,。；;、\d]{1,24}之一", text[found.end :])
    return replace(found, kind="rank") if among else found


def _numbered(text: str, covered: list[bool]) -> Iterator[Found]:
    for match in _ORDINAL.finditer(text):
        value = arabic(match[1]) if match[1].isascii() else chinese(match[1])
        above = match[2] in ("次", "届", "期") and _ABOVE.search(text, 0, match.start())
        if value is not None and not covered[match.start()] and not above:
            kind: Kind = "rank" if match[2] in ("名", "位") else "other"
            yield _found(match.start(), match.end(), value, match[2], kind)
    for match in _AMONG.finditer(text):
        value = arabic(match[1]) if match[1].isascii() else chinese(match[1])
        if value is not None:
            yield _found(match.start(1) - 1, match.end(2), value, match[2], "rank")
    for pattern in (_PRIZE, _CROWN, _TOP):
        for match in pattern.finditer(text):
            value = arabic(match[1]) if match[1].isascii() else chinese(match[1])
            small = match[2] in ("大", "强") and value is not None and value < 10
            if value is not None and not small and not covered[match.start(1)]:
                yield _found(match.start(1), match.end(2), value, match[2], "rank")
    for match in _PLACED.finditer(text):
        value = arabic(match[1]) if match[1].isascii() else chinese(match[1])
        if value is not None and not covered[match.start(1)]:
            yield _found(match.start(1) - 1, match.end(1), value, "名", "rank")
    for match in _MEDALS.finditer(text):
        for group in (1, 3, 5):
            value = chinese(match[group]) if match[group] else None
            if value is not None:
                yield _found(match.start(group), match.end(group + 1), value, match[group + 1], "count")


def _found(start: int, end: int, value: Decimal, measure: str, kind: Kind) -> Found:
    return Found(start, end, start, value, "", measure, "exact", (), kind)
