"""Forms made from what a page says of a fact: its fields out, the values typed back in."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from fazhi.law import FactKind, FieldKind, Finding, Procedure, Term, Workdays, case_of
from fazhi.reach.involved import HANDS_OVER
from fazhi.web.faces.dates import read_day, read_hour, read_past_day
from fazhi.web.faces.values import Field, FieldShape
from fazhi.web.faces.words import joined, said

DAY, HOUR, TEXT, FILES, THREAD = "on", "at", "text", "files", "thread"
MANY: Final = 5
ZH_TERM: Final = re.compile(r"(\d+)(个?工作日|个?天|日|个?月|年|个?小时)")
UNITS: Final = {"工作日": "working days", "天": "days", "日": "days", "月": "months", "年": "years", "小时": "hours"}
SHAPES: Final[Mapping[str, FieldShape]] = {
    "text": "long",
    "day": "day",
    "moment": "text",
    "number": "number",
    "money": "number",
    "term": "text",
    "unit": "search",
    "post": "select",
    "party": "select",
    "file": "select",
    "matter": "text",
    "code": "text",
}


@dataclass(frozen=True, slots=True)
class Pools:
    """What fields choose from beside their own choices: (id, words) of units, posts, parties, files and threads."""

    units: Sequence[tuple[str, str]] = ()
    posts: Sequence[tuple[str, str]] = ()
    parties: Sequence[tuple[str, str]] = ()
    files: Sequence[tuple[str, str]] = ()
    threads: Sequence[tuple[str, str]] = ()

    def of(self, kind: str) -> Sequence[tuple[str, str]]:
        pools = {"unit": self.units, "post": self.posts, "party": self.parties, "file": self.files}
        return pools.get(kind, ())


@dataclass(slots=True)
class Filled:
    """What was typed into a form, read: values for the desk, and errors by field name for the reader."""

    day: date | None = None
    moment: datetime | None = None
    fields: dict[str, str] = field(default_factory=dict)
    body: dict[str, str] = field(default_factory=dict)
    thread: str = ""
    errors: dict[str, str] = field(default_factory=dict)


def needs_hour(page: Procedure, kind: str) -> bool:
    """Whether the fact starts a term of hours, so that the hour must be said."""
    hourly = (rule for rule in page.clocks.values() if rule.term is not None and rule.term.unit == "hours")
    return any(kind in rule.starts or kind in rule.restarts for rule in hourly)


def form_fields(
    page: Procedure, kind: FactKind, pools: Pools, typed: Mapping[str, str], errors: Mapping[str, str], *, day: str
) -> tuple[Field, ...]:
    """The whole form of one fact, with what was typed and what was wrong with it."""
    own = [_field(kind, one, pools, typed, errors) for one in kind.fields.values()]
    own.sort(key=lambda one: not one.required)  # what decides comes before what hangs on it
    prefix = f"f-{kind.name}"
    when = Field(
        DAY,
        _("收到日期") if kind.name == "received" else _("日期") if page.register else _("办理日期"),
        "day",
        typed.get(DAY, day),
        _("按实际的日子填，不是录入的日子；可以写 0308、3月8日、昨天"),
        errors.get(DAY, ""),
        required=True,
        id=f"{prefix}-on",
        extra={"past": "yes"},
    )
    hour = Field(
        HOUR,
        _("几点几分"),
        "hour",
        typed.get(HOUR, ""),
        _("这一步按小时计期，必须写明"),
        errors.get(HOUR, ""),
        required=True,
        id=f"{prefix}-at",
    )
    thread = Field(
        THREAD, _("针对谁"), "select", typed.get(THREAD, ""), choices=tuple(pools.threads), id=f"{prefix}-thread"
    )
    text = Field(TEXT, _text_label(kind), "long", typed.get(TEXT, ""), id=f"{prefix}-text", error=errors.get(TEXT, ""))
    files = Field(FILES, _("附件"), "file", id=f"{prefix}-files", error=errors.get(FILES, ""))
    says = any(one.kind == "text" for one in kind.fields.values())
    return (
        when,
        *([hour] if needs_hour(page, kind.name) else []),
        *([thread] if pools.threads else []),
        *own,
        *([] if says and TEXT in kind.fields else [text]),
        files,
    )


def _text_label(kind: FactKind) -> str:
    return _("文书内容") if kind.letters or kind.publishes else _("说明")


def _field(kind: FactKind, one: FieldKind, pools: Pools, typed: Mapping[str, str], errors: Mapping[str, str]) -> Field:
    choices = tuple((value, said(one.choice_titles.get(value, value))) for value in one.choices)
    shape = SHAPES.get(one.kind, "text")
    if one.kind == "choice":
        shape = "radio" if len(choices) <= MANY else "select"
    elif pool := pools.of(one.kind):
        choices = tuple((words, "") if shape == "search" else (value, words) for value, words in pool)
    return Field(
        one.name,
        said(one.title) or one.name,
        shape,
        typed.get(one.name, ""),
        _hint(one.kind) or _handing_over(kind, one) or _in_case(kind, one),
        errors.get(one.name, ""),
        required=one.required and one.name not in kind.sets,
        choices=choices,
        id=f"f-{kind.name}-{one.name}",
        extra={"near": reverse("office:units")}
        if one.kind == "unit"
        else {"data": "yes"}
        if one.kind == "post"
        else {},
        when=" ".join(f"{name}={','.join(values)}" for name, values in one.when.items()),
    )


def _handing_over(kind: FactKind, one: FieldKind) -> str:
    if one.kind != "unit" or kind.name not in HANDS_OVER or one.required:
        return ""
    return _("写明单位，事项才到它的工作台；不写的，仍由原单位办理。")


def _in_case(kind: FactKind, one: FieldKind) -> str:
    if not one.when:
        return ""
    case = said(case_of(kind, one))
    return _("%(case)s时填写") % {"case": case} if one.needed else _("%(case)s时可以填写") % {"case": case}


def _hint(kind: str) -> str:
    return {
        "term": _("如 30天、5个工作日、3个月"),
        "day": _("可以写 0308、3月8日、今天、+5工作日"),
        "moment": _("如 3月8日 14:05"),
        "money": _("单位：元"),
        "unit": _("输入名称挑选"),
        "matter": _("文号或查询编号"),
    }.get(kind, "")


def read_form(
    page: Procedure, kind: FactKind, typed: Mapping[str, str], pools: Pools, *, today: date, calendar: Workdays
) -> Filled:
    """The values of a posted form; what cannot be read is an error at its field, nothing is lost."""
    filled = Filled(thread=typed.get(THREAD, "").strip())
    _read_when(filled, page, kind, typed, today, calendar)
    for one in kind.fields.values():
        value = typed.get(one.name, "").strip()
        if not value:
            continue
        try:
            read = _read_value(one, value, pools, today, calendar)
        except ValueError as wrong:
            filled.errors[one.name] = str(wrong)
            continue
        (filled.body if one.kind == "text" else filled.fields)[one.name] = read
    if TEXT not in kind.fields and (text := typed.get(TEXT, "").strip()):
        filled.body[TEXT] = text
    return filled


def _read_when(
    filled: Filled, page: Procedure, kind: FactKind, typed: Mapping[str, str], today: date, calendar: Workdays
) -> None:
    try:
        filled.day = read_past_day(typed[DAY], today, calendar) if typed.get(DAY, "").strip() else today
    except ValueError as wrong:
        filled.errors[DAY] = str(wrong)
        return
    hour = typed.get(HOUR, "").strip()
    if hour:
        try:
            filled.moment = timezone.make_aware(datetime.combine(filled.day, read_hour(hour)))
        except ValueError as wrong:
            filled.errors[HOUR] = str(wrong)
    elif needs_hour(page, kind.name):
        filled.errors[HOUR] = _("这一步按小时计期，请写明几点几分。")


def _read_value(one: FieldKind, value: str, pools: Pools, today: date, calendar: Workdays) -> str:
    if one.kind == "day":
        return read_day(value, today, calendar).isoformat()
    if one.kind == "term":
        return read_term(value)
    if one.kind == "moment":
        day, _space, hour = value.rpartition(" ")
        moment = datetime.combine(read_day(day or value, today, calendar), read_hour(hour))
        return timezone.make_aware(moment).isoformat()
    if one.kind == "unit":
        found = next((key for key, words in pools.units if value in (key, words)), "")
        if not found:
            raise ValueError(unknown_unit(value, [words for _id, words in pools.units]))
        return found
    return value


def unknown_unit(typed: str, names: Sequence[str]) -> str:
    near = near_names(typed, names)[:3]
    if not near:
        return _("没有叫“%(name)s”的单位，请从列表中挑选。") % {"name": typed}
    return _("没有叫“%(name)s”的单位。是不是：%(near)s？") % {"name": typed, "near": joined(near)}


def near_names(typed: str, names: Sequence[str]) -> list[str]:
    """Names that hold the signs typed in their order, as 城管局 stands in 示例区城市管理局; the closest first."""
    wanted = re.compile(".*".join(re.escape(sign) for sign in typed.strip()))
    found = [name for name in names if wanted.search(name)]
    return sorted(found, key=lambda name: (typed not in name, len(name)))


def wrong_words(errors: Mapping[str, str]) -> list[dict[str, str]]:
    """The errors of a form once more, for the box above it."""
    return [{"text": text} for text in dict.fromkeys(errors.values())]


def read_term(typed: str) -> str:
    """`30天`, `5个工作日`, `3 months` in the words of the record."""
    text = unicodedata.normalize("NFKC", typed).strip()
    found = ZH_TERM.fullmatch(text.replace(" ", ""))
    try:
        return str(Term.parse(f"{found[1]} {UNITS[found[2].lstrip('个')]}" if found else text))
    except ValueError as wrong:
        raise ValueError(_("没认出“%(typed)s”是多长，可以写 30天、5个工作日、3个月。") % {"typed": typed}) from wrong


def place_findings(findings: Sequence[Finding], kind: FactKind) -> dict[str, str]:
    """Findings that name a field of the form, by that field."""
    return {one.where: finding_words(one) for one in findings if one.where in kind.fields}


def finding_words(finding: Finding) -> str:
    """What a finding says, its source left out: pages show that beside."""
    words = said({"zh": finding.message, "en": finding.message_en})
    for cited in (f"（{finding.source}）", f" ({finding.source})"):
        words = words.replace(cited, "") if finding.source else words
    return words
