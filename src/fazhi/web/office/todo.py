"""My desk: what is to be done, by the day it is due, in buckets with counts."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any, Final, get_args
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fazhi.ledger import rulebook
from fazhi.reach.ask import BadCursor
from fazhi.reach.scope import Filters
from fazhi.web.faces.clocks import law_words, status_mark, status_marks, status_words
from fazhi.web.faces.due import Due
from fazhi.web.faces.intake import calendar
from fazhi.web.faces.lists import Head, taking, turning, words_asked
from fazhi.web.faces.values import Chip, Field
from fazhi.web.faces.words import day_words, in_english, said
from fazhi.web.office.deputies import standing_in
from fazhi.web.office.exporting import Table, give
from fazhi.web.office.gate import Here, home_of, in_post, show, show_refused
from fazhi.web.office.kept_views import view_values
from fazhi.web.office.kinds import kind_field
from fazhi.web.office.narrowing import units_named
from fazhi.web.office.offers import OTHERS
from fazhi.web.office.own_pages import own_page
from fazhi.web.office.sought import clocks_sought, matters_sought
from fazhi.worklist.follow import COUNTERSIGN_AWAITED, TO_APPROVE, TO_COUNTERSIGN, TO_DECIDE
from fazhi.worklist.tasks import Sought
from fazhi.worklist.tasks import desk as tasks_of
from fazhi.worklist.values import BUCKETS, Bucket, Task

AT_ONCE: Final = 200
LAST: Final = "last"
"""What `sort` is in the address where the latest day comes first."""
WALL: Final = ("from", "to", "own")
"""What a cell of the wall narrows the desk to: due days, and a unit without those below it."""


def bucket_words(bucket: Bucket) -> str:
    return {
        "ours": _("全部待办"),
        "approve": _("待我审批"),
        "overdue": _("逾期"),
        "today": _("今日到期"),
        "soon": _("三个工作日内"),
        "later": _("以后"),
        "undated": _("及时办理"),
        "waiting": _("等待他人"),
        "paused": _("中止"),
        "option": _("可选办理"),
        "provisional": _("暂定日期"),
    }[bucket]


@never_cache
@require_safe
@in_post
def desk(request: HttpRequest, here: Here) -> HttpResponse:
    if home := home_of(here.actor):
        return redirect(home)
    after, errors = request.GET.get("after", ""), dict[str, str]()
    typed = read_typed(request)
    bucket = bucket_of(typed["bucket"])
    filters = filters_of(here, typed, errors)
    sought, last_first = sought_of(here, typed["q"], filters), typed["sort"] == LAST
    try:
        due = due_of_typed(typed)
        page = tasks_of(here.scope, here.day, bucket, filters, after, sought=sought, last_first=last_first, due=due)
    except BadCursor as wrong:
        return show_refused(request, here, _("没有这一页"), str(wrong), 404)
    work = calendar()
    kept = {name: value for name, value in typed.items() if name != "bucket"}
    chips = [Chip(bucket_words("ours"), address(**kept), chosen=bucket == "ours")]
    chips += [
        Chip(
            bucket_words(one),
            address(bucket=one, **kept),
            str(page.counts[one]),
            one == bucket,
            one == "overdue",
        )
        for one in BUCKETS
        if page.counts[one].number or one == bucket
    ]
    here_now = address(bucket=bucket, **kept)
    values = {
        "standing": standing_in(here) if here.scope.lent else (),
        "heads": _heads(typed),
        "hidden": [(name, typed[name]) for name in ("bucket", "sort", *WALL) if typed[name]],
        "of_wall": wall_words(typed, due),
        "today": here.day,
        "working_day": work.is_working(here.day),
        "day_kind": _("工作日") if work.is_working(here.day) else _("休息日"),
        "chips": chips,
        "narrowing": narrowing_of(here, typed, errors),
        "narrowed": any(typed[name] for name in ("kind", "unit", "q", *WALL)),
        "tasks": [line(task) for task in page.tasks],
        "marks": status_marks({task.status for task in page.tasks}),
        "bucket_title": bucket_words(bucket),
        **_empty(typed, bucket),
        "after": f"{here_now}{'&' if '?' in here_now else '?'}after={page.after}" if page.after else "",
        "first": here_now if after else "",
        "exports": taking("office:desk_export", query=here_now.partition("?")[2]),
        **view_values(here, reverse("office:desk"), here_now.partition("?")[2]),
    }
    return show(request, here, "office/desk.html", values)


def read_typed(request: HttpRequest) -> dict[str, str]:
    """What the address narrows the desk to; a bucket or an order that there is not is left out."""
    typed = {name: request.GET.get(name, "").strip() for name in ("bucket", "kind", "unit", "sort", *WALL)}
    bucket = bucket_of(typed["bucket"])
    fit = {"bucket": "" if bucket == "ours" else bucket, "sort": LAST if typed["sort"] == LAST else ""}
    return {**typed, **fit, "q": words_asked(request.GET)}


def due_of_typed(typed: Mapping[str, str]) -> tuple[date, date] | None:
    """The days that a cell of the wall stands for; what is no day is passed over."""
    try:
        return date.fromisoformat(typed["from"]), date.fromisoformat(typed["to"])
    except ValueError:
        return None


def wall_words(typed: Mapping[str, str], due: tuple[date, date] | None) -> str:
    """What the list is narrowed to beyond what its form asks, for those who come from the wall."""
    if due is None:
        return ""
    first, last = (day_words(day, year=True) for day in due)
    own = _("只列单位自己承办的，不含下级。") if typed["own"] else ""
    words = _("%(last)s以前到期的。") if due[0] == date.min else _("%(first)s至%(last)s到期的。")
    return words % {"first": first, "last": last} + own


def sought_of(here: Here, words: str, filters: Filters) -> Sought | None:
    """What the words find; None where there are none."""
    return Sought(matters_sought(here, words, filters), clocks_sought(words)) if words else None


def _heads(typed: Mapping[str, str]) -> tuple[Head, ...]:
    titles = {"due": _("期限"), "clock": _("要办的事"), "matter": _("事项"), "unit": _("承办单位"), "law": _("依据")}
    return turning(titles, {"due": (("", "ascending"), (LAST, "descending"))}, typed, typed["sort"])


def _empty(typed: Mapping[str, str], bucket: Bucket) -> dict[str, str]:
    if typed["q"]:
        more = _("换个词试试：文号、姓名、事情里的词，或者要办的事的名称。")
        return {"empty_title": _("没有这样的待办"), "empty_text": more}
    title = _("今天没有要办的事") if bucket == "ours" else _("这一栏没有事项")
    return {"empty_title": title, "empty_text": _("新的事项登记或分派以后会出现在这里。")}


def bucket_of(asked: str) -> Bucket:
    return next((one for one in get_args(Bucket) if one == asked), "ours")


def filters_of(here: Here, typed: Mapping[str, str], errors: dict[str, str]) -> Filters:
    """One kind, and one unit with those below it or alone; a unit that there is not is told and passed over."""
    kinds = frozenset({typed["kind"]}) if typed["kind"] in here.scope.kinds else None
    return Filters(kinds=kinds, units=units_named(typed["unit"], here, errors, below=not typed["own"]))


def narrowing_of(here: Here, typed: Mapping[str, str], errors: dict[str, str]) -> list[Field]:
    """A field for words, and for the kind and the unit where there is something to choose."""
    words = Field("q", _("找待办"), value=typed["q"], id="n-q", narrows=True)
    kinds, near = kind_field(here, typed["kind"], _("类别"), id="n-kind"), {"near": reverse("office:units")}
    of = Field("unit", _("单位"), "search", typed["unit"], error=errors.get("unit", ""), id="n-unit", extra=near)
    return [words, *([kinds] if kinds.offers > 1 else []), *([of] if len(here.scope.units) > 1 else [])]


@never_cache
@require_safe
@in_post
def export(request: HttpRequest, here: Here, form: str) -> HttpResponse:
    """The bucket as a table, by the same question and with the same masks as on the page."""
    return give(request, here, "desk", table_of(request, here), form)


def table_of(request: HttpRequest, here: Here, _of: str = "") -> Table:
    heads = (_("期限"), _("还剩"), _("要办的事"), _("事项"), _("类别"), _("文号"), _("承办单位"), _("依据"))
    rows = ((task.matter, cells(task)) for task in _every(here, read_typed(request)))
    return Table(_("工作台"), heads, rows)


def _every(here: Here, typed: Mapping[str, str]) -> Iterator[Task]:
    filters, after = filters_of(here, typed, {}), ""
    sought, due = sought_of(here, typed["q"], filters), due_of_typed(typed)
    ask = partial(tasks_of, sought=sought, last_first=typed["sort"] == LAST, due=due)
    while True:
        page = ask(here.scope, here.day, bucket_of(typed["bucket"]), filters, after, AT_ONCE, counted=False)
        yield from page.tasks
        if not (after := page.after):
            return


def cells(task: Task) -> tuple[object, ...]:
    unit = task.unit_name_en if in_english() else task.unit_name
    due = due_of_task(task)
    return task.due, due.words, said(task.what), task.subject, said(task.title), task.number, unit, task.source


def address(*, path: str = "", **wanted: str) -> str:
    query = urlencode({name: value for name, value in wanted.items() if value and value != "ours"})
    return (path or reverse("office:desk")) + (f"?{query}" if query else "")


def line(task: Task) -> dict[str, Any]:
    return {
        "href": way_to(task),
        "number": task.number or ("" if is_line(task) else _("（未编号）")),
        "clock": task.what,
        "thread": task.thread,
        "title": task.title,
        "subject": task.subject,
        "unit": task.unit_name_en if in_english() else task.unit_name,
        "law": law_words(task.source),
        "status": status_words(task.status),
        "mark": status_mark(task.status),
        "due": due_of_task(task),
    }


def is_line(task: Task) -> bool:
    """Whether the task is of a line of a register, which has no official number."""
    return rulebook().procedures[task.procedure][-1].standing if task.procedure in rulebook().procedures else False


def way_to(task: Task) -> str:
    """The matter, with the form of the act open that ends the term: of several of ours the one its page names first."""
    if task.clock in (TO_COUNTERSIGN, COUNTERSIGN_AWAITED, TO_DECIDE):
        return reverse("office:round", args=[task.matter])
    if task.clock == TO_APPROVE:
        return reverse("office:matter", args=[task.matter]) + "?act=approved"
    if own := own_page(task.procedure, task.matter):
        return own
    href, pages = reverse("office:matter", args=[task.matter]), rulebook().procedures.get(task.procedure, ())
    rule = pages[-1].clocks.get(task.clock) if pages else None
    ends = [name for name in (rule.stops if rule else ()) if (kind := pages[-1].kind(name)) and kind.by not in OTHERS]
    return f"{href}?act={ends[0]}" if ends else href


def due_of_task(task: Task) -> Due:
    if task.state == "paused":
        return Due("paused")
    if task.state == "waiting":
        return Due("waiting", task.due or task.minimum)
    if task.state == "option":
        return Due("option", task.due)
    if task.due is None or task.days_left is None:
        return Due("measured")
    state = {"overdue": "overdue", "today": "today", "soon": "soon"}.get(task.state, "ahead")
    if state == "overdue" and task.days_left >= 0:
        state = "disputed"
    return Due(state, task.due, task.days_left, task.working, task.provisional)  # type: ignore[arg-type]
