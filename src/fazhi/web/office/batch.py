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
from fazhi.desk.power import power_for
from fazhi.law import FactKind
from fazhi.ledger import Collision, rulebook
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


@never_cache
@require_POST
@in_post
def batch(request: HttpRequest, here: Here) -> HttpResponse:
    """Chosen in a list: first what is to be done and what it would change; said again, it is done."""
    typed = {name: str(value) for name, value in request.POST.items()}
    kinds = {one.name: one for one in _kinds(here)}
    kind = kinds.get(typed.get("kind", ""))
    lines = [Line(page) for page in _chosen(request, here)]
    step = typed.get("step", "") if kind and lines else ""
    filled = Filled()
    if kind and step:
        first = lines[0].page.view.page
        filled = read_form(first, kind, typed, Pools(unit_pool(here)), today=here.day, calendar=calendar())
        for name, field in kind.fields.items():
            if field.kind == "unit" and name not in filled.fields and name not in filled.errors:
                filled.errors[name] = _("请选择单位。")
        if not filled.errors:
            for line in lines:
                _look(here, line, kind, filled)
            if step == "do":
                for line in lines:
                    _do(here, line, kind, filled, typed)
    done = step == "do" and not filled.errors
    return show(request, here, "office/batch.html", _values(here, typed, kinds, kind, lines, filled, step, done))


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
    if kind and lines:
        own = form_fields(lines[0].page.view.page, kind, Pools(unit_pool(here)), typed, filled.errors, day=_("今天"))
        fields = [one for one in own if one.name in SHOWN]
    return {
        "kinds": [(name, said(one.title)) for name, one in kinds.items()],
        "kind": kind.name if kind else "",
        "fields": fields,
        "lines": [_row(line) for line in lines],
        "looked": looked and not done,
        "done": sum(line.done for line in lines) if done else None,
        "ready": sum(not line.wrong for line in lines) if looked else 0,
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
    }


def _kinds(here: Here) -> list[FactKind]:
    common = rulebook().common
    return [common[name] for name in KINDS if name in common and power_for(common[name]) in here.actor.powers]


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
    act = next((one for one in line.page.acts if one.kind.name == kind.name), None)
    if not may_act(here, line.page.view):
        line.wrong = _("现在不由您的单位办理。")
    elif act is None or act.barred:
        line.wrong = "；".join(finding_words(one) for one in act.findings) if act else _("这类事项没有这一步。")
    else:
        line.changes = changes_of(line.page, kind, filled)


def _do(here: Here, line: Line, kind: FactKind, filled: Filled, typed: dict[str, str]) -> None:
    if line.wrong:
        return
    seen = typed.get(f"seen-{line.page.id}", "")
    try:
        desk.record(
            here.actor,
            line.page.id,
            kind.name,
            day=filled.day,
            fields=filled.fields,
            body=filled.body,
            seen=int(seen) if seen.isdecimal() else 0,
            key=f"{typed.get('key', '')}/{line.page.id}",
        )
        line.done = True
    except Refused as refused:
        line.wrong = "；".join(finding_words(one) for one in refused.findings)
    except (NoRight, Collision) as wrong:
        line.wrong = lost_words(wrong, line.page)
