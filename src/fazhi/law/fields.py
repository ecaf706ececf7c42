"""What a fact must say, and whether it says it rightly."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from fazhi.law.finding import Finding
from fazhi.law.matter import Fact
from fazhi.law.messages import say
from fazhi.law.procedure import FactKind, FieldKind, Procedure
from fazhi.law.source import Title
from fazhi.law.term import Term

OFF_THE_LINE = ("text", "party", "file")
"""Fields that stand in the erasable body or in another room: whether they are there is for the desk to see."""

_FORMS = {
    "day": ("日期，例如 2025-03-31", "a day, such as 2025-03-31"),
    "moment": ("时刻，例如 2025-03-31T09:30", "a moment, such as 2025-03-31T09:30"),
    "term": ("期限，例如 20 working days", "a term, such as 20 working days"),
    "number": ("数字", "a number"),
    "money": ("金额，例如 1200.50", "an amount of money, such as 1200.50"),
}


def applies(field: FieldKind, said: Mapping[str, str]) -> bool:
    """Whether the field is asked beside what the other fields of its fact say."""
    return all(said.get(name, "") in values for name, values in field.when.items())


def must(field: FieldKind, said: Mapping[str, str]) -> bool:
    """Whether the field must be said beside what the other fields of its fact say."""
    return field.required or (field.needed and applies(field, said))


def case_of(kind: FactKind, field: FieldKind) -> Title:
    """The case in which the field is asked, in words; empty if it is asked in each."""
    zh, en = [], []
    for name, values in field.when.items():
        other = kind.fields[name]
        titles = [other.choice_titles.get(value, Title(value)) for value in values]
        zh.append(f"“{other.title}”为{'、'.join(f'“{title}”' for title in titles)}")
        en.append(f"“{other.title.english}” is {' or '.join(f'“{title.english}”' for title in titles)}")
    return Title("，".join(zh), ", ".join(en))


def missing(kind: FactKind, said: Mapping[str, str]) -> tuple[FieldKind, ...]:
    """The fields of a fact that must be said and are not."""
    there = {name for name, value in said.items() if value} | set(kind.sets)
    return tuple(field for field in kind.fields.values() if field.name not in there and must(field, said))


def check_fields(page: Procedure, kind: FactKind, fact: Fact) -> list[Finding]:
    """What is missing, unknown or misspelt among the fields that stand on the line."""
    found = [
        _barred(page, kind, "missing", name, f"缺少“{zh}”，请补填", f"“{en}” is missing")
        for field in missing(kind, fact.fields)
        if field.kind not in OFF_THE_LINE
        for name, zh, en in [_names(field)]
    ]
    for name, value in fact.fields.items():
        known = kind.fields.get(name)
        if known is None:
            found.append(_barred(page, kind, "unknown", name, f"没有“{name}”这一项", f"there is no field “{name}”"))
        elif value and (wrong := _wrong(known, value)):
            found.append(_barred(page, kind, "value", name, *wrong))
        elif value and not applies(known, fact.fields):
            found.append(_out_of_case(page, kind, known))
    return found


def _names(field: FieldKind) -> tuple[str, str, str]:
    return field.name, field.title.zh or field.name, field.title.en or field.name


def _wrong(field: FieldKind, value: str) -> tuple[str, str] | None:
    _, zh, en = _names(field)
    if field.kind == "choice" and value not in field.choices:
        titles = [field.choice_titles.get(choice, Title(choice)) for choice in field.choices]
        named = "、".join(title.zh for title in titles)
        return f"“{zh}”只能是：{named}", f"“{en}” must be one of: {', '.join(title.english for title in titles)}"
    form = _FORMS.get(field.kind)
    if form and not _reads(field, value):
        return f"“{zh}”应当是{form[0]}，现为“{value}”", f"“{en}” must be {form[1]}, not “{value}”"
    return None


def read_day(value: str) -> date | None:
    """The day that a field says; none where it says none, or nothing that is a day."""
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        return None


def _reads(field: FieldKind, value: str) -> bool:
    readers = {
        "day": date.fromisoformat,
        "moment": datetime.fromisoformat,
        "term": Term.parse,
        "number": Decimal,
        "money": Decimal,
    }
    try:
        readers[field.kind](value)
    except (ValueError, InvalidOperation):
        return False
    return True


def _out_of_case(page: Procedure, kind: FactKind, field: FieldKind) -> Finding:
    _, zh, en = _names(field)
    case = case_of(kind, field)
    told, told_en = f"“{zh}”只在{case.zh}时填写，请核对", f"“{en}” is said only where {case.english}: please check"
    return say(page, kind, "when", "warning", told, told_en, field.name)


def _barred(page: Procedure, kind: FactKind, rule: str, where: str, zh: str, en: str) -> Finding:
    title, title_en = kind.title.zh or kind.name, kind.title.en or kind.name
    return say(page, kind, rule, "barred", f"“{title}”{zh}", f"“{title_en}”: {en}", where)
