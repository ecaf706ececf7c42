"""The portal's home and its standing pages."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from fazhi.gazette import look
from fazhi.web.portal.gazette import line
from fazhi.web.portal.shell import show

LATEST = 5


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    latest = [line(item) for item in look.page(limit=LATEST).items if item.withdrawn is None]
    return show(request, "portal/home.html", {"latest": latest})


def page(name: str) -> Callable[[HttpRequest], HttpResponse]:
    """A page of words only."""

    @require_safe
    def shown(request: HttpRequest) -> HttpResponse:
        return show(request, f"portal/{name}.html", {})

    return shown
