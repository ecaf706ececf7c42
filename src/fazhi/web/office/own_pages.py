"""Kinds of business with a page of their own: where it is, and what the way to it is called."""

from typing import Final
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

PAGES: Final = {
    "annual_report": "office:report",
    "report_contribution": "office:report_part",
    "year_close": "office:year",
}


def own_page(procedure: str, matter: UUID) -> str:
    """The address of the page on which such a matter is worked, empty where that is the page of any matter."""
    return reverse(PAGES[procedure], args=[matter]) if procedure in PAGES else ""


def own_page_words(procedure: str) -> str:
    return {
        "annual_report": _("打开报告"),
        "report_contribution": _("填写、审核供稿"),
        "year_close": _("打开年结"),
    }.get(procedure, "")
