"""Addresses of GeoReport v2: they read what was asked, keep limits, and answer in the form asked for."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from fazhi.api.open311 import offered, requests
from fazhi.api.open311.formats import Value, answer, refuse
from fazhi.api.open311.requests import Bad
from fazhi.desk.act import Refused
from fazhi.desk.receiver import NoReceiver
from fazhi.ledger import today
from fazhi.people import tokens
from fazhi.people.limits import Limit, origin
from fazhi.people.parties import BadParty

CHANGESET: Final = "2026-11-22T00:00:00+08:00"
SPECIFICATION: Final = "http://wiki.open311.org/GeoReport_v2"
WITHOUT_KEY = Limit("open311", most=20, seconds=3600)
WITH_KEY = Limit("open311-key", most=2000, seconds=3600)


@require_safe
def discovery(request: HttpRequest, form: str) -> HttpResponse:
    """Where the endpoint is, what it speaks, and how to get a key."""
    endpoint = {
        "specification": SPECIFICATION,
        "url": request.build_absolute_uri("/open311/v2"),
        "changeset": CHANGESET,
        "type": "production",
        "formats": ["text/xml", "application/json"],
    }
    told: dict[str, Value] = {
        "changeset": CHANGESET,
        "contact": "12345",
        "key_service": "不用密钥也可以提交，每小时有次数限制；接入系统请向本单位管理员申请令牌，放在 api_key 中。",
        "endpoints": [endpoint],
    }
    return answer("discovery", told, form)


@require_safe
def service_list(request: HttpRequest, form: str) -> HttpResponse:
    if refused := _elsewhere(request, form):
        return refused
    return answer("services", offered.services(_english(request)), form)


@require_safe
def service(request: HttpRequest, code: str, form: str) -> HttpResponse:
    if refused := _elsewhere(request, form):
        return refused
    told = offered.definition(code, _english(request))
    if told is None:
        return refuse(404, "service_code was not found（没有这一类服务，请先取 services 列表）", form)
    return answer("service_definition", told, form)


@csrf_exempt
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def request_list(request: HttpRequest, form: str) -> HttpResponse:
    if refused := _elsewhere(request, form):
        return refused
    return _hand_in(request, form) if request.method == "POST" else _listed(request, form)


def _hand_in(request: HttpRequest, form: str) -> HttpResponse:
    typed = {name: str(value) for name, value in request.POST.items()}
    key = typed.get("api_key") or request.GET.get("api_key", "")
    proven = tokens.prove(key, today()) if key else None
    if key and (proven is None or "receive" not in proven.scopes):
        return refuse(403, "api_key is not valid（api_key 无效、已过期或者没有登记的用途）", form)
    within = WITH_KEY.take(key) if key else WITHOUT_KEY.take(origin(request))
    if not within:
        return refuse(429, "too many requests（一小时内提交次数过多，请稍后再试）", form)
    try:
        taken = requests.hand_in(typed)
    except Bad as bad:
        return refuse(bad.code, str(bad), form)
    except (Refused, BadParty) as refused:
        return refuse(400, str(refused), form)
    except NoReceiver as nobody:
        return refuse(503, str(nobody), form)
    notice = (
        f"凭 service_request_id 可以查询进度。补充、撤回和评价请到本站“查进度”，"
        f"查询编号 {taken.query_number}，查询码 {taken.code}（只显示这一次，请交给诉求人保存）。"
    )
    told: list[Value] = [{"service_request_id": taken.identity, "service_notice": notice, "account_id": None}]
    return answer("service_requests", told, form, 201)


def _listed(request: HttpRequest, form: str) -> HttpResponse:
    typed = {name: str(value) for name, value in request.GET.items()}
    try:
        if named := [part.strip() for part in typed.get("service_request_id", "").split(",") if part.strip()]:
            found = [requests.one(identity) for identity in named[:50]]
            return answer("service_requests", [told for told in found if told], form)
        return answer("service_requests", list(requests.listed(requests.read_wanted(typed))), form)
    except Bad as bad:
        return refuse(bad.code, str(bad), form)


@never_cache
@require_safe
def one_request(request: HttpRequest, identity: str, form: str) -> HttpResponse:
    if refused := _elsewhere(request, form):
        return refused
    told = requests.one(identity)
    if told is None:
        return refuse(404, "service_request_id was not found（没有这一诉求）", form)
    return answer("service_requests", [told], form)


@require_safe
def token(request: HttpRequest, identity: str, form: str) -> HttpResponse:
    """Every request has its identity at once: a token is only ever asked for in vain, or for the identity itself."""
    if requests.HELD.fullmatch(identity):
        return answer("service_requests", [{"service_request_id": identity, "token": identity}], form)
    return refuse(404, "token was not found（本站提交后直接给出 service_request_id，不发令牌）", form)


def _elsewhere(request: HttpRequest, form: str) -> HttpResponse | None:
    """A refusal for a jurisdiction that is not this site; without one the site itself is meant."""
    asked = request.POST.get("jurisdiction_id") or request.GET.get("jurisdiction_id", "")
    host = request.get_host()
    if asked and asked not in (host, host.partition(":")[0]):
        return refuse(404, f"jurisdiction_id was not found（本站的 jurisdiction_id 是 {host.partition(':')[0]}）", form)
    return None


def _english(request: HttpRequest) -> bool:
    return str(getattr(request, "LANGUAGE_CODE", "")).startswith("en")
