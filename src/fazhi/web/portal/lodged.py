"""The receipt: number and code, shown again for some minutes in the browser that lodged, and nowhere else.

They travel in a signed cookie that only this page reads: never in an address, a log or a table.
"""

from datetime import datetime
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
from fazhi.web.faces.intake import Received
from fazhi.web.faces.places import picture
from fazhi.web.portal.follow import promise
from fazhi.web.portal.shell import show

COOKIE: Final = "fazhi_receipt"
AGAIN: Final = "fazhi_receipt_again"
SALT: Final = "fazhi.web.portal.lodged"
MINUTES: Final = 10


def hand_over(request: HttpRequest, received: Received, kind: str = "") -> HttpResponse:
    """On to the receipt. A form sent twice comes without its code, and takes no code away that the browser holds."""
    told = {"number": received.query_number, "code": received.code, "matter": str(received.matter), "kind": kind}
    told["at"] = timezone.now().isoformat()
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
    return response


@never_cache
@require_http_methods(["GET", "POST"])
def lodged(request: HttpRequest) -> HttpResponse:
    """The receipt, while the browser holds it; posted, it is forgotten at once, for those at a shared machine."""
    if request.method == "POST":
        response = redirect("portal:home")
        for name in (COOKIE, AGAIN):
            response.delete_cookie(name, path=reverse("portal:lodged"), samesite="Strict")
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
        "promises": promises(UUID(kept["matter"])),
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


def promises(matter: UUID) -> list[dict[str, Any]]:
    """What the office owes the citizen now, and by when."""
    tracking = look.of_matter(matter)
    if tracking is None or tracking.next_due is None or tracking.next_due.due is None:
        return []
    return [promise(tracking.next_due)]
