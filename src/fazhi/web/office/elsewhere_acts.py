"""Acts of the card of numbers: a number elsewhere put on a matter; a matter registered twice joined, and parted."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from fazhi.desk import NoRight, Refused
from fazhi.desk.joining import join_duplicate, part_duplicate
from fazhi.exchange.links import NoPartner, page_of
from fazhi.exchange.numbers import put_number
from fazhi.ledger import Collision
from fazhi.web.office.acts import seen_in
from fazhi.web.office.fields import finding_words
from fazhi.web.office.gate import Here, in_post
from fazhi.web.office.lost import lost_words
from fazhi.web.office.matter import find_page
from fazhi.web.office.named_matter import named_matter


@never_cache
@require_POST
@in_post
def elsewhere(request: HttpRequest, here: Here, identity: UUID) -> HttpResponse:
    """Put a number of another system on the matter."""
    page = find_page(here, identity)
    try:
        partner = page_of(request.POST.get("system", ""))
        key, number = request.POST.get("key", ""), request.POST.get("number", "")
        put_number(here.actor, identity, partner, number, seen=seen_in(request), key=key)
        messages.success(request, _("外部编号已登记。"))
    except NoPartner:
        messages.warning(request, _("请选择是哪个系统的编号。"))
    except Refused as refused:
        _warn(request, refused)
    except (NoRight, Collision) as wrong:
        messages.warning(request, lost_words(wrong, page))
    return redirect(reverse("office:matter", args=[identity]))


@never_cache
@require_POST
@in_post
def duplicate(request: HttpRequest, here: Here, identity: UUID) -> HttpResponse:
    """The matter was registered twice: it goes on as the earlier one, or that is undone."""
    page = find_page(here, identity)
    key, seen = request.POST.get("key", ""), seen_in(request)
    try:
        if request.POST.get("part"):
            part_duplicate(here.actor, identity, seen=seen, key=key)
            messages.success(request, _("已撤销，这一件重新单独办理、单独计数，期限照原来计算。"))
        else:
            first = named_matter(here, request.POST.get("first", ""))
            if first is None:
                messages.warning(request, _("没有找到收到在先的一件，请核对编号。"))
            else:
                join_duplicate(here.actor, identity, first, seen=seen, key=key)
                messages.success(request, _("已合为一件：只计一次，两个编号都照常可查；可以撤销。"))
    except Refused as refused:
        _warn(request, refused)
    except (NoRight, Collision) as wrong:
        messages.warning(request, lost_words(wrong, page))
    return redirect(reverse("office:matter", args=[identity]))


def _warn(request: HttpRequest, refused: Refused) -> None:
    for finding in refused.findings:
        messages.warning(request, finding_words(finding))
