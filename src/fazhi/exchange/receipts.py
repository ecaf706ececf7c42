"""Receipts of files: what became of every row, with the digest of the file, signed with the key of the seals."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from fazhi.exchange.models import File
from fazhi.ledger import keys, now
from fazhi.ledger.receipt import signed

KIND = "fazhi-exchange-receipt-1"
ACCEPTED = ("opened", "recorded", "changed", "already", "older")


class BadReceipt(ValueError):
    """The receipt cannot be read, or does not belong to the file; nothing was changed."""


def make(file: File, lines: list[dict[str, Any]], earlier: list[dict[str, Any]]) -> dict[str, Any]:
    """The receipt of a file that came: every row, and rows of earlier files that could be entered now."""
    states = [line["state"] for line in lines]
    said: dict[str, Any] = {
        "kind": KIND,
        "partner": file.partner,
        "file": file.name,
        "file_digest": file.digest,
        "day": file.day.isoformat(),
        "serial": file.serial,
        "rows": len(lines),
        "accepted": sum(state in ACCEPTED for state in states),
        "waiting": states.count("waiting"),
        "refused": states.count("refused"),
        "lines": lines,
        "earlier": earlier,
        "made_at": now().isoformat(timespec="seconds"),
    }
    return sign(said)


def sign(said: Mapping[str, Any]) -> dict[str, Any]:
    """The same with digest, signature and the public key that checks it."""
    own = digest_of(said)
    signer = keys.signer()
    public = keys.public_hex(signer.public_key())
    return {**said, "digest": own, "signature": signer.sign(own.encode()).hex(), "public_key": public}


def digest_of(said: Mapping[str, Any]) -> str:
    """`sm3:<hex>` of what is said, in one spelling, without digest and signature."""
    plain = {name: value for name, value in said.items() if name not in ("digest", "signature", "public_key")}
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return "sm3:" + hashlib.new("sm3", text.encode()).hexdigest()


def holds(said: Mapping[str, Any]) -> bool:
    """Whether digest and signature belong to what is said."""
    own = said.get("digest", "")
    return own == digest_of(said) and signed(said.get("public_key", ""), own, said.get("signature", ""))


def read_theirs(text: str) -> dict[str, Any]:
    """A receipt for a file of ours: `file_digest`, and in `lines` the rows that were refused and why; BadReceipt."""
    try:
        said: dict[str, Any] = json.loads(text)
        lines = [_line(line) for line in said.get("lines", [])]
        digest = said["file_digest"]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        message = "这不是回执：应为 JSON，写有 file_digest（所收文件的摘要）和 lines（逐行的 row、state、reason）。"
        raise BadReceipt(message) from error
    if "signature" in said and not holds(said):
        raise BadReceipt("回执自身不一致：内容与摘要或签名不符，可能被改动过。")
    refused = [line for line in lines if line["state"] == "refused"]
    return {"file_digest": digest, "rows": int(said.get("rows", len(lines)) or 0), "refused": refused}


def _line(said: Mapping[str, Any]) -> dict[str, Any]:
    return {"row": int(said["row"]), "state": str(said["state"]), "reason": str(said.get("reason", ""))[:400]}
