"""Files as partners send them, of invented people and cases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

HOTLINE = [
    *("工单编号", "受理时间", "渠道", "标题", "诉求内容", "诉求人", "联系电话", "地点"),
    *("派单时间", "办结时间", "办理结果", "答复内容", "回访时间", "满意度", "工单状态"),
]
ENFORCEMENT = [
    *("案件编号", "流水号", "环节", "日期", "线索来源", "违法行为", "听证", "罚款"),
    *("罚款金额", "处罚种类", "当事人", "统一社会信用代码", "说明"),
]
PERSON, PHONE, SENTENCE = "独孤求甲", "13912340071", "楼下的剑冢每晚九点敲打，老人睡不好"


def order(number: str, **said: str) -> dict[str, str]:
    """A work order of the hotline, received on the second of March by telephone unless said otherwise."""
    plain = {
        "工单编号": number,
        "受理时间": "2026-03-02 09:15",
        "渠道": "电话",
        "标题": "夜间噪声",
        "诉求内容": SENTENCE,
        "诉求人": PERSON,
        "联系电话": PHONE,
        "地点": "剑冢路",
        "工单状态": "在办",
    }
    return plain | said


def step(number: str, serial: int, name: str, day: str, **said: str) -> dict[str, str]:
    """One step of a case of the enforcement platform."""
    return {"案件编号": number, "流水号": str(serial), "环节": name, "日期": day} | said


def hotline(rows: Iterable[Mapping[str, str]]) -> bytes:
    return _file(HOTLINE, rows, "|").encode("gb18030")


def enforcement(rows: Iterable[Mapping[str, str]]) -> bytes:
    return _file(ENFORCEMENT, rows, ",").encode()


def _file(heading: list[str], rows: Iterable[Mapping[str, str]], mark: str) -> str:
    lines = [heading, *([row.get(name, "") for name in heading] for row in rows)]
    return "".join(mark.join(cells) + "\r\n" for cells in lines)
