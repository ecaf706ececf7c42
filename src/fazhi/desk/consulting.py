"""Looks up in the registers what a fact concerns before it is recorded; keeps what came of it, tells what is off."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation

from fazhi.desk.values import Checked
from fazhi.law import Consult, Consulted, FactKind, Finding, Procedure
from fazhi.ledger import rulebook
from fazhi.people import masks
from fazhi.rulebook.columns import column_kinds

Line = Mapping[str, str]
Ask = Callable[[Procedure, date, Sequence[tuple[str, str]]], list[Line]]
MOST_TOLD = 5
_ask: list[Ask] = []


def consult_with(ask: Ask) -> None:
    """Name the room that is asked. Without one nothing is looked up."""
    _ask[:] = [ask]


def consulted(kind: FactKind, checked: Checked) -> Checked:
    """The values with what the registers say to them, and findings that warn or note; nothing is ever refused."""
    for one in kind.consults if _ask else ():
        checked = _consult(kind, one, checked)
    return checked


def _consult(kind: FactKind, one: Consult, checked: Checked) -> Checked:
    said = {**checked.fields, **checked.body}
    if one.personal:
        return _personal(kind, one, checked, said.get(one.personal, ""))
    wanted = [(column, said.get(field, "")) for field, column in one.by]
    text = said.get(one.contains[0], "")
    if (wanted and not wanted[0][1]) or (one.contains[0] and not text):
        return checked
    wanted = [*((column, value) for column, value in wanted if value), *one.where]
    of = rulebook().page(one.register, checked.day)
    lines = _ask[0](of, checked.day, wanted)
    if one.contains[0]:
        lines = [line for line in lines if any(word in text for word in _words(line.get(one.contains[1], "")))]
    came, at = _judge(one, lines, said)
    codes, body = dict(checked.fields), dict(checked.body)
    for field, column in one.takes:
        if lines and not said.get(field) and (value := lines[0].get(column, "")):
            (body if kind.fields[field].kind == "text" else codes)[field] = value
    if one.fills and came in kind.fields[one.fills].choices:
        codes[one.fills] = came
    warns = came in one.told and not (one.excused_by and said.get(one.excused_by))
    found = _finding(kind, one, of, came, at, warns=warns)
    return replace(checked, fields=codes, body=body, findings=(*checked.findings, *found))


def _personal(kind: FactKind, one: Consult, checked: Checked, text: str) -> Checked:
    """Whether the text holds what the masks would hide."""
    if not text:
        return checked
    came: Consulted = "absent" if masks.free_text(text) == text else "found"
    codes = {**checked.fields, **({one.fills: came} if one.fills else {})}
    if came == "absent" or (one.excused_by and checked.body.get(one.excused_by)):
        return replace(checked, fields=codes)
    what = kind.fields[one.personal].title
    zh = f"“{kind.title}”：“{what}”中有电话、证件号、住址或者姓名等个人信息，公开前请隐去。"
    en = f"{kind.title.en or kind.name}: {one.personal} holds personal data; mask it before it is published."
    source = str(one.source or kind.source or "")
    finding = Finding("consults/personal", "warning", zh, en, kind.name, None, source)
    return replace(checked, fields=codes, findings=(*checked.findings, finding))


def _words(column: str) -> list[str]:
    return [word for word in column.replace("，", "、").replace(",", "、").split("、") if word]


def _judge(one: Consult, lines: Sequence[Line], said: Mapping[str, str]) -> tuple[Consulted, Sequence[Line]]:
    """What came of it and the lines that say so; an amount that one of the lines allows is within."""
    if not lines:
        return "absent", ()
    field, least, most = one.within
    amount = _amount(said.get(field, ""))
    if not field or amount is None:
        return "found", lines
    under = [line for line in lines if (low := _amount(line.get(least, ""))) is not None and amount < low]
    over = [line for line in lines if (high := _amount(line.get(most, ""))) is not None and amount > high]
    fits = [line for line in lines if line not in under and line not in over]
    if fits:
        return "found", fits
    return ("above", over) if len(over) == len(lines) or not under else ("below", under)


def _amount(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _finding(
    kind: FactKind, one: Consult, of: Procedure, came: Consulted, lines: Sequence[Line], *, warns: bool
) -> tuple[Finding, ...]:
    if not warns and not lines:
        return ()
    told = "；".join(_told(of, one, line) for line in lines[:MOST_TOLD])
    zh = f"“{kind.title}”：{_CAME[came][0].format(of=of.title)}{'：' + told if told else ''}。"
    if warns and one.excused_by:
        zh += f"请在“{kind.fields[one.excused_by].title}”中说明理由。"
    en = f"{kind.title.en or kind.name}: {_CAME[came][1].format(of=of.title.en or of.name)}."
    return (
        Finding(f"consults/{came}", "warning" if warns else "note", zh, en, kind.name, None, str(one.source or "")),
    )


_CAME: Mapping[Consulted, tuple[str, str]] = {
    "found": ("{of}中有", "it is in {of}"),
    "absent": ("{of}中没有", "it is not in {of}"),
    "below": ("低于{of}的下限", "below the least of {of}"),
    "above": ("超过{of}的上限", "above the most of {of}"),
}


def _told(of: Procedure, one: Consult, line: Line) -> str:
    """The line in words: the columns it was found by, the bounds, and the public rest in brackets."""
    kinds = column_kinds(of)
    public = of.register is not None and of.register.public
    shown = [name for name in kinds if line.get(name) and (public or name in _named(one))]
    cells = [f"{kinds[name].title} {_value(kinds[name].choice_titles, line[name])}" for name in shown]
    return "，".join(cells)


def _named(one: Consult) -> set[str]:
    return {*(column for _, column in one.by), one.contains[1], *one.within[1:]} | {column for _, column in one.takes}


def _value(titles: Mapping[str, object], value: str) -> str:
    return str(titles.get(value, value))
