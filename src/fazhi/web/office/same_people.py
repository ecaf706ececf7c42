"""People who may be one: shown masked beside each other, found to be one or kept apart by an official, and undone."""

import secrets
from collections.abc import Iterable
from typing import Any, Final, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from fazhi.desk import NoRight, Refused
from fazhi.desk.same_person import GROUNDS, find_same, keep_apart, part_same
from fazhi.ledger import read_many, rulebook
from fazhi.ledger.erase import matters_of
from fazhi.people import parties, sameness
from fazhi.people.sameness import Ground, Likely
from fazhi.reach import ask
from fazhi.reach.ask import visible
from fazhi.reach.scope import NO_FILTER
from fazhi.web.faces.lists import Column, Listed, listed
from fazhi.web.faces.tables import as_table
from fazhi.web.faces.values import Field
from fazhi.web.faces.words import joined, said
from fazhi.web.office.alike import matter_lines
from fazhi.web.office.fields import finding_words
from fazhi.web.office.gate import Here, in_post, show

NEWEST: Final = 300
"""Matters within reach whose parties are held against all others; older ones come up when one of them is met again."""
MOST: Final = 100
SHOWN: Final = 20


@never_cache
@require_http_methods(["GET", "POST"])
@in_post
def same_people(request: HttpRequest, here: Here) -> HttpResponse:
    clear: dict[UUID, parties.Party] = {}
    if request.method == "POST":
        pair = _pair(request)
        if pair is None or not _within(here, pair):
            messages.warning(request, _("没有找到这两位当事人，或者不在您的权限之内。"))
        elif request.POST.get("verb") == "reveal":
            clear = _revealed(request, here, pair)
        else:
            _decide(request, here, pair)
        if not clear:
            return redirect("office:same_people")
    likely, together = _pairs(request, here)
    choices = _choices()
    values = {
        **likely.values("office:same_people_export"),
        "likely": [_row(here, one, clear, choices) for one in likely.shown],
        "together": [_row(here, one, clear, choices) for one in together.shown],
        "likely_list": likely.values("office:same_people_export"),
        "together_list": together.values("office:same_people_export"),
        "may": "record" in here.actor.powers,
        "may_reveal": "reveal" in here.actor.powers,
        "revealed": bool(clear),
    }
    return show(request, here, "office/same_people.html", values)


@never_cache
@require_safe
@in_post
def export(request: HttpRequest, here: Here, form: str) -> HttpResponse:
    """The pairs of the page, masked, with the matters that the reader sees of each."""
    likely, together = (pairs.every for pairs in _pairs(request, here))
    choices = _choices()
    heads = (_("认定"), pgettext("认定", "依据"), _("甲方"), _("甲方的事项"), _("乙方"), _("乙方的事项"))
    rows = []
    for words, pairs in ((_("待认定"), likely), (_("同一人"), together)):
        for row in (_row(here, pair, {}, choices) for pair in pairs):
            sides = [(side["shown"].name, joined([one["number"] for one in side["matters"]])) for side in row["sides"]]
            rows.append((words, row["ground"], *sides[0], *sides[1]))
    return as_table(_("同一当事人"), heads, rows, form)


def _pairs(request: HttpRequest, here: Here) -> tuple[Listed[Likely], Listed[Likely]]:
    """Those that may be one, and those found to be one, of whom the reader sees both."""
    mine = _parties_within(here)
    likely = [one for one in sameness.likely(mine, MOST) if _within(here, (one.one, one.other))]
    together = [pair for pair in _together(mine)[:MOST] if _within(here, (pair.one, pair.other))]
    return _listed(request, likely, "likely-"), _listed(request, together, "found-")


def _listed(request: HttpRequest, pairs: list[Likely], prefix: str) -> Listed[Likely]:
    """The pairs as the address asks for them: names are searched and sorted as they are shown, masked."""
    masked = parties.masked_many({party for pair in pairs for party in (pair.one, pair.other)})
    grounds = dict(_choices())
    columns = (
        Column[Likely]("one", _("甲方"), lambda pair: masked[pair.one].name),
        Column[Likely]("other", _("乙方"), lambda pair: masked[pair.other].name),
        Column[Likely]("ground", pgettext("认定", "依据"), lambda pair: grounds[_ground(pair)]),
    )
    return listed(request.GET, columns, pairs, lambda pair: f"{pair.one}-{pair.other}", prefix=prefix, size=SHOWN)


def _ground(pair: Likely) -> str:
    return pair.ground if pair.ground in GROUNDS else "papers"


def _choices() -> tuple[tuple[str, str], ...]:
    titles = rulebook().common["same_person"].fields["ground"].choice_titles
    return tuple((code, said(titles[code])) for code in GROUNDS)


def _pair(request: HttpRequest) -> tuple[UUID, UUID] | None:
    try:
        return UUID(request.POST.get("one", "")), UUID(request.POST.get("other", ""))
    except ValueError:
        return None


def _within(here: Here, pair: Iterable[UUID]) -> bool:
    """Whether the reader sees a matter of each: of a person of whom one sees nothing, nothing is told."""
    return all(visible(here.scope, matters_of(party)) for party in pair)


def _decide(request: HttpRequest, here: Here, pair: tuple[UUID, UUID]) -> None:
    verb, key, note = (request.POST.get(name, "") for name in ("verb", "key", "text"))
    key = key or secrets.token_hex(16)
    try:
        if verb == "find":
            ground = cast(Ground, request.POST.get("ground", ""))
            find_same(here.actor, *pair, ground=ground, note=note, key=key)
            messages.success(request, _("已认定为同一人：搜索、重复诉求提示和清除从此一并处理；可以撤销。"))
        elif verb == "part":
            part_same(here.actor, *pair, note=note, key=key)
            messages.success(request, _("认定已撤销，两位当事人各自独立。"))
        elif verb == "apart":
            keep_apart(here.actor, *pair)
            messages.success(request, _("已记下不是同一人，不再提示。"))
    except Refused as refused:
        for finding in refused.findings:
            messages.warning(request, finding_words(finding))
    except NoRight as wrong:
        messages.warning(request, str(wrong))


def _revealed(request: HttpRequest, here: Here, pair: tuple[UUID, UUID]) -> dict[UUID, parties.Party]:
    """Both in the clear for a purpose that is kept; nothing of either where one may not be read."""
    try:
        purpose = request.POST.get("purpose", "")
        return {party: parties.reveal(party, here.actor, purpose) for party in pair}
    except (parties.MayNotReveal, parties.BadParty, parties.Gone) as wrong:
        messages.warning(request, str(wrong))
        return {}


def _parties_within(here: Here) -> list[UUID]:
    page = ask.select(here.scope, NO_FILTER, "day", "", NEWEST)
    return list(dict.fromkeys(party for view in read_many(page.items).values() for party in view.parties))


def _together(mine: Iterable[UUID]) -> list[Likely]:
    pairs = {frozenset((one, other)): ground for one in mine for other, ground in sameness.pairs_of(one)}
    return [Likely(*sorted(pair), ground) for pair, ground in pairs.items()]  # type: ignore[call-arg, arg-type]


def _row(
    here: Here, one: Likely, clear: dict[UUID, parties.Party], choices: tuple[tuple[str, str], ...]
) -> dict[str, Any]:
    masked = parties.masked_many([one.one, one.other])
    sides = []
    for party in (one.one, one.other):
        shown = clear.get(party) or masked[party]
        matters = visible(here.scope, matters_of(party))
        sides.append({"shown": shown, "clear": party in clear, "matters": matter_lines(here, list(matters)[:3])})
    ground = _ground(one)
    prefix = f"f-{one.one.hex[:8]}-{one.other.hex[:8]}"
    return {
        "one": one.one,
        "other": one.other,
        "ground": dict(choices)[ground],
        "sides": sides,
        "key": secrets.token_hex(16),
        "fields": (
            Field(
                "ground",
                pgettext("认定", "依据"),
                "select",
                ground,
                required=True,
                choices=choices,
                id=f"{prefix}-ground",
            ),
            Field("text", _("说明"), hint=_("不要写姓名、电话和证件号"), id=f"{prefix}-text"),
        ),
        "purpose": Field(
            "purpose",
            _("用途"),
            required=True,
            hint=_("例如：核实是否同一人。查看会留下记录。"),
            id=f"{prefix}-purpose",
        ),
    }
