"""Reports by anyone in the office: kept in the library, checked, answered, compared."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fazhi.operations.perform import Progress
from fazhi.operations.values import CannotDo, Outcome
from fazhi.people.actors import Actor
from fazhi.report.check import check
from fazhi.report.check.exact import shown
from fazhi.report.claims import ReadReport
from fazhi.report.compare import Comparison, compare
from fazhi.report.compare.beside import HEADING, TEXT
from fazhi.report.compare.chart import draw
from fazhi.report.compare.scorecard import total
from fazhi.report.compare.sheet import workbook
from fazhi.report.read import Unreadable
from fazhi.report.shelf import Answer, Kept, Shelf
from fazhi.web.faces.lists import Column, Listed, listed
from fazhi.web.faces.marked import MOST_BYTES, page_values, read_upload, score_words, title_of
from fazhi.web.faces.values import Field
from fazhi.web.faces.words import in_english
from fazhi.web.office.gate import Here, in_post, show
from fazhi.web.office.leaving import leave

MOST_COMPARED = 8
LARGE = 500_000
"""Bytes of a file that is not read while one waits."""
READ = "read_report"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def shelf() -> Shelf:
    """The library of this installation."""
    return Shelf(Path(settings.FAZHI_HOME) / "reports")


@never_cache
@require_http_methods(["GET", "POST"])
@in_post
def readings(request: HttpRequest, here: Here) -> HttpResponse:
    """The library, and the form that adds to it."""
    error = ""
    if request.method == "POST":
        file = request.FILES.get("report")
        if file is not None and LARGE < (file.size or 0) <= MOST_BYTES:
            given = {"name": file.name or ""}
            return leave(request, here, READ, _("收入报告：%(name)s") % given, given, file.read(), given["name"])
        try:
            _report, content = read_upload(file)
            kept, _new = shelf().add(content, (file.name or "") if file else "", timezone.localtime())
            return redirect("office:reading", kept.id)
        except Unreadable as wrong:
            error = str(wrong)
    hint = _("TXT、HTML、DOCX 或 PDF，10 MB 以内。")
    field = Field("report", _("报告文件"), "file", hint=hint, error=error, required=True, extra={"single": "yes"})
    found = _listed(request)
    values = {"rows": [_row(one) for one in found.shown], "field": field, **found.values("office:readings_export")}
    return show(request, here, "office/readings.html", values, 422 if error else 200)


def perform_reading(_actor: Actor, given: Mapping[str, str], progress: Progress) -> Outcome:
    """A large file read into the library."""
    try:
        _report, content = read_upload(SimpleUploadedFile(given["name"] or "-", progress.brought()))
        progress.told(0)
        kept, new = shelf().add(content, given["name"], timezone.localtime())
    except Unreadable as wrong:
        raise CannotDo(str(wrong)) from None
    words = _("已收入报告库，数字和问题已经核对。") if new else _("同一份文件以前收过，没有再收。")
    return Outcome(words, href=reverse("office:reading", args=[kept.id]))


@never_cache
@require_safe
@in_post
def export(request: HttpRequest, _here: Here, form: str) -> HttpResponse:
    """The library as the page lists it."""
    return _listed(request).table(_("报告库"), form)


def _listed(request: HttpRequest) -> Listed[Kept]:
    columns = (
        Column[Kept]("report", _("报告"), lambda one: title_of(one.title, one.unit, one.year, one.name)),
        Column[Kept]("unit", _("单位"), lambda one: one.unit),
        Column[Kept]("year", _("年度"), lambda one: one.year),
        Column[Kept]("mean", _("均分"), lambda one: total(one.scores), number=True),
        Column[Kept]("wrong", _("自相矛盾"), lambda one: one.findings["inconsistent"], number=True),
        Column[Kept]("open", _("无从核对"), lambda one: one.findings["cannot_check"], number=True),
        Column[Kept]("notes", _("请留意"), lambda one: one.findings["note"], number=True),
    )
    return listed(request.GET, columns, shelf().kept(), lambda one: one.id)


def _row(one: Kept) -> dict[str, Any]:
    return {
        "id": one.id,
        "href": reverse("office:reading", args=[one.id]),
        "title": title_of(one.title, one.unit, one.year, one.name),
        "unit": one.unit,
        "year": one.year or "",
        "flaws": (
            (_("自相矛盾"), "alert", one.findings["inconsistent"]),
            (_("无从核对"), "question", one.findings["cannot_check"]),
            (_("请留意"), "info", one.findings["note"]),
        ),
        "mean": total(one.scores),
    }


@never_cache
@require_safe
@in_post
def reading(request: HttpRequest, here: Here, identity: str) -> HttpResponse:
    """One report: its text with numbers and findings marked, the findings with their arithmetic and answers."""
    kept, report = _find(identity)
    findings = check(report)
    values = page_values(report, findings, shelf().answers(kept.id)) | {
        "kept": kept,
        "scores": score_words(kept.scores),
        "answering": reverse("office:reading_answer", args=[kept.id]),
    }
    return show(request, here, "office/reading.html", values)


@require_POST
@in_post
def answer(request: HttpRequest, here: Here, identity: str) -> HttpResponse:
    """Accepts a finding, or says why it stands."""
    kept, _report = _find(identity)
    verdict, text = request.POST.get("verdict", ""), request.POST.get("text", "").strip()[:1000]
    finding, number = request.POST.get("finding", "")[:12], request.POST.get("number", "")
    address = reverse("office:reading", args=[kept.id])
    if verdict not in {"accepted", "answered"} or not finding or (verdict == "answered" and not text):
        return redirect(f"{address}#finding-{int(number) if number.isdigit() else 1}")
    now = timezone.localtime().isoformat(timespec="seconds")
    shelf().answer(kept.id, Answer(finding, verdict, text, here.actor.name, now))
    return redirect(f"{address}#finding-{int(number) if number.isdigit() else 1}")


@require_safe
@in_post
def original(request: HttpRequest, here: Here, identity: str) -> HttpResponse:
    """The file as it came, as a download."""
    kept, _report = _find(identity)
    response = HttpResponse(shelf().original(kept.id), content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{kept.id}"'
    response["Content-Security-Policy"] = "sandbox"
    return response


@never_cache
@require_safe
@in_post
def comparison(request: HttpRequest, here: Here) -> HttpResponse:
    """Two or more reports side by side; as a workbook with ?as=xlsx."""
    chosen = list(dict.fromkeys(request.GET.getlist("id")))[:MOST_COMPARED]
    if len(chosen) < 2:
        return redirect("office:readings")
    done = compare([_find(one)[1] for one in chosen])
    if request.GET.get("as") == "xlsx":
        response = HttpResponse(workbook(done), content_type=SHEET)
        response["Content-Disposition"] = 'attachment; filename="comparison.xlsx"'
        return response
    asked = request.GET.copy()
    asked["as"] = "xlsx"
    return show(request, here, "office/comparison.html", _side_by_side(done) | {"sheet": f"?{asked.urlencode()}"})


def _side_by_side(done: Comparison) -> dict[str, Any]:
    how = {HEADING: _("有章节"), TEXT: _("有提及")}
    covered = [
        (one.title_en if in_english() else one.title, [how.get(word, _("没有")) for word in one.how])
        for one in done.coverage
    ]
    alike = [
        {
            "title": line.title,
            "cells": [cell.text if cell else "" for cell in line.cells],
            "changes": "、".join(shown(one) for one in line.changes if one is not None),
        }
        for line in done.alike
    ]
    apart = [
        {"title": line.title, "cells": [cell.text if cell else "" for cell in line.cells], "why": line.apart}
        for line in done.apart
    ]
    names = done.names
    return {
        "names": names,
        "alike": alike,
        "apart": apart,
        "covered": covered,
        "chart": mark_safe(draw(done)),  # noqa: S308 -- drawn by us, every text escaped
        "gone": [(names[one.later], one.claim.subject, one.claim.text) for one in done.gone],
        "repeated": [(names[one.earlier], one.text, names[one.later], one.again) for one in done.repeated],
        "disagreements": [one.message_en if in_english() else one.message for one in done.disagreements],
    }


def _find(identity: str) -> tuple[Kept, ReadReport]:
    kept = shelf().find(identity)
    if kept is None or kept.id != identity:
        raise Http404
    return kept, shelf().read(kept.id)
