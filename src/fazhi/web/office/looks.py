"""Who looked at whom, and what administrators did: for posts that supervise, page by page, taken along as a table."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fazhi.ledger import read_many
from fazhi.people import deeds
from fazhi.reach.ask import visible
from fazhi.web.faces.values import Chip
from fazhi.web.office.gate import Here, in_post, show, show_refused, watches

SORTS: Final = ("looks", "deeds")


def deed_words(verb: str) -> str:
    return {
        "open_account": _("新建账号"),
        "password": _("重设密码"),
        "switch": _("停用或启用账号"),
        "hold": _("任职"),
        "leave": _("离任"),
        "create_post": _("新设岗位"),
        "give": _("授予范围"),
        "end_grant": _("收回授权"),
        "deputise": _("请人代理"),
        "recall": _("收回代理"),
    }.get(verb, _("其他"))


@never_cache
@require_safe
@in_post
def looks(request: HttpRequest, here: Here) -> HttpResponse:
    """Both logs; a matter's number stands only where the reader may see the matter."""
    if not watches(here.actor):
        text = _("查看日志由具有“监督”或“授权”职权的岗位查看，请改选岗位，或请管理员设立这样的岗位。")
        return show_refused(request, here, _("不能查看"), text)
    sort = request.GET.get("sort", "") if request.GET.get("sort") in SORTS else SORTS[0]
    before = int(request.GET["before"]) if request.GET.get("before", "").isdecimal() else 0
    address = reverse("office:looks")
    rows = _looks(here, before) if sort == "looks" else _deeds(before)
    titles = {"looks": _("谁看过当事人信息"), "deeds": _("管理日志")}
    values = {
        "title": titles[sort],
        "rows": rows,
        "chips": [Chip(titles[one], f"{address}?sort={one}", chosen=one == sort) for one in SORTS],
        "after": f"{address}?sort={sort}&before={rows[-1]['number']}" if len(rows) == deeds.PAGE else "",
        "first": f"{address}?sort={sort}" if before else "",
    }
    return show(request, here, "office/looks.html", values)


def _looks(here: Here, before: int) -> list[dict[str, Any]]:
    found = deeds.looks_lately(before)
    seen = visible(here.scope, {line.matter for line in found if line.matter})
    views = read_many(seen)
    return [
        {
            "number": line.number,
            "at": line.at,
            "who": f"{line.who} · {line.post}" if line.post else line.who,
            "what": line.purpose if line.matter in seen else "",
            "about": (views[line.matter].number or "") if line.matter in views else _("不在您查看范围内的事项"),
            "href": reverse("office:matter", args=[line.matter]) if line.matter in views else "",
        }
        for line in found
    ]


def _deeds(before: int) -> list[dict[str, Any]]:
    return [
        {
            "number": line.number,
            "at": line.at,
            "who": line.who,
            "what": line.about,
            "about": deed_words(line.verb),
            "href": "",
        }
        for line in deeds.lately(before)
    ]
