"""Numbers in digits and in Chinese that state something: how much, in what unit, how exactly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from fazhi.law.numerals import CHARACTERS, arabic, chinese
from fazhi.report.claims import Kind, Qualifier
from fazhi.report.read.found import Found
from fazhi.report.read.words import load_words

_BEFORE: dict[Qualifier, str] = {
    "at_least": "不少于|不低于|不小于|至少",
    "at_most": "不超过|不多于|不高于|至多|最多不超过|控制在",
    "over": "超过|超出|超|逾|突破|多于|大于",
    "about": "大约|约为|约|将近|接近|近(?!年|期|日|三年|五年|两年|[一二三四五六七八九十]年)|左右|累计约",
    "under": "不足|不到|少于|低于|小于",
}
_AFTER: dict[Qualifier, str] = {
    "over": "余|多|\\+",
    "at_least": "以上|及以上|起",
    "at_most": "以内|以下|之内|及以下|内(?=[^容部涵设外])",
    "about": "左右|上下",
}
_PRE = re.compile(
    "(?:" + "|".join(f"(?P<{name}>{words})" for name, words in _BEFORE.items()) + r")\s*(?:了|达到|达|为)?\s*[“\"]?$"
)
_POST = re.compile("|".join(f"(?P<{name}>{words})" for name, words in _AFTER.items() if name != "over"))
_DIGITS = re.compile(
    r"(?<![\d.A-Za-z])(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?: \d{3})+(?!\d)|\d+(?:\.\d+)?)"
    r"(?P<more>[余多+]|几)?(?P<multiple>[百千]?[万亿]+|[百千](?![米克瓦]))?(?P<more2>[余多+])?"
)
_LOST = re.compile(r"\?+\d*\.?\d*(?P<multiple>[万亿]+)?|\d+\?+\d*(?P<multiple2>[万亿]+)?")
_PERCENT = re.compile(r"\s*(?:个百分点|百分点|%|‰|成(?=[^立功果为效员本都])|成$)")
_NUMERAL = re.compile(rf"[{CHARACTERS}]+")
_PARTS = re.compile(rf"(?:百分之(?P<percent>[{CHARACTERS}]+(?:点[{CHARACTERS}]+)?|百)|百分百)")
_LASTING = re.compile(r"(?:连续|历时|历经|长达|为期|未来|今后|连任|满|至|达|超过|缩短|延长|压缩)[了至为到约近]{0,2}$")


def find_digits(text: str, covered: list[bool]) -> Iterator[Found]:
    """Numbers in Arabic digits outside what is covered."""
    words = load_words()
    for match in _DIGITS.finditer(text):
        if covered[match.start("number")]:
            continue
        value = arabic(match["number"])
        at = match.end()
        percent = _PERCENT.match(text, at)
        unit = None if percent else words.unit.match(text, at)
        if value is None or not (percent or unit or match["multiple"] or _bare(text, match)):
            continue
        measure = percent[0].strip() if percent else (unit[0] if unit else "")
        at = (percent or unit or match).end()
        more = match["more"] or match["more2"] or ""
        if measure == "年" and not _lasts(text, match.start()):
            continue
        yield _qualified(
            text, match.start(), at, value, match["multiple"] or "", measure, more, kind_of(measure, words.units)
        )


def find_lost(text: str, covered: list[bool]) -> Iterator[Found]:
    """Numbers of which the source lost a digit: ?8份 has a unit and no value."""
    words = load_words()
    for match in _LOST.finditer(text):
        unit = words.unit.match(text, match.end()) or _PERCENT.match(text, match.end())
        if unit and match[0].strip("?") and not covered[match.start()]:
            multiple = match["multiple"] or match["multiple2"] or ""
            kind = kind_of(unit[0], words.units)
            yield Found(match.start(), unit.end(), match.start(), None, multiple, unit[0].strip(), "unknown", (), kind)


def find_numerals(text: str, covered: list[bool]) -> Iterator[Found]:
    """Numbers in Chinese numerals: measured ones, and those that count what the sentence names (三大产业)."""
    words = load_words()
    for match in _PARTS.finditer(text):
        value = Decimal(100) if not match["percent"] or match["percent"] == "百" else _spoken(match["percent"])
        if value is not None:
            yield _qualified(text, match.start(), match.end(), value, "", "%", "", "ratio")
    for match in _NUMERAL.finditer(text):
        start, end = match.span()
        if any(covered[start:end]) or text[max(0, start - 3) : start].endswith(("百分之", "第", "点", "数", "几")):
            continue
        more = "余" if text[end : end + 1] in ("余", "多") else ""
        at = end + len(more)
        label, unit = words.label.match(text, at), words.unit.match(text, at)
        percent = re.compile("成(?=以上|多|的|以|，|,|。)").match(text, at)
        best = percent or max((one for one in (label, unit) if one), key=lambda one: one.end(), default=None)
        value = chinese(match[0])
        if best is None or value is None:
            continue
        group = "ratio" if percent else words.units.get(best[0], "label")
        if not _counts(text, start, match[0], value, more, best, group):
            continue
        labels = group == "label" or (unit_of_list(best[0]) and not _firm(text, start, match[0], more))
        kind: Kind = "other" if labels else kind_of(best[0], words.units)
        measure = {"全": "", "化": "", "大类": "类"}.get(best[0], best[0])
        yield _qualified(text, start, best.end(), value, "", measure, more, "ratio" if percent else kind)


def unit_of_list(measure: str) -> bool:
    """Whether a small numeral before this unit tells how many things the sentence lists."""
    return measure in ("个", "项", "条", "张", "站", "步", "支", "本", "部", "类", "种")


def kind_of(measure: str, units: dict[str, str]) -> Kind:
    """The kind that the unit alone tells."""
    if measure in ("%", "‰", "成", "个百分点", "百分点", "倍"):
        return "ratio"
    kinds: dict[str, Kind] = {"duration": "duration", "amount": "amount", "rank": "rank", "measure": "other"}
    return kinds.get(units.get(measure, "count"), "count")


def _spoken(text: str) -> Decimal | None:
    whole, _, rest = text.partition("点")
    value, digits = chinese(whole), [chinese(character) for character in rest]
    if value is None or None in digits:
        return None
    return Decimal(f"{value}.{''.join(str(digit) for digit in digits)}") if rest else value


def _bare(text: str, match: re.Match[str]) -> bool:
    """A number without a unit counts after a word that announces a count and before the end of its phrase."""
    announced = re.search(r"(?:共|达|达到|共计|合计|总数为?|数量为?|件数为?)$", text[: match.start()])
    return bool(announced) and text[match.end() : match.end() + 1] in tuple("，,。；;、)） ")


def _lasts(text: str, start: int) -> bool:
    return bool(_LASTING.search(text[max(0, start - 6) : start]))


def _firm(text: str, start: int, numeral: str, more: str) -> bool:
    """Whether a Chinese numeral measures rather than labels: 二百余件, 近百家, 连续八年."""
    return (
        bool(more)
        or text[start - 1 : start] == "上"
        or _lasts(text, start)
        or len(numeral) > 2
        or bool(_PRE.search(text[max(0, start - 6) : start]))
    )


def _counts(text: str, start: int, numeral: str, value: Decimal, more: str, unit: re.Match[str], group: str) -> bool:
    """Whether numeral and unit state a number at all: not 一个, 两年来, 三年行动, nor the name of a thing in quotes."""
    if group == "duration":
        return unit[0] in ("小时", "分钟", "工作日", "个工作日", "秒", "学时", "课时") or _lasts(text, start)
    if group == "measure":
        return unit[0] not in ("分", "度", "倍", "折", "克", "升")
    if group in ("amount", "rank", "ratio"):
        return unit[0] != "角"
    if len(unit[0]) > 1 and group == "count" and unit[0][-1] in "门位校业区居案目点段项台":
        return bool(more)
    if _firm(text, start, numeral, more):
        return True
    if not 1 <= value <= 100 or unit[0] in _PLACES:
        return False
    if numeral[0] in "百千万亿":
        return False
    return _names_its_count(text, start, unit)


_PLACES = frozenset("国地区市县街村镇面口头首字声句双点")
"""Units that count behind digits, and belong to a word behind a numeral: 两地, 三镇, 双方."""
_LISTED = re.compile(r"((?:[^，,。；;、]{1,16}、)+[^，,。；;、]{1,16})[，,]?[“‘「\"]$")
_MEASURES = re.compile(
    r"[项条](?:[\u4e00-\u9fff]{0,4})(?:措施|举措)|个(?:层级|层次|层面|环节|维度|方面|阶段|领域|清单|平台)"
)
_ADDED = re.compile(r"(?:增加|新增|增设|增配|增派|配备|选派|指定|安排|聘请|聘任|至少|配齐|落实|明确)(?:了)?$")
_LOOSE = re.compile(
    r"方面|次|场|期|节|轮|张|部|本|组|对|届|班|课|问|答|页|卷|站|人|位|名|件|宗|起|处|份|条|道|关|化|体系|机制|全"
)


def _names_its_count(text: str, start: int, unit: re.Match[str]) -> bool:
    """A small numeral in words counts a list (两个层级, 六类, 三大产业); in quotes only after such a list is told."""
    if text[start - 1 : start] in ("“", "‘", "「", '"'):
        told = _LISTED.search(text, 0, start)
        listed = told[1].count("、") + 1 if told else 0
        return listed == chinese(text[start]) or bool(text[start] != "一" and _MEASURES.match(text, unit.start()))
    if text[start] == "一":
        return unit[0] in "名位家件宗起所支处人" and bool(_ADDED.search(text, 0, start))
    return not _LOOSE.fullmatch(unit[0])


def _qualified(
    text: str, start: int, end: int, value: Decimal, multiple: str, measure: str, more: str, kind: Kind
) -> Found:
    """The number with every word around it that qualifies it; the nearest before it decides, then the one behind."""
    said: list[tuple[Qualifier, str]] = []
    first, last = start, end
    if before := _PRE.search(text[max(0, start - 8) : start]):
        name = next(name for name, found in before.groupdict().items() if found)
        said.append((_as_qualifier(name), before[name]))
        first = max(0, start - 8) + before.start()
    elif text[start - 1 : start] == "上" and text[start] in "十百千万":
        said.append(("over", "上"))
        first = start - 1
    if more:
        said.append(("over", more))
    if after := _POST.match(text, end):
        name = next(name for name, found in after.groupdict().items() if found)
        said.append((_as_qualifier(name), after[0]))
        last = after.end()
    qualifier: Qualifier = said[0][0] if said else "exact"
    return Found(first, last, start, value, multiple, measure, qualifier, tuple(word for _, word in said), kind)


def _as_qualifier(name: str) -> Qualifier:
    names: dict[str, Qualifier] = {
        "at_least": "at_least",
        "at_most": "at_most",
        "over": "over",
        "about": "about",
        "under": "under",
    }
    return names[name]
