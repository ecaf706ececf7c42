"""Keys from the folder outside the database: marks (HMAC-SM3), and sealing (SM4-GCM) with one data key a row."""

from __future__ import annotations

import hmac
import os
from collections.abc import Iterable
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from fazhi.people import masters

SM4_GCM = b"\x01"
NONCE, TAG = 12, 16


def new_key() -> bytes:
    """A data key of 128 bits."""
    return os.urandom(16)


def mark(purpose: str, text: str, *, key: str = "body") -> str:
    """A keyed digest by which equal texts are found without keeping them: `sm3:` and 64 hex digits."""
    master = masters.marks() if key == masters.BODY else masters.master(key)
    return "sm3:" + hmac.digest(_derived(master, "mark." + purpose), text.encode(), "sm3").hex()


def derived(purpose: str) -> bytes:
    """A key of 128 bits for one purpose, from the master key of codes."""
    return _derived(masters.master("code"), "seal." + purpose)[:16]


def wrap(key: bytes, owner: bytes) -> bytes:
    """A data key sealed under the master key, bound to the row that owns it."""
    return seal(_derived(masters.master(masters.BODY), "wrap")[:16], key, owner)


def unwrap(wrapped: bytes, owner: bytes) -> bytes:
    """The data key, under whichever master key it was wrapped; InvalidTag if it was under none of them."""
    return unseal_with((_derived(one, "wrap")[:16] for one in masters.in_turn()), wrapped, owner)


def rewrap(wrapped: bytes, owner: bytes) -> bytes | None:
    """The same data key under the master key in use; None if it is so already."""
    own = _derived(masters.master(masters.BODY), "wrap")[:16]
    try:
        unseal(own, wrapped, owner)
    except InvalidTag:
        return seal(own, unwrap(wrapped, owner), owner)
    return None


def unseal_with(keys: Iterable[bytes], sealed: bytes, owner: bytes) -> bytes:
    """The text under the first key that opens it; InvalidTag if none does."""
    for key in keys:
        try:
            return unseal(key, sealed, owner)
        except InvalidTag:
            continue
    raise InvalidTag


def seal(key: bytes, text: bytes, owner: bytes) -> bytes:
    """Algorithm byte, nonce, cipher text, tag; `owner` is bound but not kept."""
    nonce = os.urandom(NONCE)
    work = Cipher(algorithms.SM4(key), modes.GCM(nonce)).encryptor()
    work.authenticate_additional_data(SM4_GCM + owner)
    return SM4_GCM + nonce + work.update(text) + work.finalize() + work.tag


def unseal(key: bytes, sealed: bytes, owner: bytes) -> bytes:
    """The text; cryptography's InvalidTag if a byte was changed or the row is another's."""
    if sealed[:1] != SM4_GCM:
        raise ValueError("密文的算法标识未知，请用封存时的程序版本打开。")
    nonce, body, tag = sealed[1 : 1 + NONCE], sealed[1 + NONCE : -TAG], sealed[-TAG:]
    work = Cipher(algorithms.SM4(key), modes.GCM(nonce, tag)).decryptor()
    work.authenticate_additional_data(SM4_GCM + owner)
    return work.update(body) + work.finalize()


@lru_cache(maxsize=64)
def _derived(master: bytes, purpose: str) -> bytes:
    return hmac.digest(master, b"fazhi.people." + purpose.encode(), "sm3")
