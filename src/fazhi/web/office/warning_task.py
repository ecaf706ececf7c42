"""A task of supervision from a warning: for whom and until when, set once."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from fazhi import desk
from fazhi.desk import NoRight, Received, Refused
from fazhi.desk.watching import DAYS, TASK
from fazhi.hotspots import board
from fazhi.ledger import read_many
from fazhi.people import units
from fazhi.reach.involved import involved
from fazhi.web.faces.dates import read_day
from fazhi.web.faces.intake import calendar
from fazhi.web.faces.values import Field
from fazhi.web.faces.words import day_words
from fazhi.web.office.again import lacking, show_again
from fazhi.web.office.gate import Here, in_post
from fazhi.web.office.offers import unit_pool
from fazhi.web.office.warned import what_words


def may_set(here: Here) -> bool:
    return here.scope.may_act_for(here.actor.unit, TASK) and "record" in here.actor.powers


def task_fields(
    here: Here, found: board.WarningLine, typed: Mapping[str, str], errors: Mapping[str, str]
) -> list[Field]:
    """Who shall do it, at first the unit that has most of the matters, and until when, at first in two weeks."""
    near = {"near": reverse("office:units"), "data": "yes"}
    owner = typed.get("owner", _concerned(here, found))
    until = typed.get("until", day_words(here.day + DAYS, year=True))
    hint = _("写明单位，任务同时分派给它。")
    return [
        Field("owner", _("谁来做"), "search", owner, hint, errors.get("owner", ""), required=True, extra=near),
        Field("until", _("何时完成"), "day", until, error=errors.get("until", ""), required=True),
    ]


def _concerned(here: Here, found: board.WarningLine) -> str:
    views = read_many(found.members)
    turns = Counter(involved(view).unit_for("") for view in views.values())
    most = max(turns.values(), default=0)
    return min((units.name_of(unit) for unit in turns if turns[unit] == most), default=units.name_of(here.actor.unit))


@never_cache
@require_POST
@in_post
def task(request: HttpRequest, here: Here, identity: UUID) -> HttpResponse:
    """A task of supervision from the warning, once: asked again it leads to the same one."""
    found = board.warning(here.scope, identity)
    if found is None:
        raise Http404
    typed = {name: str(value) for name, value in request.POST.items()}
    fields = task_fields(here, found, typed, {})
    back, errors, until = reverse("office:hot_warning", args=[identity]), lacking(fields, typed), here.day
    try:
        until = read_day(fields[1].value, here.day, calendar())
    except ValueError as wrong:
        errors["until"] = str(wrong)
    if until < here.day:
        errors["until"] = _("这一天已经过去。")
    if errors:
        again = task_fields(here, found, typed, errors)
        return show_again(request, here, _("转为督办任务"), again, _("转为督办任务"), back)
    try:
        done = _set(here, found, fields[0].value.strip(), until)
    except (Refused, NoRight) as wrong:
        messages.warning(request, str(wrong))
        return redirect(back)
    messages.success(request, _("这条预警已经转为督办任务。") if done.repeated else _("已转为督办任务。"))
    return redirect(reverse("office:matter", args=[done.matter]))


def _set(here: Here, found: board.WarningLine, owner: str, until: date) -> Received:
    what = what_words(found.place, found.subject)
    words: dict[str, Any] = {"what": what, "count": found.count, "usual": found.expected}
    text = {
        "origin": _("诉求预警：%(what)s，%(day)s") % {"what": what, "day": day_words(found.day, year=True)},
        "task": _("核查%(what)s，一周%(count)d人反映，往常%(usual).1f人") % words,
        "goal": _("查明原因，处理到位，答复每一位反映人"),
        "owner": owner,
    }
    key = f"hotspots/{found.id}"
    said = {"list": "warning", "day": until.isoformat()} | text
    done = desk.receive(here.actor, TASK, fields=said, key=key, unit=here.actor.unit)
    unit = next((one for one, name in unit_pool(here) if name == owner), "")
    if unit and unit != str(here.actor.unit) and not done.repeated:
        desk.record(here.actor, done.matter, "assigned", fields={"unit": unit}, seen=done.seq, key=f"{key}/unit")
    return done
