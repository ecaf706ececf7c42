"""Local rules: a page is written, its changes are read, and a second person adopts it."""

import secrets
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fazhi.desk import NoRight, Refused, local
from fazhi.desk.power import power_for
from fazhi.ledger import Collision, read, rulebook
from fazhi.ledger.adopted import left_out
from fazhi.people import deeds, posts, unsent
from fazhi.rulebook.proposed import Proposal
from fazhi.web.faces.dates import read_day
from fazhi.web.faces.intake import calendar
from fazhi.web.faces.lists import Column, Listed, listed
from fazhi.web.faces.values import Field
from fazhi.web.faces.words import day_words, said
from fazhi.web.office.acts import told
from fazhi.web.office.gate import Here, in_post, show
from fazhi.web.office.unsent import draft_values, resumed

STATES: Final = {
    "proposed": gettext_lazy("待审定"),
    "adopted": gettext_lazy("适用中"),
    "declined": gettext_lazy("未采用"),
    "repealed": gettext_lazy("已停止适用"),
}
CALENDARS: Final = "calendars"
FORM: Final = "rule"


@never_cache
@require_http_methods(["GET", "POST"])
@in_post
def rules(request: HttpRequest, here: Here) -> HttpResponse:
    """The list of local rules, and the form by which one is tried and then proposed."""
    typed = {name: str(value) for name, value in request.POST.items()} or dict(resumed(request, here, FORM))
    errors: dict[str, str] = {}
    findings: list[dict[str, str]] = []
    proposal = None
    if request.method == "POST" and (place := _place(here, typed, errors)):
        try:
            if typed.get("step") == "propose":
                done, _proposal = local.propose(
                    here.actor, place, typed["text"], reason=typed.get("reason", ""), key=typed["key"]
                )
                deeds.note(here.actor, "rule_propose", place, after=_proposal.digest)
                unsent.drop(here.actor.account, FORM)
                messages.success(request, _("已提出，请安全管理员审定。"))
                return redirect("office:rule", done.matter)
            proposal = local.preview(place, typed["text"])
            findings = [told(one) for one in proposal.findings]
        except Refused as refused:
            findings = [told(one) for one in refused.findings]
        except NoRight as wrong:
            findings = [{"text": str(wrong)}]
    faulty = bool(errors) or (bool(findings) and (proposal is None or bool(proposal.errors)))
    found = _listed(request)
    values = {
        "rules": [_row(rule) for rule in found.shown],
        **found.values("office:rules_export"),
        "fields": _fields(typed, errors),
        "findings": findings,
        "refused": faulty,
        "proposal": None if proposal is None or proposal.errors else _told(proposal),
        "may_propose": "administer" in here.actor.powers,
        **draft_values(request, here, FORM),
        "key": typed.get("key") or secrets.token_hex(16),
    }
    return show(request, here, "office/rules.html", values, 422 if faulty else 200)


@never_cache
@require_safe
@in_post
def export(request: HttpRequest, _here: Here, form: str) -> HttpResponse:
    """Every local rule as the page lists them."""
    return _listed(request).table(_("本地规则"), form)


def _listed(request: HttpRequest) -> Listed[local.LocalRule]:
    rules = local.rules()
    who = posts.displays({one.proposed_by for one in rules if one.proposed_by})
    columns = (
        Column[local.LocalRule]("title", _("规则"), lambda one: place_title(one.place)),
        Column[local.LocalRule]("state", _("状态"), lambda one: str(STATES[one.state])),
        Column[local.LocalRule]("by", _("提出人"), lambda one: who.get(one.proposed_by, "") if one.proposed_by else ""),
    )
    return listed(request.GET, columns, rules, lambda one: one.matter)


@never_cache
@require_safe
@in_post
def rule(request: HttpRequest, here: Here, identity: UUID) -> HttpResponse:
    """One local rule: its text, what it changes, and who may adopt it."""
    return _show(request, here, _find(identity), [])


@never_cache
@require_POST
@in_post
def act(request: HttpRequest, here: Here, identity: UUID, verb: str) -> HttpResponse:
    """Adopt, decline or repeal."""
    found = _find(identity)
    seen, key = int(request.POST.get("seen") or found.head), request.POST.get("key") or secrets.token_hex(16)
    reason = request.POST.get("reason", "").strip()
    if verb != "adopt" and not reason:
        return _show(request, here, found, [{"text": _("请写明理由。")}], 422)
    try:
        if verb == "adopt":
            local.adopt(here.actor, identity, seen=seen, key=key)
            messages.success(request, _("已审定，规则库从现在起按施行日适用。"))
        elif verb == "decline":
            local.decline(here.actor, identity, reason, seen=seen, key=key)
            messages.success(request, _("已记录：不予采用。"))
        elif verb == "repeal":
            local.repeal(here.actor, identity, reason, seen=seen, key=key)
            messages.success(request, _("已停止适用；此前登记的事项仍按它办完。"))
        else:
            raise Http404
    except Refused as refused:
        return _show(request, here, found, [told(one) for one in refused.findings], 422)
    except (NoRight, Collision) as wrong:
        return _show(request, here, found, [{"text": str(wrong)}], 403 if isinstance(wrong, NoRight) else 409)
    deeds.note(here.actor, f"rule_{verb}", found.place, before=_logged(found.state), after=reason)
    return redirect("office:rule", identity)


def _show(
    request: HttpRequest, here: Here, found: local.LocalRule, findings: list[dict[str, str]], status: int = 200
) -> HttpResponse:
    adopting = read(found.matter).page.kind("adopted")  # a rule proposed under an older page keeps who judges it
    judges = adopting is not None and power_for(adopting) in here.actor.powers
    values = {
        "rule": _row(found),
        "text": found.text,
        "proposal": _told(local.preview(found.place, found.text)) if found.state == "proposed" else None,
        "own": found.proposed_by == here.actor.account,
        "may_judge": judges and found.state == "proposed" and found.proposed_by != here.actor.account,
        "may_repeal": judges and found.state == "adopted",
        "fields": [Field("reason", _("理由"), "long")],
        "findings": findings,
        "refused": True,
        "seen": found.head,
        "key": secrets.token_hex(16),
    }
    return show(request, here, "office/rule.html", values, status)


def _find(identity: UUID) -> local.LocalRule:
    try:
        return local.find(identity)
    except (Refused, LookupError):
        raise Http404 from None


def _row(found: local.LocalRule) -> dict[str, Any]:
    accounts = [found.proposed_by] if found.proposed_by else []
    return {
        "href": reverse("office:rule", args=[found.matter]),
        "matter": found.matter,
        "title": place_title(found.place),
        "state": STATES[found.state],
        "in_use": found.state == "adopted",
        "unfit": found.state == "adopted" and found.place in left_out(),
        "by": next(iter(posts.displays(accounts).values()), ""),
    }


def _logged(state: str) -> str:
    """The state in the language of the log."""
    with override("zh-hans"):
        return str(STATES[state])


def _day_words(day: str) -> str:
    try:
        return day_words(date.fromisoformat(day), year=True)
    except ValueError:
        return day


def place_title(place: str) -> str:
    """The business and the day for people; a place that is neither is shown as it is."""
    kind, _slash, rest = place.removesuffix(".toml").partition("/")
    name, _slash, day = rest.partition("/")
    if kind == CALENDARS:
        return _("%(year)s年放假调休") % {"year": name}
    pages = rulebook().procedures
    title = said(pages[name][-1].title) if name in pages else name
    return _("%(business)s（自%(day)s起）") % {"business": title, "day": _day_words(day)} if day else title


def _place(here: Here, typed: dict[str, str], errors: dict[str, str]) -> str:
    """Where the page will stand; empty, with the faults, if that is not said."""
    what = typed.get("what", "")
    if what not in dict(_choices()):
        errors["what"] = _("请选择改动哪一类业务。")
    if not typed.get("text", "").strip():
        errors["text"] = _("请粘贴本地规则的全文。")
    try:
        day = read_day(typed.get("day", ""), here.day, calendar())
    except ValueError as wrong:
        errors["day"] = str(wrong)
    if errors:
        return ""
    return f"{CALENDARS}/{day.year}.toml" if what == CALENDARS else f"{what}/{day.isoformat()}.toml"


def _choices() -> tuple[tuple[str, str], ...]:
    book = rulebook()
    found = [(book.source_page(pages[-1]).path.parent, said(pages[-1].title)) for pages in book.procedures.values()]
    listed = sorted((f"{folder.parent.name}/{folder.name}", title) for folder, title in found)
    return (*listed, (CALENDARS, _("放假调休安排")))


def _fields(typed: dict[str, str], errors: dict[str, str]) -> list[Field]:
    day_hint = _("放假调休安排写当年的任意一天")
    return [
        Field("what", _("改动"), "select", typed.get("what", ""), "", errors.get("what", ""), True, _choices()),
        Field("day", _("自何日起施行"), "day", typed.get("day", ""), day_hint, errors.get("day", ""), True),
        Field("text", _("全文"), "long", typed.get("text", ""), "", errors.get("text", ""), True, extra={"rows": "16"}),
        Field("reason", _("依据、说明"), value=typed.get("reason", "")),
    ]


def _told(proposal: Proposal) -> dict[str, Any]:
    since = day_words(proposal.in_force) if proposal.in_force else ""
    return {"title": proposal.title, "since": since, "changes": proposal.changes}
