"""A small form of a larger page, asked again on a page of its own: what was typed stands there, and what is wrong."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from fazhi.web.faces.values import Field
from fazhi.web.office.gate import Here, show

APART = "csrfmiddlewaretoken"


def show_again(
    request: HttpRequest, here: Here, title: str, fields: Sequence[Field], button: str, back: str, status: int = 422
) -> HttpResponse:
    """The form with its faults; what else was sent with it is sent again. `back` leads to where it was asked first."""
    names = {field.name for field in fields} | {APART}
    values = {
        "title": title,
        "fields": fields,
        "hidden": [(name, value) for name, value in request.POST.items() if name not in names],
        "button": button,
        "back": back,
    }
    return show(request, here, "office/again.html", values, status)


def lacking(fields: Sequence[Field], typed: dict[str, str]) -> dict[str, str]:
    """For each field that must be filled and is not, what to do; one that was not asked holds what it begins with."""
    empty = (one for one in fields if one.required and not typed.get(one.name, one.value).strip())
    return {one.name: _("请填写这一项。") for one in empty}
