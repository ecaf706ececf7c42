"""Tables of a register in the office: export under the rights of the list, template, and import with a rehearsal."""

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from fazhi.desk.tables.bring import Batch, Brought, agencies, row_secret
from fazhi.desk.tables.collect import columns_of, rows_of
from fazhi.desk.tables.columns import Unmapped, read_columns
from fazhi.desk.tables.entering import enter_rows, entered_before
from fazhi.desk.tables.findings import RowFinding
from fazhi.desk.tables.layout import Layout, headings_of, layout_of
from fazhi.desk.tables.read import Unreadable, read_sheet
from fazhi.desk.tables.rows import UnderstoodRow, understand_rows
from fazhi.desk.tables.written import template, write_csv, write_xlsx
from fazhi.law import Procedure
from fazhi.operations.perform import Progress
from fazhi.operations.values import CannotDo, Outcome
from fazhi.people.actors import Actor
from fazhi.registers import look
from fazhi.registers.pages import page_of
from fazhi.web.faces.registers import Asked, read_address
from fazhi.web.faces.words import in_english, said
from fazhi.web.faces.wrongs import worded
from fazhi.web.office.exporting import MOST_LONG, Table, give
from fazhi.web.office.gate import Here, here_of, in_post, show, show_refused
from fazhi.web.office.leaving import leave
from fazhi.web.office.registers import found_page, lines_asked

MOST_AT_ONCE = 100
"""Rows that are brought in while one waits."""
MOST_ROWS = 20_000
"""Rows brought in through a page; larger tables are brought in by the command."""
BRING = "bring"
SHOWN = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@never_cache
@require_safe
@in_post
def export(request: HttpRequest, here: Here, name: str, form: str) -> HttpResponse:
    return give(request, here, "register", table_of(request, here, name), form, name)


def table_of(request: HttpRequest, here: Here, name: str) -> Table:
    page = found_page(name, here)
    asked, layout = read_address(page, request.GET.dict(), here.day), layout_of(page)
    columns = columns_of(layout)

    def write(rows: Iterable[Sequence[Any]], form: str) -> bytes:
        return write_xlsx(layout, rows, columns) if form == "xlsx" else write_csv(rows, columns)

    def total() -> int | None:
        return None if asked.query["q"] else look.count(here.scope, page, asked.wanted, MOST_LONG).number

    rows = rows_of(here.scope, layout, _matters(here, page, asked), asked.wanted.day)
    return Table(page.title.zh, [column.title.zh for column in columns], rows, total, write)


def _matters(here: Here, page: Procedure, asked: Asked) -> Iterator[UUID]:
    """The matters of the list as it is asked for, page by page."""
    if asked.query["q"]:
        yield from (one.matter for one in lines_asked(here, page, asked)[0] if one.matter)
        return
    after = ""
    while True:
        listed = look.page(here.scope, page, asked.wanted, after, limit=200)
        yield from (one.matter for one in listed.lines if one.matter)
        if not (after := listed.after):
            return


def _download(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=XLSX if name.endswith("xlsx") else "text/csv; charset=utf-8")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response


@never_cache
@require_safe
@in_post
def blank(request: HttpRequest, here: Here, name: str) -> HttpResponse:
    page = found_page(name, here)
    return _download(template(layout_of(page)), f"{page.title.zh}模板.xlsx")


@never_cache
@require_http_methods(["GET", "POST"])
@in_post
def bring(request: HttpRequest, here: Here, name: str) -> HttpResponse:
    """A table of lines: a short one at once, a long one in the background."""
    page = found_page(name, here)
    if not here.scope.may_act_for(here.actor.unit, name):
        return show_refused(request, here, _("不能导入"), _no_right())
    base = reverse("office:register", args=[name])
    values: dict[str, object] = {"page": page, "base": base, "most_at_once": MOST_AT_ONCE}
    file, rehearse = request.FILES.get("table"), not request.POST.get("enter")
    try:
        if file is not None:
            told, data = file.name or "", file.read()
            sheet = _understood(here, layout_of(page), data, told, rehearse=rehearse)
            if len(sheet.rows) > MOST_AT_ONCE:
                title = (_("检查%(list)s的表格") if rehearse else _("导入%(list)s")) % {"list": said(page.title)}
                given = {"of": name, "rehearse": "yes" if rehearse else "", "name": told}
                return leave(request, here, BRING, title, given, data, told)
            values |= _came_of(list(sheet.enter())) | {"rehearsed": rehearse, "file": told}
        elif request.method == "POST":
            values["problem"] = _("请选择一个表格文件（.xlsx 或 .csv）。")
    except CannotDo as wrong:
        values["problem"] = str(wrong)
    return show(request, here, "office/register_import.html", values, 422 if values.get("problem") else 200)


def perform_bring(actor: Actor, given: Mapping[str, str], progress: Progress) -> Outcome:
    """A long table, row by row: each is kept as it comes, and cut off, the same table goes on where it stopped."""
    here = here_of(actor)
    page = page_of(given["of"], here.day)
    if page is None or not here.scope.may_act_for(actor.unit, page.name):
        raise CannotDo(_no_right())
    rehearse, done = bool(given["rehearse"]), list[Brought]()
    progress.keeps = not rehearse
    sheet = _understood(here, layout_of(page), progress.brought(), given["name"], rehearse=rehearse)
    for one in sheet.enter():
        done.append(one)
        progress.told(len(done), len(sheet.rows))
    came = _came_of(done)
    if rehearse:
        words = _("检查结果：还没有写入。可以导入%(good)s行，不能导入%(refused_rows)s行，按编号变更%(changed)s行。")
    else:
        words = _("新登记%(good)s行，此前已登记%(already)s行，按编号变更%(changed)s行，未导入%(refused_rows)s行。")
    rows = [[str(one.row), one.column, f"{one.reason} {one.value}".strip(), one.advice] for one in came["findings"]]
    href = reverse("office:register_import" if rehearse else "office:register", args=[page.name])
    return Outcome(words % came, href=href, rows=rows)


def _no_right() -> str:
    return _("您的岗位没有为本单位登记这一名录的权限。")


@dataclass(frozen=True)
class Sheet:
    """A table understood row by row, to be entered or rehearsed."""

    rows: Sequence[UnderstoodRow]
    named: Batch
    layout: Layout
    rehearse: bool

    def enter(self) -> Iterator[Brought]:
        return enter_rows(self.rows, self.named, self.layout, rehearse=self.rehearse)


def _understood(here: Here, layout: Layout, data: bytes, name: str, *, rehearse: bool) -> Sheet:
    """CannotDo where the table cannot be read, is too long, or was entered before from another file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"table{Path(name).suffix.lower()}"
        path.write_bytes(data)
        try:
            table = read_sheet(path)
            columns = read_columns(table, None, headings_of(layout))
        except (Unreadable, Unmapped) as wrong:
            raise CannotDo(str(wrong).partition("请指明它的用途")[0]) from None
        named = Batch(f"sha256-{table.digest[:16]}", here.actor, here.scope, layout.page.name, agencies())
        rows = list(understand_rows(table, columns, layout, named.agencies, secret=row_secret(), today=here.day))
    if len(rows) > MOST_ROWS:
        raise CannotDo(_("一次最多导入 %(n)s 行，更多的请拆成几个文件。") % {"n": f"{MOST_ROWS:,}"})
    if not rehearse and (before := entered_before(rows, named)):
        count = sum(before.values())
        raise CannotDo(_("其中 %(n)s 行此前已经从另一个文件导入过，没有再导入。") % {"n": count})
    return Sheet(rows, named, layout, rehearse)


def _worded(one: RowFinding) -> RowFinding:
    """The finding in the reader's language."""
    reason = one.reason_en if in_english() and one.reason_en else worded(one.reason)
    return replace(one, reason=reason, advice=worded(one.advice))


def _came_of(done: Sequence[Brought]) -> dict[str, Any]:
    """What became of the rows of a table."""
    findings = [finding for one in done for finding in one.findings]
    return {
        "good": sum(one.state == "entered" for one in done),
        "already": sum(one.state == "already" for one in done),
        "changed": sum(one.state == "changed" for one in done),
        "refused_rows": sum(one.state == "refused" for one in done),
        "findings": [_worded(one) for one in findings[:SHOWN]],
        "more": max(0, len(findings) - SHOWN),
    }
