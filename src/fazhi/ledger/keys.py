"""Keys outside the database: the master of bodies and the Ed25519 key of the sealer."""

from __future__ import annotations

import hashlib
import hmac
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

SEED = 32


class NoKey(RuntimeError):
    """A key file is missing or damaged; nothing is written or read under a guess."""


@lru_cache(maxsize=16)
def _read(folder: str | Path, name: str) -> bytes:
    path = Path(folder) / name
    try:
        key = path.read_bytes()
    except FileNotFoundError as error:
        raise NoKey(f"缺少密钥文件 {path.name}：请从密钥备份恢复到密钥目录后再试，数据未受影响。") from error
    if len(key) < SEED:
        raise NoKey(f"密钥文件 {path.name} 不足32字节，可能已损坏：请从密钥备份恢复。")
    return key


def folder() -> Path:
    return Path(settings.FAZHI_KEYS)


def _master(name: str) -> bytes:
    return _read(settings.FAZHI_KEYS, name)


def body_key_id() -> str:
    """Names the master key without telling it."""
    return _id_of(_master("body.key"))


@lru_cache(maxsize=16)
def _id_of(master: bytes) -> str:
    return hashlib.new("sm3", b"fazhi.ledger.id" + master).hexdigest()[:12]


def body_key(matter: bytes, seq: int, salt: bytes) -> bytes:
    """The key of one body: derived from the master and from a salt that leaves with the row."""
    owner = b"fazhi.ledger.body" + matter + seq.to_bytes(4, "big") + salt
    return hmac.digest(_master("body.key"), owner, "sm3")[:16]


def signer() -> Ed25519PrivateKey:
    """The sealer's key, from the first 32 bytes of seal.key."""
    return Ed25519PrivateKey.from_private_bytes(_master("seal.key")[:SEED])


def public_hex(key: Ed25519PublicKey) -> str:
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw).hex()


def fingerprint(public: str) -> str:
    """Short name of a public key given in hex."""
    return "sm3:" + hashlib.new("sm3", bytes.fromhex(public)).hexdigest()[:32]


def forget() -> None:
    """Read the key files again, after they were replaced."""
    _read.cache_clear()
