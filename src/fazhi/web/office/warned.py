"""A warning in words, and its ladder: who was told when, who has it, and the button to say so."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from fazhi.hotspots import board
from fazhi.hotspots.subjects import titles_of
from fazhi.ledger import now
from fazhi.people import posts
from fazhi.reminders import ladder
from fazhi.reminders.ladder import NotTold, StepLine
from fazhi.web.faces.values import Field
from fazhi.web.faces.words import joined, said
from fazhi.web.office.gate import Here, in_post


def what_words(place: str, subject: str) -> str:
    """Place and subject in the reader's language."""
    return " ".join(part for part in (place, " · ".join(map(said, titles_of(subject)))) if part)


def step_words(step: int) -> str:
    return {1: _("承办单位"), 2: _("承办单位负责人和信访工作机构"), 3: _("分管领导")}.get(step, "")


def ladder_values(here: Here, warning: UUID) -> dict[str, Any]:
    """The steps so far, and whether the reader may take the warning on."""
    steps = ladder.steps(warning)
    people = {one for step in steps for one in step.accounts} | {step.by for step in steps if step.by}
    names = posts.displays(people)
    taken = any(step.acknowledged for step in steps)
    mine = any(here.actor.account in step.accounts for step in steps)
    return {
        "steps": [_step(one, names) for one in steps],
        "may_acknowledge": mine and not taken,
        "acknowledge_action": reverse("office:hot_acknowledge", args=[warning]),
        "acknowledge_fields": [Field("remark", _("打算怎样处理"))],
    }


def _step(one: StepLine, names: dict[UUID, str]) -> dict[str, Any]:
    return {
        "to": step_words(one.step),
        "told": one.told,
        "until": one.until,
        "passed": one.until <= now() and not one.acknowledged,
        "who": joined([names[account] for account in one.accounts if account in names]),
        "acknowledged": one.acknowledged,
        "by": names.get(one.by, "") if one.by else "",
        "remark": one.remark,
    }


@never_cache
@require_POST
@in_post
def acknowledge(request: HttpRequest, here: Here, identity: UUID) -> HttpResponse:
    """Say that one has it; who and when stays on the page, and no further step is told."""
    if board.warning(here.scope, identity) is None:
        raise Http404
    try:
        done = ladder.acknowledge(here.actor, identity, request.POST.get("remark", ""))
    except NotTold as wrong:
        messages.warning(request, str(wrong))
        return redirect("office:hot_warning", identity)
    if done.by == here.actor.account:
        messages.success(request, _("已确认收到，不再报给上一级。"))
    else:
        messages.info(request, _("已有人先确认了。"))
    return redirect("office:hot_warning", identity)
