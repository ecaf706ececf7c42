"""Wholes and their parts: sums, subsets, and what was concluded against what was received."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from fazhi.report.check.exact import plain
from fazhi.report.check.finding import Finding, Severity, found
from fazhi.report.check.places import NEAR, Said, View, alike

_PARTS = re.compile(r"其中|包括|包含|分别|[（(](?!次|含)|[：:]|涵盖|涉及")
_CLEAR = re.compile(r"其中|分别|包括|包含")
_STAGE = re.compile(r"受理|审结|办结|结案|答复|成功|立案|整改|完成|调解|转办|化解|采纳|出庭|核减|移送|公开")
_TRAIT = re.compile(r"党员|女|本科|硕士|研究生|学历|岁|职称|专职|兼职|高级|资格|律师")
_REST = re.compile(r"其他|其余|其它|剩余|另外")
_TOTAL = re.compile(r"(?:共计|合计|总计|共有|共|总数为|总共)$")
_CARRIED = re.compile(r"旧存|结转|往年|上年未结|存案|含上年|积案|跨年|历年|遗留")
_IN, _OUT = re.compile(r"受理|收到|收案|立案|登记|接收"), re.compile(r"办结|审结|结案|答复|办理完毕|审理完毕")
_NEARLY = Fraction(4, 5)


@dataclass(frozen=True, slots=True)
class Split:
    """A whole and the parts it is split into. `listed`: joined by 、 all through; `clear`: 其中 or the like says so."""

    whole: Said
    parts: tuple[Said, ...]
    listed: bool
    clear: bool
    totals: tuple[Said, ...]
    """Other counts before the parts, of which the parts may be parts just as well."""

    @property
    def added(self) -> Fraction:
        return sum((one.number for one in self.parts), Fraction(0))

    @property
    def terms(self) -> str:
        return " + ".join(plain(one.number) for one in self.parts)


def splits(view: View) -> Iterator[Split]:
    """Every “共X件，其中甲a件、乙b件” and “X件（甲a件、乙b件）”."""
    for group in view.grouped():
        for place, said in enumerate(group):
            if not said.counts or not _PARTS.search(said.apart) or said.percent:
                continue
            totals = [one for one in group[max(0, place - NEAR) : place] if one.counts and alike(one, said)]
            if not totals and re.match(r"\s*其中", said.apart):
                totals = [one for one in view.before(said, 1) if one.counts and alike(one, said)]
            if not totals:
                continue
            parts = _following(group[place : place + NEAR])
            listed = len(parts) > 1 and all("、" in one.apart or re.search("和|及", one.apart) for one in parts[1:])
            yield Split(totals[-1], parts, listed, bool(_CLEAR.search(said.apart)), tuple(totals))


def _following(claims: Sequence[Said]) -> tuple[Said, ...]:
    """The parts that follow each other without another sort of figure between them."""
    parts = [claims[0]]
    for one in claims[1:]:
        stop = re.search(r"[；;。）)]|其中|共|合计|总计|累计|同比|涉及|包括", one.apart)
        if stop or not one.counts or not alike(one, parts[0]):
            break
        parts.append(one)
    return tuple(parts)


def sum_of_parts(view: View) -> Iterator[Finding]:
    """Parts of a whole add up to it, and never to more."""
    for split in splits(view):
        if len(split.parts) < 2 or not all(one.exact for one in (split.whole, *split.parts)):
            continue
        if split.added in {one.number for one in split.totals} or any(one.percent for one in split.parts):
            continue
        if any(_TRAIT.search(one.words) for one in split.parts):
            continue
        staged = any(_STAGE.search(one.words) for one in split.parts)
        if not split.listed and (staged or not split.clear):
            continue
        over = all(split.added > one.number for one in split.totals)
        larger = any(one.number > split.whole.number for one in split.parts)
        complete = split.listed and any(_REST.search(one.words) for one in split.parts)
        if (over and not larger) or (complete and not over):
            yield _unequal(split)
        elif split.added > split.whole.number and split.listed and not larger:
            yield _unequal(split, "cannot_check")
        elif split.added < split.whole.number and split.listed and split.added >= _NEARLY * split.whole.number:
            yield _short(split)
    yield from _added_up(view)


def _unequal(split: Split, severity: Severity = "inconsistent") -> Finding:
    apart = split.added - split.whole.number
    step = f"{split.terms} = {plain(split.added)}，{plain(split.added)} - {plain(split.whole.number)} = {plain(apart)}"
    more = "多" if apart > 0 else "少"
    message = (
        f"写的是{split.whole.told}，所列各项相加为{plain(split.added)}，{more}{plain(abs(apart))}："
        f"{split.terms}。请核对总数和各项；各项有交叉的请写明。"
    )
    return found(
        "sum-of-parts",
        severity,
        (split.whole, *split.parts),
        message,
        f"The parts add up to {plain(split.added)}, the whole is {plain(split.whole.number)}.",
        stated=plain(split.whole.number),
        computed=plain(split.added),
        steps=[step],
    )


def _short(split: Split) -> Finding:
    apart = split.whole.number - split.added
    message = (
        f"所列各项相加为{plain(split.added)}（{split.terms}），比{split.whole.told}少{plain(apart)}。"
        f"如果所列就是全部，总数或某一项有误；如果还有其他，请写明“其他{plain(apart)}{split.whole.measure}”。"
    )
    return found(
        "sum-of-parts",
        "note",
        (split.whole, *split.parts),
        message,
        f"The parts named add up to {plain(split.added)}, {plain(apart)} less than the whole.",
        stated=plain(split.whole.number),
        computed=plain(split.added),
        steps=[f"{split.terms} = {plain(split.added)}"],
    )


def _added_up(view: View) -> Iterator[Finding]:
    """新收100件、旧存20件，共计120件: a total that follows its parts."""
    for group in view.grouped():
        for place, said in enumerate(group):
            if not said.counts or not said.exact or not _TOTAL.search(said.lead) or len(said.lead.strip()) > 4:
                continue
            parts = _leading(group[max(0, place - NEAR) : place])
            if len(parts) < 2 or not all(one.exact and one.measure == said.measure for one in parts):
                continue
            split = Split(said, parts, True, True, (said,))
            if split.added != said.number:
                yield _unequal(split)


def _leading(claims: Sequence[Said]) -> tuple[Said, ...]:
    parts: list[Said] = []
    for one in reversed(claims):
        if not one.counts or one.percent:
            break
        parts.insert(0, one)
        if "、" not in one.apart and not re.search("和|及", one.apart):
            break
    return tuple(parts)


def subset_larger(view: View) -> Iterator[Finding]:
    """A part introduced by 其中 cannot be larger than its whole."""
    for split in splits(view):
        if not split.clear or split.whole.claim.qualifier in {"over", "at_least", "unknown"}:
            continue
        for part in split.parts:
            bounded = part.claim.qualifier in {"exact", "over", "at_least"}
            if (
                not bounded
                or any(part.number <= one.number for one in split.totals)
                or part.measure != split.whole.measure
            ):
                continue
            message = (
                f"{part.told}写在“其中”之下，却大于它所属的{split.whole.told}。部分不能大于整体，"
                f"请核对两个数；不是同一口径的，请不要用“其中”连接。"
            )
            yield found(
                "subset-larger",
                "inconsistent",
                (part, split.whole),
                message,
                f"{plain(part.number)} is said to be part of {plain(split.whole.number)}.",
                stated=part.claim.text,
                computed=f"≤{split.whole.claim.text}",
                steps=[f"{plain(part.number)} > {plain(split.whole.number)}"],
            )


def concluded_over_received(view: View) -> Iterator[Finding]:
    """More concluded than received needs a carry-over that is stated."""
    for group in view.grouped():
        for one, other in itertools.pairwise(group):
            if not (one.counts and other.counts and one.exact and other.exact and one.measure == other.measure):
                continue
            if not (_IN.search(one.lead) and _OUT.search(other.lead)) or other.number <= one.number:
                continue
            if _OUT.search(one.lead) or _CARRIED.search(one.sentence.text) or re.search("其中", other.apart):
                continue
            apart = plain(other.number - one.number)
            message = (
                f"{other.told}多于{one.told}，多{apart}{one.measure}。"
                "只有含上年结转才可能，请写明上年结转数；否则请核对两个数。"
            )
            yield found(
                "concluded-over-received",
                "cannot_check",
                (other, one),
                message,
                f"{plain(other.number)} concluded of {plain(one.number)}: a carry-over of {apart} is not stated.",
                stated=other.claim.text,
                computed=one.claim.text,
                steps=[f"{plain(other.number)} - {plain(one.number)} = {apart}"],
            )
