"""Checking a report by anyone without an account: what is given is read, answered and not kept."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fazhi.report.check import check
from fazhi.report.compare.scorecard import scorecard
from fazhi.report.read import Unreadable
from fazhi.web.faces.limits import Limit, origin
from fazhi.web.faces.marked import page_values, read_upload, score_words
from fazhi.web.faces.values import Field
from fazhi.web.portal.shell import show, show_refused

READ: Final = Limit("reading", most=30, seconds=3600)


@never_cache
@require_http_methods(["GET", "POST"])
def readings(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _form(request)
    if not READ.take(origin(request)):
        text = _("一小时内核对的报告过多，请过一小时再来。")
        return show_refused(request, _("核对得太多了"), text, 429)
    try:
        report, _content = read_upload(request.FILES.get("report"), request.POST.get("text", ""))
    except Unreadable as wrong:
        return _form(request, str(wrong), 422)
    findings = check(report)
    values = page_values(report, findings) | {"scores": score_words(scorecard(report, findings))}
    return show(request, "portal/reading.html", values)


def _form(request: HttpRequest, error: str = "", status: int = 200) -> HttpResponse:
    hint = _("TXT、HTML、DOCX 或 PDF，10 MB 以内；文件和文字给一样就行。")
    fields = [
        Field("report", _("报告文件"), "file", hint=hint, error=error, extra={"single": "yes"}, narrows=True),
        Field("text", _("或者贴上报告的文字"), "long", extra={"tall": "yes", "rows": "8"}, narrows=True),
    ]
    return show(request, "portal/readings.html", {"fields": fields}, status)
