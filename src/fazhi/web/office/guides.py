"""Guides in the office: every procedure and register, with its terms, letters, publications and fields."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from fazhi.web.faces.guides import found, listed, values_of
from fazhi.web.faces.lists import words_asked
from fazhi.web.office.gate import Here, in_post, show


def address(name: str) -> str:
    return reverse("office:guide", args=[name])


@require_safe
@in_post
def guides(request: HttpRequest, here: Here) -> HttpResponse:
    words = words_asked(request.GET)
    groups = listed(address, public=False, words=words)
    return show(request, here, "office/guides.html", {"groups": groups, "words": words})


@require_safe
@in_post
def guide(request: HttpRequest, here: Here, name: str, day: str = "") -> HttpResponse:
    page = found(name, day)
    if page is None:
        raise Http404
    return show(request, here, "office/guide.html", values_of(page, address, public=False))
