"""Logging in, in one step or two, and out; and choosing the post to act in."""

import time
from typing import Final
from uuid import UUID

from django.conf import settings
from django.contrib.auth import authenticate, get_user_model, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from fazhi.ledger import today
from fazhi.people import actors, posts, second_step
from fazhi.people.login import refusal
from fazhi.web.faces.intake import unit_name
from fazhi.web.faces.values import Field
from fazhi.web.faces.words import in_english
from fazhi.web.office.gate import POST

BACKEND: Final = "fazhi.people.login.Lockout"
WAITING: Final = "fazhi.waiting"
PROBLEM: Final = "fazhi.problem"
MINUTES: Final = 5


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def log_in(request: HttpRequest) -> HttpResponse:
    onward = onward_of(request)
    if request.user.is_authenticated and request.method == "GET":
        return redirect(onward)
    name, problem = "", ""
    if request.method == "POST":
        name = request.POST.get("username", "")
        account = authenticate(request, username=name, password=request.POST.get("password", ""))
        if account is not None:
            return let_in(request, account.pk, onward)
        problem = refusal()
    fields = [
        Field("username", _("用户名"), value=name, required=True, extra={"autocomplete": "username"}),
        Field("password", _("密码"), "password", required=True, extra={"autocomplete": "current-password"}),
    ]
    values = {"fields": fields, "problem": problem or request.session.pop(PROBLEM, ""), "next": onward}
    values["outside"] = settings.FAZHI_OIDC_LABEL if settings.FAZHI_OIDC_ISSUER else ""
    return render(request, "office/login.html", values, status=403 if problem else 200)


def let_in(request: HttpRequest, account: UUID, onward: str, *, proven_twice: bool = False) -> HttpResponse:
    """On to the office; by way of the second step where the account has one and it was not taken elsewhere."""
    if proven_twice or not second_step.has(account):
        login(request, get_user_model().objects.get(pk=account), backend=BACKEND)
        return redirect(onward)
    request.session.cycle_key()
    request.session[WAITING] = {"account": str(account), "at": time.time(), "next": onward}
    return redirect("office:second")


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def second(request: HttpRequest) -> HttpResponse:
    """The code of the telephone, within five minutes of the password."""
    waiting = request.session.get(WAITING)
    if not waiting or time.time() - waiting["at"] > MINUTES * 60:
        request.session.pop(WAITING, None)
        return redirect("office:login")
    problem = ""
    if request.method == "POST":
        account = get_user_model().objects.filter(pk=waiting["account"], is_active=True).first()
        if account is not None and second_step.prove(account.pk, request.POST.get("code", "")):
            del request.session[WAITING]
            return let_in(request, account.pk, waiting["next"], proven_twice=True)
        problem = _("验证码不正确或已经用过。连续多次不正确，账号将暂停登录。")
    code = {"autocomplete": "one-time-code", "inputmode": "numeric", "code": "yes"}
    fields = [Field("code", _("验证码"), required=True, hint=_("手机应用上的六位数字，或者一个备用码"), extra=code)]
    return render(request, "office/second.html", {"fields": fields, "problem": problem}, status=403 if problem else 200)


@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("office:login")


@never_cache
@require_http_methods(["GET", "POST"])
def choose_post(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect("office:login")
    held = actors.actors_of(request.user.pk, today())
    if request.method == "POST" and request.POST.get("post") in {str(one.post) for one in held}:
        request.session[POST] = request.POST["post"]
        return redirect(onward_of(request))
    titles = posts.titles([one.post for one in held if one.post])
    shown = [
        {"id": one.post, "unit": unit_name(one.unit), "title": _told(*titles[one.post])} for one in held if one.post
    ]
    return render(request, "office/post.html", {"posts": shown, "next": onward_of(request)})


def onward_of(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else reverse("office:desk")


def _told(title: str, title_en: str) -> str:
    return (title_en if in_english() else "") or title
