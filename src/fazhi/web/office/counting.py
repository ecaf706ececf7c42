"""The figures of a report: counted while one waits, or behind the scenes where a district has many records."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from fazhi.operations.perform import Progress
from fazhi.operations.values import CannotDo, Outcome
from fazhi.people.actors import Actor
from fazhi.report import contributions, counting
from fazhi.report.gather import compose_report
from fazhi.report.values import Report
from fazhi.web.office.gate import Here, here_of, may_act
from fazhi.web.office.leaving import leave
from fazhi.web.office.matter import find_page
from fazhi.web.office.report_list import titled
from fazhi.worklist.values import MatterPage

COUNT: Final = "count_report"


def composed(page: MatterPage, outline: str, written: Mapping[str, str]) -> Report | None:
    """The report as of now, or as it was counted last; None where its figures were not counted yet."""
    cutoff, found = cutoff_of(page), None
    if counting.has_many() and (found := counting.counted(outline, page.view.unit, cutoff)) is None:
        return None
    given = contributions.adopted(page.view)
    told = (found.span, found.readings) if found else None
    return compose_report(
        outline, page.view.unit, cutoff.year, cutoff, written=written, contributed=given, counted=told
    )


def cutoff_of(page: MatterPage) -> date:
    return date.fromisoformat(page.view.entries[0].fields["cutoff"])


def count_values(page: MatterPage, outline: str) -> dict[str, Any]:
    """Until when the figures were counted, where they are not counted at once."""
    if not counting.has_many():
        return {"counts": False}
    found = counting.counted(outline, page.view.unit, cutoff_of(page))
    return {
        "counts": True,
        "counted_at": timezone.localtime(found.at) if found else None,
        "counted_since": f"{found.since:,}" if found and found.since else "",
    }


def leave_count(request: HttpRequest, here: Here, page: MatterPage, outline: str) -> HttpResponse:
    """Leave the counting to the jobs process."""
    title = _("计数：%(report)s") % {"report": titled(page.view.entries[0].fields)}
    return leave(request, here, COUNT, title, {"report": str(page.id), "outline": outline})


def perform_count(actor: Actor, given: Mapping[str, str], progress: Progress) -> Outcome:
    """The figures of one report counted as of now."""
    here = here_of(actor)
    try:
        page = find_page(here, UUID(given["report"]))
    except Http404:
        raise CannotDo(_("这份报告现在不在您的查看范围内，没有计数。")) from None
    if not may_act(here, page.view):
        raise CannotDo(_("您的岗位现在不能办理这份报告，没有计数。"))
    counting.count(given["outline"], page.view.unit, cutoff_of(page), progress.told)
    href = reverse("office:report", args=[page.id]) + f"?outline={given['outline']}&view=fresh"
    return Outcome(_("数字已经计好，可以核对、成稿。"), href=href)
