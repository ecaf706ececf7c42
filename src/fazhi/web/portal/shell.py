"""What every portal page carries, and who asked."""

from collections.abc import Mapping
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from fazhi.web.faces.flawed import flawed_values
from fazhi.web.faces.intake import site_name

FREE: Final = 3


def show(request: HttpRequest, template: str, values: Mapping[str, Any], status: int = 200) -> HttpResponse:
    shell = {"portal_ways": ways(request), "site_name": site_name()}
    return render(request, template, {**shell, **flawed_values(request, values), **values}, status=status)


def ways(request: HttpRequest) -> list[dict[str, object]]:
    names = (
        ("lodge", _("反映问题")),
        ("follow", _("查进度")),
        ("ask", _("问一问")),
        ("guides", _("办事指南")),
        ("drafts", pgettext("导航", "决策与草案")),
        ("rules", pgettext("导航", "规范性文件")),
        ("gazette", _("公示")),
        ("points", _("服务站点")),
        ("registers", _("名录")),
        ("reports", _("年度报告")),
    )
    found = [(reverse(f"portal:{name}"), label) for name, label in names]
    receipt = request.path == reverse("portal:lodged")  # of a comment and an application as well
    chosen = next((at for at, (href, _label) in enumerate(found) if request.path.startswith(href) and not receipt), -1)
    return [
        {"href": href, "label": label, "chosen": at == chosen, "folds": _folds(at, chosen)}
        for at, (href, label) in enumerate(found)
    ]


def _folds(at: int, chosen: int) -> str:
    """Where a way stands under one word for all: on a telephone, or where the words are long too. The first stand
    free, and the one in use in the place of one of them."""
    if at == chosen or at == 0:
        return ""
    if at >= FREE or (at == FREE - 1 <= chosen):
        return "way-folds"
    return "way-tight" if chosen >= FREE else ""


def show_refused(request: HttpRequest, heading: str, text: str, status: int) -> HttpResponse:
    return show(request, "portal/refused.html", {"heading": heading, "text": text}, status)
