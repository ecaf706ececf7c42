"""Lists that say how many they name: 六项措施 has six, 三级 three."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fazhi.report.check.finding import Finding
from fazhi.report.check.places import View
from fazhi.report.claims import Sentence

_NUMBERS = {word: number for number, word in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
_N = "([两二三四五六七八九十])"
_COUNTER = "(大|个|项|种|类|条|方面|级|支|张|重|环节|方)"
_ITEM = r"[^，,；;。：:、！\n]{1,40}"
_BEFORE = re.compile(
    rf"(?P<list>(?:{_ITEM}、)+(?P<last>[^，,；;。：:、！\n]{{1,30}}?))(?P<quote>[“\"]?){_N}"
    rf"{_COUNTER}(?P<noun>[^，,；;。、”\"（(\s]+)"
)
_LABEL_AFTER = re.compile(
    rf"(?P<list>(?:{_ITEM}、)+{_ITEM}?)[，,]?[“\"]{_N}(?P<noun>步走|站合一|位一体|网合一|步法|统一"
    rf"|化|单|到位)[”\"]"
)
_BRACKET = re.compile(
    rf"[“\"]?{_N}(?P<counter>个|项|大|种|类|条|方面|步|级|家|名|支|张|份|统一|公开|到位|清单)?(?P<noun>"
    rf"[^，,；;。：:、（()）“”\"]{{0,10}})[”\"]?[（(](?P<list>[^（()）]+)[）)]"
)
_FEW_DIGITS = re.compile(
    r"(?<![\d.])(?P<n>\d{1,2})(?P<counter>个|项|家|类|种|名|支)(?P<noun>[^，,；;。：:、（()）\d]"
    r"{1,12})[（(](?P<list>[^（()）]+)[）)]"
)
_COLON = re.compile(
    rf"[“\"]?{_N}(?P<counter>个|项|大|种|类|条|方面|点|步|张|份|支|级)(?P<noun>[^，,；;。：:（()“”\"]{{0,12}}"
    rf")[”\"]?[：:](?P<list>[^。]+)"
)
_LABEL = re.compile(rf"[“\"]{_N}(?:个|项|大|种|类|条|步)[^“”\"]{{1,8}}[”\"]")
_QUOTED = re.compile(r"[“\"]([^“”\"]+、[^“”\"]+、[^“”\"]+)[”\"]")
_VERB = re.compile(
    r"(?:推进|推动|开展|实施|落实|打造|形成|建立|完善|构建|推出|建成|制定|出台|聚焦|围绕|抓好|做"
    r"好|实现|设置|设立|编制|明确|深化|强化|健全|加强|新增|成立|组建|签订|办理|完成|解决|整合|列"
    r"出|梳理|分为|按照|坚持|的|了|等|及|和|与|成|出|前|后|第|近|约|超|余|各|每|同|百|千|万|零|["
    r"一二三四五六七八九十两])$"
)
_LONGEST = 1_500
"""Characters: a longer sentence is a table run together, not a list that somebody counted."""
_AND = re.compile(r"和|及|与|以及")
_ONE_IS = re.compile(r"([一二三四五六七八九十])是")


@dataclass(frozen=True, slots=True)
class Named:
    """A list that says its length. `least` to `most` items: 和 inside an item may or may not part two. `open`: 等."""

    says: int
    least: int
    most: int
    label: str
    open: bool
    at: int
    end: int

    @property
    def wrong(self) -> bool:
        if self.open:
            return self.least > self.says
        return not self.least <= self.says <= self.most


def items_in(text: str) -> tuple[int, int]:
    """The least and the most items that a list joined by 、 may hold."""
    parts = [part for part in text.split("、") if part.strip(' “”"')]
    return len(parts), len(parts) + sum(len(_AND.findall(part)) for part in parts)


def list_lengths(view: View) -> Iterator[Finding]:
    """Every list whose length is not what it says."""
    for sentence in view.report.sentences:
        if len(sentence.text) > _LONGEST:
            continue
        seen: set[int] = set()
        for named in (*_apposed(sentence.text), *_bracketed(sentence.text), *_after_colon(sentence.text),
                      *_labelled(sentence.text)):  # fmt: skip
            if named.wrong and named.at not in seen:
                seen.add(named.at)
                yield _finding(named, sentence)
    yield from _numbered(view)


def _apposed(text: str) -> Iterator[Named]:
    """甲、乙、丙三项制度; and a quoted label right after its list, 甲、乙、丙，“三步走”."""
    for match in _BEFORE.finditer(text):
        last = match["last"].rstrip(' “"')
        opened = bool(re.search(r"等$", last))
        if not opened and (_VERB.search(last) or "（" in match["list"]):
            continue
        yield _named(match, match[4], match["list"], f"{match[4]}{match[5]}{match['noun'][:6]}", opened)
    for match in _LABEL_AFTER.finditer(text):
        named = _named(match, match[2], match["list"], f"{match[2]}{match['noun']}", "等" in match["list"][-8:])
        if abs(named.least - named.says) <= 2:
            yield named


def _bracketed(text: str) -> Iterator[Named]:
    """“三统一”（统一甲、统一乙和统一丙）; 3家企业（甲、乙、丙）."""
    for match in (*_BRACKET.finditer(text), *_FEW_DIGITS.finditer(text)):
        inside = match["list"]
        number = match.groupdict().get("n") or match[1]
        if "、" not in inside or re.search(r"其中|含|截至|\d", inside) or not (match["counter"] or "”" in match[0]):
            continue
        yield _named(match, number, inside, match[0].split("（")[0].split("(")[0].strip('“”"'), "等" in inside)


def _after_colon(text: str) -> Iterator[Named]:
    for match in _COLON.finditer(text):
        inside = match["list"]
        if _ONE_IS.search(inside) or re.search(r"\d", inside):
            continue
        marks = [mark for mark in ("；", ";", "、") if mark in inside]
        if not marks or (marks[0] == "、" and re.search("[，,]", inside)):
            continue
        label = f"{match[1]}{match['counter']}{match['noun']}"
        if marks[0] == "、":
            yield _named(match, match[1], inside, label, "等" in inside)
        else:
            count = len([part for part in re.split("[；;]", inside) if part.strip()])
            yield Named(_NUMBERS[match[1]], count, count, label, "等" in inside[-4:], match.start(), match.end())


def _labelled(text: str) -> Iterator[Named]:
    """A quoted label “六项措施” and one quoted list in the same sentence belong together when nearly as long."""
    labels, lists = _LABEL.findall(text), _QUOTED.findall(text)
    if len(labels) == len(lists) == 1:
        match, inside = _LABEL.search(text), lists[0]
        assert match is not None
        named = _named(match, labels[0], inside, match[0].strip('“”"'), "等" in inside)
        if abs(named.least - named.says) <= 2:
            yield named


def _named(match: re.Match[str], number: str, inside: str, label: str, opened: bool) -> Named:
    least, most = items_in(inside)
    says = int(number) if number.isdigit() else _NUMBERS[number]
    return Named(says, least, most, label, opened, match.start(), match.end())


def _numbered(view: View) -> Iterator[Finding]:
    """存在三方面问题：一是…二是…: the last number is the length."""
    lead = re.compile(rf"{_N}(个|项|大|方面|点)(?:的|个)?[^，,；;。：:]{{0,14}}[：:]?\s*[，,]?\s*(?=一是)")
    text = view.report.text
    for match in lead.finditer(text):
        end = text.find("\n", match.end())
        inside = text[match.end() : end if end >= 0 else len(text)]
        count = 0
        for found in _ONE_IS.finditer(inside):
            if _NUMBERS[found[1]] != count + 1:
                break
            count += 1
        said = Named(_NUMBERS[match[1]], count, count, match[0].strip(" ：:，,"), False, match.start(), match.end())
        if said.wrong and count > 1:
            yield _finding(said, Sentence(text[match.start() : match.end()], 0, len(text), "", 0), place=match.start())


def _finding(named: Named, sentence: Sentence, place: int | None = None) -> Finding:
    count = str(named.least) if named.least == named.most else f"{named.least}至{named.most}"
    more = "列出的更多" if named.least > named.says else "列出的不够"
    message = (
        f"“{named.label}”应有{named.says}项，所列为{count}项，{more}。请补齐或改正数目；只举例的，请在末尾写“等”。"
    )
    start = sentence.start + named.at if place is None else place
    return Finding(
        "list-length",
        "inconsistent",
        message,
        f"“{named.label}” says {named.says}, the list names {count}.",
        stated=str(named.says),
        computed=count,
        steps=(f"{count} ≠ {named.says}",),
        sentence=sentence.text.strip(),
        start=start,
        end=start + named.end - named.at,
    )
