"""My reminders: what I was told, and how I want to be told; for the district, how everyone is who said nothing."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from fazhi.hotspots import board
from fazhi.ledger import read_many
from fazhi.people import deeds, parties, posts
from fazhi.reach import grants
from fazhi.reach.ask import visible
from fazhi.reach.scope import NO_FILTER
from fazhi.reminders import inbox
from fazhi.reminders.inbox import Told
from fazhi.reminders.quiet import Hours
from fazhi.reminders.sending import standing
from fazhi.reminders.wishes import DISTRICT, KINDS, Wishes, as_usual, wish, wishes_of
from fazhi.web.faces.lists import Head, holds, kept_beside, taking, turning, words_asked
from fazhi.web.faces.tables import as_table
from fazhi.web.faces.values import Chip, Field
from fazhi.web.faces.words import day_words, in_english, moment_words, said
from fazhi.web.office.alike import matter_lines
from fazhi.web.office.gate import Here, in_post, show, show_refused
from fazhi.web.office.sought import clocks_sought, matters_sought
from fazhi.web.office.warned import what_words

CLOCK: Final = "%H:%M"
MOST: Final = 2000
"""Rows of one export."""


@never_cache
@require_http_methods(["GET", "POST"])
@in_post
def reminders(request: HttpRequest, here: Here) -> HttpResponse:
    """The inbox, newest first; marked as read one by one or all at once."""
    me = _me(here)
    if request.method == "POST":
        one = request.POST.get("one", "")
        inbox.mark(me, [UUID(one)] if _is_id(one) else None)
        back = request.POST.get("back", "")
        return redirect(reverse("office:reminders") + (f"?{back}" if back else ""))
    asked = {name: request.GET.get(name, "") for name in ("show", "q", "sort")}
    words, only, oldest = words_asked(asked), asked["show"] == "unseen", asked["sort"] == "old"
    kept = {"show": "unseen" if only else "", "q": words, "sort": "old" if oldest else ""}
    before = _moment(request.GET.get("before", ""))
    rows = inbox.told(me, unseen=only, before=before, sought=_sought(here, words), oldest=oldest)
    last = {"before": rows[-1].created.isoformat()} if len(rows) == inbox.PAGE else {}
    count, here_now = inbox.unseen(me), _query(kept)
    values = {
        "rows": _rows(here, rows),
        "chips": [
            Chip(_("全部"), f"?{_query(kept | {'show': ''})}", chosen=not only),
            Chip(_("未读"), f"?{_query(kept | {'show': 'unseen'})}", str(count) if count else "", only),
        ],
        "words": words,
        "kept": kept_beside(kept.items()),
        "heads": _heads(kept),
        "back": here_now,
        "count": count,
        "after": f"?{_query(kept | last)}" if last else "",
        "first": f"?{here_now}" if before else "",
        "outside": standing().way in ("file", "webhook"),
        "exports": taking("office:reminders_export", query=here_now),
    }
    return show(request, here, "office/reminders.html", values)


@never_cache
@require_safe
@in_post
def export(request: HttpRequest, here: Here, form: str) -> HttpResponse:
    """My reminders as the page lists them."""
    only, oldest = request.GET.get("show") == "unseen", request.GET.get("sort") == "old"
    sought = _sought(here, words_asked(request.GET))
    rows = _rows(here, inbox.told(_me(here), unseen=only, most=MOST, sought=sought, oldest=oldest))
    heads = (_("时间"), _("提醒"), _("事项"), _("类别"), _("期限"), _("到期"), _("已读"), _("发送"))
    cells = (
        (
            *(moment_words(row["at"]), row["kind"], row["title"], row["what"], row["clock"], row["due"]),
            *(_("是") if row["seen"] else _("否"), row["state"]),
        )
        for row in rows
    )
    return as_table(_("提醒"), heads, cells, form)


def _sought(here: Here, words: str) -> inbox.Sought | None:
    """Reminders of matters that the words find, of a kind or a term that is called so."""
    if not words:
        return None
    kinds = [kind for kind in KINDS if holds(words, (kind_words(kind),))]
    return inbox.Sought(matters_sought(here, words, NO_FILTER), kinds, clocks_sought(words))


def _query(kept: Mapping[str, str]) -> str:
    return urlencode({name: value for name, value in kept.items() if value})


def _heads(kept: Mapping[str, str]) -> tuple[Head, ...]:
    titles = {"at": _("时间"), "kind": _("提醒"), "matter": _("事项"), "clock": _("期限")}
    return turning(titles, {"at": (("", "descending"), ("old", "ascending"))}, kept, kept["sort"])


def kind_words(kind: str) -> str:
    return {
        "urgent": _("可能危及生命"),
        "due": _("期限将满"),
        "overdue": _("已经逾期"),
        "returned": _("退回"),
        "approval": _("待审批、会签"),
        "decided": _("送审有结果"),
        "deputy": _("请您代理"),
        "alert": _("指标预警"),
        "warning": _("诉求预警"),
        "moved": _("日期变动"),
    }.get(kind, _("提醒"))


def _rows(here: Here, found: tuple[Told, ...]) -> list[dict[str, Any]]:
    """What was told; number and way only where the matter may still be seen."""
    seen = visible(here.scope, {one.matter for one in found if one.matter})
    views = read_many(seen)
    bare = [matter for matter, view in views.items() if not view.number]
    subjects = {line["id"]: line["subject"] for line in matter_lines(here, bare)} if bare else {}
    return [_row(here, one, views, subjects) for one in found]


def _row(here: Here, one: Told, views: Mapping[UUID, Any], subjects: Mapping[UUID, str]) -> dict[str, Any]:
    view = views.get(one.matter) if one.matter else None
    clock = view.page.clocks.get(one.clock) if view is not None and one.clock else None
    title, href = "", ""
    if view is not None:
        title, href = view.number or subjects.get(view.id) or _("（未编号）"), reverse("office:matter", args=[view.id])
    elif one.kind == "warning" and (found := _warning(here, one.thing)) is not None:
        title, href = what_words(found.place, found.subject), reverse("office:hot_warning", args=[found.id])
    elif one.kind == "deputy":
        title, href = _stood_in(here, one.thing), reverse("office:leave")
    return {
        "id": one.id,
        "kind": kind_words(one.kind),
        "grave": one.kind in ("overdue", "warning") or one.urgent,
        "title": title,
        "href": href,
        "what": said(view.page.title) if view is not None else "",
        "clock": said(clock.title) if clock is not None else "",
        "due": one.due if one.kind in ("due", "overdue") else None,
        "at": one.created,
        "seen": one.seen,
        "state": _state_words(one),
    }


def _warning(here: Here, thing: str) -> board.WarningLine | None:
    identity = thing.partition("/")[0]
    return board.warning(here.scope, UUID(identity)) if _is_id(identity) else None


def _stood_in(here: Here, number: str) -> str:
    """The post stood in for and the days, or that it was taken back or is over."""
    mine = grants.standing_in(here.actor.post, here.actor.account, here.day)
    one = next((line for line in mine if str(line.number) == number), None)
    name, name_en = posts.titles({one.deputy_for}).get(one.deputy_for, ("", "")) if one and one.deputy_for else ("", "")
    if one is None or one.until is None:
        return _("（代理已收回或者已到期，或者用别的岗位代理）")
    days = {"since": day_words(one.since), "last": day_words(one.until - timedelta(days=1))}
    return _("代理“%(post)s”，%(since)s至%(last)s") % {"post": name_en if in_english() else name, **days}


def _state_words(one: Told) -> str:
    return {
        "queued": _("待发"),
        "held": _("免打扰，稍后发"),
        "sent": _("已发"),
        "failed": _("没有发出"),
        "acknowledged": _("已有人确认"),
    }.get(one.state, "")


@never_cache
@require_http_methods(["GET", "POST"])
@in_post
def own(request: HttpRequest, here: Here) -> HttpResponse:
    """How I want to be reminded."""
    return _settings(request, here, _me(here))


@never_cache
@require_http_methods(["GET", "POST"])
@in_post
def district(request: HttpRequest, here: Here) -> HttpResponse:
    """How everyone is reminded who said nothing: for the system administrator."""
    if "administer" not in here.actor.powers:
        return show_refused(request, here, _("不能查看"), _("全区的提醒设置由系统管理员管理，请改选岗位。"))
    return _settings(request, here, DISTRICT)


def _settings(request: HttpRequest, here: Here, whose: UUID) -> HttpResponse:
    back = "office:reminder_district" if whose == DISTRICT else "office:reminder_settings"
    typed: dict[str, str] = {}
    errors: dict[str, str] = {}
    if request.method == "POST":
        typed = {name: str(value) for name, value in request.POST.items()}
        if typed.get("verb") == "usual":
            as_usual(whose)
            messages.success(request, _("已恢复为全区的设置。"))
            return redirect(back)
        if _keep(here, whose, typed, errors):
            messages.success(request, _("已保存提醒设置。"))
            return redirect(back)
    now_said = wishes_of([whose])[whose]
    values = {
        "district": whose == DISTRICT,
        "own": now_said.own,
        "kinds": [
            Field(f"kind-{kind}", kind_words(kind), "check", _ticked(typed, f"kind-{kind}", kind in now_said.kinds))
            for kind in KINDS
        ],
        "fields": _fields(whose, now_said, typed, errors),
        "problem": next(iter(errors.values()), ""),
        "outside": standing().way in ("file", "webhook"),
    }
    return show(request, here, "office/reminder_settings.html", values, 422 if errors else 200)


def _ticked(typed: Mapping[str, str], name: str, kept: bool) -> str:
    return typed.get(name, "") if typed else "yes" if kept else ""


def _fields(whose: UUID, kept: Wishes, typed: Mapping[str, str], errors: Mapping[str, str]) -> list[Field]:
    def field(name: str, label: str, value: str, shape: Any = "text", hint: str = "", **more: Any) -> Field:
        return Field(name, label, shape, typed.get(name, value) if typed else value, hint, errors.get(name, ""), **more)

    hint = _("两个时间一样就是不设免打扰；危及生命的紧急事项不受限制")
    found = [
        field("quiet_from", _("免打扰从几点起"), kept.hours.begins.strftime(CLOCK), "hour", hint),
        field("quiet_until", _("到几点为止"), kept.hours.ends.strftime(CLOCK), "hour"),
        Field("rest_days", _("周末和节假日也提醒"), "check", _ticked(typed, "rest_days", kept.hours.rest_days)),
        Field("digest", _("每天汇总成一条，不逐条发"), "check", _ticked(typed, "digest", kept.digest)),
        field("digest_at", _("汇总在几点发"), kept.digest_at.strftime(CLOCK), "hour"),
    ]
    if whose != DISTRICT:
        phone = _("只用来发提醒，加密保存；不填就只在本系统里提醒")
        found.append(field("phone", _("手机号码"), kept.phone, "text", phone, extra={"type": "tel"}))
    return found


def _keep(here: Here, whose: UUID, typed: Mapping[str, str], errors: dict[str, str]) -> bool:
    times = {name: _time(typed.get(name, "")) for name in ("quiet_from", "quiet_until", "digest_at")}
    for name, at in times.items():
        if at is None:
            errors[name] = _("请写成24小时制的时间，例如 21:00。")
    begins, ends, digest_at = times["quiet_from"], times["quiet_until"], times["digest_at"]
    if begins is None or ends is None or digest_at is None:
        return False
    wanted = Wishes(
        frozenset(kind for kind in KINDS if typed.get(f"kind-{kind}")),
        Hours(begins, ends, bool(typed.get("rest_days"))),
        bool(typed.get("digest")),
        digest_at,
        typed.get("phone", "") if whose != DISTRICT else "",
    )
    try:
        with transaction.atomic():
            wish(whose, wanted)
            if whose == DISTRICT:
                after = f"免打扰{begins:%H:%M}至{ends:%H:%M}，{'含' if wanted.hours.rest_days else '不含'}休息日"
                deeds.note(here.actor, "reminders", "全区的提醒设置", after=after)
    except parties.BadParty as wrong:
        errors["phone"] = str(wrong)
        return False
    return True


def _time(text: str) -> time | None:
    """`2130`, `21:30` or `21：30`, as people type it."""
    plain = "".join(str(int(sign)) for sign in text if sign.isdecimal())
    plain = plain.zfill(4) if len(plain) in (3, 4) else f"{plain.zfill(2)}00" if len(plain) in (1, 2) else ""
    try:
        return time(int(plain[:2]), int(plain[2:])) if plain else None
    except ValueError:
        return None


def _me(here: Here) -> UUID:
    assert here.actor.account is not None
    return here.actor.account


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _moment(text: str) -> datetime | None:
    try:
        return parse_datetime(text)
    except ValueError:
        return None
