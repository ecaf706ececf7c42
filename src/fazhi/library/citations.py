"""Citations in any text: which document, which article, paragraph, item and point, and where it stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from fazhi.law.numerals import arabic, chinese

KINDS = (
    "法典|法|条例|实施办法|办法|实施细则|细则|规定|规则|决定|决议|解释|意见|通知|准则|规程|规范|标准|方案|纲要|章程"
    "|批复|公约|目录|基准|公告|通告|制度|指引|措施|工作指南|指南"
)
"""How a Chinese legal document's name may end; the longest first where one ends another."""
NUMBER = r"[0-9０-９零〇○一二两三四五六七八九十百千]{1,9}"
_LINK = r"以及|或者|[、，,和及与或并]"
_TO = r"至|到|[-—–~～]+"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place within a document: 第三十三条之一第二款第（三）项第2目. 0 is not said."""

    article: int = 0
    inserted: int = 0
    paragraph: int = 0
    item: int = 0
    point: int = 0

    def __str__(self) -> str:
        """`第33条之1第2款第3项`, empty for the document as a whole."""
        said = f"第{self.article}条" if self.article else ""
        said += f"之{self.inserted}" if self.inserted else ""
        for number, word in ((self.paragraph, "款"), (self.item, "项"), (self.point, "目")):
            said += f"第{number}{word}" if number else ""
        return said


@dataclass(frozen=True, slots=True)
class Citation:
    """One document as cited at one spot, with the places named there.

    `said` is how it was named: in full (《》), bare, by a short name given in the text (以下简称), same (同法, 该法),
    own (本法: the document in which the text stands), relative (前款: a place near by), or none (a place alone; `title`
    is then empty).
    """

    start: int
    end: int
    text: str
    title: str
    said: str
    places: tuple[Place, ...] = ()
    version: str = ""
    ranges: tuple[tuple[Place, Place], ...] = field(default=())

    def as_json(self) -> dict[str, object]:
        """Plain values, places in words."""
        return {
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "title": self.title,
            "said": self.said,
            "version": self.version,
            "places": [str(place) for place in self.places],
            "ranges": [[str(first), str(last)] for first, last in self.ranges],
        }


def ordinal(text: str) -> int:
    """The whole number of `三十三`, `一百零二`, `33` or `３３`; 0 for what is none."""
    return int(arabic(text) or chinese(text) or 0)


_ARTICLE = rf"第\s*(?P<article>{NUMBER})\s*条(?:\s*之\s*(?P<inserted>{NUMBER})(?!日|间|内))?"
_PARAGRAPH = rf"第\s*(?P<paragraph>{NUMBER})\s*款"
_ITEM = rf"第?\s*[（(]?\s*(?P<item>{NUMBER})\s*[）)]?\s*项"
_POINT = rf"第?\s*(?P<point>{NUMBER})\s*目"
_STEP = re.compile(rf"\s*(?:(?P<whole>{_ARTICLE})|{_PARAGRAPH}|{_ITEM}|{_POINT})")
_LIST = re.compile(
    rf"\s*第\s*(?P<numbers>[（(]?\s*{NUMBER}\s*[）)]?(?:\s*(?:{_LINK})\s*[（(]?\s*{NUMBER}\s*[）)]?)+)\s*(?P<word>[条款项目])"
)
_SPAN = re.compile(
    rf"\s*第?\s*[（(]?\s*(?P<first>{NUMBER})\s*[）)]?\s*(?:{_TO})\s*[（(]?\s*(?P<last>{NUMBER})\s*[）)]?\s*(?P<word>[条款项目])"
)
_BETWEEN = re.compile(rf"\s*(?P<link>{_LINK}|{_TO}|的|之)\s*")
_TITLE = re.compile(r"《(?P<title>[^《》\n]{2,80}(?:〈[^〈〉\n]{2,60}〉[^《》\n]{0,40})?)》")
_NESTED = re.compile(r"《[^《》\n]{0,60}《[^《》\n]{2,60}》[^《》\n]{0,60}》")
_VERSION = re.compile(
    r"\s*[（(]\s*(?P<version>(?:[12][0-9]{3}|[零〇一二三四五六七八九]{4})\s*年?\s*(?:修正|修订|公布|施行|版|本|通过)?[^（()）]{0,12})[）)]"
)
_CALLED = re.compile(
    r"\s*[（(][^（()）]{0,12}?(?:以下|下)?(?:统?简称|称)[:：为]?\s*[“\"《「]?(?P<name>[\u4e00-\u9fff]{2,30}?)[”\"》」]?\s*[）)]"
)
_SAME = re.compile(r"(?<![合视共一相不])(?:同|该|上述|前述)(?:法典?|条例|办法|规定|细则|规则|解释|决定|意见)")
_OWN = re.compile(r"本(?:法典?|条例|办法|规定|细则|规则|解释|决定|意见|规程|准则|章程)")
_BARE = re.compile(
    rf"(?P<title>[\u4e00-\u9fff、〈〉（）]{{1,50}}?(?:{KINDS}))(?P<version>\s*[（(][12][0-9]{{3}}[^（()）]{{0,12}}[）)])?(?=\s*第\s*{NUMBER}\s*[条款])"
)
_BEFORE_TITLE = re.compile(
    r"(?:根据|依据|依照|按照|遵照|违反了?|适用|符合|参照|援引|触犯了?|属于|执行|落实|违背|构成|依|按|据|即|是|与|和|及|以及|或者?|并|对|在|从|由|以|其|、|，|到|至|将|把|应当?|对照|认为|其中|有关|结合|基于|按)"
)


_CARRIES_OUT = re.compile(r"[\u4e00-\u9fff]{1,9}(?:省|市|自治区|特区)实施$")
_AS = re.compile(r"\s*(?:办法|条例|细则|若干规定|规定)(?!的)")


def cite(text: str, known: Sequence[str] = (), breaks: Sequence[int] = ()) -> tuple[Citation, ...]:
    """Every citation of a text in order; `known` are names and short names that may stand without 《》. At `breaks` an
    article of the text itself begins: a place alone after it is not of the document named before it."""
    return tuple(_Reader(text, tuple(sorted(set(known), key=len, reverse=True)), tuple(breaks)).read())


@dataclass(slots=True)
class _Name:
    """A name met in the text: where it stands, what it names and how."""

    start: int
    end: int
    title: str
    said: str
    version: str = ""


class _Reader:
    """One pass over a text: names first, then the places that follow each; a place alone belongs to the last name."""

    def __init__(self, text: str, known: tuple[str, ...], breaks: tuple[int, ...]) -> None:
        self.text = text
        self.breaks = breaks
        self.named = 0
        self.short: dict[str, str] = {}
        self.known = known

    def read(self) -> Iterator[Citation]:
        """Citations by their start; places that stand alone (第五条) count to the document named before them."""
        last = ""
        names = self._names()
        free = 0
        for index, name in enumerate(names):
            yield from self._alone(free, name.start, last)
            until = names[index + 1].start if index + 1 < len(names) else len(self.text)
            places, ranges, end = read_places(self.text, name.end, until)
            title = last if name.said == "same" else name.title
            yield Citation(name.start, end, self.text[name.start : end], title, name.said, places, name.version, ranges)
            free = end
            if title and name.said != "own":
                last, self.named = title, name.start
            elif name.said == "own":
                last = ""
        yield from self._alone(free, len(self.text), last)

    def _alone(self, start: int, end: int, last: str) -> Iterator[Citation]:
        at = start
        for match in re.finditer(_ARTICLE, self.text[start:end]):
            begins = start + match.start()
            if begins < at:
                continue
            places, ranges, at = read_places(self.text, begins, end)
            own = bisect_right(self.breaks, begins) > bisect_right(self.breaks, self.named)
            yield Citation(begins, at, self.text[begins:at], "" if own else last, "none", places, "", ranges)

    def _names(self) -> list[_Name]:
        """Names in order, none within another: in brackets, by a short name of the text, known, own, same, bare."""
        found = list(self._bracketed())
        taken = _Taken((name.start, name.end) for name in found)
        for pattern, said in ((_words(tuple(self.short)), "short"), (_words(self.known), "bare")):
            for match in pattern.finditer(self.text) if pattern else ():
                if taken.add(match.start(), match.end()):
                    found.append(_Name(match.start(), match.end(), self.short.get(match[0], match[0]), said))
        for pattern, said in ((_OWN, "own"), (_SAME, "same")):
            for match in pattern.finditer(self.text):
                if taken.add(match.start(), match.end()):
                    found.append(_Name(match.start(), match.end(), "", said))
        found.extend(self._bare(taken))
        return sorted(found, key=lambda name: name.start)

    def _bracketed(self) -> Iterator[_Name]:
        at = 0
        while match := _first(self.text, at):
            start, end, title = match
            version = ""
            if told := _VERSION.match(self.text, end):
                version, end = told["version"].strip(), told.end()
            if called := _CALLED.match(self.text, end):
                self.short[called["name"]] = title
                end = called.end()
            if whole := _carried_out(self.text, start, end):
                start, end, title = whole[0], whole[1], self.text[whole[0] : whole[1]]
            inner = re.search(r"[（(]([12][0-9]{3}[^（()）]{0,10}|修订|修正)[）)]$", title)
            if inner and not version:
                version, title = inner[1], title[: inner.start()]
            short = self.short.get(title)
            yield _Name(start, end, short or title, "short" if short else "full", version)
            at = end

    def _bare(self, taken: _Taken) -> Iterator[_Name]:
        """Names without brackets right before an article: cut at the last word that leads to a name."""
        for match in _BARE.finditer(self.text):
            start, end = match.start("title"), match.end()
            clause = self.text[start : match.end("title")]
            cut = max(
                (lead.end() for lead in _BEFORE_TITLE.finditer(clause) if _leaves_name(clause[lead.end() :])), default=0
            )
            if (whole := clause.find("中华人民共和国")) >= 0:
                cut = whole
            title = clause[cut:]
            if len(title) > 1 and taken.add(start + cut, end):
                version = (match["version"] or "").strip(" （()）")
                yield _Name(start + cut, end, title, "bare", version)


def _leaves_name(rest: str) -> bool:
    """Whether what stands after a leading word may still be a document's name: 治安管理处罚法, not 法 or 和办法."""
    return len(rest) > 1 and not re.fullmatch(rf"(?:{KINDS})", rest) and rest[0] not in "的和与及、，"


def _first(text: str, at: int) -> tuple[int, int, str] | None:
    """The next name in 《》 from a spot: a name within a name belongs to the outer one."""
    plain, nested = _TITLE.search(text, at), _NESTED.search(text, at)
    if nested and (plain is None or nested.start() <= plain.start()):
        return nested.start(), nested.end(), nested[0][1:-1]
    return (plain.start(), plain.end(), plain["title"].strip()) if plain else None


def _carried_out(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The span of a document that carries out the one in brackets: 某省实施《某某法》办法 is no citation of the law."""
    before, after = _CARRIES_OUT.search(text, max(start - 14, 0), start), _AS.match(text, end)
    if before is None or after is None:
        return None
    clause = before[0]
    leads = (lead.end() for lead in _BEFORE_TITLE.finditer(clause) if _leaves_name(clause[lead.end() :]))
    return before.start() + max(leads, default=0), after.end()


@lru_cache(maxsize=32)
def _words(names: tuple[str, ...]) -> re.Pattern[str] | None:
    """Any of these names, the longest that fits."""
    return re.compile("|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))) if names else None


class _Taken:
    """Spans of a text already given to a name."""

    def __init__(self, spans: Iterator[tuple[int, int]]) -> None:
        self.spots: set[int] = {spot for start, end in spans for spot in range(start, end)}

    def add(self, start: int, end: int) -> bool:
        """Takes a span and says whether it was free."""
        wanted = range(start, end)
        if any(spot in self.spots for spot in wanted):
            return False
        self.spots.update(wanted)
        return True


def read_places(
    text: str, at: int, until: int, within: Place = Place()
) -> tuple[tuple[Place, ...], tuple[tuple[Place, Place], ...], int]:
    """The places that follow from a spot, lists and ranges (第三条至第五条) taken whole, and where they end; `within`
    has what they leave unsaid."""
    places: list[Place] = []
    ranges: list[tuple[Place, Place]] = []
    here, end, to = within, at, False
    while at < until:
        if at == end and not places and (lead := re.compile(r"\s*的?\s*").match(text, at)):
            at = lead.end()
        step = _read_one(text, at, until, here)
        if step is None:
            break
        read, at = step
        if to and places:
            ranges.append((places[-1], read[0]))
        here = read[-1]
        places.extend(read)
        end = at
        link = _BETWEEN.match(text, at, until)
        if link is None or link["link"] in "的之":
            break
        to = re.fullmatch(_TO, link["link"]) is not None
        at = link.end()
    return tuple(places), tuple(ranges), end


_WIDEST = 200
_LEVELS = ("article", "paragraph", "item", "point")
_WORD_LEVEL = {"条": "article", "款": "paragraph", "项": "item", "目": "point"}


def _read_one(text: str, at: int, until: int, here: Place) -> tuple[list[Place], int] | None:
    """What one spot names, or None; what it leaves unsaid is taken from the place before (第三条第一款、第二款).

    More than one place where the last level is a list or a span without its word: 第三、四条, 第五条第（一）至（三）项.
    """
    place, moved = here, False
    while step := _STEP.match(text, at, until):
        if step["whole"]:
            if moved:
                break
            place = Place(ordinal(step["article"]), ordinal(step["inserted"] or ""))
        else:
            level = next(name for name in _LEVELS[1:] if step[name])
            if moved and not _deeper(place, level):
                break
            place = _set(place, level, ordinal(step[level]))
        moved, at = True, step.end()
    if span := _SPAN.match(text, at, until):
        level, first, last = _WORD_LEVEL[span["word"]], ordinal(span["first"]), ordinal(span["last"])
        if (not moved or _deeper(place, level)) and first <= last < first + _WIDEST:
            return [_set(place, level, number) for number in range(first, last + 1)], span.end()
    if listed := _LIST.match(text, at, until):
        level = _WORD_LEVEL[listed["word"]]
        if not moved or _deeper(place, level):
            numbers = re.findall(NUMBER, listed["numbers"])
            return [_set(place, level, ordinal(number)) for number in numbers], listed.end()
    return ([place], at) if moved and place != Place() else None


def _deeper(place: Place, level: str) -> bool:
    return all(getattr(place, name) == 0 for name in _LEVELS[_LEVELS.index(level) :])


def _set(place: Place, level: str, number: int) -> Place:
    """The place with this level said anew and everything under it unsaid."""
    if level == "article":
        return Place(number)
    under = dict.fromkeys(_LEVELS[_LEVELS.index(level) + 1 :], 0)
    return replace(place, **{level: number}, **under)
