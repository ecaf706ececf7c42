"""The gate of the office: who is here, in which post, with which rights; everyone else is sent to log in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec, cast
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from fazhi.desk import NoRight
from fazhi.desk.power import check_act, handles
from fazhi.ledger import MatterView, today
from fazhi.operations import keep as operations
from fazhi.people import actors, posts
from fazhi.people.actors import ADMINISTRATORS, LEADING, Actor
from fazhi.people.login import stay
from fazhi.reach.scope import Scope, scope_of
from fazhi.reminders import inbox
from fazhi.web.faces.flawed import flawed_values
from fazhi.web.faces.intake import site_name, unit_name
from fazhi.web.faces.words import in_english

POST: Final = "fazhi.post"
WATCHING: Final = frozenset({*ADMINISTRATORS, "supervise"})
WALL: Final = "wall:wall"
More = ParamSpec("More")


@dataclass(frozen=True, slots=True)
class Here:
    """Who is at the desk: the actor in a post, the day, and what may be seen."""

    actor: Actor
    day: date
    scope: Scope
    several_posts: bool


View = Callable[Concatenate[HttpRequest, Here, More], HttpResponse]


def in_post(view: View[More]) -> Callable[Concatenate[HttpRequest, More], HttpResponse]:
    """Only for an official in a post; rights are read anew for every request."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: More.args, **kwargs: More.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return _to_login(request)
        here = find_here(request)
        if here is None:
            return redirect(f"{reverse('office:post')}?{urlencode({'next': request.get_full_path()})}")
        stay(request, lasting="wall" in here.actor.powers)
        if "wall" in here.actor.powers and not (request.resolver_match and request.resolver_match.view_name == WALL):
            return redirect(WALL)
        return view(request, here, *args, **kwargs)

    return cast(Callable[Concatenate[HttpRequest, More], HttpResponse], guarded)


def _to_login(request: HttpRequest) -> HttpResponse:
    """To the log-in and back; a page that asked for a part of itself goes there as a whole."""
    if "HX-Request" in request.headers:
        return HttpResponse(headers={"HX-Redirect": reverse("office:login")})
    return redirect(f"{reverse('office:login')}?{urlencode({'next': request.get_full_path()})}")


def find_here(request: HttpRequest) -> Here | None:
    """The actor of the chosen post, or of the only one there is; None while one has to choose."""
    assert request.user.is_authenticated
    day = today()
    held = actors.actors_of(request.user.pk, day)
    chosen = request.session.get(POST)
    actor = next((one for one in held if str(one.post) == chosen), held[0] if len(held) == 1 else None)
    if actor is None:
        return None
    return Here(actor, day, scope_of(actor, day), len(held) > 1)


def here_of(actor: Actor) -> Here:
    """An official as he or she stands today, for work that is done without a page."""
    day = today()
    return Here(actor, day, scope_of(actor, day), several_posts=False)


def may_act(here: Here, view: MatterView) -> bool:
    """Whether the desk would let this official record in the matter."""
    try:
        check_act(here.scope, view)
    except NoRight:
        return False
    return True


def acting(here: Here, view: MatterView) -> Actor:
    """The official with the powers that he has over this matter: his own, and those of posts he stands in for."""
    if not here.scope.lent:
        return here.actor
    powers = here.scope.powers_on(view)
    if handles(here.actor, view):
        powers -= LEADING - here.actor.powers
    return replace(here.actor, powers=powers)


def may_do(here: Here, view: MatterView, power: str = "record") -> bool:
    """Whether this official works on the matter and has the power there."""
    return power in acting(here, view).powers and may_act(here, view)


def watches(actor: Actor) -> bool:
    """Whether the post may see how the platform fares."""
    return bool(actor.powers & WATCHING)


def home_of(actor: Actor) -> str:
    """The page an administrator begins with; nothing for everyone else, who begin at the desk."""
    return "office:audit" if "audit" in actor.powers else "office:people" if is_administrator(actor) else ""


def is_administrator(actor: Actor) -> bool:
    return bool(actor.powers & set(ADMINISTRATORS))


def _ways_of(actor: Actor) -> tuple[tuple[str, str], ...]:
    watch = ("health", _("运行状况"))
    if "audit" in actor.powers:
        return ("audit", _("审计日志")), ("looks", _("查看日志")), watch
    if "grant" in actor.powers:
        return ("people", _("权限管理")), ("rules", _("本地规则")), watch
    if "administer" in actor.powers:
        return ("people", _("人员与岗位")), ("organisation", _("机构调整")), ("rules", _("本地规则")), watch
    return (
        ("desk", _("工作台")),
        ("search", pgettext("列表", "事项")),
        ("hotspots", _("热点")),
        ("registers", _("名录")),
        ("figures", _("指标")),
        ("reports", pgettext("列表", "报告")),
        ("guides", _("指南")),
        ("ask", _("问一问")),
    )


def ways(request: HttpRequest, actor: Actor) -> list[dict[str, object]]:
    """The main ways of the office, or of an administrator, with the one that leads here marked."""
    found = [{"href": reverse(f"office:{name}"), "label": label} for name, label in _ways_of(actor)]
    best = max((way["href"] for way in found if request.path.startswith(way["href"])), key=len, default="")
    return [{**way, "chosen": way["href"] == best} for way in found]


def show(request: HttpRequest, here: Here, template: str, values: Mapping[str, Any], status: int = 200) -> HttpResponse:
    title = posts.titles([here.actor.post]).get(here.actor.post, ("", "")) if here.actor.post else ("", "")
    told = title[1] if in_english() and title[1] else title[0]
    shell = {
        "actor": here.actor,
        "actor_place": " · ".join(part for part in (unit_name(here.actor.unit), told) if part),
        "several_posts": here.several_posts,
        "watches": watches(here.actor),
        "unseen": inbox.unseen(here.actor.account) if here.actor.account else 0,
        "operations_news": operations.news(here.actor.account),
        "office_ways": ways(request, here.actor),
        "administers": is_administrator(here.actor),
        "site_name": site_name(),
    }
    return render(request, template, {**shell, **flawed_values(request, values), **values}, status=status)


def show_refused(request: HttpRequest, here: Here, heading: str, text: str, status: int = 403) -> HttpResponse:
    return show(request, here, "office/refused.html", {"heading": heading, "text": text}, status)
