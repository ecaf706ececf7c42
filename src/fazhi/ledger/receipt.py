"""Receipts: a seal as it is handed out of the house, to be held against the record later."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from fazhi.ledger import keys, query
from fazhi.ledger.seal import seal_digest

KIND = "fazhi-receipt-1"


class BadReceipt(ValueError):
    """The receipt cannot be read or does not hold in itself."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """Seal `seal` over positions up to `positions`. `heads` are digests of earlier seals, ever wider apart, by which
    the place where two records part can be bracketed."""

    seal: int
    first: int
    positions: int
    root: str
    prev: str
    closed_at: str
    digest: str
    signature: str
    public_key: str
    fingerprint: str
    heads: Mapping[str, str]

    def as_json(self) -> str:
        return json.dumps({"kind": KIND, **asdict(self)}, ensure_ascii=False, indent=2, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Receipt:
        """BadReceipt if the text is no receipt, or its digest or signature do not hold."""
        try:
            values: dict[str, Any] = json.loads(text)
            kind = values.pop("kind")
            receipt = cls(**values)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BadReceipt("这不是封存回执：请使用 fazhi record receipt 导出的JSON文件。") from error
        if kind != KIND:
            raise BadReceipt(f"回执的格式“{kind}”不是本版本认识的 {KIND}。")
        receipt.check()
        return receipt

    def check(self) -> None:
        """BadReceipt unless digest and signature belong to the seal it tells of."""
        closed_at = datetime.fromisoformat(self.closed_at)
        own = seal_digest(self.seal, self.first, self.positions, self.root, self.prev, closed_at)
        if own != self.digest or keys.fingerprint(self.public_key) != self.fingerprint:
            raise BadReceipt("回执自身不一致：内容与摘要不符，可能被改动过。")
        if not signed(self.public_key, self.digest, self.signature):
            raise BadReceipt("回执的签名无效：它不是由所载密钥签发的。")


def signed(public: str, text: str, signature: str) -> bool:
    """Whether the Ed25519 signature (hex) over `text` is of the public key (hex)."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(bytes.fromhex(signature), text.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def receipt(using: str = "default") -> Receipt | None:
    """A receipt for the last closed seal, None if nothing was sealed yet."""
    statement = (
        "select n, first, last, root, prev, closed_at, digest, signature from ledger_seal order by n desc limit 1"
    )
    rows = query.fetch(using, statement)
    if not rows:
        return None
    n, first, last, root, prev, closed_at, own, signature = rows[0]
    public = keys.public_hex(keys.signer().public_key())
    back, wanted = 1, []
    while n - back >= 1:
        wanted.append(n - back)
        back *= 2
    heads = query.fetch(using, "select n, digest from ledger_seal where n = any (%s) order by n", [wanted])
    return Receipt(
        seal=n,
        first=first,
        positions=last,
        root=root,
        prev=prev,
        closed_at=closed_at.isoformat(),
        digest=own,
        signature=signature,
        public_key=public,
        fingerprint=keys.fingerprint(public),
        heads={str(number): head for number, head in heads},
    )
