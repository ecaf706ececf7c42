"""Normative documents in force on a day, each with its text, its history and what changed; as a table and as feeds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fazhi.law import Procedure
from fazhi.registers import look
from fazhi.registers.pages import public_page_of
from fazhi.registers.values import Line, Wanted
from fazhi.rulebook.columns import column_kinds
from fazhi.web.faces.dates import read_day
from fazhi.web.faces.intake import calendar
from fazhi.web.faces.lists import Head, taking, turning
from fazhi.web.faces.registers import value_words
from fazhi.web.faces.tables import as_table
from fazhi.web.faces.values import Chip, Field
from fazhi.web.faces.words import said, today
from fazhi.web.portal import rule_history
from fazhi.web.portal.rule_history import TEXT, UNTIL, ends_words
from fazhi.web.portal.shell import show, show_refused

REGISTER: Final = "document_in_force"
FORMS: Final = {"atom": "Atom", "rss": "RSS", "json": "JSON"}
LONGEST: Final = 60
MOST: Final = 5_000
NEWEST: Final = 50
UP, DOWN = "ascending", "descending"
ORDERS: Final = {
    "": ("number", False),
    "-number": ("number", True),
    "issuer": ("issuer", False),
    "-issuer": ("issuer", True),
    "since": ("", False),
    "-since": ("", True),
}
"""What `sort` is in the address, and the column and way it stands for; no column is the day of entry, newest first."""


def page_now() -> Procedure:
    page = public_page_of(REGISTER, today())
    if page is None:
        raise Http404
    return page


def read_asked(request: HttpRequest) -> tuple[dict[str, str], date, str]:
    """What was typed, the day it asks for, and what is wrong with the day; a day that cannot be read is today."""
    asked = {name: " ".join(request.GET.get(name, "").split())[:LONGEST] for name in ("on", "q", "issuer", "sort")}
    try:
        return asked, read_day(asked["on"], today(), calendar()) if asked["on"] else today(), ""
    except ValueError as wrong:
        return asked, today(), str(wrong)


def wanted_of(asked: dict[str, str], day: date) -> Wanted:
    columns = {"issuer": asked["issuer"]} if asked["issuer"] else {}
    order, down = ORDERS.get(asked["sort"], ORDERS[""])
    return look.with_words(Wanted(day, columns=columns, order=order, down=down), asked["q"])


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    page = page_now()
    asked, day, wrong = read_asked(request)
    try:
        listed = look.public_page(page, wanted_of(asked, day), request.GET.get("after", ""))
    except ValueError as bad:
        return show_refused(request, _("没有这一页"), str(bad), 404)
    here = reverse("portal:rules")
    issuers = look.public_values(page, wanted_of({**asked, "issuer": ""}, day), "issuer")
    chips = [Chip(_("全部"), address(here, asked, issuer=""), chosen=not asked["issuer"])]
    chips += [
        Chip(name, address(here, asked, issuer=name), str(count), asked["issuer"] == name, data=True)
        for name, count in issuers.items()
    ]
    values = {
        "day": day,
        "past": day != today(),
        "day_field": Field("on", _("哪一天有效"), "day", asked["on"], _("可以写 0308、2025-03-08；不填是今天"), wrong),
        "query": asked["q"],
        "issuer": asked["issuer"],
        "chips": chips if len(issuers) > 1 else [],
        "heads": heads(asked),
        "sort": asked["sort"],
        "rows": [row(page, one, day) for one in listed.lines],
        "count": look.public_count(page, wanted_of(asked, day)),
        "after": address(here, asked, after=listed.after) if listed.after else "",
        "first": address(here, asked) if request.GET.get("after") else "",
        "every": here,
        "feeds": [(label, reverse("portal:rules_feed", args=[form])) for form, label in FORMS.items()],
        "exports": taking("portal:rules_table", query=address("", asked).removeprefix("?")),
    }
    return show(request, "portal/rules.html", values)


def heads(asked: dict[str, str]) -> tuple[Head, ...]:
    ways = {
        "number": (("", UP), ("-number", DOWN)),
        "issuer": (("issuer", UP), ("-issuer", DOWN)),
        "since": (("since", DOWN), ("-since", UP)),
    }
    titles = {"number": _("文号"), "issuer": _("制定机关"), "since": _("列入日期")}
    return turning(titles, ways, asked, asked["sort"] if asked["sort"] in ORDERS else "")


def address(path: str, asked: dict[str, str], **change: str) -> str:
    query = urlencode({name: value for name, value in {**asked, **change}.items() if value})
    return f"{path}?{query}" if query else path


def row(page: Procedure, line: Line, day: date) -> dict[str, Any]:
    """One document as a list shows it: until when it holds, and whether it holds no longer today."""
    kinds, last = column_kinds(page), line.data.get(UNTIL, "")
    return {
        "href": reverse("portal:rule", args=[line.address]) + (f"?on={day.isoformat()}" if day != today() else ""),
        "number": line.data.get("number", ""),
        "name": line.data.get("name", ""),
        "issuer": line.data.get("issuer", ""),
        "level": value_words(kinds["level"], line.data.get("level", ""), {}),
        "since": line.entered,
        "until": date.fromisoformat(last) if last else None,
        "gone": ends_words(line) if line.leaves and line.until and line.until <= today() else "",
    }


@require_safe
def rule(request: HttpRequest, address: str) -> HttpResponse:
    """One document on a day: what it says, its history, and its texts beside one another."""
    page = page_now()
    versions = [one for one in look.public_versions(REGISTER, address) if one.since <= today()]
    if not versions:
        raise Http404
    _asked, day, _wrong = read_asked(request)
    shown = next((one for one in reversed(versions) if one.since <= day), versions[0])
    name, text = shown.data.get("name", ""), shown.data.get(TEXT, "")
    texts = rule_history.texts_of(versions, name)
    told = next((one for one in reversed(texts) if one["since"] and one["since"] <= day), None)
    values = {
        "line": row(page, shown, today()),
        "day": day,
        "stands": shown.stands(day),
        "facts": rule_history.dates_of(versions, told)
        + [
            (said(kind.title), value_words(kind, shown.data[column], {}))
            for column, kind in column_kinds(page).items()
            if shown.data.get(column) and column not in ("name", TEXT, "issued")
        ],
        "link": text if rule_history.is_link(text) else "",
        "text": told,
        "events": rule_history.events_of(page, versions, today()),
        "changes": rule_history.changes_of(texts),
        "made": rule_history.made_in(name),
    }
    return show(request, "portal/rule.html", values)


@require_safe
def table(request: HttpRequest, form: str) -> HttpResponse:
    """The documents in force on the day, as the page lists them."""
    page = page_now()
    asked, day, _wrong = read_asked(request)
    heads = (_("文号"), _("名称"), _("制定机关"), _("层级"), _("列入"), _("有效期至"))
    names = ("number", "name", "issuer", "level", "since", "until")
    rows = (row(page, line, day) for line in every(page, wanted_of(asked, day)))
    cells = ([one[name] for name in names] for one in rows)
    return as_table(_("现行有效规范性文件"), heads, cells, form)


def every(page: Procedure, wanted: Wanted) -> Iterator[Line]:
    after, left = "", MOST
    while left > 0:
        listed = look.public_page(page, wanted, after, look.MOST)
        yield from listed.lines
        after, left = listed.after, left - len(listed.lines)
        if not after:
            return


@require_safe
def feed(request: HttpRequest, form: str) -> HttpResponse:
    """What lately came into force, was changed or ended, as Atom, RSS 2.0 or JSON Feed 1.1."""
    if form not in FORMS:
        raise Http404
    page = page_now()
    lines = look.public_page(page, Wanted(today(), "all"), limit=NEWEST).lines
    told = sorted((_told(request, line) for line in lines), key=lambda one: one["day"], reverse=True)
    here = request.build_absolute_uri(reverse("portal:rules"))
    if form == "json":
        items = [
            {"id": one["id"], "url": one["href"], "title": one["title"], "content_text": one["text"]}
            | {"date_published": one["day"].isoformat()}
            for one in told
        ]
        values = {"version": "https://jsonfeed.org/version/1.1", "title": _("规范性文件"), "home_page_url": here}
        text = json.dumps({**values, "language": "zh-Hans", "items": items}, ensure_ascii=False)
        return HttpResponse(text, content_type="application/feed+json; charset=utf-8")
    made = (Atom1Feed if form == "atom" else Rss201rev2Feed)(
        title=_("规范性文件"),
        link=here,
        description=_("列入、修改、失效和废止"),
        feed_url=request.build_absolute_uri(),
        language="zh-Hans",
    )
    for one in told:
        more = {"unique_id": one["id"], "unique_id_is_permalink": False}
        made.add_item(one["title"], one["href"], one["text"], pubdate=one["day"], updateddate=one["day"], **more)
    return HttpResponse(made.writeString("utf-8"), content_type=made.content_type)


def _told(request: HttpRequest, line: Line) -> dict[str, Any]:
    """The last thing that happened to a document."""
    ended = line.until if line.leaves and line.until and line.until <= today() else None
    what = ends_words(line) if ended else _("列入现行有效文件") if line.since == line.entered else _("修改")
    day = ended or line.since
    return {
        "id": f"urn:fazhi:rule:{line.address}:{day.isoformat()}",
        "href": request.build_absolute_uri(reverse("portal:rule", args=[line.address])),
        "title": what + _("：") + line.data.get("name", ""),
        "text": f"{line.data.get('number', '')} {line.data.get('issuer', '')}".strip(),
        "day": datetime(day.year, day.month, day.day, tzinfo=ZoneInfo("Asia/Shanghai")),
    }
