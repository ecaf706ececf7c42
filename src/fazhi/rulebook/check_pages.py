"""Rules for pages of procedures: each finds one fault that a page can have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fazhi.law import ClockRule, FactKind, Finding, Procedure
from fazhi.rulebook.pages import Page

DOUBTFUL = ("待填", "未核", "示例", "惯例", "转述", "本地规则", "统计口径")


@dataclass(frozen=True, slots=True)
class Checked:
    """One page with what it must agree with. `earlier` are the versions in force before it."""

    page: Page
    procedure: Procedure
    kinds: frozenset[str]
    earlier: tuple[Procedure, ...] = ()
    is_common: bool = False
    groups: frozenset[str] = frozenset()

    def fault(self, rule: str, where: tuple[str, ...], zh: str, en: str, *, warning: bool = False) -> Finding:
        return self.page.finding(rule, where, zh, en, warning=warning)


def named_facts(rule: ClockRule) -> Iterator[tuple[str, str]]:
    """Each (word, fact) that a clock names."""
    for word in ("starts", "before", "stops", "drops", "restarts", "extended_by", "opens"):
        yield from ((word, name) for name in getattr(rule, word))
    for begins, ends in rule.pauses.items():
        yield from (("pauses", name) for name in (begins, *ends))
    if rule.deems:
        yield "deems", rule.deems


def required_facts(kind: FactKind) -> Iterator[tuple[str, str]]:
    """Each (word, fact) that a fact names."""
    for word in ("after", "needs"):
        yield from ((word, name) for group in getattr(kind, word) for name in group)
    yield from (("unless", name) for name in kind.unless)
    yield from (("hears", name) for name in kind.hears.values())


def unknown_facts(it: Checked) -> Iterable[Finding]:
    """A name that is no fact of the page."""
    known = it.procedure.facts.keys() | it.procedure.common.keys()
    for table, things in (("facts", it.procedure.facts), ("clocks", it.procedure.clocks)):
        for name, thing in things.items():
            named = required_facts(thing) if isinstance(thing, FactKind) else named_facts(thing)
            for word, fact in named:
                if fact not in known:
                    zh = f"{table}.{name} 的 {word} 写了 {fact}，本页没有这个事实"
                    yield it.fault("unknown-fact", (table, name, word), zh, f"{name}.{word}: there is no fact {fact}")
    for word in ("opens_with", "numbered_by"):
        fact = getattr(it.procedure, word)
        if fact and fact not in known:
            yield it.fault(
                "unknown-fact", (word,), f"{word} 写了 {fact}，本页没有这个事实", f"{word}: there is no fact {fact}"
            )
    for fact in it.procedure.intake.also:
        if fact not in it.procedure.facts or fact == it.procedure.opens_with:
            zh = f"intake 的 also 写了 {fact}，应为本页另一个事实"
            yield it.fault("unknown-fact", ("intake", "also"), zh, f"intake.also: {fact} is no other fact of the page")
    opening = it.procedure.kind(it.procedure.opens_with)
    for name, value in it.procedure.intake.usual:
        asked = opening.fields.get(name) if opening else None
        if asked is None or (asked.choices and value not in asked.choices):
            zh = f"intake 的 usual 写了 {name} = {value}，开始的事实没有这个字段或者这个值"
            yield it.fault(
                "unknown-field", ("intake", "usual"), zh, f"intake.usual: {name} = {value} is not to be chosen"
            )


def unknown_kinds(it: Checked) -> Iterable[Finding]:
    """A sub-matter of a kind that has no page."""
    for name, kind in it.procedure.facts.items():
        for led in kind.leads_to:
            if led not in it.kinds:
                zh = f"facts.{name} 的 leads_to 写了 {led}，没有这种业务"
                yield it.fault("unknown-page", ("facts", name, "leads_to"), zh, f"{name}: there is no kind {led}")


def untitled(it: Checked) -> Iterable[Finding]:
    """A fact or clock that people would see by its code word, and a page in Chinese only."""
    for table, things in (("facts", it.procedure.facts), ("clocks", it.procedure.clocks)):
        for name, thing in things.items():
            if not thing.title.zh:
                yield it.fault("title", (table, name), f"{table}.{name} 须有中文名称 title", f"{name} needs a title")
            elif not thing.title.en:
                zh = f"{table}.{name} 没有英文名称，英文界面将显示中文"
                yield it.fault("title", (table, name), zh, f"{name} has no English title", warning=True)
    for name, kind in it.procedure.facts.items():
        for field in kind.fields.values():
            shown = [title.zh for code, title in field.choice_titles.items()]
            if not field.title.zh or any(one.isascii() for one in shown):
                zh = f"facts.{name} 的登记项 {field.name} 须有中文名称，每个选项也须有：不得让人看到代码"
                at = ("facts", name, "fields", field.name)
                yield it.fault("title", at, zh, f"{name}.{field.name} and its choices need titles")


def unsourced(it: Checked) -> Iterable[Finding]:
    """A clock that names no article."""
    for name, rule in it.procedure.clocks.items():
        if rule.source is None:
            zh = f"期限 {name} 没有写依据：每个期限都要写明法律和条文"
            yield it.fault("no-source", ("clocks", name), zh, f"clock {name} names no article")


def startless(it: Checked) -> Iterable[Finding]:
    """A clock that nothing starts, or that is said to count both ways."""
    for name, rule in it.procedure.clocks.items():
        if bool(rule.starts) == bool(rule.before):
            zh = f"期限 {name} 须有 starts 或 before 中的一个"
            yield it.fault("no-start", ("clocks", name), zh, f"clock {name} needs either starts or before")
        for fact in rule.before:
            kind = it.procedure.kind(fact)
            if kind and "day" not in kind.fields:
                zh = f"期限 {name} 自 {fact} 所写的 day 倒算，但该事实没有 day 字段"
                yield it.fault("no-start", ("clocks", name, "before"), zh, f"{fact} names no day to count back from")


def endless(it: Checked) -> Iterable[Finding]:
    """A clock that no fact can end."""
    for name, rule in it.procedure.clocks.items():
        if not rule.stops and not rule.drops and not rule.deems and not rule.at_least:
            zh = f"期限 {name} 没有 stops：没有事实能结束它"
            yield it.fault("no-stop", ("clocks", name), zh, f"nothing stops clock {name}")


def reachable(procedure: Procedure) -> set[str]:
    """Facts that can come to be, from the opening on."""
    found: set[str] = set()
    grown = True
    while grown:
        more = {
            name
            for name, kind in procedure.facts.items()
            if name not in found
            and all(any(one in found or one in procedure.common for one in group) for group in kind.after)
        }
        grown = bool(more)
        found |= more
    return found


def unreachable_facts(it: Checked) -> Iterable[Finding]:
    """A fact, an outcome above all, that can never be recorded."""
    if it.is_common:
        return
    if not it.procedure.opens_with:
        yield it.fault("no-opening", (), "页面须写 opens_with：由哪个事实立事项", "the page needs opens_with")
    found = reachable(it.procedure)
    for name, kind in it.procedure.facts.items():
        if name not in found:
            what = "结果" if kind.closes else "事实"
            zh = f"{what} {name} 永远不能发生：它的 after 彼此等待"
            yield it.fault(
                "unreachable", ("facts", name, "after"), zh, f"{name} can never happen: its after waits in a circle"
            )


def dead_end(it: Checked) -> Iterable[Finding]:
    """An open matter that no lawful fact can close, whatever has been recorded before."""
    if it.is_common or it.procedure.every or it.procedure.register is not None:
        return
    found = reachable(it.procedure)
    closing = [kind for name, kind in it.procedure.facts.items() if kind.closes and name in found]
    if not closing:
        yield it.fault(
            "dead-end", ("facts",), "没有能结束事项的事实（closes = true）", "no fact closes a matter of this kind"
        )
        return
    blockers = {name for name in found if not it.procedure.facts[name].closes}
    if all(blockers & set(kind.unless) for kind in closing):
        names = "、".join(sorted({name for kind in closing for name in kind.unless if name in blockers}))
        zh = f"死路：{names} 发生以后，没有任何合法的方式结束事项"
        yield it.fault(
            "dead-end",
            ("facts", closing[0].name, "unless"),
            zh,
            f"dead end: after {names} nothing lawful closes the matter",
        )


def analogy_chained(it: Checked) -> Iterable[Finding]:
    """A deemed fact that starts another clock, from a last day that is rolled by analogy only."""
    starting = {name for rule in it.procedure.clocks.values() for name in rule.starts}
    for name, rule in it.procedure.clocks.items():
        rolled = rule.term is not None and rule.term.unit in ("days", "months", "years")
        if rule.deems in starting and rolled and (rule.rolls or it.procedure.rolls) == "analogy":
            zh = f'期限 {name} 的末日只是类推顺延，却由 deems 起算另一期限：应写 rolls = "law" 或 "never"'
            yield it.fault(
                "deems-analogy",
                ("clocks", name, "deems"),
                zh,
                f"clock {name} rolls by analogy but its lapse starts another clock",
            )


def silent_choice(it: Checked) -> Iterable[Finding]:
    """A deemed fact says no field: for each field that decides, one clock must accept the empty value."""
    deemed = {rule.deems for rule in it.procedure.clocks.values() if rule.deems}
    for fact in sorted(deemed):
        asked: dict[str, list[ClockRule]] = {}
        for rule in it.procedure.clocks.values():
            if fact in rule.starts and (kind := it.procedure.kind(fact)):
                for field in rule.when.keys() & kind.fields.keys():
                    asked.setdefault(field, []).append(rule)
        for field, rules in asked.items():
            if not any("" in rule.when[field] for rule in rules):
                zh = f'{fact} 可以依法视为发生，那时没有写 {field}：须有一个期限的 when 接受 ""'
                yield it.fault(
                    "silent-choice",
                    ("clocks", rules[0].name, "when"),
                    zh,
                    f'no clock accepts "" for {field} of the deemed {fact}',
                )


def swallowed(it: Checked) -> Iterable[Finding]:
    """A run that lapsed and was never ended keeps the next start of the same thread out.

    A start that is a pause is safe where the end of the pause also ends the run.
    """
    for name, rule in it.procedure.clocks.items():
        repeating = [
            fact
            for fact in rule.starts
            if (kind := it.procedure.kind(fact)) and kind.repeats and not _ends_with_pause(it.procedure, rule, fact)
        ]
        renewed = set(rule.restarts) & set(rule.starts)
        if repeating and rule.term and not renewed and not rule.deems and rule.by in ("", "office"):
            again = "、".join(repeating)
            zh = f"期限 {name} 届满未办的，{again} 再次发生也不重新起算：请去掉 repeats 而用线索（#甲），或加 deems"
            en = f"clock {name}: a lapsed run swallows the next {', '.join(repeating)}; use threads or deems"
            yield it.fault("swallowed", ("clocks", name, "starts"), zh, en, warning=True)


def _ends_with_pause(procedure: Procedure, rule: ClockRule, fact: str) -> bool:
    ends = {end for other in procedure.clocks.values() for end in other.pauses.get(fact, ())}
    return bool(ends & {*rule.stops, *rule.drops})


def forgotten(it: Checked) -> Iterable[Finding]:
    """A page that takes over open matters must know all that they can have said."""
    if it.procedure.transition is None:
        return
    for older in it.earlier:
        missing = [name for name in older.facts if name not in it.procedure.facts]
        if missing:
            zh = f"本页有 [transition]，会接办 {older.in_force} 页面的事项，但不认识 {'、'.join(missing)}"
            yield it.fault(
                "transition", ("transition",), zh, f"the page takes over matters but does not know {', '.join(missing)}"
            )


def overstated(it: Checked) -> Iterable[Finding]:
    """A term shown as statutory whose text says that it is not, or whose last day is rolled by analogy only."""
    for name, rule in it.procedure.clocks.items():
        if rule.source is None or rule.source.status != "VERIFIED":
            continue
        if any(word in rule.source.text for word in DOUBTFUL):
            zh = f"期限 {name} 的依据“{rule.source}”不是已核的条文，须写 status"
            yield it.fault("status", ("clocks", name, "source"), zh, f"clock {name}: give the status of its source")
        rolled = rule.term is not None and rule.term.unit in ("days", "months", "years") and not rule.before
        if rolled and (rule.rolls or it.procedure.rolls) == "analogy" and rule.source.roll_status is None:
            zh = f'期限 {name} 的末日类推顺延，须写 status = {{ roll = "CONVENTION" }}'
            yield it.fault(
                "status", ("clocks", name), zh, f"clock {name} rolls by analogy: give the status of the roll"
            )


def judged_unread(it: Checked) -> Iterable[Finding]:
    """A number that nobody has verified, by which people would be called late; a day named by a paper is no number."""
    for name, rule in it.procedure.clocks.items():
        source, term = rule.source, rule.term or rule.at_least
        if source is None or term is None or term.unit == "same day" or rule.soft or rule.deems:
            continue
        if (source.amount_status or source.status) == "UNVERIFIED":
            zh = f"期限 {name} 的{term.zh}未核，不得据以认定逾期：写 soft = true，或者去掉数字，由本地页填写"
            yield it.fault("unverified", ("clocks", name), zh, f"clock {name}: nobody is late by an unverified number")


def unknown_choices(it: Checked) -> Iterable[Finding]:
    """A case that no fact can say."""
    known: dict[str, set[str]] = {}
    for kind in (*it.procedure.facts.values(), *it.procedure.common.values()):
        for said_by in kind.fields.values():
            known.setdefault(said_by.name, set()).update(said_by.choices)
    for table, things in (("facts", it.procedure.facts), ("clocks", it.procedure.clocks)):
        for name, thing in things.items():
            said = [("when", field, value) for field, values in thing.when.items() for value in values]
            if isinstance(thing, FactKind):
                said += [("sets", field, value) for field, value in thing.sets.items()]
            for word, field, value in said:
                if field not in known or (value and known[field] and value not in known[field]):
                    zh = f"{table}.{name} 的 {word} 写了 {field} = {value}，没有事实能这样说"
                    yield it.fault(
                        "unknown-choice", (table, name, word), zh, f"{name}.{word}: no fact can say {field} = {value}"
                    )


def unknown_cases(it: Checked) -> Iterable[Finding]:
    """A field asked in a case that no other field of its fact can say."""
    for name, kind in it.procedure.facts.items():
        for field in kind.fields.values():
            for other, values in field.when.items():
                known = kind.fields.get(other)
                wrong = [value for value in values if known is None or value not in known.choices]
                if wrong or other == field.name:
                    zh = f"facts.{name} 的登记项 {field.name} 的 when 写了 {other} = {'、'.join(wrong or values)}，"
                    zh += "这个事实没有别的选择项能这样说"
                    at = ("facts", name, "fields", field.name)
                    yield it.fault("unknown-choice", at, zh, f"{name}.{field.name}: no other field says {other}")


def redefined(it: Checked) -> Iterable[Finding]:
    """An act common to all kinds, said anew."""
    for name in it.procedure.facts.keys() & it.procedure.common.keys():
        zh = f"{name} 是各类事项共用的行为，只能在 [common.{name}] 中加条件，不能重写"
        yield it.fault(
            "redefined", ("facts", name), zh, f"{name} is common to all kinds: restrict it in [common.{name}]"
        )
