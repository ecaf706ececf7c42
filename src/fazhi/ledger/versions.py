"""Versions of rooms: what a fold is made of, so that a room filled by another program or another calendar is known."""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from fazhi.ledger import query
from fazhi.ledger.adopted import rulebook
from fazhi.ledger.follow import Follower, followers

_ROOT = Path(__file__).parents[1]
_IMPORTS = re.compile(r"^ *(?:from (fazhi[\w.]*) import (\([^)]*\)|[^\n]*)|import (fazhi[\w.]*))", re.MULTILINE)

_MARK = """
insert into ledger_room (follower, version) values (%s, %s)
on conflict (follower) do update set version = excluded.version, filled_at = now()
"""


def version(one: Follower) -> str:
    """A digest of every module of ours that the fold can reach, and of the days and rules it reads beside the page that
    a matter is locked to."""
    made = hashlib.new("sm3", _source(type(one).__module__).encode())
    made.update(_rules().encode())
    return made.hexdigest()[:32]


def outdated(using: str = "default") -> tuple[Follower, ...]:
    """The rooms whose rows another version made; they are right again after a refill."""
    filled: dict[str, str] = dict(query.fetch(using, "select follower, version from ledger_room"))
    return tuple(one for one in followers() if filled.get(one.name) != version(one))


def mark(one: Follower, made: str, using: str) -> None:
    """The room was filled by this version."""
    query.run(using, _MARK, [one.name, made])


def mark_empty(using: str = "owner") -> None:
    """In a record without a matter every room is of the present version."""
    if not query.fetch(using, "select 1 from ledger_matter limit 1"):
        for one in followers():
            mark(one, version(one), using)


def _rules() -> str:
    book = rulebook()
    days = sorted((str(day), name) for day, name in book.calendar.names.items())
    took_over = sorted(page.digest for pages in book.procedures.values() for page in pages if page.transition)
    return repr((days, sorted(book.calendar.years), sorted(book.common), took_over))


@lru_cache(maxsize=64)
def _source(module: str) -> str:
    digests = [hashlib.new("sm3", _text(one).encode()).hexdigest() for one in _reached(module)]
    return hashlib.new("sm3", "\n".join(digests).encode()).hexdigest()


def _reached(module: str) -> list[str]:
    """The module and all of ours that it imports, directly or through others."""
    found: set[str] = set()
    waiting = [module]
    while waiting:
        here = waiting.pop()
        if here not in found and _path(here):
            found.add(here)
            waiting.extend(_named(_text(here)))
    return sorted(found)


def _named(text: str) -> Iterable[str]:
    for whole, names, plain in _IMPORTS.findall(text):
        yield whole or plain
        for name in re.findall(r"\w+", names):
            yield f"{whole}.{name}"


@lru_cache(maxsize=512)
def _text(module: str) -> str:
    path = _path(module)
    return path.read_text("utf-8") if path else ""


@lru_cache(maxsize=2048)
def _path(module: str) -> Path | None:
    if not module.startswith("fazhi"):  # a fold of somebody's own, as in a test
        file = getattr(sys.modules.get(module), "__file__", None)
        return Path(file) if file else None
    place = _ROOT.joinpath(*module.split(".")[1:])
    return next((one for one in (place.with_suffix(".py"), place / "__init__.py") if one.is_file()), None)
