"""Views of lists under a name: what a list was narrowed to and sorted by, kept by a post, shared within a unit."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from fazhi.dashboard import views
from fazhi.people import units
from fazhi.web.faces.intake import unit_name
from fazhi.web.faces.values import Field
from fazhi.web.office.again import show_again
from fazhi.web.office.gate import Here, in_post


@never_cache
@require_POST
@in_post
def keep(request: HttpRequest, here: Here) -> HttpResponse:
    """Keep the address that was looked at under a name; back to it."""
    address, name = request.POST.get("address", ""), request.POST.get("name", "")
    shared = request.POST.get("unit", "").strip()
    unit = next((line.id for line in units.tree_on(here.day).units.values() if shared and line.name == shared), None)
    try:
        if shared and unit is None:
            raise views.BadView(_("没有名为“%(name)s”的单位，请写全称。") % {"name": shared})
        views.keep(here.actor, name, address, unit)
    except views.BadView as wrong:
        at_unit = bool(shared) and unit is None
        fields = [name_field(name, "" if at_unit else str(wrong)), share_field(shared, str(wrong) if at_unit else "")]
        return show_again(request, here, _("保存这个视图"), fields, _("保存"), way_back(address))
    messages.success(request, _("视图“%(name)s”已保存。") % {"name": " ".join(name.split())})
    return redirect(address)


@never_cache
@require_POST
@in_post
def drop(request: HttpRequest, here: Here, identity: UUID) -> HttpResponse:
    """Drop a view of one's own; back to its list."""
    address = views.drop(here.actor, identity)
    if not address:
        raise Http404
    messages.success(request, _("视图已删去。"))
    return redirect(address.partition("?")[0])


def view_values(here: Here, path: str, query: str, *, below: bool = False) -> dict[str, Any]:
    """For a list's page: the views kept of it (and of lists below it), and the form that keeps what is shown now."""
    address = f"{path}?{query}" if query else path
    shown = {"views": view_rows(here, path, below=below), "view_here": address}
    return {**shown, "view_name": name_field(), "share": share_field()}


def view_rows(here: Here, path: str, *, below: bool) -> list[dict[str, Any]]:
    """Kept views of a list; those of others say with whom they are shared."""
    return [
        {
            "id": one.id,
            "name": one.name,
            "href": one.address,
            "own": one.own,
            "shared": unit_name(one.unit) if one.unit else "",
        }
        for one in views.seen_by(here.actor, path, below=below)
    ]


def way_back(address: str) -> str:
    """The list that was looked at, never outside the office."""
    return address if address.startswith("/office/") else reverse("office:desk")


def name_field(typed: str = "", error: str = "") -> Field:
    return Field("name", _("视图名称"), value=typed, error=error, required=True, id="view-name")


def share_field(typed: str = "", error: str = "") -> Field:
    hint = _("这个单位和下级都能打开，各看各有权看的；不填只给本岗位")
    near = {"near": reverse("office:units")}
    return Field("unit", _("共享给"), "search", typed, hint, error, id="share-unit", extra=near)
