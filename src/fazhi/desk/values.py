"""Values of an act, checked against what the page declares: codes for the line, free text for the body."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from uuid import UUID

from fazhi.desk.act import Act, refusal
from fazhi.law import FactKind, FieldKind, Finding, Term, must
from fazhi.ledger import lawful_day, now

LONGEST = 200_000
BODY_WORDS = {"text": "内容", "title": "标题", "place": "地点"}
"""How the parts of a body that no field declares are called to people."""
SAID_ANYWHERE = ("files", "parties", "secrecy", "list", "number", "page", "digest")
"""Codes of ours, even where a page calls them text."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What goes onto the line, what into the body, and what is wrong."""

    day: date
    fields: Mapping[str, str]
    body: Mapping[str, str]
    findings: tuple[Finding, ...]


def check(kind: FactKind, act: Act) -> Checked:
    """Sort and normalise the values of an act; every fault is found at once."""
    codes: dict[str, str] = {}
    body = {name: value for name, value in act.body.items() if value}
    faults = [_unknown(kind, name) for name in act.fields if name not in kind.fields and name not in SAID_ANYWHERE]
    codes.update({name: value for name, value in act.fields.items() if name in SAID_ANYWHERE and value})
    for field in kind.fields.values():
        if field.name in codes:
            continue
        said = act.fields.get(field.name, "").strip() or (body.get(field.name, "") if field.kind == "text" else "")
        if not said:
            if must(field, act.fields) and field.name != "lasts" and not act.strikes and field.name not in kind.sets:
                faults.append(_missing(kind, field))
            continue
        try:
            value = READ[field.kind](field, said)
        except (ValueError, InvalidOperation, ArithmeticError):
            faults.append(_bad(kind, field))
            continue
        (body if field.kind == "text" else codes)[field.name] = value
    faults += [
        _unwritable(kind, name) for name, value in (codes | body).items() if "\0" in value or len(value) > LONGEST
    ]
    _attach(kind, act, codes)
    return Checked(_day(act), codes, body, tuple(faults))


def _attach(kind: FactKind, act: Act, codes: dict[str, str]) -> None:
    parties = [str(party) for party in act.parties]
    named = [codes[field.name] for field in kind.fields.values() if field.kind == "party" and field.name in codes]
    if everyone := list(dict.fromkeys(codes.get("parties", "").split() + parties + named)):
        codes["parties"] = " ".join(everyone)
    if act.files:
        codes["files"] = " ".join(str(file) for file in act.files)


def _day(act: Act) -> date:
    if act.day is not None:
        return act.day
    return lawful_day(act.moment) if act.moment else lawful_day(now())


def _choice(field: FieldKind, said: str) -> str:
    if said not in field.choices:
        raise ValueError
    return said


def _moment(_: FieldKind, said: str) -> str:
    moment = datetime.fromisoformat(said)
    lawful_day(moment)
    return moment.isoformat()


def _amount(places: str) -> Callable[[FieldKind, str], str]:
    def read(_: FieldKind, said: str) -> str:
        number = Decimal(said.replace(",", ""))
        if not number.is_finite():
            raise ValueError
        return str(number.quantize(Decimal(places))) if places else f"{number:f}"

    return read


def _id(_: FieldKind, said: str) -> str:
    return str(UUID(said))


READ: Mapping[str, Callable[[FieldKind, str], str]] = {
    "choice": _choice,
    "text": lambda _, said: said,
    "code": lambda _, said: said,
    "day": lambda _, said: date.fromisoformat(said).isoformat(),
    "term": lambda _, said: str(Term.parse(said.replace("_", " "))),
    "number": _amount(""),
    "money": _amount("0.01"),
    "moment": _moment,
    **dict.fromkeys(("party", "file", "unit", "post", "matter"), _id),
}

HOW: Mapping[str, tuple[str, str]] = {
    "day": ("日期，如 2025-03-01", "a day such as 2025-03-01"),
    "term": ("期限，如 30 days、5 working days", "a term such as 30 days"),
    "number": ("数字", "a number"),
    "money": ("金额（元），如 1200.50", "an amount in yuan"),
    "moment": ("注明时区的时刻，如 2025-03-01T09:30+08:00", "a moment with its time zone"),
    "party": ("已登记的当事人", "a registered party"),
    "file": ("已上传的文件", "a stored file"),
    "unit": ("单位", "a unit"),
    "post": ("岗位", "a post"),
    "matter": ("事项", "a matter"),
}


def _title(kind: FactKind) -> str:
    return str(kind.title) or kind.name


def _missing(kind: FactKind, field: FieldKind) -> Finding:
    what = str(field.title) or field.name
    return refusal("field", f"“{_title(kind)}”须填写“{what}”。", f"{kind.name} must say {field.name}.", field.name)


def _bad(kind: FactKind, field: FieldKind) -> Finding:
    what = str(field.title) or field.name
    if field.kind == "choice":
        how, how_en = f"以下之一：{'、'.join(field.choices)}", "one of " + ", ".join(field.choices)
    else:
        how, how_en = HOW.get(field.kind, ("文字", "text"))
    message = f"“{_title(kind)}”的“{what}”应为{how}。"
    return refusal("field", message, f"{field.name} of {kind.name} must be {how_en}.", field.name)


def _unknown(kind: FactKind, name: str) -> Finding:
    there = "、".join(f"{field.name}（{field.title}）" for field in kind.fields.values()) or "无"
    message = f"“{_title(kind)}”没有“{name}”一项，可填：{there}。"
    return refusal("field", message, f"{kind.name} has no field {name}.", name)


def _unwritable(kind: FactKind, name: str) -> Finding:
    what = str(kind.fields[name].title) if name in kind.fields else BODY_WORDS.get(name, "")
    message = f"“{_title(kind)}”的“{what or name}”过长（至多{LONGEST}字）或含有不能保存的字符，请删去后再提交。"
    return refusal("field", message, f"{name} is too long or holds a sign that cannot be kept.", name)
