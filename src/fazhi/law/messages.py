"""What findings say, in Chinese and English: what is wrong, by which article, and what would be lawful."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from fazhi.law.clock import Clock
from fazhi.law.finding import Finding, Severity
from fazhi.law.matter import Fact
from fazhi.law.procedure import ClockRule, FactKind, Procedure
from fazhi.law.said import zh_day
from fazhi.law.source import Title
from fazhi.law.term import Term


def say(
    page: Procedure,
    thing: ClockRule | FactKind | None,
    rule: str,
    severity: Severity,
    zh: str,
    en: str,
    where: str = "",
) -> Finding:
    """A finding with the article of the thing it is about, else the statute of the page."""
    source = (thing.source if thing else None) or page.source
    text = source.text if source else ""
    zh_end, en_end = (f"（{text}）。", f" ({text}).") if text else ("。", ".")
    return Finding(rule, severity, zh + zh_end, en + en_end, where=where, source=text)


def zh(page: Procedure, name: str) -> str:
    """The Chinese title of a fact or clock; its code word if the page does not know it."""
    thing = page.kind(name) or page.clocks.get(name)
    return f"“{thing.title.zh or name if thing else name}”"


def en(page: Procedure, name: str) -> str:
    """The English title of a fact or clock, else its code word."""
    thing = page.kind(name) or page.clocks.get(name)
    return f"“{thing.title.en or name if thing else name}”"


def lapsed_already(page: Procedure, rule: ClockRule, kind: str, due: date) -> Finding:
    return say(
        page, rule, "lapsed", "unlawful",
        f"{zh(page, rule.name)}的期限已于{zh_day(due)}届满，其后的{zh(page, kind)}不改变期限；应当在届满以前办理",
        f"{en(page, rule.name)} had already lapsed on {due}: {en(page, kind)} changes nothing, it had to come before",
        rule.name,
    )  # fmt: skip


def extended_too_often(page: Procedure, rule: ClockRule, kind: str) -> Finding:
    return say(
        page, rule, "times", "unlawful",
        f"{zh(page, rule.name)}只能延长{rule.times}次，本次{zh(page, kind)}不产生效力",
        f"{en(page, rule.name)} may be extended {rule.times} time(s) only: this {en(page, kind)} has no effect",
        rule.name,
    )  # fmt: skip


def extended_too_long(page: Procedure, rule: ClockRule, kind: str, asked: Term, most: Term) -> Finding:
    return say(
        page, rule, "extension", "unlawful",
        f"{zh(page, kind)}写明{asked.zh}，超过{zh(page, rule.name)}最多可以延长的{most.zh}，只按{most.zh}计算",
        f"{en(page, kind)} says {asked.en}, more than the {most.en} by which {en(page, rule.name)} may be extended: "
        f"only {most.en} count",
        rule.name,
    )  # fmt: skip


def soft_passed(page: Procedure, rule: ClockRule, due: date) -> Finding:
    return say(
        page, rule, "soft", "note",
        f"{zh(page, rule.name)}一般应于{zh_day(due)}前完成，现已超过；该期限为弹性规定，不作逾期论",
        f"{en(page, rule.name)} should as a rule be done by {due}; it has passed, which is noted, not judged late",
        rule.name,
    )  # fmt: skip


def soft_early(page: Procedure, rule: ClockRule, earliest: date | None) -> Finding:
    return say(
        page, rule, "soft", "note",
        f"{zh(page, rule.name)}一般至{zh_day(earliest)}才届满，已提前完成；该期限为弹性规定，不作违法论",
        f"{en(page, rule.name)} should as a rule last until {earliest}; it ended before, which is noted, not unlawful",
        rule.name,
    )  # fmt: skip


def hour_missing(page: Procedure, kind: FactKind, rule: ClockRule) -> Finding:
    return say(
        page, rule, "hour", "barred",
        f"{zh(page, rule.name)}按小时计算，{zh(page, kind.name)}须写明时刻，例如 2025-03-31T09:30",
        f"{en(page, rule.name)} runs in hours: {en(page, kind.name)} must say the hour, such as 2025-03-31T09:30",
        rule.name,
    )  # fmt: skip


def ends_badly(page: Procedure, kind: FactKind, clock: Clock) -> Finding:
    """An act before its minimum is full is unlawful; one after the limit is late."""
    if clock.state == "early":
        return say(
            page, clock.rule, "early", "unlawful",
            f"{zh(page, clock.name)}至{zh_day(clock.earliest)}届满，{zh(page, kind.name)}不得早于该日",
            f"{en(page, clock.name)} is full on {clock.earliest}: {en(page, kind.name)} may not come before that day",
            clock.name,
        )  # fmt: skip
    act, act_en = zh(page, kind.name), en(page, kind.name)
    judged, judged_en = f"{act}已超过期限", f"{act_en} is late"
    if clock.state == "disputed":
        judged, judged_en = f"{act}是否超期，条文有两种理解", f"two readings differ on whether {act_en} is late"
    return say(
        page, clock.rule, clock.state, "warning",
        f"{zh(page, clock.name)}的期限为{zh_day(clock.due)}，{judged}",
        f"{en(page, clock.name)} was due on {clock.due}: {judged_en}",
        clock.name,
    )  # fmt: skip


def announced_too_short(page: Procedure, clock: Clock, day: date, field: str) -> Finding:
    return say(
        page, clock.rule, "announced", "warning" if clock.rule.soft else "unlawful",
        f"{zh(page, clock.name)}依法至少到{zh_day(clock.earliest)}，公布的截止日{zh_day(day)}过早；应当改为该日或更晚",
        f"{en(page, clock.name)} lasts at least until {clock.earliest}: {day} is announced too early, name that"
        " day or a later one",
        field,
    )  # fmt: skip


def ends_before_it_begins(page: Procedure, kind: FactKind, field: str, day: date) -> Finding:
    return say(
        page, kind, "announced", "barred",
        f"截止日{zh_day(day)}早于{zh(page, kind.name)}的日期，请改正",
        f"the last day {day} lies before {en(page, kind.name)}: please correct it",
        field,
    )  # fmt: skip


def unknown_fact(page: Procedure, name: str) -> Finding:
    return say(
        page, None, "unknown", "barred",
        f"《{page.title}》的办理流程中没有“{name}”这一步，请从页面所列的步骤中选择",
        f"the page “{page.title.english}” knows no fact “{name}”: choose one of those it lists",
        name,
    )  # fmt: skip


def closed(page: Procedure, kind: FactKind, closing: Fact) -> Finding:
    return say(
        page, kind, "closed", "barred",
        f"本件已于{zh_day(closing.day)}因{zh(page, closing.kind)}办结，不能再记录{zh(page, kind.name)}；"
        "如有错误，请更正原记录",
        f"the matter was closed by {closing.kind} on {closing.day}: {en(page, kind.name)} cannot follow; "
        "correct the entry if it is wrong",
        closing.kind,
    )  # fmt: skip


def not_before(page: Procedure, kind: FactKind, group: Iterable[str], rule: str) -> Finding:
    """`after`: it cannot have happened; `needs`: it is unlawful, yet may have happened."""
    names = tuple(group)
    first, first_en = "或".join(zh(page, name) for name in names), " or ".join(en(page, name) for name in names)
    if rule == "after":
        return say(
            page, kind, rule, "barred",
            f"没有{first}，不能记录{zh(page, kind.name)}；请先记录{first}，或者改正日期",
            f"{en(page, kind.name)} cannot happen without {first_en}: record that first, or correct the day",
            names[0],
        )  # fmt: skip
    return say(
        page, kind, rule, "unlawful",
        f"{zh(page, kind.name)}之前应当先有{first}，未见记录",
        f"{en(page, kind.name)} needs {first_en} before it, which is not recorded",
        names[0],
    )  # fmt: skip


def too_late_after(page: Procedure, kind: FactKind, name: str) -> Finding:
    return say(
        page, kind, "unless", "unlawful",
        f"已经有{zh(page, name)}（含视为），不应再有{zh(page, kind.name)}",
        f"{en(page, name)} is there already, by act or by law: {en(page, kind.name)} is no longer lawful",
        name,
    )  # fmt: skip


def not_this_case(page: Procedure, kind: FactKind) -> Finding:
    cases, cases_en = [], []
    for field, values in kind.when.items():
        titles = [page.choices.get((field, value), Title(value or "未写明", value or "not said")) for value in values]
        cases.append("、".join(title.zh for title in titles))
        cases_en.append(f"{field}: {' or '.join(title.english for title in titles)}")
    return say(
        page, kind, "when", "unlawful",
        f"{zh(page, kind.name)}只适用于下列情形：{'；'.join(cases)}",
        f"{en(page, kind.name)} is for such cases only: {'; '.join(cases_en)}",
        next(iter(kind.when)),
    )  # fmt: skip


def told_already(page: Procedure, kind: FactKind, there: Fact) -> Finding:
    return say(
        page, kind, "repeats", "barred",
        f"{zh(page, kind.name)}已于{zh_day(there.day)}记录，只能有一次；请更正原记录，或者记在另一当事人（事项）名下",
        f"{en(page, kind.name)} is recorded on {there.day} and happens once: correct that entry, or use another thread",
        kind.name,
    )  # fmt: skip


def not_over(page: Procedure, kind: FactKind, clock: Clock) -> Finding:
    over = clock.due if clock.due else clock.earliest
    from_day = over + timedelta(days=1) if over and over < date.max else None
    when, when_en = (f"；{zh_day(from_day)}起方可办理", f", lawful from {from_day} on") if from_day else ("", "")
    return say(
        page, clock.rule, "opens", "unlawful",
        f"{zh(page, clock.name)}尚未届满，还不能{zh(page, kind.name)}{when}",
        f"{en(page, clock.name)} is not over yet: {en(page, kind.name)} is too early{when_en}",
        clock.name,
    )  # fmt: skip


def not_yet(page: Procedure, kind: FactKind, day: date, now: date) -> Finding:
    return say(
        page, None, "future", "barred",
        f"{zh(page, kind.name)}的日期{zh_day(day)}晚于现在（{zh_day(now)}）；只能记录已经发生的事",
        f"{en(page, kind.name)} of {day} lies after now ({now}): only what has happened can be recorded",
        "day",
    )  # fmt: skip


def too_old(page: Procedure, kind: FactKind, day: date, earliest: date) -> Finding:
    return say(
        page, None, "past", "barred",
        f"{zh(page, kind.name)}的日期{zh_day(day)}早于{zh_day(earliest)}，请核对年份",
        f"{en(page, kind.name)} of {day} lies before {earliest}: look at the year again",
        "day",
    )  # fmt: skip


def no_such_entry(page: Procedure, number: int | None) -> Finding:
    return say(
        page, None, "corrects", "barred",
        f"要更正的第{number}号记录不存在，请从本件的记录中选择" if number else "撤销记录须写明所撤销记录的编号",
        f"there is no entry {number} to correct" if number else "striking out must name an entry",
        "corrects",
    )  # fmt: skip


def orphaned(page: Procedure, kind: FactKind, fact: Fact) -> Finding:
    return say(
        page, kind, "orphan", "barred",
        f"更正以后，{zh_day(fact.day)}的{zh(page, fact.kind)}将失去前提；请先更正该条记录",
        f"after this correction {en(page, fact.kind)} of {fact.day} could not have happened: correct that entry first",
        fact.kind,
    )  # fmt: skip
