"""Published reports, and each of their numbers opened to its definition."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from fazhi.web.portal.shell import show


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    found: list[Any] = []
    return show(request, "portal/reports.html", {"reports": found})


@require_safe
def report(request: HttpRequest, identity: str) -> HttpResponse:
    raise Http404


@require_safe
def figure(request: HttpRequest, identity: str, name: str) -> HttpResponse:
    raise Http404
