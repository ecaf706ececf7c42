"""Rates against their parts: the numerator and the base that the words around them name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from fazhi.report.check.exact import Bounds, bounds, fits, numerators, shown, smallest_wholes, span_words, sums, wholes
from fazhi.report.check.finding import Finding, found
from fazhi.report.check.places import FAMILIES, Said, View, alike
from fazhi.rulebook.standards import Rate, standards

_NAME = re.compile(
    r"([\u4e00-\u9fff]{1,12}(?:率|占比|满意度|比例|比重))[^\u4e00-\u9fff]{0,3}"
    r"(?:都|均|分别|也|已)?(?:约|超过|高达|达到|达|为|是|占|提升至|提升到|提高到|提高至|升至|保持"
    r"在|稳定在|维持在|实现|超|近)*[^\u4e00-\u9fff]{0,2}$"
)
_RATE = re.compile(r"(?:率|占比|满意度|比例|比重)$")
_ORGANS = "(?:组织|委员会|机构|人员|队伍|工作室|中心|站|调解员|平台|窗口|小组|单位)"
_BODIES = re.compile(rf"{_ORGANS}[^，,]{{0,3}}$"), re.compile(rf"[^，,]{{0,6}}{_ORGANS}")
_SHARE = re.compile(
    r"占(?:了)?(?:总数|总量|全部|总体|全区|全市|其中|受理|收到|办理|审结)?[^，,。；;、]{0,8}?(?:的)?(?:约|近|超|比)?(?:为|达)?$"
)
_CHANGE = re.compile(
    r"同比|环比|增长|上升|下降|减少|压缩|压减|降幅|增幅|提升|提高|降低|缩短|提速|增加|核减|节约|节省|增收"
)
_AIM = re.compile(r"目标|力争|不低于|不少于|确保|要求|以上的标准|指标任务")
_WHOLE = Fraction(100)
_FAR = 150
"""So many claims before a share may hold its whole."""
_NEAR = 14
"""So many characters before a number may name what it counts."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A rate as stated, with what the rulebook says of it and the shares that would print like it."""

    said: Said
    name: str
    kind: Rate | None
    within: Bounds

    @property
    def percent(self) -> Fraction:
        return abs(self.said.number)


@dataclass(frozen=True, slots=True)
class Parts:
    """Claims near a rate: possible numerators, bases that its words name, and other counts."""

    of: tuple[Said, ...]
    per: tuple[Said, ...]
    others: tuple[Said, ...]

    def bases(self) -> tuple[Said, ...]:
        return (*self.per, *self.others)


def name_of(said: Said) -> str:
    """What a rate is called, from the words before it: 审结率, 占; empty where it has no name."""
    subject = said.claim.subject
    if said.percent and _RATE.search(subject):
        return subject[-12:]
    if match := _NAME.search(said.lead):
        return match[1]
    return "占" if _SHARE.search(said.lead) else ""


def is_change(said: Said) -> bool:
    """A change of something, not a share: 同比增长, 降幅. A rate with a name of its own is none."""
    if name_of(said).endswith(("率", "占", "满意度")):
        return bool(re.search(r"(?:同比|环比|增长|下降|上升|减少|降低)[^，,；;。]{0,4}$", said.lead))
    return said.claim.kind == "yoy" or bool(_CHANGE.search(said.lead))


def stated_rates(view: View) -> Iterator[Stated]:
    """Exact rates that are stated of the year: no changes, no aims, no figures of others in brackets."""
    for said in view.said:
        if not said.percent or not said.exact or said.bracketed or is_change(said) or view.planned(said):
            continue
        if _AIM.search(said.lead):
            continue
        name = name_of(said)
        yield Stated(said, name, standards().rate(name) if name else None, bounds(abs(said.number), said.decimals))


def parts_of(view: View, rate: Stated) -> Parts:
    """Counts that could be its numerator or base: in its sentence, else in the sentences before it."""
    kind = rate.kind
    near = _counts(view.before(rate.said))
    if rate.name.startswith("占"):
        return _parts_of_share(view, rate, near)
    wide = _counts(view.before(rate.said, 3))
    of = _naming(near, _own(rate.name, kind)) if kind else ()
    if kind:  # 应出庭 says the base, though 出庭 is in it
        wider = [word for word in kind.per if any(part in word for part in kind.of)]
        of = tuple(one for one in of if not any(word in one.words for word in wider))
    per = tuple(one for one in (_naming(near, kind.per) if kind else ()) if one not in of)
    if kind and of and not per:
        per = _scoped(wide, of, kind.per)
    taken = {one.at for one in (*of, *per)}
    if kind and kind.own_base:
        near = ()
    others = tuple(one for one in near if one.at not in taken and (not of or alike(one, of[0])))
    return Parts(of, per, others)


def _parts_of_share(view: View, rate: Stated, near: Sequence[Said]) -> Parts:
    """甲类13件，占案件总数的22 %: the count right before is the part; its whole may stand anywhere above it."""
    if not near:
        return Parts((), (), ())
    part = near[-1]
    earlier = [one for one in view.said[max(0, rate.said.at - _FAR) : rate.said.at] if one.start < part.start]
    above = [one for one in _counts(earlier) if alike(one, part) and one.number > part.number]
    named = tuple(one for one in above if one in near[:1] and _is_total(one, rate))
    return Parts((part,), named, tuple(one for one in above if one not in named))


def _is_total(said: Said, rate: Stated) -> bool:
    return rate.kind is not None and any(word in said.words for word in rate.kind.per)


def _own(name: str, kind: Rate) -> tuple[str, ...]:
    """Of several rates on one line of the rulebook each has the numerator that its own name says (合格率: 合格)."""
    own = tuple(word for word in kind.of if _plain(word) in _plain(name))
    return own if own and not kind.summed else kind.of


def _plain(text: str) -> str:
    """按期, 及时 and 如期 say the same as 按时."""
    return re.sub("按期|及时|如期|限时", "按时", text)


def _counts(said: Iterable[Said]) -> tuple[Said, ...]:
    return tuple(one for one in said if one.counts and one.exact and one.number > 0 and not one.bracketed)


def _naming(counts: Sequence[Said], words: Sequence[str]) -> tuple[Said, ...]:
    """Counts whose clause names one of the words; counts of organs and people who do the work are left out."""
    wanted = [_plain(word) for word in words]
    named = [one for one in counts if any(word in _plain(f"{one.lead[-_NEAR:]}|{one.tail}") for word in wanted)]
    return tuple(one for one in named if not _BODIES[0].search(one.lead) and not _BODIES[1].match(one.tail))


def _scoped(wide: Sequence[Said], of: Sequence[Said], words: Sequence[str]) -> tuple[Said, ...]:
    """Bases in the sentences before, of the same sort of unit as the numerators."""
    return tuple(one for one in _naming(wide, words) if one not in of and alike(one, of[0]))


def fitting(rate: Stated, parts: Parts) -> bool:
    """Whether any numerator, or sum of numerators, over any base prints as stated."""
    tops = [sum(chosen) for chosen in sums([int(one.number) for one in parts.of])]
    bases = [int(one.number) for one in parts.bases()]
    pairs = [(top, base) for top in tops for base in bases]
    if not rate.name.startswith("占"):
        every = [int(one.number) for one in (*parts.of, *parts.bases())]
        pairs += [(top, base) for top in every for base in every if top < base]
    whole = _total(parts.per)
    pairs += [(top, whole) for top in tops]
    return any(base and fits(Fraction(top, base), rate.within) for top, base in pairs)


def _total(said: Sequence[Said]) -> int:
    return sum(int(one.number) for one in said)


def rate_against_parts(view: View) -> Iterator[Finding]:
    """202 of 260 is 77.69 %, not 85 %."""
    for rate in stated_rates(view):
        if rate.kind is None:
            continue
        parts = parts_of(view, rate)
        clear = bool(parts.per) or (rate.percent != _WHOLE and not rate.name.startswith("占"))
        if parts.of and parts.bases() and clear and not fitting(rate, parts):
            yield _disagrees(rate, parts)


def _disagrees(rate: Stated, parts: Parts) -> Finding:
    top = parts.of[-1]
    base = next((one for one in reversed(parts.per) if alike(one, top)), None)
    tops = parts.of if _joined(parts.of) else (top,)
    number = _total(tops)
    tried = base or next((one for one in reversed(parts.others) if alike(one, top)), parts.bases()[-1])
    share = Fraction(number, int(tried.number))
    needed = wholes(number, rate.within)
    shown_share, places = shown(share, max(2, rate.said.decimals)), max(2, rate.said.decimals)
    steps = [f"{_adding(tops)} ÷ {_int(one)} = {shown(Fraction(number, int(one.number)), places)}"
             for one in (parts.per or parts.others)[-3:]]  # fmt: skip
    name = rate.name
    tops_told = "、".join(one.told for one in tops)
    would = (
        f"若{name}{rate.said.claim.text}无误，分母应为{span_words(needed)}（四舍五入或截尾）"
        if needed
        else "没有整数分母能得出这个率"
    )
    would_en = (
        f"{rate.said.claim.text} would need a base of {span_words(needed, ' to ')}"
        if needed
        else "no whole base gives it"
    )
    certain = base is not None and not (rate.kind and rate.kind.own_base)
    if certain:
        message = (
            f"写的是{name}{rate.said.claim.text}，但{tops_told}除以{tried.told}得{shown_share}。"
            f"{would}；如分母含上年结转等，请写明分母及其数量，否则请改为{shown_share}。"
        )
    else:
        message = (
            f"{name}{rate.said.claim.text}的分母没有写明：以文中的数计算，{'；'.join(steps)}，都不是{rate.said.claim.text}。"
            f"{would}。请写明分母是什么、有多少。"
        )
    message_en = f"Stated {rate.said.claim.text}; {steps[-1]}. {would_en}."
    involved = (rate.said, *tops, tried)
    return found(
        "rate-against-parts",
        "inconsistent" if certain else "cannot_check",
        involved,
        message,
        message_en,
        stated=rate.said.claim.text,
        computed=shown_share,
        steps=[*steps, would],
    )


def _joined(tops: Sequence[Said]) -> bool:
    """Numerators that stand in one sentence and add up to one thing."""
    return len(tops) > 1 and len({one.claim.sentence_at for one in tops}) == 1


def _adding(tops: Sequence[Said]) -> str:
    text = " + ".join(_int(one) for one in tops)
    return f"({text})" if len(tops) > 1 else text


def _int(said: Said) -> str:
    return str(int(said.number))


def rate_of_whole_numbers(view: View) -> Iterator[Finding]:
    """No whole number of 16 cases is 55 %; 2 of 11 is 18.2 %."""
    for rate in stated_rates(view):
        if rate.kind is None or rate.percent >= _WHOLE:
            continue
        parts = parts_of(view, rate)
        if parts.of and parts.bases():
            continue
        if parts.of and any(parts.of[-1].measure in family for family in FAMILIES[:2]):
            yield from _no_base(rate, parts.of)
        elif parts.per and not rate.kind.own_base:
            yield from _no_numerator(rate, parts)


def _no_base(rate: Stated, of: Sequence[Said]) -> Iterator[Finding]:
    """A numerator without a base: which bases there could be."""
    tops = [sum(chosen) for chosen in sums([int(one.number) for one in of])]
    if any(wholes(top, rate.within) for top in tops):
        return
    top = of[-1]
    message = (
        f"{top.told}，{rate.name}{rate.said.claim.text}：没有哪个整数分母能使{_int(top)}占{rate.said.claim.text}"
        f"（四舍五入和截尾都算）。请核对分子和率，并写明分母。"
    )
    message_en = f"No whole base makes {_int(top)} equal {rate.said.claim.text}, rounded or cut off."
    yield found(
        "rate-of-whole-numbers",
        "inconsistent",
        (rate.said, top),
        message,
        message_en,
        stated=rate.said.claim.text,
        steps=[f"{_int(top)} ÷ n ≠ {rate.said.claim.text}"],
    )


def _no_numerator(rate: Stated, parts: Parts) -> Iterator[Finding]:
    candidates = parts.bases()
    if any(numerators(int(one.number), rate.within) for one in candidates):
        return
    base = parts.per[-1]
    whole = int(base.number)
    near = round(rate.percent * whole / 100)
    around = [one for one in (near - 1, near, near + 1) if 0 <= one <= whole]
    steps = [f"{one} ÷ {whole} = {shown(Fraction(one, whole), max(2, rate.said.decimals))}" for one in around]
    working = "、".join(str(one) for _, one in smallest_wholes(rate.within))
    message = (
        f"以{base.told}为分母，没有哪个整数分子能得出{rate.name}{rate.said.claim.text}：{'；'.join(steps)}。"
        f"能得出这个率的最小分母是{working}。请核对率，或写明另一个分母。"
    )
    message_en = f"No whole number of {whole} is {rate.said.claim.text}; the smallest bases that work: {working}."
    yield found(
        "rate-of-whole-numbers",
        "inconsistent",
        (rate.said, base),
        message,
        message_en,
        stated=rate.said.claim.text,
        computed=steps[len(steps) // 2].split(" = ")[1],
        steps=steps,
    )


def rate_without_base(view: View) -> Iterator[Finding]:
    """A rate of which no base is stated cannot be checked; 100 % says itself of what."""
    for rate in stated_rates(view):
        if rate.percent >= _WHOLE or rate.percent <= 0 or not rate.name:
            continue
        parts = parts_of(view, rate)
        if fitting(rate, parts) or (rate.name.startswith("占") and not parts.of):
            continue
        if rate.kind is None and any(numerators(int(one.number), rate.within) for one in parts.others):
            continue
        if parts.per or (parts.of and parts.others and not rate.name.startswith("占")):
            continue
        if not parts.of and any(numerators(int(one.number), rate.within) for one in _direct(parts.others)):
            continue
        if parts.of and not any(wholes(int(one.number), rate.within) for one in parts.of):
            continue  # told by rate_of_whole_numbers
        wide = [one for one in _counts(view.before(rate.said, 3)) if parts.of and alike(one, parts.of[0])]
        wide = [one for one in wide if one not in parts.of and one.number >= parts.of[-1].number]
        if any(fits(top.number / one.number, rate.within) for one in wide for top in parts.of):
            continue
        yield _unbased(rate, parts.of, wide)


def _direct(others: Sequence[Said]) -> Sequence[Said]:
    """The count that stands nearest before a rate may be its base without saying so."""
    return others[-1:]


def _unbased(rate: Stated, of: Sequence[Said], wide: Sequence[Said]) -> Finding:
    text = rate.said.claim.text
    involved: tuple[Said, ...] = (rate.said, *of[-1:])
    if of:
        top = of[-1]
        needed = wholes(int(top.number), rate.within)
        known = f"由{top.told}反推，分母应为{span_words(needed)}" if needed else ""
        within = numerators(int(top.number), rate.within)
        if within and "化解" in top.words:  # settled, or taken up to be settled
            known += f"；若{_int(top)}本身是分母，分子应为{span_words(within)}"
        known_en = f"{_int(top)} as numerator implies a base of {span_words(needed, ' to ')}" if needed else ""
        computed = span_words(needed) if needed else ""
    else:
        pairs = smallest_wholes(rate.within, count=1)
        known = f"分母至少为{pairs[0][1]}（如{pairs[0][0]}÷{pairs[0][1]}）" if pairs else ""
        known_en = f"the base is at least {pairs[0][1]}" if pairs else ""
        computed = f"{pairs[0][0]}/{pairs[0][1]}" if pairs else ""
    tried = [f"以{one.told}计为{shown(of[-1].number / one.number)}" for one in wide[-3:]] if of else []
    if tried:
        known = f"{'，'.join(tried)}，都不是{text}；{known}"
    message = f"{rate.name}{text}没有写明分子和分母，无从核对；{known}。请写成“某数占某数的{text}”。"
    if of:
        message = f"{rate.name}{text}没有写明分母，无从核对；{known}。请写明分母是什么、有多少。"
    return found(
        "rate-without-base",
        "cannot_check",
        involved,
        message,
        f"The rate {text} has no stated base; {known_en}.",
        stated=text,
        computed=computed,
        steps=[known] if known else [],
    )


def rate_over_whole(view: View) -> Iterator[Finding]:
    """A share of a whole cannot pass 100 %."""
    for said in view.said:
        if not said.percent or said.claim.value is None or is_change(said) or said.number <= _WHOLE:
            continue
        name = name_of(said)
        kind = standards().rate(name) if name else None
        if kind is None or not kind.whole:
            continue
        text = said.claim.text
        message = (
            f"{name}{text}超过了100%：部分不能大于整体。"
            "请核对分子、分母是否同一口径（例如分子含上年结转的，分母也要含）。"
        )
        message_en = f"{text} is more than the whole; numerator and base must be counted alike."
        yield found("rate-over-whole", "inconsistent", (said,), message, message_en, stated=text, computed="≤100%")
