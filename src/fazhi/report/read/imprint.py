"""Whose report it is, of what year and when it was written: from title, date line, first words and signature."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from fazhi.law.numerals import chinese
from fazhi.report.claims import Dates, Level
from fazhi.report.read.lines import DATED, SIGNATURE, Body

_TITLED = re.compile(
    r"^(?:关于)?(?:(?P<before>(?:19|20)\d{2})\s*年?度?)?(?P<unit>[^\d，,。:：]*?)(?:关于)?(?:[《“]?(?P<year>(?:19|20)\d{2})\s*年?度?)?"
    r"(?P<rest>[^\d，,。]*?)(?:推进|开展|加强)?(?:法治政府建设|依法行政|法治建设|依法治\w{1,3})"
)
_SAID = re.compile(
    r"(?:现将|现就)(?:我)?(?P<unit>[^，,。]*?)(?P<year>(?:19|20)\d{2})\s*年度?.{0,8}?(?:法治政府建设|依法行政|法治建设)"
)
_OPENS = re.compile(
    r"^(?:(?P<year>(?:19|20)\d{2})\s*年(?:以来|来)?)[，,](?:在[^，,。]*[，,])?(?P<unit>[^，,。\d]{2,20}?)(?:坚持|深入|全面|认真|紧紧|始终|以|在|持续|扎实|严格|积极|聚焦|紧扣|牢牢)"
)
_DAY = re.compile(r"((?:19|20)\d{2})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})")
_SPOKEN_DAY = re.compile(
    r"([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)
_PUBLISHED = re.compile(r"(?:发布|公开|更新)(?:时间|日期)[\s:：\]】]*(?=(?:19|20)\d{2})")
_WRITTEN = re.compile(r"(?:发文|印发|成文|生成)?(?:时间|日期)[\s:：\]】]*(?=(?:19|20)\d{2})")
_ORGAN = re.compile(r"(?:局|委员会|办公室|厅|[总支大中]队|院|中心|署|会|学校|公司|处|馆|站|所)$")
_TOWN = re.compile(r"(?:街道|镇|乡|苏木)(?:办事处|人民政府|政府|党工委)?$")
_LEADING = re.compile(r"^(?:中共|关于|我[市区县局镇]|全[市区县])+")


@dataclass(frozen=True, slots=True)
class Imprinted:
    """What is known of the report as a whole; empty or None where the text does not say."""

    title: str
    unit: str
    level: Level
    year: int | None
    dates: Dates


def read_imprint(text: str, body: Body) -> Imprinted:
    said = [text[start:end] for start, end in body.lines]
    title = said[body.title] if body.title >= 0 else ""
    firm = [line for line in said[max(body.first, 0) : body.last + 1] if len(line) > 25][:3]
    dates = _dates(said, body)
    unit, year = _from_title(title)
    unit = unit or next((named for line in reversed(said[: max(body.title, 0)]) if (named := _heading_unit(line))), "")
    for match in [*map(_SAID.search, firm), *map(_OPENS.match, firm)]:
        if match:
            unit = unit or _trimmed(match["unit"])
            year = year or int(match["year"])
    signed = _signature(said, body)
    if signed and (not unit or _stem(unit) in signed):
        unit = signed
    if year is None and dates.earliest:
        year = dates.earliest.year - 1 if dates.earliest.month < 7 else dates.earliest.year
    return Imprinted(title, unit, level_of(unit), year, dates)


def level_of(unit: str) -> Level:
    """province, city, district, town or department, by the name; a city under a city counts as a district."""
    name = re.sub(r"(?:人民政府|政府|管委会|管理委员会)$", "", unit)
    if not name:
        return "unknown"
    if _TOWN.search(unit):
        return "town"
    if _ORGAN.search(unit) and not unit.endswith(("管委会", "管理委员会")):
        return "department"
    if name.endswith(("区", "县", "旗", "新城")) and not name.endswith("自治区"):
        return "district"
    if name.endswith(("市", "州", "盟", "地区")):
        return "district" if name.count("市") > 1 else "city"
    return "province" if name.endswith(("省", "自治区")) else "unknown"


def _from_title(title: str) -> tuple[str, int | None]:
    match = _TITLED.match(title)
    if not match:
        return "", None
    year = match["before"] or match["year"]
    return _trimmed(match["unit"] or match["rest"] or ""), int(year) if year else None


def _heading_unit(line: str) -> str:
    """The organ of a line above the title: a title in two lines, or one told twice."""
    if len(line) > 40 or re.search(r"[>：:]", line):
        return ""
    return _from_title(line)[0] or (_trimmed(line) if SIGNATURE.search(line) else "")


def _trimmed(unit: str) -> str:
    unit = unit.strip(" ：:《“").split(" ")[-1]
    if unit.startswith(("我", "全", "本", "各")):
        return ""
    unit = _LEADING.sub("", unit)
    return re.sub(r"(?:关于|推进|年度|情况|工作|在|的)+$", "", unit)


def _stem(unit: str) -> str:
    return re.sub(r"(?:人民政府|政府|办事处|街道办事处)$", "", unit)


def _signature(said: list[str], body: Body) -> str:
    """The unit that signs: a short line naming an organ among the last of the report."""
    for line in reversed(said[max(body.last - 3, body.title + 1, 0) : body.last + 1]):
        if len(line) <= 30 and SIGNATURE.search(line) and not re.search(r"[，,。:：]|报告", line):
            return re.sub(r"[（(].*[)）]$", "", line).strip().split(" ")[-1]
    return ""


def _dates(said: list[str], body: Body) -> Dates:
    around = said[: body.first + 8] + said[body.last + 1 :]
    published = next((day for pattern in (_PUBLISHED, _WRITTEN) if (day := _first_day(around, pattern))), None)
    signed = next(
        (_day(line) for line in reversed(said[max(body.last - 3, 0) : body.last + 1]) if DATED.match(line)), None
    )
    return Dates(published, signed)


def _first_day(lines: list[str], pattern: re.Pattern[str]) -> date | None:
    """The day behind the first of these words."""
    for line in lines:
        if (match := pattern.search(line)) and (day := _day(line[match.end() :])):
            return day
    return None


def _day(line: str) -> date | None:
    if match := _DAY.search(line):
        parts: list[int] = [int(part) for part in match.groups()]
    elif spoken := _SPOKEN_DAY.search(line):
        parts = [int(chinese(part) or 0) for part in spoken.groups()]
    else:
        return None
    try:
        return date(*parts)
    except ValueError:
        return None
