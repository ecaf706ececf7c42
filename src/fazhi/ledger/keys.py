"""Keys outside the database: the masters of bodies and the Ed25519 key of the sealer."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from fazhi.people.masters import BODY, NoKey, folder, id_of, in_turn, master

__all__ = ["NoKey", "body_key", "body_key_id", "fingerprint", "folder", "opening_keys", "public_hex", "signer"]

SEED = 32


def body_key_id() -> str:
    """Names the master key in use without telling it."""
    return id_of(master(BODY))


def body_key(matter: bytes, seq: int, salt: bytes) -> bytes:
    """The key of one body: derived from the master in use and from a salt that leaves with the row."""
    return _derived(master(BODY), matter, seq, salt)


def opening_keys(matter: bytes, seq: int, salt: bytes) -> Iterator[bytes]:
    """The keys that may open a body: under the master in use, then under older ones."""
    return (_derived(one, matter, seq, salt) for one in in_turn())


def _derived(of: bytes, matter: bytes, seq: int, salt: bytes) -> bytes:
    return hmac.digest(of, b"fazhi.ledger.body" + matter + seq.to_bytes(4, "big") + salt, "sm3")[:16]


def signer() -> Ed25519PrivateKey:
    """The sealer's key, from the first 32 bytes of seal.key."""
    return Ed25519PrivateKey.from_private_bytes(master("seal")[:SEED])


def public_hex(key: Ed25519PublicKey) -> str:
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw).hex()


def fingerprint(public: str) -> str:
    """Short name of a public key given in hex."""
    return "sm3:" + hashlib.new("sm3", bytes.fromhex(public)).hexdigest()[:32]
