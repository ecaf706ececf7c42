"""Reports as a list: found by year and unit, sorted by what they were begun with, and paged."""

from collections.abc import Mapping
from datetime import date
from typing import Final
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from fazhi.ledger.brief import Brief, read_briefs
from fazhi.reach import ask
from fazhi.reach.scope import Filters
from fazhi.report.publish import PROCEDURE
from fazhi.web.faces.intake import unit_name
from fazhi.web.faces.lists import Column, Listed, listed
from fazhi.web.office.gate import Here

SHOWN: Final = 30
LOOKED_THROUGH: Final = 2000


def report_list(request: HttpRequest, here: Here) -> Listed[Brief]:
    """Every report that the reader may see; how far it is is read of those alone that are shown."""
    found, after = list[UUID](), ""
    while len(found) < LOOKED_THROUGH:
        page = ask.select(here.scope, Filters(kinds=frozenset({PROCEDURE})), "day", after, ask.MOST)
        found, after = [*found, *page.items], page.after
        if not after:
            break
    briefs = read_briefs(found)
    columns = (
        Column[Brief]("title", _("报告"), lambda one: titled(one.entries[0].fields)),
        Column[Brief]("unit", _("单位"), lambda one: unit_name(one.unit)),
        Column[Brief]("cutoff", _("截止"), lambda one: date.fromisoformat(one.entries[0].fields["cutoff"])),
    )
    return listed(request.GET, columns, [briefs[one] for one in found], lambda one: one.id, size=SHOWN)


def titled(begun: Mapping[str, str]) -> str:
    """What a report is called before it has a draft."""
    return _("%(year)s年法治政府建设年度报告") % {"year": begun.get("year", "")}
