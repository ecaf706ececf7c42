"""What a page asks for at intake, in its own words, and the facts of an earlier day that are asked for with it."""

from collections.abc import Mapping
from dataclasses import replace

from django.utils.translation import gettext as _

from fazhi import desk
from fazhi.desk import Received, Refused
from fazhi.law import FactKind, Procedure, must
from fazhi.web.faces.intake import calendar
from fazhi.web.faces.values import Field
from fazhi.web.faces.words import said
from fazhi.web.office.fields import DAY, Filled, Pools, form_fields, read_form
from fazhi.web.office.gate import Here


def text_label(page: Procedure) -> str:
    """What the page calls the text that opens a matter."""
    return said(page.intake.text) or _("事情")


def person_label(page: Procedure) -> str:
    """What the page calls who comes: 信访人, 申请人."""
    return said(page.intake.person) or _("当事人")


def _asked(page: Procedure) -> list[FactKind]:
    return [page.facts[name] for name in page.intake.also]


def earlier_fields(page: Procedure, typed: Mapping[str, str], errors: Mapping[str, str]) -> list[Field]:
    """The day of each such fact, which may be left empty, and what else it says."""
    shown: list[Field] = []
    for kind in _asked(page):
        name = day_name(kind)
        day = Field(
            name, said(kind.title), "day", typed.get(name, ""), _("哪一天；不清楚的可以不填"), errors.get(name, "")
        )
        own = form_fields(page, kind, Pools(), typed, errors, day="")
        shown += [day, *(replace(one, required=False) for one in own if one.name in kind.fields)]
    return shown


def day_name(kind: FactKind) -> str:
    return f"{kind.name}-on"


def read_earlier(
    page: Procedure, typed: Mapping[str, str], here: Here, errors: dict[str, str]
) -> list[tuple[FactKind, Filled]]:
    """What was typed of them; what cannot be read, or lies ahead, is an error at its field."""
    found: list[tuple[FactKind, Filled]] = []
    for kind in _asked(page):
        own = {name: typed.get(name, "") for name in kind.fields}
        if not typed.get(day_name(kind), "").strip():
            continue
        filled = read_form(page, kind, own | {DAY: typed[day_name(kind)]}, Pools(), today=here.day, calendar=calendar())
        wrong = dict(filled.errors)
        if filled.day and filled.day > here.day:
            wrong[DAY] = _("这一天还没有到。")
        for field in kind.fields.values():
            if (
                must(field, filled.fields)
                and not (filled.fields | filled.body).get(field.name)
                and field.name not in wrong
            ):
                wrong[field.name] = _("请填写这一项。")
        errors.update({day_name(kind) if name == DAY else name: text for name, text in wrong.items()})
        found.append((kind, filled))
    return found


def record_earlier(here: Here, done: Received, earlier: list[tuple[FactKind, Filled]], key: str) -> Received:
    """Records them after the opening; the matter stands even where one of them is refused, which is then told."""
    findings, seen = done.findings, done.seq
    for kind, filled in earlier:
        try:
            recorded = desk.record(
                here.actor,
                done.matter,
                kind.name,
                day=filled.day,
                fields=filled.fields,
                body=filled.body,
                seen=seen,
                key=f"{key}-{kind.name}",
            )
        except Refused as refused:
            findings += refused.findings
            continue
        findings, seen = findings + recorded.findings, recorded.seq
    return replace(done, findings=findings)
