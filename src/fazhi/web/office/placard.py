"""A placard to hang up at a shop, a site or a community: a QR code to a form that knows the place."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fazhi.registers import look
from fazhi.web.faces.intake import site_name
from fazhi.web.faces.places import LONGEST, code_of, picture
from fazhi.web.faces.registers import heading
from fazhi.web.faces.words import in_english
from fazhi.web.office.gate import Here, in_post, show
from fazhi.web.office.register_lines import found_line

PLACES = ("address", "place", "site", "location")
"""Columns that say where a line is."""


@never_cache
@require_safe
@in_post
def placard(request: HttpRequest, here: Here, name: str, identity: UUID) -> HttpResponse:
    page, versions = found_line(here, name, identity)
    now = next((one for one in reversed(versions) if one.since <= here.day), versions[-1])
    title = heading(page, now, look.unit_names(page, versions, english=in_english()))
    where = next((now.data[column] for column in PLACES if now.data.get(column)), "")
    place = (f"{title}（{where}）" if where and where not in title else title)[:LONGEST]
    address = request.build_absolute_uri(reverse("portal:lodge_at", args=[code_of(place)]))
    values = {
        "title": title,
        "where": where,
        "picture": picture(address),
        "address": address,
        "owner": site_name(),
        "back": reverse("office:register_line", args=[name, identity]),
    }
    return show(request, here, "office/placard.html", values)
