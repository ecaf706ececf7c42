"""Files exchanged with systems outside: what came, what went, what waits for somebody, and both sides compared."""

import json
from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from fazhi.exchange import giving, look
from fazhi.exchange.comparing import compare
from fazhi.exchange.links import Busy, Linked
from fazhi.exchange.receipts import BadReceipt
from fazhi.exchange.sheet import BadFile, read_sheet
from fazhi.exchange.taking import Taken, take
from fazhi.operations.perform import Progress
from fazhi.operations.values import CannotDo, Outcome
from fazhi.people import units
from fazhi.people.actors import Actor
from fazhi.reach.ask import visible
from fazhi.web.faces.dates import read_past_day
from fazhi.web.faces.intake import calendar
from fazhi.web.faces.tables import as_table
from fazhi.web.faces.values import Field
from fazhi.web.faces.words import moment_words, said
from fazhi.web.office.exchange_lists import comparison_list, file_list, partner_list, row_list, state_words, unit_words
from fazhi.web.office.gate import Here, here_of, in_post, show
from fazhi.web.office.leaving import leave

LARGEST: Final = 20 * 2**20
MOST_AT_ONCE: Final = 100
"""Lines of a file that are taken in while one waits."""
TAKE: Final = "take_file"
MOST: Final = 500
"""Files of each way in one table."""


@never_cache
@require_safe
@in_post
def exchange(request: HttpRequest, here: Here) -> HttpResponse:
    """Every partner of the reader's units, with what waits for somebody."""
    found = partner_list(request.GET, look.partners_within(here.scope))
    names = units.names({line.link.unit for line in found.shown})
    rows = [
        {
            "line": line,
            "title": said(line.link.partner.title),
            "href": reverse("office:exchange_partner", args=[line.link.partner.name]),
            "unit": unit_words(names[line.link.unit]),
        }
        for line in found.shown
    ]
    return show(request, here, "office/exchange.html", {"rows": rows, **found.values("office:exchange_export")})


@never_cache
@require_safe
@in_post
def export(request: HttpRequest, here: Here, form: str) -> HttpResponse:
    """The partners as the page lists them, with what waits for somebody."""
    return partner_list(request.GET, look.partners_within(here.scope)).table(_("文件对接"), form)


@never_cache
@require_http_methods(["GET", "POST"])
@in_post
def partner(request: HttpRequest, here: Here, name: str) -> HttpResponse:
    """The files of one partner both ways, its comparisons, and the forms that take, give, receipt and compare."""
    one = found_link(here, name)
    errors: dict[str, str] = {}
    typed = {key: str(value) for key, value in request.POST.items()}
    if request.method == "POST" and "record" in here.actor.powers:
        try:
            done = _DO.get(typed.get("verb", ""), _nothing)(request, here, one, typed, errors)
            if done is not None:
                return done
        except (BadFile, BadReceipt, Busy, giving.GivesNothing) as wrong:
            errors.setdefault(typed.get("verb", ""), str(wrong))
    values = {
        "line": look.partner_line(one),
        "title": said(one.partner.title),
        "unit": unit_words(units.names({one.unit})[one.unit]),
        **_lists(request, one),
        "may": "record" in here.actor.powers,
        "gives": one.partner.gives is not None,
        "pattern": one.partner.example,
        "encoding": one.partner.encoding.upper(),
        "take_field": _upload("take", _("对方的日文件"), errors),
        "receipt_field": _upload("receipt", _("对方的回执"), errors),
        "list_field": _upload("list", _("对方的清单"), errors, "compare"),
        "day_fields": _days(typed, errors),
        "give_wrong": errors.get("give", ""),
    }
    return show(request, here, "office/exchange_partner.html", values, 422 if errors else 200)


@never_cache
@require_safe
@in_post
def files(request: HttpRequest, here: Here, name: str, form: str) -> HttpResponse:
    """The files of one partner both ways as the page lists them, with what became of their rows."""
    one = found_link(here, name)
    heads = (_("方向"), _("文件"), _("日期"), _("行数"), _("待补"), _("未收"), _("回执"))
    ways = (("in", _("收到")), ("out", _("给出")))
    rows = [
        (
            *(words, line.name, line.day, line.rows, line.counts.get("waiting", 0), line.counts.get("refused", 0)),
            moment_words(line.answered_at) if line.answered_at else "",
        )
        for way, words in ways
        for line in look.counted(file_list(request.GET, way, look.every_file(one, way)).every[:MOST])
    ]
    return as_table(said(one.partner.title), heads, rows, form)


@never_cache
@require_safe
@in_post
def file_rows(request: HttpRequest, here: Here, name: str, identity: UUID, form: str) -> HttpResponse:
    """The rows of a file that the page lists, to be mended by who sent them."""
    one = found_link(here, name)
    line, _answer, rows = _found_file(one, identity)
    return row_list(request.GET, rows).table(_("第%(n)d份的逐行结果") % {"n": line.serial}, form)


@never_cache
@require_safe
@in_post
def file(request: HttpRequest, here: Here, name: str, identity: UUID) -> HttpResponse:
    """What became of the rows of a file; what is simply done already is not listed."""
    one = found_link(here, name)
    line, answer, rows = _found_file(one, identity)
    found = row_list(request.GET, rows)
    seen = visible(here.scope, {row.matter for row in found.shown if row.matter})
    values = {
        "line": line,
        "title": said(one.partner.title),
        "back": reverse("office:exchange_partner", args=[name]),
        "rows": [
            {
                "row": row.row,
                "number": row.number,
                "state": state_words(row.state),
                "bad": row.state in ("waiting", "refused"),
                "column": row.column,
                "reason": row.reason,
                "href": reverse("office:matter", args=[row.matter]) if row.matter in seen else "",
            }
            for row in found.shown
        ],
        "counts": [(state_words(state), count) for state, count in sorted(line.counts.items())],
        **found.values("office:exchange_rows_export", name, identity),
        "receipt": reverse("office:exchange_receipt", args=[name, identity]) if answer else "",
    }
    return show(request, here, "office/exchange_file.html", values)


@never_cache
@require_safe
@in_post
def receipt(request: HttpRequest, here: Here, name: str, identity: UUID) -> HttpResponse:
    """The receipt of a file, as it was signed."""
    one = found_link(here, name)
    line, answer, _rows = _found_file(one, identity)
    if not answer:
        raise Http404
    text = json.dumps(answer, ensure_ascii=False, indent=1)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="receipt-{line.day:%Y%m%d}-{line.serial}.json"'
    return response


def _lists(request: HttpRequest, one: Linked) -> dict[str, Any]:
    """The three lists of a partner's page, found by the same words, each sorted and paged by itself."""
    name = one.partner.name
    comparisons = comparison_list(request.GET, look.comparisons(one))
    lists = {way: file_list(request.GET, way, look.every_file(one, way)) for way in ("in", "out")}
    export = "office:exchange_files_export"
    return {
        **lists["in"].values(export, name),
        "incoming": [_file(one, file) for file in look.counted(lists["in"].shown)],
        "outgoing": [_file(one, file) for file in look.counted(lists["out"].shown)],
        "comparisons": [
            {"line": line, "href": reverse("office:exchange_comparison", args=[name, line.id])}
            for line in comparisons.shown
        ],
        "in_list": lists["in"].values(export, name),
        "out_list": lists["out"].values(export, name),
        "comparison_list": comparisons.values(export, name),
    }


def found_link(here: Here, name: str) -> Linked:
    """The partner, if files are exchanged with it for a unit of the reader's; else there is no such page."""
    found = next((one for one in look.links_within(here.scope) if one.partner.name == name), None)
    if found is None:
        raise Http404
    return found


def _found_file(one: Linked, identity: UUID) -> Any:
    found = look.file(one, identity)
    if found is None:
        raise Http404
    return found


def _take(
    request: HttpRequest, here: Here, one: Linked, _typed: Mapping[str, str], errors: dict[str, str]
) -> HttpResponse | None:
    name, data = _sent(request, "take", errors)
    if not data:
        return None
    if len(read_sheet(one.partner, data, name).lines) > MOST_AT_ONCE:
        title = _("收下%(partner)s的文件") % {"partner": said(one.partner.title)}
        return leave(request, here, TAKE, title, {"partner": one.partner.name, "name": name}, data, name)
    done = take(one, data, name)
    (messages.info if done.repeated else messages.success)(request, _taken_words(done))
    return redirect("office:exchange_file", one.partner.name, done.file)


def perform_take(actor: Actor, given: Mapping[str, str], progress: Progress) -> Outcome:
    """A long file, line by line; cut off, it goes on where it stopped."""
    progress.keeps = True
    try:
        one = found_link(here_of(actor), given["partner"])
        done = take(one, progress.brought(), given["name"], told=progress.told)
    except Http404:
        raise CannotDo(_("您现在没有与这个系统交换文件的权限，没有收下。")) from None
    except (BadFile, Busy) as wrong:
        raise CannotDo(str(wrong)) from None
    return Outcome(_taken_words(done), href=reverse("office:exchange_file", args=[one.partner.name, done.file]))


def _taken_words(done: Taken) -> str:
    if done.repeated:
        return _("这份文件以前收过，什么也没有变。")
    counts = {"good": done.receipt["accepted"], "waits": done.receipt["waiting"], "bad": done.receipt["refused"]}
    return _("已收下：登记 %(good)d 行，待补 %(waits)d 行，未收 %(bad)d 行。") % counts


def _receipt(
    request: HttpRequest, _here: Here, one: Linked, _typed: Mapping[str, str], errors: dict[str, str]
) -> HttpResponse | None:
    _name, data = _sent(request, "receipt", errors)
    if not data:
        return None
    done = giving.receive_receipt(one, data.decode("utf-8-sig", errors="replace"))
    messages.success(request, _("第 %(n)d 份已有回执。") % {"n": done.serial})
    return redirect("office:exchange_file", one.partner.name, done.pk)


def _give(
    request: HttpRequest, _here: Here, one: Linked, _typed: Mapping[str, str], _errors: dict[str, str]
) -> HttpResponse | None:
    done = giving.give(one)
    if done.repeated:
        messages.info(request, _("上次以后没有新的办理情况，没有写出新的文件。"))
    else:
        told = {"n": done.serial, "rows": done.rows}
        messages.success(request, _("已写出第 %(n)d 份，%(rows)d 行，放在对接文件夹里。") % told)
    return redirect("office:exchange_file", one.partner.name, done.file)


def _compare(
    request: HttpRequest, here: Here, one: Linked, typed: Mapping[str, str], errors: dict[str, str]
) -> HttpResponse | None:
    name, data = _sent(request, "list", errors, "compare")
    days = {}
    for key in ("since", "until"):
        try:
            days[key] = read_past_day(typed.get(key, ""), here.day, calendar())
        except ValueError as wrong:
            errors[key] = str(wrong)
    if errors or not data:
        return None
    done = compare(one, data, name, days["since"], days["until"])
    return redirect("office:exchange_comparison", one.partner.name, done.id)


def _nothing(*_what: object) -> None:
    return None


_DO: Final = {"take": _take, "receipt": _receipt, "give": _give, "compare": _compare}


def _sent(request: HttpRequest, field: str, errors: dict[str, str], verb: str = "") -> tuple[str, bytes]:
    sent = request.FILES.get(field)
    if sent is None or not sent.size:
        errors[verb or field] = _("请选择文件。")
    elif sent.size > LARGEST:
        errors[verb or field] = _("文件超过 20 MB，请对方分成几份。")
    else:
        return sent.name or "", sent.read()
    return "", b""


def _upload(name: str, label: str, errors: Mapping[str, str], verb: str = "") -> Field:
    return Field(name, label, "file", error=errors.get(verb or name, ""), required=True, extra={"single": "yes"})


def _days(typed: Mapping[str, str], errors: Mapping[str, str]) -> tuple[Field, ...]:
    labels = (("since", _("起日")), ("until", _("止日（含）")))
    return tuple(
        Field(name, label, "day", typed.get(name, ""), "", errors.get(name, ""), required=True, extra={"past": "yes"})
        for name, label in labels
    )


def _file(one: Linked, line: look.FileLine) -> dict[str, Any]:
    bad = {state: line.counts.get(state, 0) for state in ("waiting", "refused")}
    return {"line": line, "href": reverse("office:exchange_file", args=[one.partner.name, line.id]), **bad}
