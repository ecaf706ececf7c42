"""Erasing what was told of a person: what goes and what stays is said first, a reason asked, then done for good."""

import secrets
from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fazhi import desk
from fazhi.desk import NoRight, Refused
from fazhi.ledger import rulebook
from fazhi.people import sameness
from fazhi.people.parties import MaskedParty
from fazhi.web.faces.values import Field
from fazhi.web.faces.words import said
from fazhi.web.office.acts import told
from fazhi.web.office.gate import Here, in_post, may_act, show
from fazhi.web.office.matter import find_page
from fazhi.worklist.values import MatterPage


@never_cache
@require_http_methods(["GET", "POST"])
@in_post
def erase(request: HttpRequest, here: Here, identity: UUID, party: UUID) -> HttpResponse:
    page = find_page(here, identity)
    person = next((one for one in page.parties if one.id == party and not one.erased), None)
    if person is None or "erase" not in here.actor.powers or not may_act(here, page.view):
        raise Http404
    if request.method == "GET":
        return _form(request, here, page, person)
    typed = {name: str(value) for name, value in request.POST.items()}
    wrong = {
        name: text
        for name, text in (("reason", _("请选择理由。")), ("sure", _("请先确认。")))
        if not typed.get(name, "").strip()
    }
    if wrong:
        return _form(request, here, page, person, typed, wrong, status=422)
    try:
        done = desk.erase(here.actor, party=party, reason=typed["reason"], key=typed.get("key", ""))
    except Refused as refused:
        findings = tuple(told(one) for one in refused.findings)
        return _form(request, here, page, person, typed, findings=findings, status=422)
    except NoRight as wrong_right:
        return _form(request, here, page, person, typed, findings=({"text": str(wrong_right)},), status=403)
    text = _("已清除：%(matters)d件事项中的%(bodies)d段文字、%(files)d个附件，以及当事人的姓名、电话、证件号和住址。")
    messages.success(request, text % {"matters": len(done.matters), "bodies": done.bodies, "files": done.files})
    return redirect("office:matter", page.id)


def _form(
    request: HttpRequest,
    here: Here,
    page: MatterPage,
    person: MaskedParty,
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
    *,
    findings: tuple[Mapping[str, str], ...] = (),
    status: int = 200,
) -> HttpResponse:
    typed, errors = typed or {}, errors or {}
    titles = rulebook().common["erased"].fields["reason"].choice_titles
    choices = tuple((code, said(title)) for code, title in titles.items())
    reason = typed.get("reason", "")
    fields = (
        Field("reason", _("理由"), "radio", reason, error=errors.get("reason", ""), required=True, choices=choices),
        Field(
            "sure", _("我已核对本人的请求，知道清除后不能恢复"), "check", error=errors.get("sure", ""), required=True
        ),
    )
    values = {
        "person": person,
        "together": len(sameness.same_as([person.id])) - 1,
        "fields": fields,
        "findings": findings,
        "refused": True,
        "number": page.number or said(page.title),
        "key": typed.get("key") or secrets.token_hex(16),
        "back": reverse("office:matter", args=[page.id]),
    }
    return show(request, here, "office/erase.html", values, status)
