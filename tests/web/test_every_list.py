"""Every list of the site, found from the address map: taken along as a table, with a word for when it is empty."""

from __future__ import annotations

import csv
import inspect
import io
import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from django.template.engine import Engine
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from district import District
from fazhi.people import posts
from fazhi.web.faces.tables import at_most

LISTS: Final = ('<table class="list', '<ul class="items"', '<ol class="events"', '<ol class="points"')
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
    "portal/home.html": "the newest few of lists that are taken along",
    "portal/document.html": PART_OF_ONE,
    "portal/open_data.html": DIRECTORY,
}


def addresses() -> Iterator[tuple[str, URLPattern]]:
    for resolver in get_resolver().url_patterns:
        if isinstance(resolver, URLResolver) and resolver.namespace in ("office", "portal"):
            patterns = [one for one in resolver.url_patterns if isinstance(one, URLPattern)]
            yield from ((f"{resolver.namespace}:{one.name}", one) for one in patterns)


def pages() -> set[str]:
    """The templates of the modules that the addresses lead to."""
    modules = {inspect.getmodule(inspect.unwrap(one.callback)) for _name, one in addresses()}
    return {name for module in modules if module for name in TEMPLATE.findall(inspect.getsource(module))}


def whole(name: str) -> str:
    text = str(Engine.get_default().get_template(name).source)
    return text + "".join(whole(part) for part in INCLUDED.findall(text) if part != name)


def test_every_list_is_taken_along_and_says_what_to_do_when_it_is_empty() -> None:
    lists = {name: text for name in pages() if any(mark in (text := whole(name)) for mark in LISTS)}
    assert len(lists) > 30
    assert {name for name, text in lists.items() if "exports" not in text} - set(WITHOUT) == set()
    assert {name for name, text in lists.items() if not EMPTY.search(text)} - set(WITHOUT) == set()
    stands = {name for name, text in lists.items() if "exports" not in text or not EMPTY.search(text)}
    assert set(WITHOUT) - stands == set(), "an exception that no longer stands"


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
