"""The calendar of a report: what was done on which day, what is due next, and handing up, copying and keeping it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from django.http import HttpRequest
from django.utils.translation import gettext as _

from fazhi.desk import Recorded
from fazhi.report import publish
from fazhi.web.faces.clocks import due_of
from fazhi.web.faces.dates import read_day
from fazhi.web.faces.intake import calendar
from fazhi.web.faces.values import Field
from fazhi.web.office.acts import seen_in
from fazhi.web.office.gate import Here, may_do
from fazhi.worklist.values import MatterPage

CLOCKS: Final = {"submitted": ("submit", "submit_province"), "published": ("publish",)}
ACTS: Final[dict[str, Callable[..., Recorded]]] = {
    "up": publish.hand_up,
    "copy": publish.copy,
    "keep": publish.keep,
}


def season_values(page: MatterPage, here: Here) -> dict[str, Any]:
    """The steps in order, each with its day or its term, and what may be done next beside drafting and signing."""
    days = {fact.kind: fact.day for fact in page.view.horizon.facts if fact.entry}
    if days.get("unpublished", date.min) >= days.get("published", date.max):
        days.pop("published")
    done = {"archived": days.pop("archived_secret")} if "archived_secret" in days else {}
    days |= done
    mine = may_do(here, page.view)
    return {
        "steps": [_step(kind, title, days.get(kind), page, here) for kind, title in _steps().items()],
        "next_acts": [
            {
                "verb": verb,
                "title": title,
                "day": Field("day", _("哪一天"), "day", "", _("不填就是今天"), id=f"f-{verb}"),
            }
            for verb, title in _next(page, days).items()
        ]
        if mine
        else [],
    }


def _steps() -> dict[str, str]:
    return {
        "begun": _("启动编写"),
        "drafted": _("成稿"),
        "screened": _("保密审查"),
        "signed": _("签发"),
        "submitted": _("报送"),
        "published": _("公开"),
        "copied": _("抄送法治建设议事协调机构"),
        "archived": _("归档"),
    }


def _step(kind: str, title: str, day: date | None, page: MatterPage, here: Here) -> dict[str, Any]:
    """`due` is the chip of the term that the step has to keep and has not met yet."""
    open_terms = [
        line.clock for line in page.clocks if line.clock.rule.name in CLOCKS.get(kind, ()) and line.clock.open
    ]
    due = due_of(open_terms[0], here.day, calendar()) if open_terms and day is None else None
    return {"title": title, "day": day, "due": due}


def _next(page: MatterPage, days: dict[str, date]) -> dict[str, str]:
    """What follows the signature: each once, in its order."""
    entry = publish.signed_draft(page.view)
    if entry is None:
        return {}
    found = {}
    secret = publish.screening(page.view, entry) == publish.KEPT_BACK
    if "submitted" not in days:
        return {"up": _("登记报送")}
    if "copied" not in days:
        found["copy"] = _("登记抄送")
    if "archived" not in days and (secret or "published" in days):
        found["keep"] = _("归档")
    return found


def forward(request: HttpRequest, here: Here, page: MatterPage, verb: str, key: str) -> Recorded:
    """Hand up, copy or keep, on the day that was typed."""
    typed = request.POST.get("day", "").strip()
    day = read_day(typed, here.day, calendar()) if typed else None
    return ACTS[verb](here.actor, page.id, seen=seen_in(request), key=key, day=day)
