"""Administration of people: accounts and posts by one administrator, powers and ranges by another; all in a log."""

from collections.abc import Mapping
from typing import Any, Final

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from fazhi.people import deeds, nominations, roll, separation
from fazhi.people.actors import ADMINISTRATORS
from fazhi.people.posts import BadSeat
from fazhi.reach import grants
from fazhi.reach.grants import BadGrant
from fazhi.web.faces.words import day_words, joined
from fazhi.web.office.again import lacking
from fazhi.web.office.gate import Here, in_post, show, show_refused
from fazhi.web.office.roll_acts import VERBS, Own
from fazhi.web.office.roll_lists import account_list, post_list
from fazhi.web.office.roll_words import administrator_words, forms_for, grant_words, power_words

POWERS: Final = frozenset({"administer", "grant"})
NEXT: Final = {
    "open_account": gettext_lazy("下一步：由安全管理员设密码，设好以前不能登录。"),
    "create_post": gettext_lazy("下一步：由安全管理员给新岗位赋予职权；您可以提出由谁任职。"),
    "hold": gettext_lazy("下一步：由安全管理员确认，确认以后才算任职。"),
    "confirm": gettext_lazy("已任职。下一步：看这个岗位有没有职权和查看范围，没有的请赋予。"),
}
"""What has to follow an act, and who does it."""


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@in_post
def people(request: HttpRequest, here: Here) -> HttpResponse:
    """Accounts and posts of the house, and the forms that the reader's office has for them."""
    if not POWERS & here.actor.powers:
        return _refuse(request, here)
    chosen = {name: request.GET.get(name, "") for name in ("verb", "post")}
    typed = {name: str(value) for name, value in request.POST.items()} or chosen
    problem, errors = "", dict[str, str]()
    if request.method == "POST" and typed.get("verb", "") in VERBS:
        power, verb = VERBS[typed["verb"]]
        if power not in here.actor.powers:
            text = _("三员分立：这一项由%(office)s办理。") % {"office": administrator_words(power)}
            return show_refused(request, here, _("没有改动"), text)
        errors = _lacking(here, typed)
        try:
            if not errors:
                with transaction.atomic():
                    done = verb(here, typed)
                    deeds.note(here.actor, typed["verb"], done.about, before=done.before, after=done.after)
                messages.success(request, _("已保存，并记入审计日志。"))
                if next_step := NEXT.get(typed["verb"]):
                    messages.info(request, str(next_step))
                return redirect("office:people")
        except (BadSeat, BadGrant, Own, ValueError) as wrong:
            problem = str(wrong)
    values = _values(request, here, typed, problem, errors)
    return show(request, here, "office/people.html", values, 422 if problem or errors else 200)


def _office(here: Here) -> str:
    return "grant" if "grant" in here.actor.powers else "administer"


def _lacking(here: Here, typed: Mapping[str, str]) -> dict[str, str]:
    """What the form that was sent asks for and does not hold; an act of a button alone asks for nothing."""
    forms = forms_for(_office(here), here, typed, roll.accounts(), roll.posts_on(here.day))
    fields = next((one["fields"] for one in forms if one["verb"] == typed["verb"]), ())
    return lacking(fields, dict(typed))


@never_cache
@require_safe
@in_post
def export(request: HttpRequest, here: Here, table: str, form: str) -> HttpResponse:
    """Posts or accounts, found and sorted as on the page."""
    if not POWERS & here.actor.powers:
        return _refuse(request, here)
    accounts, seats = roll.accounts(), roll.posts_on(here.day)
    if table == "posts":
        return post_list(request.GET, seats, grants.given(ended_before=here.day)).table(_("岗位"), form)
    if table == "accounts":
        return account_list(request.GET, accounts, seats).table(_("账号"), form)
    raise Http404


def _refuse(request: HttpRequest, here: Here) -> HttpResponse:
    text = _("人员和岗位由系统管理员、安全管理员管理，请改选岗位。")
    return show_refused(request, here, _("不能查看"), text)


def _values(
    request: HttpRequest, here: Here, typed: Mapping[str, str], problem: str, errors: Mapping[str, str]
) -> dict[str, Any]:
    accounts, seats = roll.accounts(), roll.posts_on(here.day)
    given = grants.given(ended_before=here.day)
    office = _office(here)
    found_posts, found_accounts = post_list(request.GET, seats, given), account_list(request.GET, accounts, seats)
    return {
        "problem": problem,
        "security": office == "grant",
        "words": found_posts.words,
        "post_list": found_posts.values("office:people_export", "posts"),
        "account_list": found_accounts.values("office:people_export", "accounts"),
        "accounts": [_account_row(one, seats) for one in found_accounts.shown],
        "posts": [_post_row(one, [line for line in given if line.post == one.id]) for one in found_posts.shown],
        "forms": forms_for(office, here, typed, accounts, seats, errors),
        "waiting": [_waiting_row(one) for one in nominations.waiting()],
        "me": here.actor.account,
        "vacant": _vacant(here),
        "conflicts": [
            {"who": one.display, "posts": joined(list(one.posts)), "why": one.why}
            for one in separation.conflicts(here.day)
        ],
    }


def _vacant(here: Here) -> str:
    """The administrators that nobody is; nothing where there are all three."""
    held = separation.holders(here.day)
    return joined([administrator_words(power) for power in ADMINISTRATORS if not held[power]])


def _account_row(one: roll.AccountLine, seats: tuple[roll.PostLine, ...]) -> dict[str, Any]:
    held = [seat.name for seat in seats for holder in seat.holders if holder.account == one.id]
    return {
        "id": one.id,
        "name": one.display,
        "username": one.username,
        "open": one.open,
        "able": one.able,
        "last": one.last_login,
        "posts": held,
    }


def _post_row(one: roll.PostLine, given: list[grants.GrantLine]) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "powers": joined([power_words(power) for power in one.powers]),
        "holders": one.holders,
        "grants": [{"number": line.number, "words": grant_words(line)} for line in given],
    }


def _waiting_row(one: nominations.Asked) -> dict[str, Any]:
    days = _("%(since)s起") % {"since": day_words(one.since)}
    days += _("，到%(day)s前") % {"day": day_words(one.until)} if one.until else ""
    return {"number": one.number, "who": one.display, "post": one.post, "days": days, "by": one.by}
