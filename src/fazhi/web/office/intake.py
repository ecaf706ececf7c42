"""Registering what comes to the counter, by telephone or by post, and matters begun before this system."""

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fazhi import archive, desk
from fazhi.desk import NoRight, Received, Refused
from fazhi.law import FactKind, Procedure
from fazhi.ledger import rulebook
from fazhi.people import unsent
from fazhi.web.faces.clocks import law_words, status_words
from fazhi.web.faces.intake import calendar, keep_files
from fazhi.web.faces.values import Field
from fazhi.web.faces.words import said
from fazhi.web.office.acts import told
from fazhi.web.office.asking import earlier_fields, person_label, read_earlier, record_earlier, text_label
from fazhi.web.office.fields import FILES, Filled, Pools, form_fields, place_findings, read_form, wrong_words
from fazhi.web.office.gate import Here, in_post, show, show_refused
from fazhi.web.office.kinds import KindChoice, kinds_received, read_choice
from fazhi.web.office.matter import find_page, running
from fazhi.web.office.offers import unit_pool
from fazhi.web.office.pasted import cut
from fazhi.web.office.persons import BadPerson, person_fields, register_person, roles_of
from fazhi.web.office.unsent import draft_values, resumed


@never_cache
@require_http_methods(["GET", "POST"])
@in_post
def receive(request: HttpRequest, here: Here) -> HttpResponse:
    kinds = kinds_received(here)
    if not kinds:
        text = _("您的岗位没有为本单位登记事项的权限，请管理员授权或换一个岗位。")
        return show_refused(request, here, _("不能登记"), text)
    choice = read_choice(request, here, kinds)
    wanted = choice.kind
    if wanted not in kinds:
        raise Http404
    page = rulebook().page(wanted, here.day)
    kind = page.facts[page.opens_with]
    if request.method == "POST" and "fill" in request.POST:
        return _form(request, here, choice, page, kind, _filled(request), {}, ())
    if request.method == "POST":
        return _take(request, here, choice, page, kind)
    typed = {**dict(page.intake.usual), **resumed(request, here, f"receive/{wanted}")}
    return _form(request, here, choice, page, kind, typed, {}, ())


def _filled(request: HttpRequest) -> dict[str, str]:
    """What stood in the form, and in its empty fields what the pasted text tells."""
    typed = {name: str(value) for name, value in request.POST.items()}
    for name, value in cut(typed.get("pasted", "")).items():
        if name == "text" and typed.get("text", "").strip():
            value = f"{typed['text'].rstrip()}\n{value}"
        elif typed.get(name, "").strip():
            continue
        typed[name] = value
    return typed


def _take(request: HttpRequest, here: Here, choice: KindChoice, page: Procedure, kind: FactKind) -> HttpResponse:
    typed = {name: str(value) for name, value in request.POST.items()}
    filled = read_form(page, kind, typed, Pools(unit_pool(here)), today=here.day, calendar=calendar())
    told_first = {name: typed[name].strip() for name in ("title", "text", "place") if typed.get(name, "").strip()}
    filled.body = told_first | filled.body
    if not filled.body.get("text"):
        filled.errors["text"] = _("请填写“%(part)s”。") % {"part": text_label(page)}
    earlier = read_earlier(page, typed, here, filled.errors)
    if filled.errors:
        return _form(request, here, choice, page, kind, typed, filled.errors, (), 422)
    try:
        key = typed.get("key") or secrets.token_hex(16)
        done = _send(request, here, page, typed | {"key": key}, filled)
        unsent.drop(here.actor.account, f"receive/{page.name}")
        return _received(request, here, page, record_earlier(here, done, earlier, key))
    except Refused as refused:
        errors = place_findings(refused.findings, kind)
        return _form(request, here, choice, page, kind, typed, errors, [told(one) for one in refused.findings], 422)
    except BadPerson as bad:
        return _form(request, here, choice, page, kind, typed, {bad.place: str(bad)}, (), 422)
    except archive.BadFile as bad:
        return _form(request, here, choice, page, kind, typed, {FILES: str(bad)}, (), 422)
    except NoRight as wrong:
        return show_refused(request, here, _("不能登记"), str(wrong))


def _send(request: HttpRequest, here: Here, page: Procedure, typed: Mapping[str, str], filled: Filled) -> Received:
    first = register_person(typed, "party")
    others = {one.name: register_person(typed, one.name) for one in roles_of(page)}
    named = {name: str(party) for name, party in others.items() if party}
    return desk.receive(
        here.actor,
        page.name,
        day=None if filled.moment else filled.day,
        moment=filled.moment,
        fields=filled.fields | named,
        body=filled.body,
        parties=[first] if first else [],
        files=keep_files(request.FILES.getlist(FILES), here.actor),
        key=typed["key"],
        unit=here.actor.unit,
        old_number=typed.get("old_number", "").strip(),
    )


def _form(
    request: HttpRequest,
    here: Here,
    choice: KindChoice,
    page: Procedure,
    kind: FactKind,
    typed: Mapping[str, str],
    errors: Mapping[str, str],
    findings: Sequence[dict[str, str]],
    status: int = 200,
) -> HttpResponse:
    own = form_fields(page, kind, Pools(unit_pool(here)), typed, errors, day=_("今天"))
    own = tuple(one for one in own if one.name not in ("text", *(role.name for role in roles_of(page))))
    needed = [one for one in own if one.required]
    further = [*(one for one in own if not one.required), *earlier_fields(page, typed, errors)]
    values = {
        "choice": choice.fields,
        "procedure": page,
        "fields": _said_fields(page, typed, errors),
        "needed": needed,
        "further": further,
        "further_open": any(one.value or one.error for one in further),
        "person": person_label(page),
        "party_fields": person_fields("party", typed, errors),
        "others": [
            {
                "title": said(role.title),
                "fields": person_fields(role.name, typed, errors),
                "open": bool(typed.get(f"{role.name}_name")) or any(key.startswith(f"{role.name}_") for key in errors),
            }
            for role in roles_of(page)
        ],
        "more_fields": [_old_number(typed)],
        "more_open": bool(typed.get("old_number")),
        "starts": starting_clocks(page),
        "findings": findings or wrong_words(errors),
        "refused": True,
        "key": typed.get("key") or secrets.token_hex(16),
        "pasted": Field(
            "pasted",
            _("来信、文档或聊天记录的原文"),
            "long",
            hint=_("填入后请逐项核对；已写好的栏目不会改动。聊天记录只去掉发送人和时间各行。"),
        ),
        "from_pasted": "fill" in typed,
        **draft_values(request, here, f"receive/{page.name}", kind=page.name),
    }
    return show(request, here, "office/receive.html", values, status)


def _said_fields(page: Procedure, typed: Mapping[str, str], errors: Mapping[str, str]) -> list[Field]:
    place = said(page.intake.place)
    return [
        Field("title", _("一句话概括"), value=typed.get("title", "")),
        Field(
            "text",
            text_label(page),
            "long",
            typed.get("text", ""),
            error=errors.get("text", ""),
            required=True,
            extra={"tall": "yes", "rows": "8"} | ({} if errors else {"cursor": "yes"}),
        ),
        *([Field("place", place, value=typed.get("place", ""))] if place else []),
    ]


def _old_number(typed: Mapping[str, str]) -> Field:
    hint = _("本系统启用前已有的编号；上面的日期填当时真实的收到日，以后的步骤逐条补记。")
    return Field("old_number", _("原编号"), value=typed.get("old_number", ""), hint=hint)


def starting_clocks(page: Procedure) -> list[dict[str, Any]]:
    """The terms that begin with receipt, for the margin of the form."""
    rules = [rule for rule in page.clocks.values() if page.opens_with in rule.starts and rule.term]
    return [
        {
            "title": rule.title,
            "term": said(rule.term),
            "law": law_words(str(rule.source or "")),
            "status": status_words(rule.source.weakest if rule.source else ""),
        }
        for rule in rules
    ]


def _received(request: HttpRequest, here: Here, procedure: Procedure, done: Received) -> HttpResponse:
    code = done.code if procedure.intake.brought else ""
    values: dict[str, Any] = {
        "query_number": done.query_number,
        "code": code,
        "spelled": [" ".join(part) for part in code.split("-")] if code else [],
        "href": reverse("office:matter", args=[done.matter]),
        "findings": [told(one) for one in done.findings],
        "refused": False,
    }
    if here.scope.may_see(done.matter):
        page = find_page(here, done.matter)
        values["clocks"] = [running(line, here) for line in page.clocks if line.clock.open]
    return show(request, here, "office/received.html", values)
