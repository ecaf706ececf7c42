"""Lodging an appeal without an account: one big text, nothing else that must be filled in; consent goes with a name."""

import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fazhi.desk import public
from fazhi.gazette import look as gazette
from fazhi.hotspots.follow import VOICES
from fazhi.hotspots.look import how_many
from fazhi.hotspots.near import near_texts, of_one_sort
from fazhi.tracking.look import of_matter
from fazhi.web.faces.intake import BadFile, BadParty, NoReceiver, Received, Refused, keep_files, receiving_unit
from fazhi.web.faces.limits import Limit, origin
from fazhi.web.faces.places import place_of
from fazhi.web.faces.values import Field
from fazhi.web.faces.words import today
from fazhi.web.portal.lodged import hand_over, lately, receipt_open
from fazhi.web.portal.shell import show, show_refused

SHORTEST: Final = 6
LONGEST: Final = 20_000
FILES: Final = 9
PERSONAL: Final = ("name", "phone")
"""What tells who lodges; with any of it, or with a file, consent is asked for."""
LODGED = Limit("lodge", most=20, seconds=3600)
LOOKED = Limit("lodge-near", most=240, seconds=3600)
UNNAMED: Final = "匿名"
"""Kept as the name of one who leaves a telephone number alone, so that it is not lost."""
SHOWN: Final = 4
READ: Final = 300
"""Newest publications that are compared with what is being written."""


@never_cache
@require_http_methods(["GET", "POST"])
def lodge(request: HttpRequest) -> HttpResponse:
    typed = request.POST.dict() if request.method == "POST" else {}
    errors: dict[str, str] = {}
    if request.method == "POST":
        if typed.get("website"):
            return show_refused(request, _("没有收到"), _("提交里填了不该填的一项，请重新打开页面再试。"), 400)
        if typed.get("look"):
            return show_form(request, typed, {}, [], look=True)
        errors = find_errors(typed, len(request.FILES.getlist("files")))
        if not errors:
            if not LODGED.take(origin(request)):
                return show_refused(
                    request, _("提交太多了"), _("一小时内提交次数过多，请稍后再试，或拨打 12345。"), 429
                )
            try:
                return hand_over(request, send(request, typed), named=bool(typed.get("name", "").strip()))
            except Refused as refused:
                return show_form(request, typed, errors, [{"text": str(refused)}])
            except BadParty as bad:
                errors[bad.field] = str(bad)
            except BadFile as bad:
                errors["files"] = str(bad)
            except NoReceiver as nobody:
                return show_refused(request, _("暂时不能提交"), str(nobody), 503)
    return show_form(request, typed, errors, [])


@never_cache
@require_safe
def lodge_at(request: HttpRequest, code: str) -> HttpResponse:
    """The form with the place of a QR code filled in; an unknown code opens the plain form."""
    return show_form(request, {"place": place_of(code)}, {}, [])


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The script that keeps the form at hand where there is no network; it governs this form and nothing else."""
    file = finders.find("faces/js/worker.js")
    if not isinstance(file, str):
        raise Http404
    answer = HttpResponse(Path(file).read_bytes(), content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    return answer


def find_errors(typed: Mapping[str, str], files: int) -> dict[str, str]:
    errors = {}
    text = typed.get("text", "").strip()
    if len(text) < SHORTEST:
        errors["text"] = _("请写下发生了什么事，至少几个字。")
    if len(text) > LONGEST:
        errors["text"] = _("写得太长了，请控制在两万字以内，其余放在附件里。")
    if not typed.get("consent") and (files or any(typed.get(one, "").strip() for one in PERSONAL)):
        errors["consent"] = lacking_consent()
    if files > FILES:
        errors["files"] = _("一次最多九个文件。")
    return errors


def lacking_consent() -> str:
    return _("留了姓名、电话或者附了文件的，需要您同意：请勾选这一项，或者把它们清空。")


def form_fields(typed: Mapping[str, str], errors: Mapping[str, str]) -> list[Field]:
    return [
        Field(
            "text",
            _("发生了什么事？"),
            "long",
            typed.get("text", ""),
            _("什么时候、在哪里、涉及谁、您希望怎么解决。想到什么写什么。"),
            errors.get("text", ""),
            required=True,
            extra={"tall": "yes", "rows": "9"},
        ),
        Field(
            "place",
            _("在哪里"),
            value=typed.get("place", ""),
            hint=_("街道、社区、路名或者附近的标志；上面已经写明的，不用再填"),
            extra={"autocomplete": "street-address"},
        ),
        Field(
            "name",
            _("您的姓名或单位"),
            value=typed.get("name", ""),
            error=errors.get("name", ""),
            extra={"autocomplete": "name"},
        ),
        Field(
            "phone",
            _("电话"),
            value=typed.get("phone", ""),
            error=errors.get("phone", ""),
            hint=_("只用来联系您；手机、带区号的座机或者 + 开头的境外号码"),
            extra={"type": "tel", "autocomplete": "tel"},
        ),
        Field(
            "files",
            _("照片、录音或文件"),
            "file",
            hint=_("可以选多个；照片里的拍摄地点等信息会被去掉"),
            error=errors.get("files", ""),
        ),
    ]


def show_form(
    request: HttpRequest,
    typed: Mapping[str, str],
    errors: Mapping[str, str],
    findings: list[dict[str, str]],
    *,
    look: bool = False,
) -> HttpResponse:
    consent = Field(
        "consent",
        _("我同意按上面的说明处理我的信息（没有留姓名、电话，也没有附文件的，不用勾选）"),
        "check",
        typed.get("consent", ""),
        error=errors.get("consent", ""),
        extra={"lacks": lacking_consent()},
    )
    values = {
        "fields": form_fields(typed, errors),
        "consent": consent,
        "key": typed.get("key") or secrets.token_hex(16),
        "findings": findings,
        "refused": True,
        **(near_values(request, typed) if look else {}),
    }
    return show(request, "portal/lodge.html", values, 422 if errors or findings else 200)


@never_cache
@require_POST
def near(request: HttpRequest) -> HttpResponse:
    """The fragment below the text while it is being written."""
    return show(request, "portal/lodge_near.html", near_values(request, request.POST.dict()))


def near_values(request: HttpRequest, typed: Mapping[str, str]) -> dict[str, Any]:
    """What was published on the like, and how many spoke of the like where that tells of nobody; never another's words.

    Of what others wrote only a count from five up is told.
    """
    text = " ".join(typed.get(name, "").strip()[:LONGEST] for name in ("text", "place"))
    if len(text.strip()) < SHORTEST or not LOOKED.take(origin(request)):
        return {"looked": True, "mine": (), "published": (), "many": 0}
    told = [one for one in gazette.page(limit=READ).items if one.procedure_name in VOICES and not one.withdrawn]
    alike = near_texts("", text, [(one.id, one.title, one.text) for one in told])
    sort = of_one_sort(text, [(one.id, one.title) for one in told])
    shown = list(dict.fromkeys((*alike, *sort)))[:SHOWN]
    return {
        "looked": True,
        "mine": own_values(request, text),
        "published": [one for key in shown for one in told if one.id == key],
        "many": how_many("", text, today(), typed.get("place", "").strip()[:LONGEST]),
        "joins": bool(typed.get("joins")),
    }


def own_values(request: HttpRequest, text: str) -> list[dict[str, Any]]:
    """What this very browser lodged on the like and is still open; of whoever else lodged nothing is told, whatever
    telephone number is typed."""
    found = []
    for one in lately(request):
        tracking = of_matter(UUID(one["matter"]))
        if tracking is None or tracking.closed or not tracking.own:
            continue
        if near_texts("", text, [("own", "", " ".join(tracking.own[0].texts))]):
            shown = format_html('<span class="whole">{}</span>', one["number"])
            told = {"number": one["number"], "shown": shown, "day": tracking.opened}
            found.append(told | {"receipt": receipt_open(request, one)})
    return found


def send(request: HttpRequest, typed: Mapping[str, str]) -> Received:
    unit = receiving_unit()
    body = {name: typed.get(name, "").strip() for name in ("text", "place")}
    if typed.get("joins"):
        body["text"] += "\n" + _("（愿意与反映同一件事的诉求合并办理。）")
    name, phone = typed.get("name", "").strip(), typed.get("phone", "").strip()
    lodger = public.Lodger(name or (UNNAMED if phone else ""), phone, kind="citizen")
    files = keep_files(request.FILES.getlist("files"), unit)
    return public.lodge(unit, body, lodger=lodger, files=files, key=typed.get("key") or secrets.token_hex(16))
