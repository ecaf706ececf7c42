"""One act on several matters: looked at matter by matter first, then recorded one by one, each whole or not at all."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from fazhi import desk
from fazhi.desk import NoRight, Refused
from fazhi.desk.joining import join
from fazhi.desk.power import power_for
from fazhi.hotspots.follow import VOICES
from fazhi.law import FactKind
from fazhi.ledger import Collision, rulebook
from fazhi.ledger.joined import JOINED
from fazhi.web.faces.intake import calendar
from fazhi.web.faces.values import Field
from fazhi.web.faces.words import said
from fazhi.web.office.acts import changes_of
from fazhi.web.office.fields import TEXT, Filled, Pools, finding_words, form_fields, read_form, wrong_words
from fazhi.web.office.gate import Here, in_post, may_act, show
from fazhi.web.office.lost import lost_words
from fazhi.web.office.matter import find_page
from fazhi.web.office.offers import unit_pool
from fazhi.worklist.values import MatterPage

KINDS: Final = ("assigned", "transferred", "asked", "noted")
"""Acts of routing that mean the same for every kind of business."""
MOST: Final = 50
SHOWN: Final = frozenset({"on", "unit", TEXT})


@dataclass(slots=True)
class Line:
    """One matter of the batch: what would change, or why nothing can be recorded, or what came of it."""

    page: MatterPage
    changes: Sequence[str] = ()
    wrong: str = ""
    done: bool = False
    leads: bool = False


@never_cache
@require_POST
@in_post
def batch(request: HttpRequest, here: Here) -> HttpResponse:
    """Chosen in a list: first what is to be done and what it would change; said again, it is done."""
    typed = {name: str(value) for name, value in request.POST.items()}
    lines = [Line(page) for page in _chosen(request, here)]
    kinds = {one.name: one for one in _kinds(here, lines)}
    kind = kinds.get(typed.get("kind", ""))
    step = typed.get("step", "") if kind and lines else ""
    filled = Filled()
    if kind and step:
        filled = _read_lead(here, typed, lines) if kind.name == JOINED else _read(here, typed, kind, lines)
        if not filled.errors:
            for line in lines:
                _look(here, line, kind, filled)
            if step == "do":
                for line in lines:
                    _do(here, line, kind, filled, typed)
    done = step == "do" and not filled.errors
    return show(request, here, "office/batch.html", _values(here, typed, kinds, kind, lines, filled, step, done))


def _read(here: Here, typed: dict[str, str], kind: FactKind, lines: list[Line]) -> Filled:
    first = lines[0].page.view.page
    filled = read_form(first, kind, typed, Pools(unit_pool(here)), today=here.day, calendar=calendar())
    for name, field in kind.fields.items():
        if field.kind == "unit" and name not in filled.fields and name not in filled.errors:
            filled.errors[name] = _("请选择单位。")
    return filled


def _read_lead(here: Here, typed: dict[str, str], lines: list[Line]) -> Filled:
    """Which of the chosen the others are joined to."""
    filled = Filled(here.day)
    for line in lines:
        line.leads = str(line.page.id) == typed.get("lead")
    if any(line.leads for line in lines):
        filled.fields["matter"] = typed["lead"]
    else:
        filled.errors["lead"] = _("请选择并入哪一件。")
    return filled


def _lead_field(typed: dict[str, str], lines: list[Line], wrong: str) -> Field:
    """The chosen, the first received proposed to lead."""
    first = min(lines, key=lambda line: line.page.opened)
    choices = tuple((str(line.page.id), f"{line.page.number} {line.page.subject}") for line in lines)
    value = typed.get("lead") or str(first.page.id)
    return Field("lead", _("并入哪一件"), "select", value, error=wrong, required=True, choices=choices)


def _values(
    here: Here,
    typed: dict[str, str],
    kinds: dict[str, FactKind],
    kind: FactKind | None,
    lines: list[Line],
    filled: Filled,
    step: str,
    done: bool,
) -> dict[str, Any]:
    looked = bool(step) and not filled.errors
    fields: list[Field] = []
    if kind and lines and kind.name == JOINED:
        fields = [_lead_field(typed, lines, filled.errors.get("lead", ""))]
    elif kind and lines:
        own = form_fields(lines[0].page.view.page, kind, Pools(unit_pool(here)), typed, filled.errors, day=_("今天"))
        fields = [one for one in own if one.name in SHOWN]
    return {
        "kinds": [(name, said(one.title)) for name, one in kinds.items()],
        "kind": kind.name if kind else "",
        "fields": fields,
        "lines": [_row(line) for line in lines],
        "looked": looked and not done,
        "done": sum(line.done for line in lines) if done else None,
        "ready": sum(not (line.wrong or line.leads) for line in lines) if looked else 0,
        "findings": wrong_words(filled.errors),
        "refused": True,
        "key": typed.get("key") or secrets.token_hex(16),
        "back": reverse("office:search"),
    }


def _row(line: Line) -> dict[str, Any]:
    page = line.page
    return {
        "id": page.id,
        "seen": page.seen,
        "href": reverse("office:matter", args=[page.id]),
        "number": page.number,
        "subject": page.subject,
        "title": page.title,
        "changes": line.changes,
        "wrong": line.wrong,
        "done": line.done,
        "leads": line.leads,
    }


def _kinds(here: Here, lines: Sequence[Line]) -> list[FactKind]:
    """What may be done with all of them; those of one kind that are voices may be joined too."""
    common, procedures = rulebook().common, {line.page.procedure for line in lines}
    joining = (JOINED,) if len(lines) > 1 and len(procedures) == 1 and procedures <= VOICES else ()
    return [
        common[name] for name in (*KINDS, *joining) if name in common and power_for(common[name]) in here.actor.powers
    ]


def _chosen(request: HttpRequest, here: Here) -> list[MatterPage]:
    """The matters that were ticked, as far as they may be seen; others are left out without a word."""
    found = []
    for text in list(dict.fromkeys(request.POST.getlist("matter")))[:MOST]:
        try:
            found.append(find_page(here, UUID(text)))
        except (ValueError, Http404):
            continue
    return found


def _look(here: Here, line: Line, kind: FactKind, filled: Filled) -> None:
    if line.leads:
        return
    act = next((one for one in line.page.acts if one.kind.name == kind.name), None)
    if not may_act(here, line.page.view):
        line.wrong = _("现在不由您的单位办理。")
    elif act is None or act.barred:
        line.wrong = "；".join(finding_words(one) for one in act.findings) if act else _("这类事项没有这一步。")
    else:
        line.changes = changes_of(line.page, kind, filled)
        if kind.name == JOINED:
            lead = find_page(here, UUID(filled.fields["matter"]))
            line.changes = [
                _("本件（%(own)s）并入 %(lead)s。") % {"own": line.page.number, "lead": lead.number},
                *line.changes,
            ]


def _do(here: Here, line: Line, kind: FactKind, filled: Filled, typed: dict[str, str]) -> None:
    if line.wrong or line.leads:
        return
    text, key = typed.get(f"seen-{line.page.id}", ""), f"{typed.get('key', '')}/{line.page.id}"
    seen, own = int(text) if text.isdecimal() else 0, line.page.id
    try:
        if kind.name == JOINED:
            join(here.actor, own, UUID(filled.fields["matter"]), seen=seen, key=key)
        else:
            day, fields, body = filled.day, filled.fields, filled.body
            desk.record(here.actor, own, kind.name, day=day, fields=fields, body=body, seen=seen, key=key)
        line.done = True
    except Refused as refused:
        line.wrong = "；".join(finding_words(one) for one in refused.findings)
    except (NoRight, Collision) as wrong:
        line.wrong = lost_words(wrong, line.page)
