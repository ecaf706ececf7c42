"""The whole file of a matter as one PDF: asked for with a purpose, bound, and never stored on the way."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fazhi.letters.whole import bind_whole
from fazhi.people.parties import BadParty
from fazhi.press.faces import NoFont
from fazhi.web.faces.values import Field
from fazhi.web.office.gate import Here, acting, in_post, show
from fazhi.web.office.matter import find_page
from fazhi.web.office.papers import may_write


@never_cache
@require_http_methods(["GET", "POST"])
@in_post
def whole(request: HttpRequest, here: Here, identity: UUID) -> HttpResponse:
    page = find_page(here, identity)
    if not may_write(page, here) or "reveal" not in acting(here, page.view).powers:
        raise Http404
    wrong, status = "", 200
    if request.method == "POST":
        try:
            data = bind_whole(find_page(here, identity, revealed=True), acting(here, page.view), _purpose(request))
        except BadParty as bad:
            wrong, status = str(bad), 422
        except NoFont as lacking:
            wrong, status = str(lacking), 503
        else:
            response = HttpResponse(data, content_type="application/pdf")
            name = f"{page.number or page.title.zh}卷宗.pdf"
            response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
            return response
    field = Field(
        "purpose",
        _("用途"),
        value=request.POST.get("purpose", ""),
        required=True,
        hint=_("例如：移送法院、归档。全卷写有当事人的完整信息，制作会留下记录。"),
        error=wrong,
    )
    values = {"number": page.number, "back": reverse("office:matter", args=[page.id]), "purpose": field}
    return show(request, here, "office/whole.html", values, status)


def _purpose(request: HttpRequest) -> str:
    """The purpose as given; BadParty where none is, even if the matter names nobody."""
    purpose = request.POST.get("purpose", "").strip()
    if not purpose:
        raise BadParty("purpose", _("请写明用途。"))
    return purpose
