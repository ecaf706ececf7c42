"""What the background does for every partner: take what lies in its folder, give once a day, forget what was erased."""

from __future__ import annotations

import logging
from datetime import timedelta
from pathlib import Path

from django.db import transaction

from fazhi import archive
from fazhi.cluster.passwords import write_private
from fazhi.exchange.giving import give, receive_receipt
from fazhi.exchange.links import Busy, Linked, every_link, folder, pages
from fazhi.exchange.models import File
from fazhi.exchange.receipts import BadReceipt
from fazhi.exchange.sheet import BadFile, is_called
from fazhi.exchange.taking import take
from fazhi.ledger import query, today

log = logging.getLogger("fazhi.exchange")
LARGEST = archive.LARGEST
_ERASED = """
select distinct f.id, f.stored from exchange_file f join exchange_row r on r.file_id = f.id
join ledger_entry e on e.matter = r.matter
where f.stored is not null and e.kind = 'erased' and e.recorded_at >= f.made_at
"""


def run_all() -> int:
    """Everything once; how many files were taken, given or forgotten. What one partner meets stops no other."""
    done = forget()
    for one in every_link():
        try:
            done += take_folder(one) + give_daily(one)
        except Busy:
            continue
    return done


def take_folder(one: Linked) -> int:
    """Every file of the folder in the order of its name. What was taken leaves it: the archive keeps it under a key."""
    done = 0
    for path in sorted(folder(one.partner, "in").iterdir()):
        if not path.is_file() or path.suffix in (".part", ".tmp"):
            continue
        try:
            done += _take(one, path)
        except (BadFile, BadReceipt) as bad:
            _refuse(one, path, str(bad))
    return done


def _take(one: Linked, path: Path) -> int:
    if path.suffix == ".json":
        receive_receipt(one, path.read_text("utf-8-sig", errors="replace"))
    elif not is_called(one.partner, path.name):
        raise BadFile(f"文件名不合约定：应形如 {one.partner.example}。")
    elif path.stat().st_size > LARGEST:
        raise BadFile(f"文件超过{LARGEST // 2**20} MB：请对方分成几份。")
    else:
        take(one, path.read_bytes(), path.name)
    path.unlink()
    return 1


def _refuse(one: Linked, path: Path, why: str) -> None:
    """Out of the way, with a note beside it that says why; the name of the file goes into no log."""
    place = folder(one.partner, "refused")
    path.replace(place / path.name)
    write_private(place / f"{path.name}.原因.txt", why.encode())
    log.warning("对接方 %s 的一个文件没有收下，原因写在 refused 文件夹里", one.partner.name)


def give_daily(one: Linked) -> int:
    """The file of yesterday, once it is over."""
    yesterday = today() - timedelta(1)
    if one.partner.gives is None or one.since > yesterday:
        return 0
    if File.objects.filter(partner=one.partner.name, way="out", day__gte=yesterday).exists():
        return 0
    return int(not give(one, day=yesterday).repeated)


def forget() -> int:
    """Erase kept files that tell of matters whose personal data was erased since; how many. Their digests stay."""
    gone = 0
    for file, stored in query.fetch("default", _ERASED):
        with transaction.atomic():
            archive.erase(stored)
            gone += File.objects.filter(pk=file, stored=stored).update(stored=None)
        row = File.objects.get(pk=file)
        if row.way == "out" and row.partner in pages():
            (folder(pages()[row.partner], "out") / row.name).unlink(missing_ok=True)
    return gone
