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
from fazhi.web.office.again import lacking, show_again
from fazhi.web.office.elsewhere import first_field, number_fields
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
    page, back = find_page(here, identity), reverse("office:matter", args=[identity])
    typed = {name: request.POST.get(name, "").strip() for name in ("system", "number")}
    errors = lacking(number_fields(typed, {}), typed)
    try:
        partner = page_of(typed["system"])
        if not errors:
            key = request.POST.get("key", "")
            put_number(here.actor, identity, partner, typed["number"], seen=seen_in(request), key=key)
    except NoPartner:
        errors["system"] = _("请选择是哪个系统的编号。")
    except Refused as refused:
        errors["number"] = _told(refused)
    except (NoRight, Collision) as wrong:
        errors["number"] = lost_words(wrong, page)
    if errors:
        return show_again(request, here, _("登记外部编号"), number_fields(typed, errors), _("登记"), back)
    messages.success(request, _("外部编号已登记。"))
    return redirect(back)


@never_cache
@require_POST
@in_post
def duplicate(request: HttpRequest, here: Here, identity: UUID) -> HttpResponse:
    """The matter was registered twice: it goes on as the earlier one, or that is undone."""
    page, back, wrong = find_page(here, identity), reverse("office:matter", args=[identity]), ""
    key, seen = request.POST.get("key", ""), seen_in(request)
    try:
        if request.POST.get("part"):
            part_duplicate(here.actor, identity, seen=seen, key=key)
            messages.success(request, _("已撤销，这一件重新单独办理、单独计数，期限照原来计算。"))
        else:
            first = named_matter(here, request.POST.get("first", ""))
            if first is None:
                wrong = _("没有找到收到在先的一件，请核对编号。")
            else:
                join_duplicate(here.actor, identity, first, seen=seen, key=key)
                messages.success(request, _("已合为一件：只计一次，两个编号都照常可查；可以撤销。"))
    except Refused as refused:
        wrong = _told(refused)
    except (NoRight, Collision) as lost:
        wrong = lost_words(lost, page)
    if wrong and not request.POST.get("part"):
        field = first_field(request.POST.get("first", ""), wrong)
        return show_again(request, here, _("这一件是重复登记"), [field], _("合为一件"), back)
    if wrong:
        messages.warning(request, wrong)
    return redirect(back)


def _told(refused: Refused) -> str:
    return " ".join(finding_words(finding) for finding in refused.findings)
