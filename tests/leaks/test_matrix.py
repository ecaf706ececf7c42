"""The leak matrix: every address and verb of the site, for everyone who may not, over everything that is hidden."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote
from uuid import UUID

import pytest
from addresses import ROWS, Row
from leak_cast import (
    ADMINISTRATORS,
    OUTSIDE,
    READERS,
    STRANGERS,
    TYPICAL,
    Thing,
    ghosts,
    lay_people,
    nothing_like,
    plant_exchanged,
    plant_matters,
    plant_operation,
    plant_published,
    switch_off,
)

from district import District

VERBS = ("head", "options", "put", "patch", "delete")
TIMED = frozenset({"Expires", "Content-Length"})
CHANGING = re.compile(
    r'name="(?:csrfmiddlewaretoken|key)" value="[^"]*"|<updated>[^<]*|截至 [0-9年月日时分 :]+'.encode()
)
"""What is new in every answer, whatever it tells."""

MISSED = ("新人", "未到任", "过期代理", "停用")
"""Whose rights just miss in another way: asked twice over only with the slow tests, once by every run."""
TWICE = tuple(pytest.param(who, marks=pytest.mark.slow) if who in MISSED else who for who in TYPICAL)
COMPARED = frozenset({*TYPICAL, "路人", "他案群众"}) - {*MISSED}
"""Of whom every run asks whether what they may not see looks like what is not there."""

OWN_TEXTS = frozenset({"office:correct", "office:file"})
"""A file goes out as it came in; one who corrects an entry needs it as it was written."""


_FOUND: dict[str, Survey] = {}


@dataclass
class Survey:
    """What one person found who asked every address once: each entry is a fault, but for the first two."""

    answered: list[tuple[str, int]] = field(default_factory=list)
    told_own: set[str] = field(default_factory=set)
    leaks: list[object] = field(default_factory=list)
    fell: list[object] = field(default_factory=list)
    moved: list[object] = field(default_factory=list)
    named: list[object] = field(default_factory=list)
    different: list[object] | None = None
    logged: list[str] = field(default_factory=list)


OPEN_TO = {
    "watch": {"全权", "监督", *ADMINISTRATORS},
    "looks": {"全权", "监督", "审计"},
    "people": {"系统", "安全"},
    "administer": {"系统"},
    "audit": {"审计"},
}
"""Who finds an address of administration open; nobody else does."""


@pytest.fixture
def laid(db: Any) -> District:
    from django.core.cache import cache

    cache.clear()
    return lay_people()


@pytest.fixture
def things(laid: District, db: Any) -> list[Thing]:
    from fazhi.ledger.heavy import follow_sealed
    from fazhi.ledger.seal import seal_once

    planted = [*plant_matters(laid), plant_exchanged(laid)]
    for number in range(6):
        laid.receive("城管局", f"第{number}件寻常的事")
    with db("fazhi_sealer"):
        seal_once("sealer")
    follow_sealed()
    planted += plant_published(laid)
    return [*planted, plant_operation(laid)]


def client_of(laid: District, who: str) -> Any:
    """A browser in which this person has logged in, if he or she has an account."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    client = Client(raise_request_exception=False)
    if who not in OUTSIDE:
        client.force_login(get_user_model().objects.get(pk=laid.accounts[who]))
        if who == "停用":
            switch_off(laid, who)
    return client


def addresses() -> dict[str, list[str]]:
    """Every address of the site by its full name, with the names of its arguments."""
    from django.urls import URLPattern, URLResolver, get_resolver

    found: dict[str, list[str]] = {}

    def walk(patterns: list[Any], place: str) -> None:
        for one in patterns:
            if isinstance(one, URLResolver):
                walk(one.url_patterns, place + (f"{one.namespace}:" if one.namespace else ""))
            elif isinstance(one, URLPattern):
                assert one.name, f"an address without a name: {one.pattern}"
                found.setdefault(f"{place}{one.name}", []).extend(one.pattern.regex.groupindex)

    walk(get_resolver().url_patterns, "")
    return found


def ways_to(name: str, row: Row, thing: Thing, who: str) -> Iterator[tuple[str, dict[str, str] | None]]:
    """The requests of one row about one thing: addresses to read, and the one to post to with what it is sent."""
    from django.urls import reverse

    try:
        path = reverse(name, kwargs={key: thing.fill(value, who) for key, value in row.args.items()})
    except KeyError:
        return
    for ask in row.asks:
        try:
            yield path + thing.fill(ask, who), None
        except KeyError:
            continue
    if row.sends is not None:
        try:
            yield path, {thing.fill(key, who): thing.fill(value, who) for key, value in row.sends.items()}
        except KeyError:
            return


def answer_to(client: Any, path: str, sent: dict[str, str] | None, verb: str = "get") -> tuple[int, bytes]:
    """Status and everything that came back, redirects followed; whatever was recorded, or logged out, is undone."""
    from django.core.cache import cache
    from django.db import transaction

    cache.clear()
    cookies = copy(client.cookies)
    with transaction.atomic():
        answer = client.post(path, sent, follow=True) if sent is not None else getattr(client, verb)(path, follow=True)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        heads = "\n".join(f"{key}: {value}" for key, value in answer.items() if key not in TIMED)
        heads += str(answer.redirect_chain)
        transaction.set_rollback(True)
    client.cookies = cookies
    return answer.status_code, heads.encode() + body


def read(answer: bytes) -> str:
    """The answer as a curious person reads it: file names in the heads are written in per cent."""
    text = answer.decode(errors="replace")
    return text + unquote(text)


def heads(things: list[Thing]) -> dict[str, int]:
    from fazhi import ledger

    return {thing.name: ledger.read(UUID(thing.ids["matter"])).head for thing in things if "matter" in thing.ids}


def secrets_of(things: list[Thing], who: str) -> dict[str, str]:
    """What this person must never read, by whose it is."""
    return {word: thing.name for thing in things if who not in thing.readers for word in thing.words.values()}


def requests_of(things: list[Thing], who: str, *, posted: bool = True) -> Iterator[tuple[str, Row, Thing, str, Any]]:
    """Every request of the table, each once."""
    tried = set()
    for name, row in ROWS.items():
        for thing in things:
            for path, sent in ways_to(name, row, thing, who):
                if (path, str(sent)) not in tried and (posted or sent is None):
                    tried.add((path, str(sent)))
                    yield name, row, thing, path, sent


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    found = addresses()
    assert set(found) - set(ROWS) == set(), "add a line to tests/leaks/addresses.py"
    assert set(ROWS) - set(found) == set(), "no such address any more"
    for name, row in ROWS.items():
        assert set(row.args) == set(found[name]), name


def test_one_with_every_right_finds_every_address_open(survey: Callable[..., Survey]) -> None:
    """Without this the matrix could pass because its own requests are wrong."""
    answered: dict[str, set[int]] = {name: set() for name in ROWS}
    lacking = {name for name, row in ROWS.items() if row.tells}
    for who in ("全权", *ADMINISTRATORS, "本案群众"):
        theirs = {name for name, row in ROWS.items() if who not in ADMINISTRATORS or who in OPEN_TO.get(row.gate, ())}
        found = survey(who)
        for name, status in found.answered:
            if name in theirs:
                answered[name].add(status)
        lacking -= found.told_own & theirs
    assert all(answered.values()), [name for name, found in answered.items() if not found]
    shut = {name: found for name, found in answered.items() if min(found) >= 400 and not ROWS[name].refuses}
    assert not shut
    assert not lacking


@pytest.mark.parametrize("who", ["全权", "监督", "区长", *ADMINISTRATORS])
def test_each_administrator_finds_open_what_is_theirs_and_nothing_of_the_others(laid: District, who: str) -> None:
    client, wrong = client_of(laid, who), []
    for name, row in ROWS.items():
        if row.gate in OPEN_TO and row.asks and not (set(row.args) & {"identity"}):
            path = next(ways_to(name, row, Thing("", {"sentence": "", "person": ""}, frozenset()), who))[0]
            if (answer_to(client, path, None)[0] == 200) != (who in OPEN_TO[row.gate]):
                wrong.append((name, path))
    assert not wrong


@pytest.mark.parametrize("who", [*STRANGERS, *READERS, *OUTSIDE])
def test_nobody_reads_what_is_hidden_from_them(survey: Callable[..., Survey], who: str) -> None:
    found = survey(who)
    assert found.answered
    assert not found.leaks
    assert not found.fell
    assert not found.moved
    assert not found.logged, "a log tells it"


@pytest.mark.parametrize("who", [*TWICE, "路人", "他案群众"])
def test_no_right_and_no_such_thing_look_alike(survey: Callable[..., Survey], who: str) -> None:
    assert survey(who, compared=True).different == []


@pytest.mark.parametrize("who", READERS)
def test_nobody_reads_who_it_was_without_saying_why(survey: Callable[..., Survey], who: str) -> None:
    """Names and telephones are shown for a recorded purpose only, also to those who work on the matter."""
    assert not survey(who).named


@pytest.fixture
def survey(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Callable[..., Survey]:
    """What a person found. Every address is asked once for all that the tests want to know of the answers."""

    def found(who: str, *, compared: bool = False) -> Survey:
        known = _FOUND.get(who)
        if known is None or (compared and known.different is None):
            laid, things = request.getfixturevalue("laid"), request.getfixturevalue("things")
            known = _FOUND[who] = ask_all(laid, things, who, compared=compared or who in COMPARED)
            every = [word for thing in things for word in thing.words.values()]
            known.logged = [word for word in every if word in caplog.text]
        return known

    return found


def ask_all(laid: District, things: list[Thing], who: str, *, compared: bool) -> Survey:
    """Every request of the table by one person, and if `compared` the same requests for what does not exist."""
    client, secrets, before = client_of(laid, who), secrets_of(things, who), heads(things)
    known = [thing.words[part] for thing in things for part in ("person", "phone") if part in thing.words]
    found = Survey(different=[] if compared else None)
    tried: set[str] = set()
    for name, row, thing, path, sent in requests_of(things, who):
        answer = status, body = answer_to(client, path, sent)
        text, asked = read(body), path + str(sent)
        found.answered.append((name, status))
        if (hidden := thing.words.get(row.tells)) and hidden not in path and hidden in text:
            found.told_own.add(name)
        found.leaks += [(name, path, sent, of) for word, of in secrets.items() if word in text and word not in asked]
        found.fell += [(name, path)] if status >= 500 else []
        if sent is not None and who not in thing.readers and (now := heads(things)) != before:
            found.moved.append((name, path, now))
        if sent is None and name not in OWN_TEXTS:
            found.named += [(name, path) for word in known if word in text and word not in path]
        if found.different is not None and row.args and row.gate != "everyone":
            verbs = () if name in tried or sent is not None else VERBS
            tried.add(name)
            absent = nothing_like(thing)
            found.different += compare_with_nothing(client, who, (name, row, thing, path, sent), absent, answer, verbs)
    return found


def compare_with_nothing(
    client: Any, who: str, asked: tuple[str, Row, Thing, str, Any], absent: Thing, answer: tuple[int, bytes], verbs: Any
) -> Iterator[tuple[str, str, str, int, int]]:
    """Where an answer about a thing differs from that about one that does not exist, by the same verb."""
    name, row, thing, path, sent = asked
    other = next(iter_like(name, row, absent, who, path, sent))
    for verb in ("get", *verbs):
        here = answer if verb == "get" else answer_to(client, path, sent, verb)
        there = answer_to(client, *other, verb)
        if plain(here, thing) != plain(there, absent):
            yield name, verb, path, here[0], there[0]


def iter_like(name: str, row: Row, absent: Thing, who: str, path: str, sent: Any) -> Iterator[tuple[str, Any]]:
    """The same request for what does not exist."""
    _, _, ask = path.partition("?")
    for other, its in ways_to(name, row, absent, who):
        if (its is None) == (sent is None) and other.partition("?")[2] == ask:
            yield other, its


def plain(answer: tuple[int, bytes], thing: Thing) -> tuple[int, bytes]:
    """The answer without what differs from request to request anyway."""
    status, text = answer
    if b"spreadsheetml" in text.partition(b"PK")[0]:  # a workbook is stamped with its moment; CSV tells the same rows
        return status, b""
    for value in thing.ids.values():
        if len(value) > 8:
            text = text.replace(value.encode(), b"ID")
    return status, CHANGING.sub(b"", text)


@pytest.mark.parametrize("who", [*TWICE, "路人"])
def test_what_one_may_not_see_changes_no_page_of_theirs(laid: District, who: str) -> None:
    """Lists, counts, searches, suggestions, exports and feeds answer as if there were no such thing."""
    asked = ghosts(laid)
    client = client_of(laid, who)
    requests = [(path, sent) for *_, path, sent in requests_of(asked, who, posted=False)]
    before = {path: plain(answer_to(client, path, sent), asked[0]) for path, sent in requests}
    plant_matters(laid)
    plant_exchanged(laid)
    plant_operation(laid)
    after = {path: plain(answer_to(client, path, sent), asked[0]) for path, sent in requests}
    assert [path for path in before if before[path] != after[path]] == []
