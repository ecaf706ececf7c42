"""Digests of the record: canonical bytes, SM3, commitments and the Merkle root. Every digest names its algorithm."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

ALGORITHM = "sm3"
_KNOWN = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"  # GB/T 32905-2016, A.1: "abc"


def sm3(data: bytes) -> str:
    """`sm3:` and 64 hex digits."""
    return f"{ALGORITHM}:{hashlib.new(ALGORITHM, data).hexdigest()}"


def commit(salt: bytes, body: bytes) -> str:
    """The commitment that stands on the line: without the salt it tells nothing of the body."""
    return f"hmac-{ALGORITHM}:{hmac.digest(salt, body, ALGORITHM).hex()}"


def check_algorithm() -> None:
    """Refuse to run where SM3 is missing or wrong, before a single digest is written."""
    if ALGORITHM not in hashlib.algorithms_available or hashlib.new(ALGORITHM, b"abc").hexdigest() != _KNOWN:
        raise RuntimeError(
            "本机的OpenSSL不提供正确的SM3算法，无法保证记录的完整性：请安装带SM3的OpenSSL 1.1.1以上版本。"
        )


def canonical(values: Mapping[str, Any]) -> bytes:
    """The one byte string of a record: JSON, keys sorted, instants in UTC to the microsecond."""
    return _WRITER.encode(values).encode()


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"no canonical form for {type(value).__name__}")


_WRITER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)


def leaf(position: int, digest: str) -> bytes:
    return hashlib.new(ALGORITHM, b"\0" + f"{position}:{digest}".encode()).digest()


def merkle(leaves: Sequence[bytes]) -> str:
    """The root over leaves in order; an odd one is carried up as it is, so no two lists share a root."""
    level = list(leaves)
    if not level:
        return sm3(b"")
    while len(level) > 1:
        pairs = [hashlib.new(ALGORITHM, b"\1" + a + b).digest() for a, b in zip(level[::2], level[1::2], strict=False)]
        level = pairs + level[len(pairs) * 2 :]
    return f"{ALGORITHM}:{level[0].hex()}"
