"""Following a matter by number and code: where it stands, the next day and why, the reply; and the holder's acts."""

import secrets
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from fazhi.desk import public
from fazhi.tracking import look
from fazhi.tracking.values import Term, Tracking
from fazhi.web.faces.clocks import open_due, ribbon_of, status_words
from fazhi.web.faces.due import Due
from fazhi.web.faces.intake import (
    BadFile,
    Collision,
    Recorded,
    Refused,
    TooManyTries,
    calendar,
    keep_files,
    printed_number,
    unit_name,
)
from fazhi.web.faces.limits import origin
from fazhi.web.faces.values import Field, Running, Step
from fazhi.web.faces.words import said, today
from fazhi.web.portal.plain import promise_words, remedy, term_words
from fazhi.web.portal.shell import show

RATES: Final = (5, 4, 3, 2, 1)


@dataclass(frozen=True, slots=True)
class TimedStep(Step):
    """A step with its hour, for whoever waits for the next one."""

    hour: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What a page answers to the act just tried: words of success or findings, and what was typed."""

    done: str = ""
    findings: tuple[str, ...] = ()
    typed: Mapping[str, str] = field(default_factory=dict)
    form: str = ""


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    if request.method == "GET":
        return ask(request, request.GET.get("number", ""))
    return answer(request, Said())


def ask(
    request: HttpRequest,
    number: str,
    problem: str = "",
    status: int = 200,
    lacking: Collection[str] = (),
    code: str = "",
) -> HttpResponse:
    """The form; of a pair that does not fit it is never said which half is wrong, of an empty half it is."""
    asked = (
        ("number", _("查询编号"), number, _("如 250305-1234-5678")),
        ("code", _("查询码"), code, _("十位字母和数字，不分大小写")),
    )
    fields = [
        Field(
            name,
            label,
            value=value,
            hint=hint,
            error=_("请填写这一项。") if name in lacking else "",
            required=True,
            extra={"code": "yes"},
        )
        for name, label, value, hint in asked
    ]
    return show(request, "portal/follow.html", {"fields": fields, "problem": problem}, status)


def answer(request: HttpRequest, told: Said) -> HttpResponse:
    """The matter of the holder, or the same refusal for a wrong number and a wrong code."""
    number, code = request.POST.get("number", ""), request.POST.get("code", "")
    if lacking := [name for name, value in (("number", number), ("code", code)) if not value.strip()]:
        return ask(request, number, status=422, lacking=lacking, code=code)
    try:
        tracking = look.follow(number, code, origin=origin(request))
    except TooManyTries as many:
        return ask(request, number, str(many), 429, code=code)
    if tracking is None:
        return ask(request, number, unproven(request, number), 403, code=code)
    return show(request, "portal/tracked.html", tracked(tracking, number, code, told), 422 if told.findings else 200)


def unproven(request: HttpRequest, number: str) -> str:
    """That number and code do not fit, and how often one may still try; the same for a number that there is not."""
    left = look.tries_left(number, origin=origin(request))
    wrong = _("编号和查询码对不上，请核对后再试。")
    if not left:
        return wrong + _("已经没有剩下的次数，请15分钟后再试。")
    return wrong + ngettext("还可以试%(n)d次，之后要等15分钟。", "还可以试%(n)d次，之后要等15分钟。", left) % {
        "n": left
    }


def tracked(tracking: Tracking, number: str, code: str, told: Said) -> dict[str, Any]:
    typed = told.typed
    terms = [*([tracking.next_due] if tracking.next_due else []), *tracking.awaited]
    return {
        "holder": {"number": number, "code": code, "printed": printed_number(number)},
        "key": secrets.token_hex(16),
        "tracked": {
            "number": tracking.number,
            "title": tracking.title,
            "state": said(tracking.state.title),
            "unit": unit_name(tracking.unit),
            "head": tracking.head,
            "reply_day": None,
            "reply": _("答复内容已依法清除。") if tracking.reply_erased else tracking.reply,
        },
        "promise": next_words(tracking),
        "remedy": remedy(tracking.procedure, tracking.opened) if tracking.reply and not tracking.awaited else "",
        "conventional": any(term.status == "CONVENTION" for term in terms),
        "clocks": [running(term) for term in terms],
        "steps": [
            TimedStep(step.day, said(step.title), deemed=step.deemed, hour=hour_words(step.at))
            for step in tracking.steps
        ],
        "own": tracking.own,
        "moved": tracking.moved,
        **elsewhere(tracking),
        "said_note": {"kind": "done", "text": told.done} if told.done else None,
        "findings": [{"text": text} for text in told.findings],
        "refused": True,
        "can_rate": tracking.may_rate,
        "can_add": tracking.may_add,
        "can_withdraw": tracking.may_withdraw,
        "rates": [(stars, rate_words(stars)) for stars in RATES],
        "rate_text": Field(
            "text", _("想说的话"), "long", typed.get("text", "") if told.form == "rate" else "", id="f-rate"
        ),
        "add_fields": _add_fields(typed.get("text", "") if told.form == "add" else ""),
        "withdraw_field": Field(
            "text", _("为什么撤回"), "long", typed.get("text", "") if told.form == "withdraw" else "", id="f-withdraw"
        ),
        "add_open": told.form == "add" and bool(told.findings),
        "withdraw_open": told.form == "withdraw" and bool(told.findings),
        "switch_back": f"{reverse('portal:follow')}?{urlencode({'number': number})}",
    }


def _add_fields(text: str) -> list[Field]:
    return [
        Field("text", _("补充什么"), "long", text, required=True, id="f-add"),
        Field("files", _("照片或文件"), "file", id="f-add-files"),
    ]


def next_words(tracking: Tracking) -> str:
    """What the office owes next, in a sentence; nothing where no day runs."""
    term = tracking.next_due
    return promise_words(term.rule, term.title, term.due, late=term.late) if term and not term.paused else ""


def elsewhere(tracking: Tracking) -> dict[str, Any]:
    """Where the matter goes on besides: the one that leads it, and the procedures it was handed on to."""
    led = tracking.led
    return {
        "led": {"unit": unit_name(led.unit), "state": said(led.state.title)} if led else None,
        "onward": [
            {"title": one.title, "number": one.number, "unit": unit_name(one.unit), "state": said(one.state.title)}
            | {"opened": one.opened}
            for one in tracking.onward
        ],
    }


def hour_words(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%H:%M}" if at else ""


def rate_words(stars: int) -> str:
    words = {5: _("很满意"), 4: _("满意"), 3: _("一般"), 2: _("不满意"), 1: _("很不满意")}
    return words[stars]


def due_of_term(term: Term) -> Due:
    if term.paused or term.due is None:
        return Due("paused")
    count = term.explanation.count if term.explanation else None
    working = bool(count and count.terms[0].unit == "working days")
    return open_due(term.due, today(), calendar(), working=working, provisional=term.provisional)


def running(term: Term) -> Running:
    status = status_words(term.status)
    ribbon = ribbon_of(term.explanation, today()) if term.explanation else None
    title = said(term.title) if term.yours else term_words(term.rule, term.title)
    return Running(title, due_of_term(term), ribbon, term.source, status)


def promise(term: Term) -> dict[str, Any]:
    """What is owed by when, in words, for the receipt."""
    return {
        "words": promise_words(term.rule, term.title, term.due, late=term.late),
        "provisional": term.provisional,
        "law": term.source,
    }


def act(request: HttpRequest, form: str, verb: Callable[[public.Holder], Recorded], done: str) -> HttpResponse:
    """One act of the holder, then the page again: with thanks, or with what was refused and what was typed."""
    holder = (request.POST.get("number", ""), request.POST.get("code", ""))
    try:
        verb(holder)
    except TooManyTries as many:
        return ask(request, holder[0], str(many), 429)
    except public.NotProven:
        return ask(request, holder[0], unproven(request, holder[0]), 403)
    except Refused as refused:
        texts = tuple(said({"zh": one.message, "en": one.message_en}) for one in refused.findings)
        return answer(request, Said("", texts, request.POST.dict(), form))
    except (BadFile, Collision) as bad:
        return answer(request, Said("", (str(bad),), request.POST.dict(), form))
    return answer(request, Said(done))


@never_cache
@sensitive_post_parameters("code")
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    text = request.POST.get("text", "").strip()
    if not text:
        return answer(request, Said("", (_("请写下要补充的情况。"),), {}, "add"))

    def verb(holder: public.Holder) -> Recorded:
        tracking = look.follow(*holder, origin=origin(request))
        if tracking is None:
            raise public.NotProven
        kept = keep_files(request.FILES.getlist("files"), tracking.unit)
        return public.add(holder, text, files=kept, key=request.POST.get("key", ""), origin=origin(request))

    return act(request, "add", verb, _("补充的情况已经收到。"))


@never_cache
@sensitive_post_parameters("code")
@require_POST
def withdraw(request: HttpRequest) -> HttpResponse:
    text, key = request.POST.get("text", "").strip(), request.POST.get("key", "")

    def verb(holder: public.Holder) -> Recorded:
        return public.withdraw(holder, text, key=key, origin=origin(request))

    return act(request, "withdraw", verb, _("已经撤回。"))


@never_cache
@sensitive_post_parameters("code")
@require_POST
def rate(request: HttpRequest) -> HttpResponse:
    stars = request.POST.get("stars", "")
    text, key = request.POST.get("text", "").strip(), request.POST.get("key", "")
    number = int(stars) if stars.isdecimal() else 0

    def verb(holder: public.Holder) -> Recorded:
        return public.rate(holder, number, text, key=key, origin=origin(request))

    return act(request, "rate", verb, _("谢谢，评价已经记下。"))
