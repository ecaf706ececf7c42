"""One comparison with a system outside: every difference, and how each was settled."""

import secrets
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from fazhi.desk import NoRight, Refused
from fazhi.exchange import look
from fazhi.exchange.comparing import settle
from fazhi.exchange.links import Linked
from fazhi.exchange.look import DifferenceLine
from fazhi.exchange.numbers import put_number
from fazhi.ledger import Collision, read
from fazhi.people import posts
from fazhi.reach.ask import visible
from fazhi.web.faces.lists import Listed
from fazhi.web.faces.tables import as_table
from fazhi.web.faces.values import Chip, Field
from fazhi.web.faces.words import moment_words, said
from fazhi.web.office.exchange import found_link
from fazhi.web.office.exchange_lists import difference_list
from fazhi.web.office.fields import finding_words
from fazhi.web.office.gate import Here, in_post, show
from fazhi.web.office.named_matter import named_matter


@never_cache
@require_http_methods(["GET", "POST"])
@in_post
def comparison(request: HttpRequest, here: Here, name: str, identity: UUID) -> HttpResponse:
    one = found_link(here, name)
    made = next((line for line in look.comparisons(one) if line.id == identity), None)
    if made is None:
        raise Http404
    lines = look.differences(identity)
    every = request.GET.get("show") == "all"
    if request.method == "POST":
        chosen = next((line for line in lines if str(line.id) == request.POST.get("difference")), None)
        if chosen is None or "record" not in here.actor.powers:
            raise Http404
        _settle(request, here, one, chosen)
        return redirect(request.get_full_path())
    base = reverse("office:exchange_comparison", args=[name, identity])
    found, who = _listed(request, lines)
    seen = visible(here.scope, {line.matter for line in found.shown if line.matter})
    absent = {kind: [line.number for line in lines if line.kind == kind] for kind in ("absent_here", "absent_there")}
    values = {
        "made": made,
        "title": said(one.partner.title),
        "back": reverse("office:exchange_partner", args=[name]),
        "absent_here": absent["absent_here"],
        "absent_there": absent["absent_there"],
        "rows": [_row(line, seen, who) for line in found.shown],
        "chips": [
            Chip(_("还没有处理的"), base, str(made.unsettled), chosen=not every),
            Chip(_("全部差异"), f"{base}?show=all", str(made.differences), chosen=every),
        ],
        **found.values("office:exchange_comparison_export", name, identity),
        "heads": found.heads_of("number", "kind", "theirs", "ours", "how"),
        "may": "record" in here.actor.powers,
    }
    return show(request, here, "office/exchange_comparison.html", values)


@never_cache
@require_safe
@in_post
def export(request: HttpRequest, here: Here, name: str, identity: UUID, form: str) -> HttpResponse:
    """The differences that the page lists, with how each was settled and by whom."""
    one = found_link(here, name)
    if all(line.id != identity for line in look.comparisons(one)):
        raise Http404
    found, who = _listed(request, look.differences(identity))
    heads = (_("编号"), _("差异"), _("列"), _("对方"), _("我方"), _("处理"), _("理由"), _("谁处理"), _("何时处理"))
    rows = []
    for line in found.every:
        row = _row(line, frozenset(), who)
        settled = moment_words(line.settled_at) if line.settled_at else ""
        what = (line.number, row["kind"], line.column, line.theirs, line.ours)
        rows.append((*what, row["how"], line.reason, row["who"], settled))
    return as_table(_("对账"), heads, rows, form)


def _listed(request: HttpRequest, lines: Sequence[DifferenceLine]) -> tuple[Listed[DifferenceLine], Mapping[UUID, str]]:
    """The differences that are open, or all of them, as the address asks for them, and who settled them."""
    shown = [line for line in lines if request.GET.get("show") == "all" or not line.how]
    who = posts.displays({line.account for line in shown if line.account})
    return difference_list(request.GET, shown, kind_words, how_words, who), who


def _settle(request: HttpRequest, here: Here, one: Linked, line: DifferenceLine) -> None:
    how, reason = request.POST.get("how", ""), request.POST.get("reason", "")
    try:
        with transaction.atomic():
            matter = _recorded(request, here, one, line) if how == "recorded" else None
            settle(here.actor, line.id, how, reason, matter=matter)
        messages.success(request, _("%(number)s 的差异已处理。") % {"number": line.number})
    except Refused as refused:
        for finding in refused.findings:
            messages.warning(request, finding_words(finding))
    except (NoRight, Collision, LookupError) as wrong:
        messages.warning(request, str(wrong))


def _recorded(request: HttpRequest, here: Here, one: Linked, line: DifferenceLine) -> UUID | None:
    """What is missing here is a matter that we have under our own number: it gets theirs."""
    typed = request.POST.get("matter", "").strip()
    if line.kind != "absent_here" or not typed:
        return line.matter
    found = named_matter(here, typed)
    if found is None:
        raise LookupError(_("没有找到这一事项，请核对编号。"))
    seen = read(found).head
    put_number(here.actor, found, one.partner, line.number, seen=seen, key=secrets.token_hex(16))
    return found


def hows(kind: str) -> tuple[tuple[str, str], ...]:
    """What may be done about a difference of this kind."""
    every = {
        "asked": _("已请对方补报或重报"),
        "recorded": _("我方已登记"),
        "theirs_wrong": _("对方有误"),
        "ours_wrong": _("我方有误，已更正"),
    }
    allowed = {
        "absent_here": ("asked", "recorded", "theirs_wrong"),
        "absent_there": ("asked", "theirs_wrong", "ours_wrong"),
    }
    return tuple((how, every[how]) for how in allowed.get(kind, ("asked", "theirs_wrong", "ours_wrong")))


def kind_words(kind: str) -> str:
    return {
        "absent_here": _("对方有，我方没有"),
        "absent_there": _("我方有，对方没有"),
        "value": _("内容不一致"),
        "state": _("状态不一致"),
    }[kind]


def how_words(line: DifferenceLine) -> str:
    return dict(hows(line.kind)).get(line.how, "")


def _row(line: DifferenceLine, seen: frozenset[UUID], who: Mapping[UUID, str]) -> dict[str, Any]:
    return {
        "line": line,
        "kind": kind_words(line.kind),
        "how": how_words(line),
        "who": who.get(line.account, "") if line.account else "",
        "href": reverse("office:matter", args=[line.matter]) if line.matter in seen else "",
        "fields": (
            Field("how", _("怎样处理"), "select", required=True, choices=hows(line.kind), id=f"f-how-{line.id}"),
            *(
                [Field("matter", _("我方哪一件"), hint=_("我方已有这一件的，填它的编号"), id=f"f-matter-{line.id}")]
                if line.kind == "absent_here"
                else []
            ),
            Field("reason", _("理由"), required=True, hint=_("不要写姓名和电话"), id=f"f-reason-{line.id}"),
        ),
    }
