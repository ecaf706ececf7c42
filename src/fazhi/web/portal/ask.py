"""Questions at the portal: answered with quoted articles, or handed to a clerk as a letter that is ready to send."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from fazhi.web.faces import asking
from fazhi.web.faces.limits import Limit, origin
from fazhi.web.portal.lodge import LONGEST, show_form
from fazhi.web.portal.shell import show, show_refused

ASKED = Limit("ask", most=120, seconds=3600)


@never_cache
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return show(request, "portal/ask.html", asking.values_of(None, None, "public"))
    if not ASKED.take(origin(request)):
        return show_refused(request, _("问得太多了"), _("一小时内提问次数过多，请稍后再试，或拨打 12345。"), 429)
    asked = asking.read_form(request)
    if asked.wrong_day:
        return show(request, "portal/ask.html", asking.values_of(asked, None, "public"), 422)
    told = asking.ask(asked, "portal", "public")
    status = 422 if told.refused == "empty" else 200
    return show(request, "portal/ask.html", asking.values_of(asked, told, "public"), status)


@never_cache
@require_POST
def clerk(request: HttpRequest) -> HttpResponse:
    """The form of a letter with the question in it; nothing is sent before the person sends it."""
    return show_form(request, {"text": request.POST.get("text", "").strip()[:LONGEST]}, {}, [])
