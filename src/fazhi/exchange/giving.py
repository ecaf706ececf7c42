"""A file given to a partner: what we did in its matters since the last one, numbered, digested, then receipted."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction

from fazhi import archive
from fazhi.cluster.passwords import write_private
from fazhi.exchange.links import Linked, alone, folder
from fazhi.exchange.models import File, Row
from fazhi.exchange.receipts import BadReceipt, read_theirs, sign
from fazhi.exchange.sheet import digest_of
from fazhi.ledger import MatterView, now, query, read_many, today
from fazhi.ledger.elsewhere import ELSEWHERE, SYSTEM
from fazhi.ledger.seal import last_position
from fazhi.people import masks, parties
from fazhi.rulebook.partners import Gives

NEWS = "fazhi-exchange-file-1"
_NEW = """
select distinct on (p.position) e.matter, e.seq, n.number
from exchange_number n join ledger_entry e on e.matter = n.matter join ledger_position p on p.entry = e.id
where n.system = %(system)s and p.position <= %(last)s and e.kind = any (%(kinds)s)
  and not starts_with(e.key, %(theirs)s)
  and (p.position > %(since)s or exists (
    select from ledger_entry m join ledger_position q on q.entry = m.id
    where m.matter = n.matter and m.kind = %(named)s and m.fields ->> %(word)s = %(system)s
      and not starts_with(m.key, %(theirs)s) and q.position > %(since)s and q.position <= %(last)s))
order by p.position, n.id
"""


class GivesNothing(LookupError):
    """The page of the partner says nothing that goes back to it."""


@dataclass(frozen=True, slots=True)
class Given:
    """A file that was given; `repeated` if nothing had happened since it was."""

    file: UUID
    name: str
    serial: int
    rows: int
    digest: str
    path: Path
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """One of our entries as a row of the file."""

    matter: UUID
    number: str
    cells: tuple[str, ...]


def give(one: Linked, *, day: date | None = None) -> Given:
    """Everything sealed since the last file, as the file of this day. Nothing new: the one there is."""
    gives, day = one.partner.gives, day or today()
    if gives is None:
        raise GivesNothing(f"“{one.partner.title}”的页面没有写要回传什么（gives）。")
    with alone(one.partner), transaction.atomic():
        before = File.objects.filter(partner=one.partner.name, way="out").order_by("-serial").first()
        last = last_position("default")
        told = list(_news(one, gives, before.position if before else 0, last))
        if before and not told and before.day >= day:
            return _given(one, before, repeated=True)
        serial = before.serial + 1 if before else 1
        data = _written(one, gives, told)
        name = gives.file.format(day=f"{day:%Y%m%d}", serial=f"{serial:03d}")
        file = File.objects.create(
            partner=one.partner.name,
            way="out",
            day=day,
            serial=serial,
            name=name,
            digest=digest_of(data),
            stored=archive.put_bytes(data, name, one.actor),
            rows=len(told),
            done=True,
            position=last,
        )
        rows = (
            Row(file=file, row=place, number=line.number, state="given", matter=line.matter)
            for place, line in enumerate(told, 2)
        )
        Row.objects.bulk_create(rows)
        place = folder(one.partner, "out")
        write_private(place / name, data)
        slip = sign(_slip(file, before))
        write_private(place / f"{name}.json", json.dumps(slip, ensure_ascii=False, indent=1).encode())
        return _given(one, file)


def _given(one: Linked, file: File, *, repeated: bool = False) -> Given:
    path = folder(one.partner, "out") / file.name
    return Given(file.pk, file.name, file.serial, file.rows, file.digest, path, repeated)


def _slip(file: File, before: File | None) -> dict[str, Any]:
    """What goes beside the file, so that the other side can see whether one is missing or was changed."""
    return {
        "kind": NEWS,
        "partner": file.partner,
        "file": file.name,
        "file_digest": file.digest,
        "day": file.day.isoformat(),
        "serial": file.serial,
        "rows": file.rows,
        "before": before.digest if before else "",
        "made_at": now().isoformat(timespec="seconds"),
    }


def _news(one: Linked, gives: Gives, since: int, last: int) -> Iterator[Told]:
    values = {
        "system": one.partner.name,
        "last": last,
        "since": since,
        "kinds": list(gives.steps),
        "theirs": f"exchange:{one.partner.name}:",
        "named": ELSEWHERE,
        "word": SYSTEM,
    }
    found = query.fetch("default", _NEW, values)
    views = read_many({matter for matter, _, _ in found}, bodies=True)
    for matter, seq, number in found:
        yield Told(matter, number, tuple(_cells(gives, views[matter], seq, number)))


def _cells(gives: Gives, view: MatterView, seq: int, number: str) -> Iterator[str]:
    line = view.entry(seq)
    assert line is not None
    for what in gives.columns.values():
        if what == "text":
            body = view.body(seq) or {}
            yield masks.contacts(body.get("text", ""), parties.told(view.parties, places=False))
        elif what == "corrects":
            yield ("撤销" if line.strikes else "更正") + str(line.corrects) if line.corrects else ""
        elif what.startswith("field:"):
            name = what.removeprefix("field:")
            title = view.page.choices.get((name, line.fields.get(name, "")))
            yield str(title) if title else line.fields.get(name, "")
        else:
            plain = {"number": number, "entry": str(seq), "step": gives.steps[line.kind], "day": line.day.isoformat()}
            yield plain[what]


def _written(one: Linked, gives: Gives, told: list[Told]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=one.partner.delimiter)
    writer.writerow(gives.columns)
    writer.writerows(line.cells for line in told)
    return out.getvalue().encode(one.partner.encoding, errors="replace")


def receive_receipt(one: Linked, text: str) -> File:
    """Read the partner's receipt for a file of ours; BadReceipt if it is for none. The same again changes nothing."""
    said = read_theirs(text)
    files = File.objects.filter(partner=one.partner.name, way="out", digest=said["file_digest"])
    file = files.filter(answered_at=None).order_by("serial").first() or files.order_by("-serial").first()
    if file is None:
        raise BadReceipt("没有给过摘要是这样的文件：回执可能张冠李戴，请对方核对所收文件的摘要。")
    if file.answered_at is None:
        wrong = {line["row"]: line["reason"] for line in said["refused"]}
        with transaction.atomic():
            file.answer, file.answered_at = said, now()
            file.save(update_fields=["answer", "answered_at"])
            for row in file.lines.filter(row__in=list(wrong)):
                row.state, row.reason = "refused", wrong[row.row]
                row.save(update_fields=["state", "reason", "at"])
    return file
