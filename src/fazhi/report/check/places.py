"""Claims where they stand: with the words before and after them in their clause, their sentence and its neighbours."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from fazhi.report.claims import Claim, Heading, ReadReport, Sentence

_CLAUSE = re.compile(r"[，,；;。：:！？!?\n（()）]")
_OPEN, _CLOSE = re.compile("[（(]"), re.compile("[）)]")
_DIGITS = re.compile(r"\d+(?:[,，]\d{3})*(?:\.(\d+))?")
_PLAN = re.compile(r"工作安排|工作计划|下一步|下一年度|主要安排|工作打算|工作思路|努力方向|明年")
NEAR = 16
"""A figure is held against so many others before and after it: a sentence of thousands must not take for ever."""
FAMILIES = (
    frozenset({"件", "宗", "起", "例", "案", "份", "项", "件次", "宗次", "件(次)", "笔", "单"}),
    frozenset({"人", "名", "位"}),
    frozenset({"个", "家", "所", "间", "处", "户"}),
    frozenset({"次", "场", "场次", "期", "批次"}),
)


@dataclass(frozen=True, slots=True)
class Said:
    """A claim in its place. `lead` and `tail` are what stands before and after it in its clause, up to other claims."""

    at: int
    claim: Claim
    sentence: Sentence
    start: int
    end: int
    lead: str
    tail: str
    apart: str
    """What stands between the claim before and this one, in the sentence."""
    bracketed: bool
    exact: bool
    """Stated without about or over; 2.73万 is rounded however it is stated."""
    number: Fraction
    """The value in the counted unit: ten thousands multiplied out; nought where a digit is lost."""

    @property
    def words(self) -> str:
        return f"{self.lead}{self.tail}"

    @property
    def measure(self) -> str:
        return self.claim.measure or self.claim.unit

    @property
    def counts(self) -> bool:
        """Whether it is a whole number of things; ten thousands (2.73万件) are rounded and count for none."""
        whole = self.claim.kind == "count" and self.claim.value is not None and self.number.denominator == 1
        return whole and not re.search("[万亿]", self.claim.text)

    @property
    def percent(self) -> bool:
        return self.claim.unit == "%" or self.claim.text.rstrip().endswith(("%", "％")) or "百分之" in self.claim.text

    @property
    def decimals(self) -> int:
        """How many digits stand behind the point."""
        match = _DIGITS.search(self.claim.text)
        return len(match[1] or "") if match else 0

    @property
    def told(self) -> str:
        """The claim as words for a message: what it counts and its text."""
        lead = self.lead.strip()
        if self.percent and self.claim.subject:
            lead = self.claim.subject[-12:]
        lead = re.sub(r"^.*[、“”\"]", "", lead)[-14:]
        return f"{lead}{self.claim.text}"


def listed(said: Said) -> str:
    """The claim in a list of many: what it counts, and its text."""
    subject = said.claim.subject
    return f"{subject[-14:]}{said.claim.text}" if len(subject) > 1 else said.told


def alike(one: Said, other: Said) -> bool:
    """Whether two counts are of the same sort of unit."""
    a, b = one.measure, other.measure
    return a == b or any(a in family and b in family for family in FAMILIES)


@dataclass
class View:
    """A report with its claims in their places. `previous` is the same unit's report of the year before, if known."""

    report: ReadReport
    previous: ReadReport | None = None
    _by_sentence: dict[int, list[Said]] = field(default_factory=dict, repr=False)
    _places_in: dict[int, int] = field(default_factory=dict, repr=False)

    @cached_property
    def said(self) -> tuple[Said, ...]:
        places = tuple(self._places())
        for one in places:
            others = self._by_sentence.setdefault(one.claim.sentence_at, [])
            self._places_in[one.at] = len(others)
            others.append(one)
        return places

    def in_sentence(self, place: int) -> list[Said]:
        """The claims of a sentence, in order."""
        assert self.said is not None
        return self._by_sentence.get(place, [])

    def around(self, said: Said) -> list[Said]:
        """The claims of its sentence, as far as they are near."""
        place = self._places_in[said.at]
        return self.in_sentence(said.claim.sentence_at)[max(0, place - NEAR) : place + NEAR]

    def before(self, said: Said, sentences: int = 0) -> list[Said]:
        """Claims before this one in its sentence, and in so many sentences before it in the same paragraph."""
        at, paragraph = said.claim.sentence_at, said.sentence.paragraph
        place = self._places_in[said.at]
        near = self.in_sentence(at)[max(0, place - NEAR) : place]
        found = [one for one in near if one.start < said.start]
        for back in range(1, sentences + 1):
            if at - back < 0 or self.report.sentences[at - back].paragraph != paragraph:
                break
            found = self.in_sentence(at - back)[-NEAR:] + found
        return found

    def grouped(self) -> Iterator[list[Said]]:
        """The claims, sentence by sentence."""
        assert self.said is not None
        yield from self._by_sentence.values()

    def heading_of(self, said: Said) -> str:
        """Titles of the headings above a claim, joined."""
        return self.titles_at(said.start)

    def titles_at(self, place: int) -> str:
        starts, titles = self._titles
        above = bisect_right(starts, place)
        return titles[above - 1] if above else ""

    @cached_property
    def _titles(self) -> tuple[list[int], list[str]]:
        """Where each heading begins, and the titles that then stand above: asked of every figure, so joined once."""
        titles: list[str] = []
        above: dict[int, Heading] = {}
        for heading in self.report.outline:
            above = {level: one for level, one in above.items() if level < heading.level}
            above[heading.level] = heading
            titles.append(" ".join(one.title for one in above.values()))
        return [heading.start for heading in self.report.outline], titles

    def planned(self, said: Said) -> bool:
        """Whether the claim stands in the plan for the coming year."""
        return bool(_PLAN.search(self.heading_of(said)))

    def _places(self) -> Iterator[Said]:
        sentence_at, begin, stop = -1, 0, 0
        for at, claim in enumerate(self.report.claims):
            if not 0 <= claim.sentence_at < len(self.report.sentences):
                continue
            sentence = self.report.sentences[claim.sentence_at]
            text, base = sentence.text, sentence.start
            start, end = claim.clean_start - base, claim.clean_end - base
            if sentence_at != claim.sentence_at:
                sentence_at, begin, stop = claim.sentence_at, 0, 0
            elif stop != end:  # one number may be told of two subjects: both read from the same place
                begin = stop
            stop = end
            apart = text[begin:start]
            lead = _CLAUSE.split(apart)[-1]
            following = self._next_start(at, claim, len(text))
            tail = re.split("、", _CLAUSE.split(text[end:following])[0])[0] if end <= following else ""
            opened = len(_OPEN.findall(text[:start])) - len(_CLOSE.findall(text[:start]))
            rounded = bool(re.search(r"\d\.\d+[万亿]", claim.text))
            exact = claim.qualifier == "exact" and claim.value is not None and not rounded
            number = Fraction(claim.amount if claim.amount is not None else claim.value or Decimal(0))
            place = (claim.clean_start, claim.clean_end)
            yield Said(at, claim, sentence, *place, lead, tail, apart, opened > 0, exact, number)

    def _next_start(self, at: int, claim: Claim, end: int) -> int:
        """Where the next number of the sentence begins, or its end."""
        base = self.report.sentences[claim.sentence_at].start
        for later in range(at + 1, len(self.report.claims)):
            one = self.report.claims[later]
            if one.sentence_at != claim.sentence_at:
                break
            if one.clean_start >= claim.clean_end:
                return one.clean_start - base
        return end
