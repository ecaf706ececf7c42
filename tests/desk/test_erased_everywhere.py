"""After a person is erased no page, reply, list or log tells of them, and the year's figures are what they were."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from click.testing import CliRunner
from planting import PLANTED, Planted, found_in, plant

from fazhi.cli.commands import fazhi
from fazhi.desk import erase, publish, record, unpublish
from fazhi.gazette import look as gazette
from fazhi.indicators.look import read_all
from fazhi.indicators.values import Span
from fazhi.jobs.replies import drop_gone
from fazhi.ledger import FollowerFailed, query, read, rulebook, today
from fazhi.ledger.heavy import follow_sealed
from fazhi.ledger.seal import seal_all
from fazhi.library.names import slug
from fazhi.library.place import index_folder
from fazhi.reach.scope import scope_of
from fazhi.search import look as search
from fazhi.site.logs import Discreet
from fazhi.site.main import load_families
from fazhi.tracking import look as tracking

SAID = PLANTED[3]  # what no mask knows, so that it is seen wherever it stands before the erasure


@pytest.fixture
def answered(fresh_district: Any) -> Planted:
    """The planted matter, answered and its answer published."""
    made = plant(fresh_district)
    said = {"text": f"已收到关于{SAID}的来信，{PLANTED[0]}同志，请放心。"}
    done = record(made.clerk, made.matter, "answered", fields={"outcome": "supported"}, body=said, seen=4, key="w")
    publish(made.clerk, made.matter, done.seq, said["text"], title=f"关于{SAID}", seen=done.seq, key="p")
    seal_all()
    follow_sealed()
    return made


def gone(made: Planted) -> None:
    erase(made.clerk, party=read(made.matter).parties[0], reason="request", key="e")
    seal_all()
    follow_sealed()


def year(unit: Any) -> list[tuple[object, ...]]:
    """Every figure there is, over this year."""
    span = Span((unit,), date(today().year, 1, 1), today())
    figures = read_all(list(rulebook().indicators.values()), span)
    return [(one.name, one.value, one.numerator, one.denominator, one.fingerprint) for one in figures]


def test_the_figures_of_the_year_stay(answered: Planted, fresh_database: object) -> None:
    before = year(answered.clerk.unit)
    assert sum(bool(numerator) for _, _, numerator, _, _ in before) >= 3
    gone(answered)
    assert year(answered.clerk.unit) == before


def replies(made: Planted) -> Iterator[tuple[str, str]]:
    """What every door tells of the matter: commands, search, pages of the office and of the portal."""
    load_families()
    name, this_year = "示例区信访局", str(today().year)
    runner = CliRunner()
    for words in (
        ["report", "compose", "--unit", name, "--year", this_year, "--json", "--internal"],
        ["indicators", "read", "--unit", name, "--year", this_year, "--json"],
        ["record", "verify", "--json"],
        ["record", "receipt"],
        ["erasures"],
    ):
        answer = runner.invoke(fazhi, words)
        assert answer.exit_code == 0, answer.output
        if "--json" in words:
            json.loads(answer.stdout)
        yield " ".join(words[:2]), answer.output
    scope = scope_of(made.clerk, today())
    for text in ("", *PLANTED):
        yield f"search {text!r}", str(search.search(scope, made.clerk, text).items)
    yield "tracking", str(tracking.follow(made.query_number, made.code))
    yield "gazette", str((gazette.page(), gazette.feed()))
    yield from pages(made)


def pages(made: Planted) -> Iterator[tuple[str, str]]:
    """The pages that a browser gets, printed as they are shown."""
    from django.contrib.auth import get_user_model
    from django.core.cache import cache
    from django.test import Client

    cache.clear()
    office, portal = Client(), Client()
    office.force_login(get_user_model().objects.get(pk=made.clerk.account))
    for address in ("/office/", f"/office/matters/{made.matter}/", "/office/matters/"):
        yield address, office.get(address).content.decode()
    for text in PLANTED:  # a page repeats what was asked, so only one that found the matter counts
        answer = office.get("/office/matters/", {"q": text}).content.decode()
        yield f"/office/matters/?q={text}", answer if str(made.matter) in answer else ""
    held = portal.post("/follow/", {"number": made.query_number, "code": made.code}, follow=True)
    assert held.status_code == 200
    yield "/follow/", held.content.decode()
    for address in ("/", "/gazette/", "/gazette/feed.atom", *(f"/gazette/{one.id}/" for one in gazette.page().items)):
        yield address, portal.get(address).content.decode()


def test_no_reply_and_no_page_tells_of_an_erased_person(answered: Planted, fresh_database: object) -> None:
    told = {door for door, text in replies(answered) if SAID in text}
    assert {"gazette", "tracking", "/follow/", "/gazette/feed.atom", f"/office/matters/{answered.matter}/"} <= told
    gone(answered)
    assert {door: found_in(text) for door, text in replies(answered) if found_in(text)} == {}


@pytest.mark.parametrize("by", ["erasing", "withdrawing"])
def test_a_published_reply_leaves_library_index_and_kept_answers(
    by: str, answered: Planted, fresh_database: object, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.conf import settings
    from django.test import Client

    monkeypatch.setattr(settings, "FAZHI_HOME", tmp_path)
    load_families()
    assert CliRunner().invoke(fazhi, ["library", "own"]).exit_code == 0
    asked = f"关于{SAID}的来信收到了吗"
    before = library_tells(asked)
    assert SAID in before["answer"] and SAID in before["list"] and SAID in before["page"]
    portal = Client()
    assert SAID in portal.post("/ask/", {"question": asked}).content.decode().replace(asked, "")
    assert drop_gone() == 0
    if by == "erasing":
        gone(answered)
    else:
        head = read(answered.matter).head
        unpublish(answered.clerk, answered.matter, head, "写错了", seen=head, key="u")
    assert drop_gone() == 1
    assert {door for door, text in library_tells(asked).items() if SAID in text} == set()
    assert SAID not in portal.post("/ask/", {"question": asked}).content.decode().replace(asked, "")
    assert drop_gone() == 0


def library_tells(asked: str) -> dict[str, str]:
    """What the library, its index on disk, its pages and the answers kept tell of a reply; the question is not ours."""
    answer = CliRunner().invoke(fazhi, ["answers", "ask", asked])
    index = b"".join(path.read_bytes() for path in sorted(index_folder().rglob("*")) if path.is_file())
    (title,) = [row[0] for row in query.fetch("default", "select title from library_version where kind = 'reply'")] or [
        ""
    ]
    from django.test import Client

    return {
        "answer": answer.output.replace(asked, ""),
        "list": CliRunner().invoke(fazhi, ["library", "list", "--kind", "reply", "--json"]).output,
        "page": Client().get(f"/library/{slug(title)}/").content.decode() if title else "",
        "index": index.decode(errors="replace"),
        "kept": str(query.fetch("default", "select title, label from answers_used")),
    }


def test_nothing_planted_stands_in_a_log(
    fresh_district: Any, fresh_database: Any, cluster: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = cluster.folder / "server.log"
    begun, written = log.stat().st_size, io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(Discreet("%(levelname)s %(name)s %(message)s"))
    for name in ("fazhi", "django"):
        monkeypatch.setattr(logging.getLogger(name), "handlers", [handler])
        monkeypatch.setattr(logging.getLogger(name), "level", logging.INFO)
    made = plant(fresh_district)
    list(pages(made))
    fails(made, monkeypatch)
    gone(made)
    list(pages(made))
    assert found_in(written.getvalue()) == set()
    assert "FollowerFailed" in written.getvalue()
    assert found_in(log.read_bytes()[begun:].decode(errors="replace")) == set()


def fails(made: Planted, monkeypatch: pytest.MonkeyPatch) -> None:
    """A room that cannot take a row, met by a page: the refusal is logged with its place."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    from fazhi.search.follow import Search

    office = Client(raise_request_exception=False)
    office.force_login(get_user_model().objects.get(pk=made.clerk.account))
    bad = lambda self, view: [{"matter": view.id, "day": PLANTED[0], "words": [PLANTED[3]]}]  # noqa: E731
    with monkeypatch.context() as patch:
        patch.setattr(Search, "rows", bad)
        with pytest.raises(FollowerFailed):
            record(made.clerk, made.matter, "noted", body={"text": PLANTED[3]}, seen=4, key="bad")
        typed = {"kind": "noted", "text": PLANTED[3], "seen": "4", "key": "bad2"}
        assert office.post(f"/office/matters/{made.matter}/record/", typed).status_code >= 400
