"""The shelf of local pages that were adopted in the record, laid out in a folder so that the rulebook reads them."""

from __future__ import annotations

import hashlib
import logging
import tempfile
import threading
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import DatabaseError

from fazhi.ledger import query
from fazhi.rulebook import PageFault, Rulebook, load
from fazhi.rulebook.proposed import faulty, lay

_WHICH = "select page, digest from ledger_local_page order by in_force nulls first, page, matter"
_TEXTS = "select page, text from ledger_local_page order by in_force nulls first, page, matter"
_log = logging.getLogger(__name__)


class _Shelf:
    """What this process has laid out. `asked` is off once the database was looked at since `look_again`."""

    folder: Path | None = None
    stamp: str = ""
    asked: bool = True
    left_out: frozenset[str] = frozenset()
    kept: tempfile.TemporaryDirectory[str] | None = None
    guard = threading.Lock()


def look_again() -> None:
    """Ask the database once more before the rulebook is next used: at each request, and in each round of the jobs."""
    _Shelf.asked = True


def shelves() -> tuple[Path, ...]:
    """The folders of local pages in use: those of the settings, then those adopted in the record."""
    if _Shelf.asked:
        _look()
    return (*settings.FAZHI_OVERLAYS, *((_Shelf.folder,) if _Shelf.folder else ()))


def rulebook() -> Rulebook:
    """The pages in use. An adopted page that no longer agrees with the national ones is left out and told: the others
    go on."""
    while True:
        folders = shelves()
        try:
            return load(*folders)
        except PageFault as fault:
            wrong = faulty(_Shelf.folder, fault) if _Shelf.folder else set()
            if not wrong:
                raise
            _log.error("本地规则与规则库不再相容，暂不适用：%s", "、".join(sorted(wrong)))
            with _Shelf.guard:
                _Shelf.left_out |= wrong
                _lay_out()


def left_out() -> frozenset[str]:
    """Adopted pages that are not in use, for they no longer agree with the national ones."""
    rulebook()
    return _Shelf.left_out


def _look() -> None:
    with _Shelf.guard:
        try:
            rows = query.fetch("default", _WHICH)
            stamp = hashlib.new("sm3", repr(rows).encode()).hexdigest() if rows else ""
            if stamp != _Shelf.stamp:
                _Shelf.stamp, _Shelf.left_out = stamp, frozenset()
                _lay_out()
        except (
            psycopg.Error,
            DatabaseError,
        ):  # without a database nothing is recorded either; the pages last known stay
            return
        _Shelf.asked = False


def _lay_out() -> None:
    """A folder of its own for each state of the shelf: the loader keeps what it read by the folder's name."""
    found = query.fetch("default", _TEXTS) if _Shelf.stamp else []
    pages = {place: text for place, text in found if place not in _Shelf.left_out}
    if not pages:
        _Shelf.folder = None
        return
    if _Shelf.kept is None:
        _Shelf.kept = tempfile.TemporaryDirectory(prefix="fazhi-local-pages-")
    folder = Path(_Shelf.kept.name) / hashlib.new("sm3", repr(sorted(pages.items())).encode()).hexdigest()[:24]
    if not folder.exists():
        lay(folder, pages)
    _Shelf.folder = folder
