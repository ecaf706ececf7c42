"""Guides for everyone: how long what may take, by which article, which letters come of it and what is published."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fazhi.law import Procedure
from fazhi.web.faces.guide_card import card_of
from fazhi.web.faces.guides import for_all, found, listed, values_of, wants
from fazhi.web.faces.lists import words_asked
from fazhi.web.faces.words import in_english
from fazhi.web.portal.apply import OPEN
from fazhi.web.portal.shell import show

LODGED = "appeal"
"""What is lodged by its own form."""
COMMENTS = "draft_comment"
"""What is said on the page of each draft."""
BY_HAND = {"visit", "letter", "paper"}


def _by_hand(page: Procedure) -> bool:
    """Whether the page knows that the business comes in at the counter or by post."""
    channel = page.facts[page.opens_with].fields.get("channel") if page.opens_with in page.facts else None
    return channel is not None and bool(BY_HAND & set(channel.choices))


def address(name: str) -> str:
    return reverse("portal:guide", args=[name])


@require_safe
def guides(request: HttpRequest) -> HttpResponse:
    words = words_asked(request.GET)
    groups = listed(address, public=True, online=(LODGED, *OPEN), words=words)
    return show(
        request, "portal/guides.html", {"groups": groups, "words": words, "first": 0 if words else len(wants())}
    )


@require_safe
def guide(request: HttpRequest, name: str, day: str = "") -> HttpResponse:
    page = found(name, day)
    if page is None or not for_all(page):
        raise Http404
    now = found(name)
    newer = address(name) if now is not None and page.in_force < now.in_force else ""
    online = reverse("portal:apply", args=[name]) if name in OPEN else reverse("portal:lodge") if name == LODGED else ""
    card = card_of(page)
    local = any(card.get(one) for one in ("who", "to", "papers", "places", "more"))
    values = {
        **values_of(page, address, public=True),
        "newer": newer,
        "apply_href": "" if newer else online,
        "apply_words": _("在线反映") if name == LODGED else _("在线申请"),
        "card": card,
        "not_online": bool(card) and not newer and not online and name != COMMENTS,
        "by_hand": _by_hand(page),
        "chinese_only": in_english() and local,
    }
    return show(request, "portal/guide.html", values)
