"""The gazette: lists, search, one item, feeds, and all of it as a table."""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fazhi.gazette import look
from fazhi.gazette.drafts import course_of
from fazhi.gazette.values import Feed, FeedEntry, Item
from fazhi.web.faces.clocks import status_words
from fazhi.web.faces.intake import unit_name
from fazhi.web.faces.lists import kept_beside, taking, turning
from fazhi.web.faces.tables import as_table, file_name
from fazhi.web.faces.values import Chip
from fazhi.web.faces.words import said
from fazhi.web.portal.shell import show, show_refused

FORMS: Final = {"atom": "Atom", "rss": "RSS", "json": "JSON"}
LONGEST: Final = 60
YEAR: Final = re.compile("[12][0-9]{3}")
KEYS: Final = ("day", "list", "title", "number", "unit", "text", "source", "url")
MOST: Final = 20_000
"""Rows of one table."""


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
    name, words, year, sort = _asked(request)
    after = request.GET.get("after", "")
    try:
        shown = look.page(name, after=after, words=words, year=year, oldest=bool(sort))
    except ValueError as wrong:
        return show_refused(request, _("没有这一页"), str(wrong), 404)
    here, found, years = reverse("portal:gazette"), look.lists(words=words, year=year), look.years(name, words=words)
    told = (("list", name), ("year", str(year or "")), ("q", words), ("sort", sort))
    kept = {key: value for key, value in told if value}
    chips = _list_chips(here, kept, name, found)
    values = {
        "items": [line(item) for item in shown.items],
        "chips": chips if len(chips) > 2 else [],
        "years": _year_chips(here, kept, year, years) if len(years) > 1 or year else [],
        "words": words,
        "kept": kept_beside(kept.items()),
        "heads": turning({"day": _("公开日期")}, {"day": (("", "descending"), ("old", "ascending"))}, kept, sort),
        "hits": found.get(name, 0) if name else sum(found.values()),
        "list": name,
        "list_words": list_words(name) if name else "",
        "after": _address(here, kept | {"after": shown.after}) if shown.after else "",
        "first": _address(here, kept) if after else "",
        "feeds": [(label, _address(reverse("portal:feed", args=[form]), kept)) for form, label in FORMS.items()],
        "exports": files_of(urlencode(kept)),
    }
    return show(request, "portal/gazette.html", values)


def _asked(request: HttpRequest) -> tuple[str, str, int, str]:
    """List, words, year and order that the address asks for; a year that there cannot be is passed over."""
    words, year = " ".join(request.GET.get("q", "").split())[:LONGEST], request.GET.get("year", "")
    return request.GET.get("list", ""), words, int(year) if YEAR.fullmatch(year) else 0, _sort(request)


def _list_chips(here: str, kept: dict[str, str], name: str, found: dict[str, int]) -> list[Chip]:
    chips = [Chip(_("全部"), _address(here, kept | {"list": ""}), chosen=not name)]
    return chips + [
        Chip(list_words(one), _address(here, kept | {"list": one}), str(found.get(one, 0)), one == name)
        for one in look.lists()
        if found.get(one) or one == name
    ]


def _year_chips(here: str, kept: dict[str, str], year: int, years: dict[int, int]) -> list[Chip]:
    chips = [Chip(_("各年"), _address(here, kept | {"year": ""}), chosen=not year)]
    return chips + [
        Chip(
            _("%(year)s年") % {"year": one},
            _address(here, kept | {"year": str(one)}),
            str(years.get(one, 0)),
            one == year,
        )
        for one in sorted({*years, *([year] if year else [])}, reverse=True)
    ]


def files_of(query: str) -> list[tuple[str, str]]:
    """The ways to take publications along, as they are narrowed."""
    json_file = reverse("portal:gazette_table", args=["json"]) + (f"?{query}" if query else "")
    return [*taking("portal:gazette_table", query=query), ("JSON", json_file)]


def _sort(request: HttpRequest) -> str:
    return "old" if request.GET.get("sort") == "old" else ""


def _address(path: str, asked: dict[str, str]) -> str:
    told = urlencode({key: value for key, value in asked.items() if value})
    return f"{path}?{told}" if told else path


def list_words(name: str) -> str:
    """A list in the reader's language; one that only a house has keeps its own name."""
    return {
        "published": _("办理结果"),
        "行政处罚决定": _("行政处罚决定"),
        "行政复议决定书": _("行政复议决定书"),
        "行政许可决定": _("行政许可决定"),
        "公开征求意见": _("公开征求意见"),
        "意见采纳情况": _("意见采纳情况"),
        "听证公告": _("听证公告"),
        "复核意见": _("复核意见"),
        "建议办理情况": _("建议办理情况"),
        "重大行政决策": _("重大行政决策"),
        "重大行政决策事项目录": _("重大行政决策事项目录"),
        "行政规范性文件": _("行政规范性文件"),
        "行政规范性文件清理结果": _("行政规范性文件清理结果"),
        "政策解读": _("政策解读"),
        "双公示": _("双公示"),
        "送达公告": _("送达公告"),
        "行政检查计划": _("行政检查计划"),
        "行政检查结果": _("行政检查结果"),
        "法治政府建设年度报告": _("法治政府建设年度报告"),
        "信用修复结果": _("信用修复结果"),
    }.get(name, name)


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
        **_course(identity),
    }
    return show(request, "portal/notice.html", {"item": values})


def _course(identity: str) -> dict[str, Any]:
    """The draft of which the item tells, where it does, and whether one may still speak to it."""
    found = course_of(identity)
    return {"course": reverse("portal:draft", args=[found.id]), "open": found.open} if found else {}


@require_safe
def feed(request: HttpRequest, form: str) -> HttpResponse:
    """The newest items as Atom, RSS 2.0 or JSON Feed 1.1."""
    if form not in FORMS:
        raise Http404
    name, words, year, _order = _asked(request)
    told = look.feed(name, words=words, year=year)
    title = _("公示") + (f" · {list_words(name)}" if name else "") + (f" · {year}" if year else "")
    if form == "json":
        return _as_json(request, told, title)
    made = (Atom1Feed if form == "atom" else Rss201rev2Feed)(
        title=title,
        link=request.build_absolute_uri(reverse("portal:gazette")),
        description=_("依法公开的答复、决定和名录"),
        feed_url=request.build_absolute_uri(),
        language="zh-Hans",
    )
    for entry in told.entries:
        made.add_item(
            entry.title,
            _notice(request, entry),
            entry.summary,
            unique_id=identity_of(entry),
            unique_id_is_permalink=False,
            pubdate=_moment(entry),
            updateddate=_moment(entry),
        )
    return HttpResponse(made.writeString("utf-8"), content_type=made.content_type)


def _as_json(request: HttpRequest, told: Feed, title: str) -> HttpResponse:
    items = [
        {
            "id": identity_of(entry),
            "url": _notice(request, entry),
            "title": entry.title,
            "content_text": entry.summary,
            "date_published": _moment(entry).isoformat(),
        }
        for entry in told.entries
    ]
    values = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "home_page_url": request.build_absolute_uri(reverse("portal:gazette")),
        "feed_url": request.build_absolute_uri(),
        "language": "zh-Hans",
        "items": items,
    }
    text = json.dumps(values, ensure_ascii=False)
    return HttpResponse(text, content_type="application/feed+json; charset=utf-8")


def identity_of(entry: FeedEntry) -> str:
    return f"urn:fazhi:gazette:{entry.id}"


def _notice(request: HttpRequest, entry: FeedEntry) -> str:
    return request.build_absolute_uri(reverse("portal:notice", args=[entry.id]))


def _moment(entry: FeedEntry) -> datetime:
    """A day of publication as a moment: it began at midnight in China."""
    return datetime(entry.day.year, entry.day.month, entry.day.day, tzinfo=ZoneInfo("Asia/Shanghai"))


@require_safe
def table(request: HttpRequest, form: str) -> HttpResponse:
    """Everything that stands in the gazette, or in one list or year of it, as a table or for programs."""
    name, words, year, _order = _asked(request)
    heads = (_("公开日期"), _("类别"), _("标题"), _("文号"), _("单位"), _("内容"), _("依据"), _("网址"))
    title = list_words(name) if name else _("公示")
    title += f"-{year}" if year else ""
    title += f"-{words}" if words else ""
    if form == "json":
        told = [dict(zip(KEYS, row, strict=True)) for row in _rows(request)]
        text = json.dumps({"title": title, "items": told}, ensure_ascii=False, default=str)
        response = HttpResponse(text, content_type="application/json; charset=utf-8")
        response["Content-Disposition"] = content_disposition_header(True, file_name(title, form)) or ""
        return response
    return as_table(title, heads, _rows(request), form)


def _rows(request: HttpRequest) -> Iterator[tuple[object, ...]]:
    name, words, year, sort = _asked(request)
    after, left = "", MOST
    while left > 0:
        page = look.page(name, after=after, limit=200, words=words, year=year, oldest=bool(sort))
        for item in page.items:
            if item.withdrawn is None:
                address = request.build_absolute_uri(reverse("portal:notice", args=[item.id]))
                what = (item.day, list_words(item.list), item.title, item.number, unit_name(item.unit), item.text)
                yield (*what, item.source, address)
        after, left = page.after, left - len(page.items)
        if not after:
            return
