"""Tags and filters that put the pieces on a page."""

import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from fazhi.web.faces import words, wrongs
from fazhi.web.faces.due import Due
from fazhi.web.faces.icons import PATHS
from fazhi.web.faces.ribbon import Ribbon
from fazhi.web.faces.tongues import CHINESE, tongue, tongues

register = template.Library()
NUMERAL = "[一二三四五六七八九十百零〇]+"
ARTICLE = re.compile(f"(第{NUMERAL}条(?:之{NUMERAL})?(?:第{NUMERAL}款)?(?:第{NUMERAL}项)?)")

register.filter("said", words.said)
register.filter("moment", words.moment_words)
register.filter("tongues", tongues)
register.filter("tongue", tongue)
register.filter("long_day", words.long_day_words)


@register.filter
def worded(text: object) -> SafeString:
    """What is wrong in the reader's language; Chinese names in an English sentence are marked as such."""
    return tongues(wrongs.worded(text))


@register.filter
def cited(law: object) -> SafeString:
    """The ground of a term, in the language it is in; an article is not broken in two."""
    said = str(law)
    parts = ARTICLE.split(said)  # what is an article stands at every second place
    whole = ((parts[place], parts[place + 1]) for place in range(0, len(parts) - 1, 2))
    told = format_html("{}{}", format_html_join("", '{}<span class="nowrap">{}</span>', whole), parts[-1])
    return format_html('<span lang="zh-Hans">{}</span>', told) if CHINESE.search(said) else told


@register.filter
def day(value: date | None) -> SafeString | str:
    """A day in words inside a `time` element that carries its ISO form."""
    if value is None:
        return ""
    plain = words.local_day(value)
    return format_html('<time datetime="{}">{}</time>', plain.isoformat(), words.day_words(plain))


@register.filter
def whole_day(value: date | None) -> SafeString | str:
    """A day with its year, as a document is dated."""
    if value is None:
        return ""
    plain = words.local_day(value)
    return format_html('<time datetime="{}">{}</time>', plain.isoformat(), words.day_words(plain, year=True))


@register.filter
def day_before(value: date | None) -> date | None:
    return words.local_day(value) - timedelta(days=1) if value else None


@register.filter
def clocked(value: datetime | None) -> SafeString | str:
    if value is None:
        return ""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(timespec="minutes"), words.moment_words(value))


@register.simple_tag
@lru_cache(maxsize=256)
def icon(name: str) -> SafeString:
    """An icon of ours; always beside words, so hidden from screen readers."""
    paths = format_html_join("", '<path d="M{}"/>', ((part,) for part in PATHS[name].split("M")[1:]))
    turns = " icon-arrow" if name == "arrow" else ""
    return format_html(
        '<svg class="icon{}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>', turns, paths
    )


@register.simple_tag
def due(value: Due, size: str = "") -> SafeString:
    return _due(value, size, get_language(), words.today())


@lru_cache(maxsize=4096)
def _due(value: Due, size: str, language: str | None, today: date) -> SafeString:
    """A list says few different ones, and many times; language and day are what its words hang on beside its values."""
    return render_to_string("faces/due.html", {"due": value, "size": size})


@register.inclusion_tag("faces/ribbon.html")
def ribbon(value: Ribbon) -> dict[str, Any]:
    return {"ribbon": value}


@register.inclusion_tag("faces/field.html", takes_context=True)
def field(context: Context, value: object) -> dict[str, Any]:
    return {"field": value, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("faces/tile.html")
def tile(value: object) -> dict[str, Any]:
    return {"tile": value}


@register.inclusion_tag("faces/note.html")
def note(kind: str, text: object, law: object = "") -> dict[str, Any]:
    icons = {"wrong": "alert", "care": "bell", "done": "check", "info": "info"}
    return {"kind": kind, "text": text, "law": law, "icon_name": icons[kind]}


@register.inclusion_tag("faces/state.html")
def state(icon_name: str, title: str, text: str = "", href: str = "", action: str = "") -> dict[str, Any]:
    return {"icon_name": icon_name, "title": title, "text": text, "href": href, "action": action}
