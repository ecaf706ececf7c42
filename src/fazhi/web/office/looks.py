"""Who looked at whom: for the auditor, whose copy is masked, and for posts that supervise, within what they see."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fazhi.ledger import read_many
from fazhi.people import deeds, masks, parties
from fazhi.reach.ask import visible
from fazhi.web.office.gate import Here, in_post, show, show_refused


@never_cache
@require_safe
@in_post
def looks(request: HttpRequest, here: Here) -> HttpResponse:
    """The log of looks; a matter's number and link stand only where the reader may see the matter."""
    if not here.actor.powers & {"audit", "supervise"}:
        text = _("查看日志由审计员和监督岗位查看，请改选岗位。")
        return show_refused(request, here, _("不能查看"), text)
    before = int(request.GET["before"]) if request.GET.get("before", "").isdecimal() else 0
    address = reverse("office:looks")
    rows = _looks(here, before)
    values = {
        "title": _("谁看过当事人信息"),
        "rows": rows,
        "after": f"{address}?before={rows[-1]['number']}" if len(rows) == deeds.PAGE else "",
        "first": address if before else "",
    }
    return show(request, here, "office/looks.html", values)


def _looks(here: Here, before: int) -> list[dict[str, Any]]:
    found = deeds.looks_lately(before)
    seen = visible(here.scope, {line.matter for line in found if line.matter})
    views = read_many(seen)
    audits = "audit" in here.actor.powers
    named = parties.told({line.party for line in found if line.party}) if audits else ()
    return [
        {
            "number": line.number,
            "at": line.at,
            "who": f"{line.who} · {line.post}" if line.post else line.who,
            "what": masks.free_text(line.purpose, named) if audits else line.purpose if line.matter in seen else "",
            "about": (views[line.matter].number or "") if line.matter in views else _("不在您查看范围内的事项"),
            "href": reverse("office:matter", args=[line.matter]) if line.matter in views else "",
        }
        for line in found
    ]
