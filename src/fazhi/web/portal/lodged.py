"""The receipt: number and code, shown again for some minutes in the browser that lodged, and nowhere else.

They travel in a signed cookie that only this page reads: never in an address, a log or a table.
"""

from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fazhi.tracking import look
from fazhi.web.faces.intake import Received, unit_name
from fazhi.web.faces.places import picture
from fazhi.web.portal.follow import promise
from fazhi.web.portal.plain import afterwards
from fazhi.web.portal.shell import show

COOKIE: Final = "fazhi_receipt"
AGAIN: Final = "fazhi_receipt_again"
SALT: Final = "fazhi.web.portal.lodged"
MINUTES: Final = 10
LATELY: Final = "fazhi_lodged"
"""What this browser lodged until it is closed: numbers without codes, so that the same is not lodged twice unawares."""
LATELY_HOURS: Final = 12
MOST_LATELY: Final = 5


def hand_over(
    request: HttpRequest, received: Received, kind: str = "", *, named: bool = True, back: str = ""
) -> HttpResponse:
    """On to the receipt. A form sent twice comes without its code, and takes no code away that the browser holds.

    `named`: whether an identity document can help whoever loses the code; `back`: the page it was sent from.
    """
    told = {"number": received.query_number, "code": received.code, "matter": str(received.matter), "kind": kind}
    told |= {"at": timezone.now().isoformat(), "named": "yes" if named else "", "back": back}
    response = redirect("portal:lodged")
    response.set_cookie(
        COOKIE if received.code else AGAIN,
        signing.dumps(told, salt=SALT, compress=True),
        max_age=MINUTES * 60,
        path=reverse("portal:lodged"),
        secure=request.is_secure(),
        httponly=True,
        samesite="Strict",
    )
    if received.code and not kind:
        _remember(request, response, {name: told[name] for name in ("number", "matter", "at")})
    return response


def _remember(request: HttpRequest, response: HttpResponse, told: dict[str, str]) -> None:
    kept = [*lately(request), told][-MOST_LATELY:]
    value = signing.dumps(kept, salt=LATELY, compress=True)
    where, secure = reverse("portal:lodge"), request.is_secure()
    response.set_cookie(LATELY, value, path=where, secure=secure, httponly=True, samesite="Strict")


def lately(request: HttpRequest) -> list[dict[str, str]]:
    """Number and matter of what was lodged in this browser since it was opened."""
    try:
        kept: list[dict[str, str]] = signing.loads(
            request.COOKIES.get(LATELY, ""), salt=LATELY, max_age=LATELY_HOURS * 3600
        )
    except signing.BadSignature:
        return []
    return kept


def receipt_open(request: HttpRequest, told: dict[str, str]) -> bool:
    """Whether the receipt of this one still shows its code in this browser: it is the last, and not ten minutes old."""
    last = lately(request)[-1:] == [told]
    return last and timezone.now() - datetime.fromisoformat(told["at"]) < timedelta(minutes=MINUTES)


@never_cache
@require_http_methods(["GET", "POST"])
def lodged(request: HttpRequest) -> HttpResponse:
    """The receipt, while the browser holds it; posted, it is forgotten at once, for those at a shared machine."""
    if request.method == "POST":
        response = redirect("portal:home")
        for name in (COOKIE, AGAIN):
            response.delete_cookie(name, path=reverse("portal:lodged"), samesite="Strict")
        response.delete_cookie(LATELY, path=reverse("portal:lodge"), samesite="Strict")
        return response
    kept = _kept(request)
    if not kept:
        return show(request, "portal/lodged_gone.html", {"minutes": MINUTES})
    address = request.build_absolute_uri(f"{reverse('portal:follow')}?number={kept['number']}")
    values = {
        "query_number": kept["number"],
        "code": kept["code"],
        "title": title(kept.get("kind", "")),
        "minutes": MINUTES,
        "received": datetime.fromisoformat(kept["at"]),
        "qr": picture(address),
        "kind": kept.get("kind", ""),
        "named": kept.get("named"),
        "back": kept.get("back", ""),
        **(_sent(UUID(kept["matter"])) if kept["code"] else {}),
    }
    return show(request, "portal/lodged.html", values)


def title(kind: str) -> str:
    """What was received, in the words of the one who sent it."""
    return {"comment": _("已收到您的意见"), "application": _("已收到您的申请")}.get(kind, _("已收到您反映的问题"))


def _kept(request: HttpRequest) -> dict[str, str]:
    """What was lodged last in this browser; with its code, if the browser holds that."""
    coded, plain = _opened(request, COOKIE), _opened(request, AGAIN)
    return coded if not plain or coded.get("number") == plain["number"] else plain


def _opened(request: HttpRequest, name: str) -> dict[str, str]:
    try:
        told: dict[str, str] = signing.loads(request.COOKIES.get(name, ""), salt=SALT, max_age=MINUTES * 60)
    except signing.BadSignature:
        return {}
    return told


def _sent(matter: UUID) -> dict[str, Any]:
    """What was sent, to whom, and what the office owes now, by when."""
    tracking = look.of_matter(matter)
    if tracking is None:
        return {}
    due = tracking.next_due
    owed = promise(due) if due is not None and due.due is not None else None
    return {
        "texts": tracking.own[0].texts if tracking.own else (),
        "unit": unit_name(tracking.unit),
        "promise": owed,
        "afterwards": afterwards(tracking.procedure, due.rule, tracking.opened) if due is not None else "",
    }
