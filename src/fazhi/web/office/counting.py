"""The figures of a report: counted while one waits, or behind the scenes where a district has many records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Composed:
    """A report as of now, or as its figures were counted last where that is left to the jobs process."""

    report: Report | None
    """None while the figures were not counted."""
    behind: bool
    counted: counting.Counted | None = None

    @property
    def values(self) -> dict[str, Any]:
        """Until when the figures were counted, where they are not counted at once."""
        found = self.counted
        return {
            "counts": self.behind,
            "counted_at": timezone.localtime(found.at) if found else None,
            "counted_since": f"{found.since:,}" if found and found.since else "",
        }


def composed(page: MatterPage, outline: str, written: Mapping[str, str]) -> Composed:
    cutoff, unit, behind = cutoff_of(page), page.view.unit, counting.has_many()
    found = counting.counted(outline, unit, cutoff) if behind else None
    if behind and found is None:
        return Composed(None, behind)
    given = contributions.adopted(page.view)
    told = (found.span, found.readings) if found else None
    report = compose_report(outline, unit, cutoff.year, cutoff, written=written, contributed=given, counted=told)
    return Composed(report, behind, found)


def cutoff_of(page: MatterPage) -> date:
    return date.fromisoformat(page.view.entries[0].fields["cutoff"])


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
