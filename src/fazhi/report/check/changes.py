"""Changes against what they are changes of: year on year, from one figure to another, and percentage points."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from fazhi.report.check.exact import Bounds, bounds, fits, plain, shown
from fazhi.report.check.finding import Finding, found
from fazhi.report.check.places import Said, View, alike

_YEAR_ON_YEAR = re.compile(r"同比|比上年|较上年|比去年|较去年|比上一年|较上一年|同期相比")
_BEFORE = re.compile(
    r"(?:上年|去年|上一年|前年|20\d\d年(?=同期))(?:度)?(?:同期)?(?:的|为|是|共|全年)?[^，,；;。]{0,8}$"
)
_RISE = re.compile(r"增|升|提高|提升|扩大|上涨")
_FALL = re.compile(r"减|降|缩短|压缩|下滑|回落")
_FROM = re.compile(r"[从由自]|上年|去年")
_TO = re.compile(
    r"^[^，,；;。]{0,4}?[，,]?(?:增加|增长|增|上升|升|提高|提升|扩大|减少|减|下降|降低|降|压缩|压减|缩短|调整|变)(?:了)?(?:至|到|为)[^，,；;。\d]{0,4}$"
)
_DELTA = re.compile(r"(?:增加|增长|多|减少|下降|少|净增|提高|上升)(?:了)?$")
_CHANGED = re.compile(r"(?:降幅|增幅|涨幅|下降|上升|增长|减少|压缩|压减|缩短)(?:率)?(?:约|达到|达|为|了|近|超过)*$")
_POINTS = re.compile(r"个?百分点")
_MANY = 100_000
"""From here on every change of two decimals has a whole number before it: nothing to find."""


@dataclass(frozen=True, slots=True)
class Change:
    """A percentage of change, its growth factor's bounds, and the counts it may be a change of, nearest first."""

    said: Said
    within: Bounds
    near: tuple[Said, ...]
    before: Said | None


def is_points(said: Said) -> bool:
    return "百分点" in said.claim.text or "百分点" in said.claim.unit or bool(_POINTS.match(said.tail))


def signed(said: Said) -> Fraction:
    """The change with its sign: a fall is below zero, however it was read."""
    size = abs(said.number)
    falls = said.number < 0 or (bool(_FALL.search(said.lead)) and not _RISE.search(said.lead))
    return -size if falls else size


def changes(view: View) -> Iterator[Change]:
    """Year-on-year percentages that are stated exactly, with the counts before them in the same sentence."""
    for said in view.said:
        if not said.percent or not said.exact or said.bracketed or is_points(said):
            continue
        earlier = view.before(said)
        carried = bool(_CHANGED.search(said.lead)) and any(_YEAR_ON_YEAR.search(one.lead) for one in earlier[-1:])
        if said.claim.kind != "yoy" and not _YEAR_ON_YEAR.search(said.lead) and not carried:
            continue
        if re.search("环比", said.lead):
            continue
        whole = view.around(said)
        before = next((one for one in reversed(whole) if _BEFORE.search(one.lead) and one.exact), None)
        near = [one for one in reversed(earlier)
                if one.exact and one is not before and not one.percent and one.number > 0 and not one.bracketed
                and not (_DELTA.search(one.lead) and _YEAR_ON_YEAR.search(one.lead))]  # fmt: skip
        yield Change(said, bounds(signed(said), said.decimals), tuple(near), before)


def change_against_parts(view: View) -> Iterator[Finding]:
    """A change against last year's figure, where both years are stated."""
    for change in changes(view):
        if change.before is None or not change.near:
            continue
        now, then = change.near[0], change.before
        if then.number <= 0 or not alike(now, then):
            continue
        if any(fits((one.number - then.number) / then.number, change.within) for one in change.near):
            continue
        yield _differs(change.said, now, then)


def _differs(said: Said, now: Said, then: Said) -> Finding:
    real = (now.number - then.number) / then.number
    places = max(2, said.decimals)
    step = f"({plain(now.number)} - {plain(then.number)}) ÷ {plain(then.number)} = {shown(real, places)}"
    message = (
        f"写的是变化{said.claim.text}，但由{plain(then.number)}到{plain(now.number)}，{step}，"
        f"应为{'增长' if real >= 0 else '下降'}{shown(abs(real), said.decimals)}。请核对两个数和比率。"
    )
    message_en = f"Stated {said.claim.text}, but {step}."
    return found(
        "change-against-parts",
        "inconsistent",
        (said, now, then),
        message,
        message_en,
        stated=said.claim.text,
        computed=shown(real, said.decimals),
        steps=[step],
    )


def before_of(now: Fraction, within: Bounds) -> range:
    """Whole numbers of last year that this change starts from; empty if there is none."""
    low, high = 1 + within[0], 1 + within[1]
    if low <= 0:
        return range(0)
    first = floor(now / high) + 1
    return range(first, floor(now / low) + 1)


def change_of_whole_numbers(view: View) -> Iterator[Finding]:
    """Last year's figure must have been a whole number of cases."""
    for change in changes(view):
        counts = [one for one in change.near if one.counts and one.number < _MANY]
        if change.before is not None or not counts or len(counts) != len(change.near):
            continue
        if any(before_of(one.number, change.within) for one in counts):
            continue
        now = counts[0]
        exact = now.number / (1 + signed(change.said) / 100) if signed(change.said) > -100 else None
        if exact is None:
            continue
        tried = [one for one in (floor(exact), ceil(exact)) if one > 0]
        steps = [f"上年{one}：({plain(now.number)} - {one}) ÷ {one} = "
                 f"{shown((now.number - one) / one, max(2, change.said.decimals))}" for one in tried]  # fmt: skip
        message = (
            f"{now.told}，同比{_signed_words(change.said)}：反推上年为{plain(exact)}，不是整数；{'；'.join(steps)}。"
            f"请核对比率，或写明它是哪个数的同比。"
        )
        message_en = f"{plain(now.number)} with a change of {change.said.claim.text} gives no whole number last year."
        yield found(
            "change-of-whole-numbers",
            "inconsistent",
            (change.said, now),
            message,
            message_en,
            stated=change.said.claim.text,
            computed=plain(exact),
            steps=steps,
        )


def change_implies(view: View) -> Iterator[Finding]:
    """What a change says of last year's figure, for comparing with last year's report."""
    for change in changes(view):
        now = next((one for one in change.near if one.counts), None)
        if change.before is not None or now is None:
            continue
        then = before_of(now.number, change.within)
        if not then or len(then) > 200:
            continue
        step = f"{plain(now.number)} ÷ {plain(1 + signed(change.said) / 100)} ≈ {span_of(then)}"
        message = (
            f"{now.told}，同比{_signed_words(change.said)}，反推上年同期为{span_of(then)}{now.measure}。"
            f"请与上年报告核对；上年报告的截止日不同的，请写明本次采用的上年同期数。"
        )
        message_en = f"The change of {change.said.claim.text} implies {span_of(then, ' to ')} the year before."
        yield found(
            "change-implies",
            "note",
            (change.said, now),
            message,
            message_en,
            stated=change.said.claim.text,
            computed=span_of(then),
            steps=[step],
        )


def change_against_last_report(view: View) -> Iterator[Finding]:
    """What a change says of last year, against what last year's report states under the same indicator."""
    if view.previous is None or (view.report.year or 0) - (view.previous.year or 0) != 1:
        return
    last = {one.indicator: one for one in view.previous.claims if one.indicator and one.kind == "count"}
    for change in changes(view):
        now = next((one for one in change.near if one.counts and one.claim.indicator in last), None)
        then = last[now.claim.indicator] if now else None
        if now is None or then is None or then.qualifier != "exact" or then.as_of[5:7] != now.claim.as_of[5:7]:
            continue
        implied = before_of(now.number, change.within)
        if not implied or then.amount is None or int(then.amount) in implied:
            continue
        message = (
            f"{now.told}，同比{_signed_words(change.said)}，反推上年为{span_of(implied)}，"
            f"而上年报告写的是{then.text}。请核对；口径有变化的，请写明。"
        )
        text = change.said.claim.text
        yield found(
            "change-against-last-report",
            "inconsistent",
            (change.said, now),
            message,
            f"The change of {text} implies {span_of(implied, ' to ')}; last year's report states {then.text}.",
            stated=then.text,
            computed=span_of(implied),
            steps=[f"{plain(now.number)} ÷ {plain(1 + signed(change.said) / 100)} ≈ {span_of(implied)} ≠ {then.text}"],
        )


def span_of(then: range, to: str = "至") -> str:
    return str(then[0]) if len(then) == 1 else f"{then[0]}{to}{then[-1]}"


def _signed_words(said: Said) -> str:
    return f"{'增长' if signed(said) >= 0 else '下降'}{shown(abs(signed(said)) / 100, said.decimals)}"


def moves(view: View) -> Iterator[tuple[Said, Said, Sequence[Said]]]:
    """From one figure to another of the same unit (由80件增至100件), with what follows in the sentence."""
    for sentence in view.grouped():
        for place, (one, other) in enumerate(itertools.pairwise(sentence)):
            if not (one.exact and other.exact) or one.measure != other.measure or one.number <= 0:
                continue
            if _FROM.search(one.lead) and _TO.match(other.apart):
                yield one, other, sentence[place + 2 :]


def change_from_to(view: View) -> Iterator[Finding]:
    """由80件增至100件，增长25 %: the change must be that of the two figures, in their direction."""
    for one, other, rest in moves(view):
        rises, falls = bool(_RISE.search(other.apart)), bool(_FALL.search(other.apart))
        if rises != falls and (other.number < one.number) == rises and other.number != one.number:
            message = (
                f"写的是由{one.claim.text}{other.apart.strip()}{other.claim.text}，"
                f"但{other.claim.text}{'小' if rises else '大'}于{one.claim.text}，方向不符。请核对两个数或用词。"
            )
            message_en = f"From {one.claim.text} to {other.claim.text} is the other way round."
            yield found("change-from-to", "inconsistent", (other, one), message, message_en, stated=other.claim.text)
            continue
        after = rest[0] if rest else None
        if (
            after is None
            or not after.percent
            or not after.exact
            or not (_RISE.search(after.lead) or _FALL.search(after.lead))
        ):
            continue
        if one.percent:
            yield from _points(one, other, after)
        elif not fits((other.number - one.number) / one.number, bounds(signed(after), after.decimals)):
            yield _differs(after, other, one)


def _points(one: Said, other: Said, after: Said) -> Iterator[Finding]:
    """A rise from 80 % to 90 % is ten percentage points, and 12.5 per cent."""
    apart = other.number - one.number
    relative = apart / one.number
    if is_points(after):
        if abs(apart) == abs(after.number):
            return
        right = f"{plain(abs(apart))}个百分点"
    elif abs(apart) != abs(after.number) and fits(relative, bounds(signed(after), after.decimals)):
        return
    else:
        right = f"{plain(abs(apart))}个百分点（或按比例{shown(abs(relative), 2)}）"
    step = f"{plain(other.number)} - {plain(one.number)} = {plain(apart)}"
    message = (
        f"由{one.claim.text}到{other.claim.text}相差{right}，写的是{after.claim.text}。两个百分数之差应写“百分点”。"
    )
    message_en = (
        f"From {one.claim.text} to {other.claim.text} is {plain(abs(apart))} percentage points, not {after.claim.text}."
    )
    yield found(
        "change-from-to",
        "inconsistent",
        (after, one, other),
        message,
        message_en,
        stated=after.claim.text,
        computed=right,
        steps=[step],
    )


def change_by_amount(view: View) -> Iterator[Finding]:
    """120件，同比增加20件，增长20 %: the amount and the percentage must start from the same figure."""
    for change in changes(view):
        earlier = view.before(change.said)
        delta = next(
            (one for one in reversed(earlier) if one.exact and not one.percent and _DELTA.search(one.lead)), None
        )
        if delta is None or change.before is not None:
            continue
        now = next(
            (one for one in change.near if one is not delta and one.start < delta.start and alike(one, delta)), None
        )
        if now is None or change.said.start < delta.start:
            continue
        moved = -delta.number if _FALL.search(delta.lead) or delta.lead.endswith("少") else delta.number
        then = now.number - moved
        if then > 0 and not fits(moved / then, change.within):
            yield _by_amount(change.said, now, delta, moved, then)


def _by_amount(said: Said, now: Said, delta: Said, moved: Fraction, then: Fraction) -> Finding:
    real = moved / then
    step = (
        f"上年 = {plain(now.number)} - ({plain(moved)}) = {plain(then)}；{plain(moved)} ÷ {plain(then)} = {shown(real)}"
    )
    message = (
        f"{now.told}、{delta.told}，则{step}，写的却是{said.claim.text}，应为"
        f"{shown(abs(real), said.decimals)}。请核对三个数。"
    )
    return found(
        "change-by-amount",
        "inconsistent",
        (said, now, delta),
        message,
        f"Stated {said.claim.text}, but {plain(moved)} on {plain(then)} is {shown(real)}.",
        stated=said.claim.text,
        computed=shown(real, said.decimals),
        steps=[step],
    )


def change_without_figure(view: View) -> Iterator[Finding]:
    """A change of something whose figure is not stated cannot be checked."""
    for said in view.said:
        if not said.percent or not said.exact or said.bracketed or is_points(said) or view.planned(said):
            continue
        if said.claim.kind != "yoy" and not _CHANGED.search(said.lead):
            continue
        if any(not one.percent and one.claim.value is not None and _shares(one, said) for one in view.before(said, 2)):
            continue
        before = said.sentence.text[: said.start - said.sentence.start]
        if _moved_to(view, said) or re.search(r"[由从]\D{0,12}\d[^；;]{0,20}[至到为]\D{0,4}\d", before):
            continue
        text = said.claim.text
        message = f"“{said.told}”没有写明由多少变为多少，无从核对。请写明两个数。"
        message_en = f"A change of {text} without the figures before and after."
        yield found("change-without-figure", "cannot_check", (said,), message, message_en, stated=text)


def _shares(one: Said, said: Said) -> bool:
    """Whether a figure stands in the same sentence, or speaks of the same thing in one before it."""
    if one.claim.sentence_at == said.claim.sentence_at:
        return True
    text = f"{said.claim.subject}{said.lead}"
    return any(text[at : at + 2] in one.words for at in range(len(text) - 1))


def _moved_to(view: View, said: Said) -> bool:
    """由80%提高到90%: the figure is where a change arrives, or follows one that does."""
    return bool(re.search(r"至$|(?<!达)到$", said.lead)) or any(one.percent for one in view.before(said))
