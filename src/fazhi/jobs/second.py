"""Keeping the second place: files and lists copied each minute, a base copy of the database each night."""

from __future__ import annotations

import shutil
import threading
from datetime import timedelta
from pathlib import Path

from django.conf import settings

from fazhi.cluster import second
from fazhi.cluster.passwords import make_private, write_private
from fazhi.jobs import erasures
from fazhi.jobs.job import log
from fazhi.ledger import now
from fazhi.ledger.receipt import receipt

EVERY = timedelta(days=1)
_running: list[threading.Thread] = []


def copy() -> int:
    """How many files were copied or taken away. The base copy is made in a thread of its own when the last is a day
    old, for sealing must not wait."""
    there: Path | None = settings.FAZHI_SECOND
    if there is None:
        return 0
    write_private(there / "erasures.json", erasures.newest().joined(erasures.collect()).as_json().encode())
    slip = receipt()
    if slip is not None:
        write_private(there / "receipt.json", slip.as_json().encode())
    count = _same_files(Path(settings.FAZHI_HOME) / "files", there / "files")
    _running[:] = [one for one in _running if one.is_alive()]
    made = second.bases(there)
    if not _running and (not made or now() - made[-1][0] > EVERY):
        thread = threading.Thread(target=_copy_base, args=(there,), daemon=True)
        _running.append(thread)
        thread.start()
    return count


def _copy_base(there: Path) -> None:
    try:
        made = second.copy_base(there, Path(settings.FAZHI_HOME) / "cluster")
        log.info("已在第二存放处作完整副本：%s", made.name)
    except Exception as error:  # the next round tries again
        log.error("第二存放处的完整副本没有作成：%s", type(error).__name__)


def _same_files(source: Path, target: Path) -> int:
    """A file that was erased leaves the second place too."""
    make_private(target)
    here = {path.relative_to(source) for path in source.glob("*/*") if path.suffix != ".part"}
    there = {path.relative_to(target) for path in target.glob("*/*") if path.suffix != ".part"}
    for name in here - there:
        (target / name).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = (target / name).with_suffix(".part")
        try:
            shutil.copyfile(source / name, part)
        except FileNotFoundError:  # erased while it was copied
            part.unlink(missing_ok=True)
            continue
        part.chmod(0o600)
        part.rename(target / name)
    for name in there - here:
        (target / name).unlink(missing_ok=True)
    return len(here ^ there)
