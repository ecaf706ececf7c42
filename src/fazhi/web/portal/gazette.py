"""The gazette: lists, one item, and the feed."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fazhi.gazette import look
from fazhi.gazette.values import Item
from fazhi.web.faces.clocks import status_words
from fazhi.web.faces.intake import unit_name
from fazhi.web.faces.values import Chip
from fazhi.web.faces.words import said
from fazhi.web.portal.shell import show, show_refused


def line(item: Item) -> dict[str, Any]:
    """One item as a list shows it."""
    return {
        "href": reverse("portal:notice", args=[item.id]),
        "title": item.title,
        "day": item.day,
        "unit": unit_name(item.unit),
        "kind": kind_words(item),
    }


def kind_words(item: Item) -> str:
    return act_words(item) or said(item.procedure)


def act_words(item: Item) -> str:
    """The act that was published; none in a list named after its business, for there the whole is public."""
    return "" if item.list == item.procedure.zh else said(item.act)


@require_safe
def gazette(request: HttpRequest) -> HttpResponse:
    name, after = request.GET.get("list", ""), request.GET.get("after", "")
    try:
        shown = look.page(name, after=after)
    except ValueError as wrong:
        return show_refused(request, _("没有这一页"), str(wrong), 404)
    here = reverse("portal:gazette")
    lists = look.lists()
    chips = [Chip(_("全部"), here, chosen=not name)]
    chips += [
        Chip(list_words(one), f"{here}?list={one}", str(count), one == name, data=True) for one, count in lists.items()
    ]
    address = f"{here}?list={name}&after=" if name else f"{here}?after="
    values = {
        "items": [line(item) for item in shown.items],
        "chips": chips if len(lists) > 1 else [],
        "after": address + shown.after if shown.after else "",
        "first": here if after else "",
    }
    return show(request, "portal/gazette.html", values)


def list_words(name: str) -> str:
    return _("公开") if name == "published" else name


@require_safe
def notice(request: HttpRequest, identity: str) -> HttpResponse:
    item = look.item(identity)
    if item is None:
        raise Http404
    facts = [(_("文号"), item.number), (_("办理"), act_words(item)), (_("事项"), said(item.procedure))]
    if item.withdrawn:
        facts.append((_("撤下的理由"), item.reason))
    values = {
        **line(item),
        "text": item.text,
        "withdrawn": item.withdrawn,
        "facts": [(name, value) for name, value in facts if value],
        "law": item.source,
        "status": status_words(item.status),
    }
    return show(request, "portal/notice.html", {"item": values})


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    told = look.feed(request.GET.get("list", ""))
    atom = Atom1Feed(
        title=_("公示"),
        link=request.build_absolute_uri(reverse("portal:gazette")),
        description=_("依法公开的答复、决定和名录"),
        feed_url=request.build_absolute_uri(),
    )
    for entry in told.entries:
        address = request.build_absolute_uri(reverse("portal:notice", args=[entry.id]))
        atom.add_item(entry.title, address, entry.summary, unique_id=f"urn:fazhi:gazette:{entry.id}")
    return HttpResponse(atom.writeString("utf-8"), content_type=atom.content_type)
