"""What a page tells whoever looks it up, in two languages: terms with article and status, letters, lists, fields."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fazhi.law import ClockRule, FactKind, FieldKind, Procedure, Source, Title, case_of
from fazhi.law.source import UNTITLED
from fazhi.rulebook.load import Rulebook

STATUS = {
    "VERIFIED": Title("已核条文", "verified"),
    "SECONDARY": Title("转述", "from a secondary text"),
    "CONVENTION": Title("惯例", "convention"),
    "UNVERIFIED": Title("未核", "not verified"),
}
ROLLS = {
    "law": Title("依法顺延到下一个工作日", "rolled to the next working day by law"),
    "analogy": Title("条文没有写明，类推顺延到下一个工作日", "rolled to the next working day by analogy"),
    "never": Title("不顺延", "not rolled"),
}
BY = {
    "": Title("机关", "the organ"),
    "office": Title("机关", "the organ"),
    "applicant": Title("申请人", "the applicant"),
    "respondent": Title("被申请人", "the respondent"),
    "other": Title("其他机关、单位", "another organ"),
    "option": Title("可以不用的权利", "a right that need not be used"),
    "figures": Title("只供统计", "for figures only"),
    "supervise": Title("监督机关", "a supervising organ"),
    "administer": Title("系统管理员", "the system administrator"),
    "grant": Title("安全管理员", "the security administrator"),
}
SHAPES = {
    "choice": Title("选项", "choice"), "text": Title("文字", "text"), "day": Title("日期", "day"),
    "term": Title("期限", "term"), "number": Title("数字", "number"), "money": Title("金额（元）", "amount in yuan"),
    "party": Title("当事人", "party"), "file": Title("文件", "file"), "unit": Title("单位", "unit"),
    "post": Title("岗位", "post"), "matter": Title("事项", "matter"), "moment": Title("时刻", "moment"),
    "code": Title("代码或编号", "code"),
}  # fmt: skip
PARTS = (
    ("amount_status", Title("天数", "amount")),
    ("unit_status", Title("计日方法", "counting")),
    ("roll_status", Title("末日", "last day")),
)
NO_SOURCE = Title("未写依据", "no source given")


PROMPTLY = Title("及时（只计用时）", "promptly (time is measured)")
"""Where no number of days is given."""
NOBODYS = (BY["option"], BY["figures"])
"""What stands where a term is nobody's duty."""


@dataclass(frozen=True, slots=True)
class TermRow:
    """One clock in words; `back` where it is counted back from a day to come."""

    title: Title
    by: Title
    starts: tuple[Title, ...]
    term: Title
    stops: tuple[Title, ...]
    more: tuple[Title, ...]
    source: str
    status: Title
    firm: bool
    back: bool


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A letter, or the list in which something is published, with the act that it goes with and its source."""

    name: str
    act: Title
    source: str


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field: what it is called, what may stand in it, whether it must, whether it stays in the office, and the
    case in which alone it is asked."""

    act: Title
    title: Title
    shape: Title
    choices: tuple[Title, ...]
    required: bool
    private: bool = False
    case: Title = UNTITLED


@dataclass(frozen=True, slots=True)
class Guide:
    """Everything a page tells its reader."""

    page: Procedure
    terms: tuple[TermRow, ...]
    letters: tuple[PaperRow, ...]
    publications: tuple[PaperRow, ...]
    fields: tuple[FieldRow, ...]


def guide_of(page: Procedure) -> Guide:
    kinds = list(page.facts.values())
    return Guide(
        page,
        tuple(_term(page, rule) for rule in page.clocks.values()),
        tuple(PaperRow(name, kind.title, _cited(kind)) for kind in kinds for name in kind.letters),
        tuple(PaperRow(kind.publishes, kind.title, _cited(kind)) for kind in kinds if kind.publishes),
        tuple(fields_of(page)),
    )


def is_register(rulebook: Rulebook, page: Procedure) -> bool:
    """Whether the page stands among the registers; a procedure may hold a register of its own besides."""
    return page.register is not None and "registers" in rulebook.source_page(page).path.parts


def fields_of(page: Procedure) -> Iterator[FieldRow]:
    """The columns of a register, once each; of a procedure the fields of each act."""
    register = page.register
    if register is None:
        for kind in page.facts.values():
            yield from (_field(kind, one) for one in kind.fields.values())
        return
    for name in register.columns:
        found = next(((k, k.fields[name]) for k in page.facts.values() if name in k.fields), None)
        if found is not None:
            yield _field(found[0], found[1], private=name in register.private)


def _field(act: FactKind, one: FieldKind, *, private: bool = False) -> FieldRow:
    choices = tuple(one.choice_titles.get(code, Title(code)) for code in one.choices)
    must = one.required or one.needed
    return FieldRow(act.title, one.title, SHAPES[one.kind], choices, must, private, case_of(act, one))


def _cited(kind: FactKind) -> str:
    return str(kind.source or "")


def titles_of(page: Procedure, names: Sequence[str]) -> tuple[Title, ...]:
    """The titles of facts, in order."""
    found = ((name, page.kind(name)) for name in names)
    return tuple(kind.title if kind else Title(name) for name, kind in found)


def _term(page: Procedure, rule: ClockRule) -> TermRow:
    starts = titles_of(page, rule.starts)
    back = [
        Title(f"{one.zh}所定之日倒算", f"back from the day set by “{one.english}”")
        for one in titles_of(page, rule.before)
    ]
    firm = rule.source is not None and rule.source.weakest == "VERIFIED"
    by = BY.get(rule.by, Title(rule.by))
    if rule.by == "applicant" and page.intake.person.zh:
        by = page.intake.person
    stops = titles_of(page, rule.stops)
    return TermRow(
        rule.title, by, (*starts, *back), term_words(rule), stops, tuple(_more(page, rule)),
        str(rule.source or page.source or ""), status_words(rule.source), firm, bool(back),
    )  # fmt: skip


def _more(page: Procedure, rule: ClockRule) -> Iterator[Title]:
    for begin, ends in rule.pauses.items():
        first, last = titles_of(page, [begin])[0], titles_of(page, ends)
        zh, en = "、".join(one.zh for one in last), " or ".join(one.english for one in last)
        yield Title(f"{first.zh}至{zh}", f"paused from “{first.english}” to “{en}”")
    for one in titles_of(page, rule.extended_by):
        yield Title(f"延长：{one.zh}", f"extended by “{one.english}”")
    if rule.deems:
        deemed = titles_of(page, [rule.deems])[0]
        yield Title(f"期满视为{deemed.zh}", f"after it: deemed “{deemed.english}”")


def term_words(rule: ClockRule) -> Title:
    """The limit as an official would write it."""
    told = [Title(rule.term.zh, rule.term.en)] if rule.term else []
    if rule.at_least:
        told.append(Title(f"至少{rule.at_least.zh}", f"at least {rule.at_least.en}"))
    if rule.soft:
        told.append(Title("弹性，不作逾期论", "elastic, never late"))
    if rule.or_term:
        told.append(Title(f"另一解释为{rule.or_term.term.zh}", f"by another reading {rule.or_term.term.en}"))
    if rule.extension:
        told.append(Title(f"可延长{rule.extension.zh}", f"may be extended by {rule.extension.en}"))
    if not told:
        return PROMPTLY
    return Title("，".join(one.zh for one in told), ", ".join(one.en for one in told))


def status_words(source: Source | None) -> Title:
    """The status, with the parts that stand less firmly."""
    if source is None:
        return NO_SOURCE
    less = [(part, STATUS[getattr(source, name)]) for name, part in PARTS if getattr(source, name)]
    zh = "，".join(f"{part.zh}为{status.zh}" for part, status in less)
    en = ", ".join(f"{part.en}: {status.en}" for part, status in less)
    whole = STATUS[source.status]
    return Title(whole.zh + (f"（{zh}）" if zh else ""), whole.en + (f" ({en})" if en else ""))
