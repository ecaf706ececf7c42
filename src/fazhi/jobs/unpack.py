"""Verifying an archive package by itself: no database, no key, at most a receipt that was kept outside the house."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from fazhi.ledger import digest
from fazhi.ledger.chain import line_digest, opening_digest
from fazhi.ledger.entry import EntryLine
from fazhi.ledger.erase import erased_seqs
from fazhi.ledger.follow import plain
from fazhi.ledger.pages import holds
from fazhi.ledger.proof import Proof
from fazhi.ledger.receipt import Receipt, signed

FORM = "fazhi-package-1"
MANIFEST, DIGESTS = "contents.json", "signature.json"
LARGEST = 2 * 2**30


class BadPackage(ValueError):
    """The file is no package of ours, or too damaged to be read."""


@dataclass(frozen=True, slots=True)
class Contents:
    """The list of a package. `parts` are SM3 digests by name; `public_key` sealed the record and signed this list."""

    form: str
    made_at: str
    matter: str
    number: str
    title: str
    unit: str
    entries: int
    public_key: str
    parts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found: `faults` is empty where everything holds. `compared` says whether a receipt was at hand, without
    which only this is known: all of it was sealed and signed by one and the same key."""

    contents: Contents
    faults: tuple[str, ...]
    erased: int
    compared: bool


def json_of(values: Any) -> bytes:
    return json.dumps(values, ensure_ascii=False, indent=1, sort_keys=True, default=plain).encode()


def digest_of(data: bytes) -> str:
    return "sm3:" + hashlib.new("sm3", data).hexdigest()


def verify_package(file: Path, receipt: Receipt | None = None) -> Verdict:
    """Every part against the list, the list against its signature, every entry against its chain and its seal."""
    try:
        with zipfile.ZipFile(file) as box:
            if sum(one.file_size for one in box.infolist()) > LARGEST:
                raise BadPackage("文件解开后过大，不是本平台的归档包。")
            parts = {one.filename: box.read(one) for one in box.infolist()}
        told = parts.pop(MANIFEST)
        own = json.loads(parts.pop(DIGESTS))
        contents = Contents(**json.loads(told))
    except (OSError, zipfile.BadZipFile, KeyError, TypeError, ValueError) as error:
        if isinstance(error, BadPackage):
            raise
        raise BadPackage(f"{file} 不是完整的归档包，或者已经损坏。") from error
    if contents.form != FORM:
        raise BadPackage(f"归档包的格式 {contents.form} 不是本程序认识的 {FORM}。")
    faults = _of_list(contents, parts, told, own)
    if receipt is not None:
        faults += _of_receipt(contents, receipt)
    erased = 0
    for name in sorted(parts):
        if name.startswith("matters/"):
            try:
                gone, more = _matter(json.loads(parts[name]), contents.public_key, receipt)
            except (KeyError, TypeError, ValueError):
                gone, more = 0, [f"{name} 读不懂。"]
            erased, faults = erased + gone, faults + more
    return Verdict(contents, tuple(faults), erased, receipt is not None)


def _of_list(contents: Contents, parts: Mapping[str, bytes], told: bytes, own: Mapping[str, str]) -> list[str]:
    faults = []
    if own.get("digest") != digest_of(told) or not signed(
        contents.public_key, digest_of(told), own.get("signature", "")
    ):
        faults.append("目录与签名不符：目录被改动过，或者不是由所载密钥签发的。")
    faults += [f"缺少 {name}。" for name in contents.parts if name not in parts]
    faults += [f"多出 {name}，目录里没有。" for name in parts if name not in contents.parts]
    changed = [name for name, kept in contents.parts.items() if name in parts and digest_of(parts[name]) != kept]
    return faults + [f"{name} 与目录所记的摘要不符。" for name in changed]


def _of_receipt(contents: Contents, receipt: Receipt) -> list[str]:
    receipt.check()
    if receipt.public_key != contents.public_key:
        return ["归档包与回执不是同一把密钥签发的。"]
    return []


def _matter(told: Mapping[str, Any], public: str, receipt: Receipt | None) -> tuple[int, list[str]]:
    head, matter = told["head"], UUID(told["id"])
    lines = [(_line(one["line"]), one) for one in told["entries"]]
    prev = opening_digest(
        matter,
        head["procedure"],
        head["page"],
        date.fromisoformat(head["opened"]),
        UUID(head["unit"]),
        UUID(head["parent"]) if head["parent"] else None,
        head["parent_thread"],
        head["old_number"],
        head["external_number"],
    )
    faults = [] if holds(head["page"], told["page"]["text"]) else ["规则页的全文与其摘要不符。"]
    gone = {seq for line, _ in lines for seq in erased_seqs(line)}
    erased = 0
    for place, (line, one) in enumerate(lines, 1):
        faults += _entry(line, one, place, prev, public, receipt)
        prev = line.digest
        if line.commitment and one["salt"] is None:
            erased += 1
            if line.seq not in gone:
                faults.append(f"第{line.seq}条的正文不在包里，也没有清除记录。")
    return erased, faults


def _entry(
    line: EntryLine, one: Mapping[str, Any], place: int, prev: str, public: str, receipt: Receipt | None
) -> list[str]:
    faults = []
    if line.seq != place or line.prev != prev:
        faults.append(f"第{line.seq}条与前一条不相接：其间有删除、插入、调换或改写。")
    if line_digest(line) != line.digest:
        faults.append(f"第{line.seq}条的内容与其摘要不符。")
    if line.commitment and one["salt"] is not None:
        body = digest.canonical(one["body"] or {})
        if digest.commit(bytes.fromhex(one["salt"]), body) != line.commitment:
            faults.append(f"第{line.seq}条的正文与登记时的承诺值不符。")
    proof = Proof.from_values(one["proof"])
    if what := proof.fault(line.digest, public):
        faults.append(f"第{line.seq}条的封存证明不成立（{what}）。")
    known = {**receipt.heads, str(receipt.seal): receipt.digest} if receipt else {}
    if known.get(str(proof.seal), proof.digest) != proof.digest:
        faults.append(f"第{line.seq}条所在的第{proof.seal}号封存与回执不一致。")
    return faults


def _line(values: Mapping[str, Any]) -> EntryLine:
    read: dict[str, Any] = dict(values)
    for name in ("matter", "unit", "post", "account"):
        read[name] = UUID(read[name]) if read[name] else None
    read["day"] = date.fromisoformat(read["day"])
    for name in ("moment", "recorded_at"):
        read[name] = datetime.fromisoformat(read[name]) if read[name] else None
    return EntryLine(**read)
