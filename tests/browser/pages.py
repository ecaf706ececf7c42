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
            " rule points",
        )
        | {"faces:gallery", "office:login"},
    ),
    Walk(
        "chen",
        (
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
            " report_part readings guides guide guide_of_day ask ask_changed sorting health rules leave tokens security"
            " post reminders reminder_settings exchange",
        )
        | {"wall:wall"},
    ),
    Walk("he", ("/office/matters/?kind=reconsideration",), _names("office", "search matter whole")),
    Walk("lin", ("/office/matters/?kind=reconsideration",), _names("office", "search matter erase")),
    Walk("admin", ("/office/",), _names("office", "people organisation reminder_district")),
    Walk("security", ("/office/",), _names("office", "people")),
    Walk("audit", ("/office/",), _names("office", "audit looks")),
)

ELSEWHERE: Mapping[str, str] = {
    "office:letter": "test_letters.py",
    "office:kept": "test_letters.py",
    "office:reading": "test_readings.py",
    "portal:lodge_at": "test_journeys.py",
    "portal:lodged": "test_journeys.py",
    "office:rule": "test_journeys.py",
}
"""Pages that stand at the end of a journey, and the test that looks at them there."""

NOT_SHOWN: Mapping[str, str] = {
    "office:second": "only for accounts with a second step",
    "office:outside": "leads to the provider of log-in",
    "office:outside_back": "comes from the provider of log-in",
    "office:comparison": "needs two reports read in",
    "office:countersign_sheet": "needs a text sent round",
    "office:tell_joined": "needs two matters joined",
    "office:year": "needs a year that was closed",
    "office:hot_warning": "there only while a warning stands",
    "office:exchange_partner": "needs another system that the district exchanges files with",
    "office:exchange_file": "needs a file taken from another system",
    "office:exchange_comparison": "needs a file taken from another system",
    "office:same_people": "needs two parties who may be one",
    "office:hand_over": "needs a change of units with open work",
    "portal:document": "needs a library",
    "portal:article": "needs a library",
}
"""Pages for which the sample has nothing to show, and why."""

NO_PAGE = (
    _names("faces", "day")
    | _names(
        "office",
        "file places units register_template reading_original  report_paper exchange_receipt",
    )
    | _names("portal", "lodge_worker feed gazette_table rules_feed rules_table open_register")
)
"""What is read by programs or set into a page: tables, feeds, files, parts of forms; beside them every export."""
