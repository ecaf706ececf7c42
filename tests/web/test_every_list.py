"""Every list of the site, found from the address map: taken along as a table, with a word for when it is empty."""

from __future__ import annotations

import csv
import inspect
import io
import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any, Final
from urllib.parse import urljoin

from django.http import QueryDict
from django.template.engine import Engine
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from list_seeds import fill

from district import District
from fazhi.people import posts
from fazhi.web.faces.lists import Column, listed
from fazhi.web.faces.tables import at_most

LISTS: Final = (
    *('<table class="list', '<ul class="items"', '<ol class="events"', '<ol class="points"', " data-list>"),
    *('<ul class="register-names"', '<ul class="guide-list"'),
)
TEMPLATE: Final = re.compile(r'"((?:office|portal)/[a-z_]+\.html)"')
INCLUDED: Final = re.compile(r'\{% include "([a-z_/]+\.html)"')
CELL: Final = '=HYPERLINK("http://example.org")'
EMPTY: Final = re.compile(r'\{% state "\w+" (?:\S+\("[^"]+"\)|\w+) (?:_\("[^"]+"\)|\w+)')
PART_OF_ONE: Final = "it lists parts of one thing, which prints and is taken along whole"
DIRECTORY: Final = "a directory of lists, each of which is taken along"
NOT_HERE: Final = frozenset({"office:exchange_files_export", "office:figure_export", "portal:open_register"})
"""They ask for a partner, a figure or a public register, and are tried with theirs."""
WITHOUT: Final = {
    "office/batch.html": "what is about to be done together: chosen on a list that is taken along",
    "office/register_import.html": PART_OF_ONE,
    "office/comparison.html": "taken along as a workbook with a sheet for each part",
    "office/sorting.html": "versions of the reader of letters: a machine's state, no record",
    "office/health.html": "the state of the machine now, no record",
    "office/countersign_sheet.html": PART_OF_ONE,
    "office/countersigning.html": PART_OF_ONE,
    "office/figure.html": PART_OF_ONE,
    "office/operation.html": PART_OF_ONE,
    "office/operation_state.html": PART_OF_ONE,
    "office/registers.html": DIRECTORY,
    "office/guides.html": PART_OF_ONE,
    "portal/home.html": "the newest few of lists that are taken along",
    "portal/document.html": PART_OF_ONE,
    "portal/open_data.html": DIRECTORY,
    "portal/registers.html": DIRECTORY,
    "portal/guides.html": PART_OF_ONE,
}
NO_LIST: Final = frozenset(WITHOUT) - {
    *("office/registers.html", "office/guides.html", "portal/open_data.html"),
    *("portal/registers.html", "portal/guides.html"),
}
"""What stands on these pages is neither looked through nor turned over: it is a part, a state or a choice."""
IN_GROUPS: Final = "a directory on one page, in groups by what it is about"
UNSORTED: Final = {
    "office/registers.html": IN_GROUPS,
    "office/guides.html": IN_GROUPS,
    "portal/open_data.html": IN_GROUPS,
    "portal/registers.html": IN_GROUPS,
    "portal/guides.html": IN_GROUPS,
    "portal/library.html": "documents stand by their titles, which is how the library keeps them",
}
ON_ONE_PAGE: Final = {name: why for name, why in UNSORTED.items() if why == IN_GROUPS}
AUDITOR, KEEPER, CLERK, HEAD, NOBODY = "审计员", "系统员", "城管员", "区长", ""
ASKED: Final = {
    "office/ask_changed.html": (HEAD, "/office/ask/changed/", ""),
    "office/audit.html": (AUDITOR, "/office/audit/", "明月账号"),
    "office/desk.html": (CLERK, "/office/", "油烟"),
    "office/exchange.html": (HEAD, "/office/exchange/", "热线"),
    "office/exchange_comparison.html": (HEAD, "/office/exchange/hotline/comparisons/{compared}/", "明月"),
    "office/exchange_file.html": (HEAD, "{file}", "后街"),
    "office/exchange_partner.html": (HEAD, "/office/exchange/hotline/", "明月"),
    "office/figure_alerts.html": (HEAD, "/office/figures/alerts/", "后街组"),
    "office/guides.html": (HEAD, "/office/guides/", "复议"),
    "office/hotspots.html": (HEAD, "/office/hotspots/", ""),
    "office/leave.html": (HEAD, "/office/leave/", "街道员代班"),
    "office/looks.html": (AUDITOR, "/office/looks/", "街道员"),
    "office/operations.html": (HEAD, "/office/operations/", ""),
    "office/organisation.html": (KEEPER, "/office/units/", "城管局"),
    "office/people.html": (KEEPER, "/office/people/", "街道员"),
    "office/readings.html": (HEAD, "/office/reports/readings/", ""),
    "office/register.html": (CLERK, "/office/registers/campaign/", "后街"),
    "office/registers.html": (HEAD, "/office/registers/", "调解"),
    "office/reminders.html": (CLERK, "/office/reminders/", "油烟"),
    "office/reports.html": (HEAD, "/office/reports/", "2023"),
    "office/rules.html": (KEEPER, "/office/rules/", ""),
    "office/same_people.html": (HEAD, "/office/people/same/", ""),
    "office/search.html": (HEAD, "/office/matters/", "油烟"),
    "office/tokens.html": (HEAD, "/office/tokens/", "后街"),
    "office/years.html": (HEAD, "/office/figures/years/", ""),
    "portal/drafts.html": (NOBODY, "/drafts/", "后街"),
    "portal/gazette.html": (NOBODY, "/gazette/", "后街"),
    "portal/guides.html": (NOBODY, "/guides/", "复议"),
    "portal/library.html": (NOBODY, "/library/", "后街"),
    "portal/open_data.html": (NOBODY, "/data/", "服务"),
    "portal/points.html": (NOBODY, "/points/", "后街"),
    "portal/register.html": (NOBODY, "/registers/service_point/", "后街"),
    "portal/registers.html": (NOBODY, "/registers/", "规范性文件"),
    "portal/reports.html": (NOBODY, "/reports/", "后街"),
    "portal/rules.html": (NOBODY, "/rules/", "后街"),
}
"""Who reads each list, where, and a word that finds one of its two; where there is none, the district keeps nothing
for the list, and its own test looks through it."""
ALONE: Final = {"office/year.html": "test_figures closes a year and looks through it"}


def addresses() -> Iterator[tuple[str, URLPattern]]:
    for resolver in get_resolver().url_patterns:
        if isinstance(resolver, URLResolver) and resolver.namespace in ("office", "portal"):
            patterns = [one for one in resolver.url_patterns if isinstance(one, URLPattern)]
            yield from ((f"{resolver.namespace}:{one.name}", one) for one in patterns)


def pages() -> set[str]:
    """The templates of the modules that the addresses lead to."""
    modules = {inspect.getmodule(inspect.unwrap(one.callback)) for _name, one in addresses()}
    return {name for module in modules if module for name in TEMPLATE.findall(inspect.getsource(module))}


def every_list() -> dict[str, str]:
    """The templates that draw a list, each with all that it includes."""
    return {name: text for name in pages() if any(mark in (text := whole(name)) for mark in LISTS)}


def whole(name: str) -> str:
    text = str(Engine.get_default().get_template(name).source)
    return text + "".join(whole(part) for part in INCLUDED.findall(text) if part != name)


def test_every_list_is_taken_along_and_says_what_to_do_when_it_is_empty() -> None:
    lists = every_list()
    assert len(lists) > 40
    assert {name for name, text in lists.items() if "exports" not in text} - set(WITHOUT) == set()
    assert {name for name, text in lists.items() if not EMPTY.search(text)} - set(WITHOUT) == set()
    stands = {name for name, text in lists.items() if "exports" not in text or not EMPTY.search(text)}
    assert set(WITHOUT) - stands == set(), "an exception that no longer stands"


def test_every_list_is_sorted_and_turned_over_or_says_why_not() -> None:
    lists = {name: text for name, text in every_list().items() if name not in NO_LIST}
    assert set(lists) == {*ASKED, *ALONE}, "a list that nobody looks through"
    sorts = {name for name, text in lists.items() if "faces/heads.html" in text or "faces/orders.html" in text}
    assert set(lists) - sorts == set(UNSORTED)
    assert {name for name, text in lists.items() if "faces/pages.html" not in text} == set(ON_ONE_PAGE)


def rows(page: str) -> list[str]:
    """The entries of the lists of a page, in the order in which they stand."""
    main = page.partition("<main")[2].partition("</main>")[0]
    found = re.findall(r"<tbody>.*?</tbody>|<(?:ul|ol) class=\"(?:items|events|points|register-names|guide-list)\".*?"
                       r"</(?:ul|ol)>|<\w+[^>]* data-list>.*", main, re.DOTALL)  # fmt: skip
    parts = [re.split(r"<tr\b|<li\b|<article\b|<section class=\"card stack\"", part)[1:] for part in found]
    return [re.sub(r"<[^>]*>?|\s+", " ", row) for part in parts for row in part]


def heads(page: str, address: str) -> list[str]:
    """Where the links that sort lead."""
    found = re.findall(r'<th[^>]*><a href="([^"]*)"|<a class="filter" href="([^"]*(?:sort|order)=[^"]*)"', page)
    return [urljoin(address, unescape(one or other)) for one, other in found]


def turned(page: str, reader: Any, address: str) -> bool:
    """Whether a link that sorts, pressed once or once more, puts another entry first."""
    first = rows(page)
    for at, href in enumerate(heads(page, address)):
        once = get(reader, href)
        if rows(once) != first or rows(get(reader, heads(once, address)[at])) != first:
            return True
    return False


def get(reader: Any, address: str) -> str:
    answer = reader.get(address)
    assert answer.status_code == 200, address
    return str(answer.content.decode())


def test_every_list_is_looked_through_and_sorted_by_its_address(
    at_desk: Callable[..., Any], district: District, client: Any
) -> None:
    district.clerk(KEEPER, "区政府", "administer")
    district.clerk(AUDITOR, "区政府", "audit")
    places = fill(district)
    wrong: dict[str, str] = {}
    for name, (who, path, word) in ASKED.items():
        reader, address = at_desk(who) if who else client, path.format(**places)
        none = get(reader, f"{address}?q=查无此事")
        field = re.search(r'<input[^>]*name="q"[^>]*>', none.partition("<main")[2])
        if rows(none) or field is None or "查无此事" not in field[0]:
            wrong[name] = "words that nothing holds leave something, or there is no field for words"
            continue
        if not word:
            continue
        page = get(reader, address)
        every, found = rows(page), rows(get(reader, f"{address}?q={word}"))
        if not 0 < len(found) < len(every):
            wrong[name] = f"{word}: {len(found)} of {len(every)}"
        elif name not in UNSORTED and not turned(page, reader, address):
            wrong[name] = "no link of its head puts another first"
    assert wrong == {}


def test_a_list_is_turned_over_by_key_and_keeps_what_it_was_narrowed_to() -> None:
    columns = (Column[int]("n", "数", lambda one: one), Column[int]("word", "词", lambda one: f"第{one}件"))
    seen, asked = [], "q=件&sort=n&down=yes&kind=a"
    while asked:
        shown = listed(QueryDict(asked), columns, range(7), lambda one: one, size=3)
        seen += shown.shown
        assert ("kind", "a") in shown.values("office:tokens_export")["kept"]
        asked = shown.after.lstrip("?")
    assert seen == [6, 5, 4, 3, 2, 1, 0]
    assert "after=" not in shown.first and "sort=n" in shown.first


def tables() -> list[tuple[str, dict[str, str]]]:
    """Every address that gives a list as a file, with what else it asks for."""
    known = {"table": "accounts", "name": "campaign"}
    found = []
    for name, one in addresses():
        asked = set(one.pattern.converters)
        if "form" in asked and "identity" not in asked and name not in ("portal:feed", "portal:rules_feed"):
            found.append((name, {key: known[key] for key in asked - {"form"}}))
    return found


def test_every_table_opens_as_both_files_and_nothing_else(
    at_desk: Callable[..., Any], district: District, client: Any
) -> None:
    district.receive("城管局")
    district.clerk("系统员", "区政府", "administer")
    district.clerk("审计员", "区政府", "audit")
    who = {"people": "系统员", "organisation": "系统员", "rules": "系统员", "audit": "审计员", "looks": "审计员"}
    found = [one for one in tables() if one[0] not in NOT_HERE]
    assert len(found) > 18
    for name, rest in found:
        short = name.partition(":")[2].partition("_")[0]
        reader = client if name.startswith("portal:") else at_desk(who.get(short, "区长"))
        answers = {form: reader.get(reverse(name, kwargs=rest | {"form": form})) for form in ("csv", "xlsx", "pdf")}
        assert [answers[form].status_code for form in answers] == [200, 200, 404], name
        assert next(csv.reader(io.StringIO(answers["csv"].content.decode("utf-8-sig")))), name


def test_a_table_that_is_cut_says_so() -> None:
    rows = list(at_most([(number,) for number in range(5)], 3))
    assert rows[:3] == [(0,), (1,), (2,)] and "只有前3行" in str(rows[3][0]) and len(rows) == 4
    assert len(list(at_most([(1,), (2,)], 2))) == 2


def test_a_list_is_found_in_sorted_and_taken_along_as_its_address_says(
    at_desk: Callable[..., Any], district: District
) -> None:
    for name in ("系统员", "安科员", "安长"):
        district.clerk(name, "区政府", "administer" if name == "系统员" else "record")
    posts.open_account("sum", CELL)
    client = at_desk("系统员")
    asked = "?q=安&account-sort=name&account-down=yes"
    page = client.get(f"/office/people/{asked}").content.decode().partition('id="posts"')[2]
    assert "安科员" in page and "信访员岗" not in page and 'aria-sort="descending"' in page
    table = client.get(f"/office/people/accounts/as/csv/{asked}").content.decode("utf-8-sig")
    assert [row[0] for row in csv.reader(io.StringIO(table))][1:] == ["安长", "安科员"]
    assert "'=HYPERLINK" in client.get("/office/people/accounts/as/csv/").content.decode("utf-8-sig")
    assert "没有这样的账号" in client.get("/office/people/?q=没有这个人").content.decode()
    assert at_desk("区长").get("/office/people/accounts/as/csv/").status_code == 403
