"""Logging in and out, and choosing the post to act in."""

from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from fazhi.ledger import today
from fazhi.people import actors, posts, units
from fazhi.people.login import refusal
from fazhi.web.faces.values import Field
from fazhi.web.office.gate import POST


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def log_in(request: HttpRequest) -> HttpResponse:
    onward = _onward(request)
    if request.user.is_authenticated and request.method == "GET":
        return redirect(onward)
    name, problem = "", ""
    if request.method == "POST":
        name = request.POST.get("username", "")
        account = authenticate(request, username=name, password=request.POST.get("password", ""))
        if account is not None:
            login(request, account)
            return redirect(onward)
        problem = refusal()
    fields = [
        Field("username", _("用户名"), value=name, required=True, extra={"autocomplete": "username"}),
        Field("password", _("密码"), "password", required=True, extra={"autocomplete": "current-password"}),
    ]
    values = {"fields": fields, "problem": problem, "next": onward}
    return render(request, "office/login.html", values, status=403 if problem else 200)


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
        return redirect(_onward(request))
    titles = posts.titles([one.post for one in held if one.post])
    shown = [
        {"id": one.post, "unit": units.name_of(one.unit), "title": titles[one.post][0]} for one in held if one.post
    ]
    return render(request, "office/post.html", {"posts": shown, "next": _onward(request)})


def _onward(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else reverse("office:desk")
