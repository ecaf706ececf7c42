"""Every address of the site, and who comes to its page: a new address needs a line here, or a test fails."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Walk:
    """Somebody who goes from link to link. `starts`: where they begin; `names`: the pages they must come to."""

    user: str
    starts: tuple[str, ...]
    names: frozenset[str]


def _names(space: str, words: str) -> frozenset[str]:
    return frozenset(f"{space}:{word}" for word in words.split())


WALKS = (
    Walk(
        "",
        ("/", "/guides/legal_aid/", "/faces/", "/office/login/"),
        _names(
            "portal",
            "home lodge follow ask guides guide guide_of_day apply drafts draft gazette notice registers register"
            " register_line reports report figure readings library open_data help accessibility privacy rules"
            " rule points document",
        )
        | {"faces:gallery", "office:login"},
    ),
    Walk(
        "chen",
        (
            "/office/matters/?kind=major_decision",
            "/office/",
            "/office/matters/?kind=reconsideration",
            "/office/registers/service_point/",
            "/office/reminders/",
            "/office/exchange/",
            "/office/post/",
            "/office/guides/reconsideration/",
        ),
        _names(
            "office",
            "desk search matter correct onward round receive hotspots hotspot registers register register_line"
            " register_new register_change register_import placard figures figure figure_alerts years reports report"
            " report_part readings reading guides guide guide_of_day ask ask_changed sorting health rules leave tokens"
            " security post reminders reminder_settings exchange exchange_partner exchange_file exchange_comparison"
            " year hot_warning countersign_sheet",
        )
        | {"wall:wall"},
    ),
    Walk(
        "song",
        ("/office/matters/?q=听涛苑自来水发黄", "/office/matters/?q=青枫里楼上漏水"),
        _names("office", "search matter tell_joined same_people"),
    ),
    Walk("he", ("/office/matters/?kind=reconsideration",), _names("office", "search matter whole")),
    Walk("lin", ("/office/matters/?kind=reconsideration",), _names("office", "search matter erase")),
    Walk("admin", ("/office/",), _names("office", "people organisation reminder_district rules")),
    Walk("security", ("/office/",), _names("office", "people")),
    Walk("audit", ("/office/",), _names("office", "audit looks")),
)

ELSEWHERE: Mapping[str, str] = {
    "office:letter": "letters",
    "office:kept": "letters",
    "office:comparison": "reading",
    "office:second": "logging_in",
    "office:operation": "long_work",
    "office:operations": "long_work",
    "office:rule": "proposing",
    "portal:lodged": "lodging",
    "portal:lodge_at": "at_the_wall",
    "portal:article": "asking",
}
"""Pages that stand at the end of an errand, and which one (`errands.py`) comes to them."""

NO_PAGE_BUT_A_WAY: Mapping[str, str] = {
    "office:outside": "leads on to the provider of log-in",
    "office:outside_back": "comes from the provider of log-in, and leads on to the desk or to the log-in",
    "office:hand_over": "is posted to, and leads back to the units",
}
"""Addresses at which nothing stands: each leads on to a page, and to which."""

UNSEEN: Mapping[str, str] = {
    "office/operation_offer.html": "is asked for with a list of more than 5,000 rows, and the sample has none",
}
"""Template files that are never looked at, and why."""

NO_PAGE = (
    _names("faces", "day")
    | _names(
        "office",
        "file places units register_template reading_original report_paper exchange_receipt countersign_paper"
        " operation_file",
    )
    | _names("portal", "lodge_worker feed rules_feed open_register")
)
"""What is read by programs or set into a page: tables, feeds, files, parts of forms; beside them every export."""
