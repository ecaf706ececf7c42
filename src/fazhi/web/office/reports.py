"""Reports: composed from the record, looked at, approved and published."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from fazhi.web.office.gate import Here, in_post, show


@never_cache
@require_safe
@in_post
def reports(request: HttpRequest, here: Here) -> HttpResponse:
    found: list[Any] = []
    return show(request, here, "office/reports.html", {"reports": found, "fields": []})


@never_cache
@require_safe
@in_post
def report(request: HttpRequest, here: Here, identity: str) -> HttpResponse:
    raise Http404


@never_cache
@require_POST
@in_post
def act(request: HttpRequest, here: Here, identity: str, verb: str) -> HttpResponse:
    raise Http404
