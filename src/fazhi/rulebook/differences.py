"""What one page of a procedure says otherwise than another, in the words of an official."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from fazhi.law import ClockRule, FactKind, Procedure, case_of
from fazhi.rulebook.guide import BY, ROLLS, status_words, term_words

EVERY_ZH = {"": "无", "year": "每年", "quarter": "每季度", "month": "每月"}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changes: `was` is empty for what is new, `will` for what goes."""

    what: str
    was: str
    will: str

    def told(self) -> str:
        """The change as one line."""
        if not self.was:
            return f"新增{self.what}：{self.will}"
        if not self.will:
            return f"取消{self.what}：原为{self.was}"
        return f"{self.what}：{self.was} → {self.will}"


Aspects = Mapping[str, str]
Thing = TypeVar("Thing", ClockRule, FactKind)


def differences(old: Procedure, new: Procedure) -> Iterator[Change]:
    """Every difference of two pages: of the page, then of its clocks, then of its facts."""
    yield from _compared("", _of_page(old), _of_page(new))
    yield from _things("期限", old, new, old.clocks, new.clocks, _of_clock)
    yield from _things("步骤", old, new, old.facts, new.facts, _of_fact)
    yield from _things("共用行为", old, new, old.common, new.common, _of_fact)


def clocks_of(page: Procedure) -> Iterator[Change]:
    """The clocks of a page that is wholly new."""
    for rule in page.clocks.values():
        yield Change(f"期限“{rule.title}”", "", in_short(rule))


def in_short(thing: ClockRule | FactKind) -> str:
    """A clock or fact in one breath."""
    if isinstance(thing, ClockRule):
        return f"{term_words(thing)}（{thing.source or '未写依据'}，{status_words(thing.source)}）"
    return _fields(thing) or "可以登记"


def _things(
    word: str,
    old: Procedure,
    new: Procedure,
    known: Mapping[str, Thing],
    there: Mapping[str, Thing],
    said: Callable[[Procedure, Thing], Aspects],
) -> Iterator[Change]:
    for name, thing in there.items():
        what = f"{word}“{thing.title}”"
        if name not in known:
            yield Change(what, "", in_short(thing))
        else:
            yield from _compared(f"{what}的", said(old, known[name]), said(new, thing))
    for name, thing in known.items():
        if name not in there:
            yield Change(f"{word}“{thing.title}”", in_short(thing), "")


def _compared(what: str, was: Aspects, will: Aspects) -> Iterator[Change]:
    for aspect in was:
        if was[aspect] != will[aspect]:
            yield Change(f"{what}{aspect}", was[aspect] or "无", will[aspect] or "无")


def _of_page(page: Procedure) -> Aspects:
    taking = page.transition
    unless = _names(page, taking.unless) if taking else ""
    return {
        "业务名称": str(page.title),
        "业务依据": f"{page.source or ''}（{status_words(page.source)}）",
        "末日遇假": ROLLS[page.rolls].zh,
        "立案的步骤": _names(page, [page.opens_with]),
        "编号的步骤": _names(page, [page.numbered_by]),
        "案号用字": page.number_word,
        "定期自行立项": EVERY_ZH[page.every],
        "保管期": _kept(page),
        "接办以前的事项": f"没有{unless}的" if unless else "全部未结的" if taking else "不接办",
    }


def _kept(page: Procedure) -> str:
    if page.retention is None:
        return ""
    source = page.retention.source
    return f"{page.retention.term.zh if page.retention.term else '永久'}（{source}，{status_words(source)}）"


def _of_clock(page: Procedure, rule: ClockRule) -> Aspects:
    return {
        "名称": str(rule.title),
        "时限": term_words(rule).zh,
        "由谁办理": BY[rule.by].zh if rule.by in BY else rule.by,
        "起算": _names(page, [*rule.starts, *rule.before]) + ("所定之日（倒算）" if rule.before else ""),
        "适用情形": _cases(page, rule.when),
        "完成": _names(page, rule.stops),
        "不再计算": _names(page, rule.drops),
        "重新计算": _names(page, rule.restarts),
        "不计入的时间": "；".join(
            f"{_names(page, [begin])}至{_names(page, ends, '或')}" for begin, ends in rule.pauses.items()
        ),
        "延长": f"{_names(page, rule.extended_by)}{_times(rule)}" if rule.extended_by else "",
        "末日遇假": ROLLS[page.rolls_for(rule)].zh,
        "期满视为": f"{_names(page, [rule.deems])}（{'起算日' if rule.deems_on == 'start' else '末日'}）"
        if rule.deems
        else "",
        "期满方可": _names(page, rule.opens),
        "结案以后": "继续计算" if rule.outlives else "不再计算",
        "提前提醒": rule.warns.zh if rule.warns else "",
        "依据和效力": f"{rule.source or '未写依据'}（{status_words(rule.source)}）",
    }


def _of_fact(page: Procedure, kind: FactKind) -> Aspects:
    needs = ["须先有" + _names(page, group, "或") for group in kind.after]
    needs += ["应当先有" + _names(page, group, "或") for group in kind.needs]
    needs += ["不得已有" + _names(page, [one]) for one in kind.unless]
    return {
        "名称": str(kind.title),
        "先决条件": "；".join(needs),
        "适用情形": _cases(page, kind.when),
        "登记项": _fields(kind),
        "自带内容": _cases(page, {name: (value,) for name, value in kind.sets.items()}),
        "由谁作出": BY[kind.by].zh if kind.by in BY else kind.by,
        "次数": "可以多次" if kind.repeats else "一次",
        "结束事项": "是" if kind.closes else "否",
        "文书": "、".join(kind.letters),
        "记录时核对": "、".join(one.register or "个人信息" for one in kind.consults),
        "公开栏目": kind.publishes,
        "依据和效力": f"{kind.source or '未写依据'}（{status_words(kind.source)}）",
    }


def _fields(kind: FactKind) -> str:
    told = []
    for name, field in kind.fields.items():
        choices = "、".join(str(title) for title in field.choice_titles.values())
        told.append(
            (str(field.title) or name)
            + (f"（{choices}）" if choices else "")
            + ("" if field.required or field.needed else "（可不填）")
            + (f"（只在{case_of(kind, field)}时）" if field.when else "")
        )
    return "；".join(told)


def _cases(page: Procedure, when: Mapping[str, tuple[str, ...]]) -> str:
    titles = {field.name: str(field.title) for kind in page.facts.values() for field in kind.fields.values()}
    told = []
    for name, values in when.items():
        named = [str(page.choices.get((name, value), value or "未写明")) for value in values]
        told.append(f"{titles.get(name, name)}为{'或'.join(named)}")
    return "；".join(told)


def _names(page: Procedure, names: Iterable[str], joint: str = "、") -> str:
    kinds = [(name, page.kind(name)) for name in names if name]
    return joint.join(f"“{kind.title}”" if kind else name for name, kind in kinds)


def _times(rule: ClockRule) -> str:
    return "，次数不限" if rule.times is None else f"，{rule.times}次" if rule.times > 1 else ""
