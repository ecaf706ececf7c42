"""My own log-in: the second step, set up with a telephone and confirmed by a first code; a new password."""

from base64 import b64decode, b64encode
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from fazhi.people import deeds, posts, second_step
from fazhi.people.login import LEAST, LEAST_SIGNS, weakness
from fazhi.web.faces.intake import site_name
from fazhi.web.faces.places import picture
from fazhi.web.faces.values import Field
from fazhi.web.office.gate import Here, in_post, show

OFFERED: Final = "fazhi.second"


@never_cache
@sensitive_post_parameters("password", "new", "again", "code")
@require_http_methods(["GET", "POST"])
@in_post
def security(request: HttpRequest, here: Here) -> HttpResponse:
    verbs = {"offer": _offer, "confirm": _confirm, "remove": _remove, "password": _password}
    verb = verbs.get(request.POST.get("verb", "")) if request.method == "POST" else None
    problem, spare = verb(request, here) if verb else ("", ())
    offered = request.session.get(OFFERED) if request.method == "POST" else None
    if verb and not problem and not spare and not offered:
        return redirect("office:security")
    assert here.actor.account is not None
    has = second_step.has(here.actor.account)
    values: dict[str, Any] = {
        "problem": problem,
        "spare": spare,
        "has": has,
        "left": second_step.spare_left(here.actor.account) if has else 0,
        "code": [_code_field()],
        "own": [Field("password", _("现在的密码"), "password", required=True, id="f-own")],
        "new": _new_fields(),
    }
    if offered and not has:
        values |= _shown(request, b64decode(offered))
    return show(request, here, "office/security.html", values, 422 if problem else 200)


def _offer(request: HttpRequest, here: Here) -> tuple[str, tuple[str, ...]]:
    """A secret to take over; the same until it is confirmed, and kept in the session alone."""
    if OFFERED not in request.session:
        request.session[OFFERED] = b64encode(second_step.new_secret()).decode()
    return "", ()


def _shown(request: HttpRequest, secret: bytes) -> dict[str, Any]:
    address = second_step.address_of(secret, request.user.get_username(), site_name() or "Fazhi")
    return {"picture": picture(address), "secret": second_step.words_of(secret)}


def _confirm(request: HttpRequest, here: Here) -> tuple[str, tuple[str, ...]]:
    kept = request.session.get(OFFERED)
    assert here.actor.account is not None
    if not kept or second_step.has(here.actor.account):
        return _("请重新打开本页再试。"), ()
    spare = second_step.confirm(here.actor.account, b64decode(kept), request.POST.get("code", ""))
    if not spare:
        return _("验证码不正确：请核对手机的时间，输入最新的六位数字。"), ()
    del request.session[OFFERED]
    deeds.note(here.actor, "second_step_on", here.actor.name)
    return "", spare


def _remove(request: HttpRequest, here: Here) -> tuple[str, tuple[str, ...]]:
    assert here.actor.account is not None
    if not request.user.check_password(request.POST.get("password", "")):
        return _("密码不正确，没有改动。"), ()
    second_step.remove(here.actor.account)
    deeds.note(here.actor, "second_step_off", here.actor.name)
    messages.success(request, _("已关闭第二步验证。"))
    return "", ()


def _password(request: HttpRequest, here: Here) -> tuple[str, tuple[str, ...]]:
    user, new = request.user, request.POST.get("new", "")
    assert user.is_authenticated and here.actor.account is not None
    if not user.check_password(request.POST.get("password", "")):
        return _("现在的密码不正确，没有改动。"), ()
    if new != request.POST.get("again", ""):
        return _("两次输入的新密码不一样，没有改动。"), ()
    if weak := weakness(new, user.get_username(), here.actor.name):
        return weak, ()
    posts.change_password(here.actor.account, new)
    user.refresh_from_db()
    update_session_auth_hash(request, user)
    deeds.note(here.actor, "own_password", here.actor.name)
    messages.success(request, _("密码已更改，其他地方的登录都已退出。"))
    return "", ()


def _code_field() -> Field:
    extra = {"autocomplete": "one-time-code", "inputmode": "numeric", "code": "yes"}
    return Field("code", _("手机上显示的六位数字"), required=True, extra=extra)


def _new_fields() -> list[Field]:
    rule = _("至少%(least)d个字，其中至少%(signs)d个不同；不能只有数字，不能有用户名或姓名，不能是常见密码") % {
        "least": LEAST,
        "signs": LEAST_SIGNS,
    }
    return [
        Field("password", _("现在的密码"), "password", required=True, extra={"autocomplete": "current-password"}),
        Field("new", _("新密码"), "password", required=True, hint=rule, extra={"autocomplete": "new-password"}),
        Field("again", _("再输一遍新密码"), "password", required=True, extra={"autocomplete": "new-password"}),
    ]
