"""The archive package of a closed matter: list of contents, entries, texts, files and proofs, in one file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any
from uuid import UUID

from fazhi import archive
from fazhi.cluster.passwords import write_private
from fazhi.jobs.unpack import DIGESTS, FORM, MANIFEST, Contents, digest_of, json_of
from fazhi.ledger import MatterView, keys, now, query, read
from fazhi.ledger.entry import EntryLine
from fazhi.ledger.proof import proofs
from fazhi.people import parties, units
from fazhi.reach.follow import is_open

_HEAD = (
    "select procedure, page, opened, unit, parent, parent_thread, old_number, external_number"
    " from ledger_matter where id = %s"
)
_PAGE = "select name, in_force, text from ledger_page where digest = %s"
_SALTS = "select seq, salt from ledger_body where matter = %s"


class CannotPackage(RuntimeError):
    """The matter cannot be handed over yet; the words say why and what to do."""


def package(matter: UUID, file: Path) -> Contents:
    """Write the package of a closed matter with its sub-matters. It holds texts and names in the clear: only its owner
    may read the file, and whoever takes it into the archive keeps it as the original."""
    if file.exists():
        raise CannotPackage(f"{file} 已经存在，没有覆盖：请换一个文件名。")
    view = read(matter)
    if is_open(view):
        raise CannotPackage("这件事项还没有办结，不能移交归档；办结以后再打包。")
    parts: dict[str, bytes] = {}
    family = list(_family(view))
    for one in family:
        parts |= _parts(one)
    parts["parties.json"] = json_of([asdict(one) for one in parties.clear_many(_named(family)).values()])
    public = keys.public_hex(keys.signer().public_key())
    contents = Contents(
        form=FORM,
        made_at=now().isoformat(timespec="seconds"),
        matter=str(matter),
        number=view.number or "",
        title=str(view.page.title),
        unit=units.name_of(view.unit),
        entries=sum(len(one.entries) for one in family),
        public_key=public,
        parts={name: digest_of(data) for name, data in sorted(parts.items())},
    )
    write_private(file, _zipped(contents, parts))
    return contents


def _zipped(contents: Contents, parts: dict[str, bytes]) -> bytes:
    told = json_of(asdict(contents))
    signature = keys.signer().sign(digest_of(told).encode()).hex()
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as box:
        box.writestr(MANIFEST, told)
        box.writestr(DIGESTS, json_of({"digest": digest_of(told), "signature": signature}))
        for name, data in sorted(parts.items()):
            box.writestr(name, data)
    return kept.getvalue()


def _family(view: MatterView) -> Iterator[MatterView]:
    yield view
    for child in view.children:
        yield from _family(read(child.id))


def _named(family: list[MatterView]) -> list[UUID]:
    return list(dict.fromkeys(party for one in family for party in one.parties))


def _parts(view: MatterView) -> dict[str, bytes]:
    head = query.fetch("default", _HEAD, [view.id])[0]
    names = ("procedure", "page", "opened", "unit", "parent", "parent_thread", "old_number", "external_number")
    proven = proofs(view.id)
    if len(proven) < len(view.entries):
        raise CannotPackage("还有记录没有封存：请先运行 fazhi record seal，再打包。")
    name, in_force, text = query.fetch("default", _PAGE, [view.page.digest])[0]
    salts = {seq: bytes(salt).hex() for seq, salt in query.fetch("default", _SALTS, [view.id])}
    matter = {
        "id": view.id,
        "head": dict(zip(names, head, strict=True)),
        "page": {"name": name, "in_force": in_force, "digest": view.page.digest, "text": text},
        "units": {str(one): units.name_of(one) for one in {view.unit, *(line.unit for line in view.entries)}},
        "entries": [_entry(view, line, salts, proven[line.seq].as_values()) for line in view.entries],
    }
    parts = {f"matters/{view.id}.json": json_of(matter)}
    files = dict.fromkeys(
        UUID(one) for line in view.entries for word in ("files", "file") for one in line.fields.get(word, "").split()
    )
    for one in files:
        try:
            stored = archive.open(one)
        except archive.Gone:
            continue  # erased: the entry that says so is among the entries
        parts[f"files/{one}"] = stored.data
        parts[f"files/{one}.json"] = json_of({"name": stored.name, "media": stored.media, "digest": stored.digest})
    return parts


def _entry(view: MatterView, line: EntryLine, salts: dict[int, str], proof: dict[str, Any]) -> dict[str, Any]:
    kind = view.page.kind(line.kind)
    return {
        "title": str(kind.title) if kind else line.kind,
        "line": asdict(line),
        "salt": salts.get(line.seq),
        "body": view.body(line.seq) if line.seq in salts else None,
        "proof": proof,
    }
