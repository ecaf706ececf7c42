"""Bodies: free text sealed one row an entry, with a salt of its own that is erased with it."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag

from fazhi.ledger import digest, keys
from fazhi.people import sealing

SALT = 16


@dataclass(frozen=True, slots=True)
class SealedBody:
    """What is stored, and the commitment that goes onto the line."""

    salt: bytes
    sealed: bytes
    commitment: str


class BodyAltered(ValueError):
    """The stored body is not the one that was recorded."""


def seal_body(matter: UUID, seq: int, body: Mapping[str, str]) -> SealedBody:
    plain = digest.canonical(dict(body))
    salt = os.urandom(SALT)
    key = keys.body_key(matter.bytes, seq, salt)
    return SealedBody(salt, sealing.seal(key, plain, _owner(matter, seq)), digest.commit(salt, plain))


def open_body(matter: UUID, seq: int, salt: bytes, sealed: bytes, commitment: str) -> dict[str, str]:
    """The body as recorded; BodyAltered if ciphertext, salt or commitment do not fit each other."""
    try:
        plain = sealing.unseal_with(keys.opening_keys(matter.bytes, seq, salt), sealed, _owner(matter, seq))
    except (InvalidTag, ValueError) as error:
        raise BodyAltered(f"第{seq}条的正文无法还原：密文或密钥与登记时不符。") from error
    if digest.commit(salt, plain) != commitment:
        raise BodyAltered(f"第{seq}条的正文与登记时的承诺值不符。")
    body: dict[str, str] = json.loads(plain)
    return body


def reseal_body(matter: UUID, seq: int, salt: bytes, sealed: bytes) -> bytes | None:
    """The same body under the master key in use; None if it is so already. Salt and commitment stay as they are."""
    own, owner = keys.body_key(matter.bytes, seq, salt), _owner(matter, seq)
    try:
        sealing.unseal(own, sealed, owner)
    except InvalidTag:
        return sealing.seal(own, sealing.unseal_with(keys.opening_keys(matter.bytes, seq, salt), sealed, owner), owner)
    return None


def _owner(matter: UUID, seq: int) -> bytes:
    return matter.bytes + seq.to_bytes(4, "big")
