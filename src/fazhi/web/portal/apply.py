"""Applying online for legal aid, or for several licences at once: the fields of the page, files, number and code."""

import secrets
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fazhi.desk import public
from fazhi.law import FactKind, FieldKind, Procedure
from fazhi.registers import look
from fazhi.registers.pages import public_page_of
from fazhi.registers.values import Wanted
from fazhi.web.faces.guides import found
from fazhi.web.faces.intake import BadFile, BadParty, NoReceiver, Received, Refused, keep_files, receiving_unit
from fazhi.web.faces.limits import Limit, origin
from fazhi.web.faces.values import Field
from fazhi.web.faces.words import said, today
from fazhi.web.portal.lodged import hand_over
from fazhi.web.portal.shell import show, show_refused

OPEN: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {"legal_aid": {"basis": "applied", "channel": "online"}, "joint_application": {"channel": "web"}}
)
"""What may be applied for here, and what this way of applying says by itself."""
THEMES: Final = "theme_service"
SHORTEST, LONGEST, FILES = 6, 20_000, 9
APPLIED = Limit("apply", most=20, seconds=3600)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest, name: str) -> HttpResponse:
    page = found(name, "") if name in OPEN else None
    if page is None:
        raise Http404
    if request.method != "POST":
        return _form(request, page, request.GET.dict(), {})
    typed = request.POST.dict()
    errors = _errors(typed, len(request.FILES.getlist("files")))
    if errors:
        return _form(request, page, typed, errors)
    if not APPLIED.take(origin(request)):
        return show_refused(request, _("提交太多了"), _("一小时内提交次数过多，请稍后再试。"), 429)
    try:
        return hand_over(request, _send(request, page, typed), "application")
    except (Refused, BadFile) as refused:
        return _form(request, page, typed, {"files": str(refused)})
    except BadParty as bad:
        return _form(request, page, typed, {bad.field: str(bad)})
    except NoReceiver as nobody:
        return show_refused(request, _("暂时不能提交"), str(nobody), 503)


def _errors(typed: Mapping[str, str], files: int) -> dict[str, str]:
    errors = {}
    if not SHORTEST <= len(typed.get("text", "").strip()) <= LONGEST:
        errors["text"] = _("请写明申请的事项和理由，至少几个字、两万字以内。")
    if not typed.get("name", "").strip():
        errors["name"] = _("申请须写明申请人。")
    if not typed.get("consent"):
        errors["consent"] = _("需要您同意：请勾选这一项，我们才能办理。")
    if files > FILES:
        errors["files"] = _("一次最多九个文件。")
    return errors


def _send(request: HttpRequest, page: Procedure, typed: Mapping[str, str]) -> Received:
    unit = receiving_unit()
    name, phone, number, address = (typed.get(one, "").strip() for one in ("name", "phone", "id_number", "address"))
    asked = {one.name: typed[one.name].strip() for one in _asked(page) if typed.get(one.name, "").strip()}
    return public.lodge(
        unit,
        {"text": typed["text"].strip()},
        lodger=public.Lodger(name, phone, number, address),
        fields={**OPEN[page.name], **asked},
        files=keep_files(request.FILES.getlist("files"), unit),
        procedure=page.name,
        key=typed.get("key") or secrets.token_hex(16),
    )


def _asked(page: Procedure) -> list[FieldKind]:
    """What the opening fact says and nobody else knows: not what this way says, nor what registers fill in."""
    kind: FactKind = page.facts[page.opens_with]
    filled = {one.fills for one in kind.consults} | {name for one in kind.consults for name, _ in one.takes}
    wanted = [one for one in kind.fields.values() if one.name not in OPEN[page.name] and one.name not in filled]
    return [one for one in wanted if one.kind in ("choice", "text")]


def _fields(page: Procedure, typed: Mapping[str, str], errors: Mapping[str, str]) -> list[Field]:
    fields = []
    for one in _asked(page):
        choices = tuple((code, said(title)) for code, title in one.choice_titles.items())
        value = typed.get(one.name, "")
        fields.append(Field(one.name, said(one.title), "select" if choices else "text", value, choices=choices))
    about = said(page.intake.text) if page.intake.text.zh else _("申请事项")
    hint = _("申请什么、为什么，有哪些材料。经济困难的，请写明家庭收入和支出。") if page.name == "legal_aid" else ""
    tall = {"tall": "yes", "rows": "7"}
    fields.append(Field("text", about, "long", typed.get("text", ""), hint, errors.get("text", ""), True, extra=tall))
    people = {"name": _("申请人姓名或名称"), "phone": _("电话"), "id_number": _("证件号"), "address": _("住址")}
    hints = {"phone": _("只用来联系您；手机、带区号的座机或者 + 开头的境外号码")}
    fields += [
        Field(
            key,
            label,
            value=typed.get(key, ""),
            hint=hints.get(key, ""),
            error=errors.get(key, ""),
            required=key == "name",
        )
        for key, label in people.items()
    ]
    fields.append(Field("files", _("申请表和证明材料"), "file", error=errors.get("files", "")))
    return fields


def _form(request: HttpRequest, page: Procedure, typed: Mapping[str, str], errors: Mapping[str, str]) -> HttpResponse:
    label = _("我同意按上面的说明处理我的信息")
    consent = Field("consent", label, "check", typed.get("consent", ""), error=errors.get("consent", ""), required=True)
    values: dict[str, Any] = {
        "title": said(page.title),
        "name": page.name,
        "fields": _fields(page, typed, errors),
        "consent": consent,
        "key": typed.get("key") or secrets.token_hex(16),
        "themes": _themes() if page.name == "joint_application" else (),
        "chosen": typed.get("theme", ""),
    }
    return show(request, "portal/apply.html", values, 422 if errors else 200)


def _themes() -> list[dict[str, str]]:
    """The published themes, each with the items that it joins and the papers that are handed in once."""
    page = public_page_of(THEMES, today())
    lines = look.public_page(page, Wanted(today(), order="theme", down=False), limit=200).lines if page else ()
    return [{name: line.data.get(name, "") for name in ("theme", "items", "materials")} for line in lines]
