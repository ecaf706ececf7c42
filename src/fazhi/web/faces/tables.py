"""A list as a file to take along: XLSX, or CSV that spreadsheets open rightly; no cell can act as a formula."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

import xlsxwriter
from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from fazhi.archive import Stored
from fazhi.web.faces.words import today

ACTING: Final = ("=", "+", "-", "@", "\t", "\r")
TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
WIDTH: Final = 18
SHEET: Final = re.compile(r"[\[\]:*?/\\]")
"""Signs that no sheet may have in its name."""


def as_table(name: str, heads: Sequence[str], rows: Iterable[Sequence[object]], form: str) -> HttpResponse:
    """The download, named after the list and the day; 404 for a form that there is not."""
    if form not in TYPES:
        raise Http404
    return as_file(written(name, heads, rows, form), file_name(name, form))


def written(name: str, heads: Sequence[str], rows: Iterable[Sequence[object]], form: str) -> bytes:
    """The list in one of the TYPES."""
    return _csv(heads, rows) if form == "csv" else _xlsx(name, heads, rows)


def file_name(name: str, form: str) -> str:
    return f"{name}-{today().isoformat()}.{form}"


def as_file(data: bytes, name: str) -> HttpResponse:
    """A download of a table under this name."""
    response = HttpResponse(data, content_type=TYPES[name.rpartition(".")[2]])
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response


def as_kept(stored: Stored) -> HttpResponse:
    """A file out of the archive, always as a download from a sandbox."""
    response = HttpResponse(stored.data, content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, stored.name) or "attachment"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def at_most(rows: Iterable[Sequence[object]], most: int) -> Iterator[Sequence[object]]:
    """So many rows; where there are more, a last one says that there are, and how to come by them."""
    for at, row in enumerate(rows):
        if at == most:
            yield (_("这里只有前%(n)d行，后面还有：请缩小范围，分几次导出。") % {"n": most},)
            return
        yield row


def safe(value: object) -> str:
    """The cell as text; one that a spreadsheet would compute is held by an apostrophe."""
    if isinstance(value, int | float):
        return str(value)  # a number computes nothing, below nought too
    text = value.isoformat() if isinstance(value, date) else "" if value is None else str(value)
    return f"'{text}" if text.startswith(ACTING) else text


def _csv(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(heads)
    writer.writerows([safe(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _xlsx(name: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet, bold, day = (
        book.add_worksheet(SHEET.sub(" ", name)[:31].strip("' ")),
        book.add_format({"bold": True}),
        book.add_format(),
    )
    day.set_num_format("yyyy-mm-dd")
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(heads) - 1, WIDTH)
    sheet.write_row(0, 0, heads, bold)
    for at, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(at, column, value, day)
            elif isinstance(value, int | float):
                sheet.write_number(at, column, value)
            else:
                sheet.write_string(at, column, "" if value is None else str(value))
    book.close()
    return out.getvalue()
