"""Keys from the folder outside the database: marks (HMAC-SM3), and sealing (SM4-GCM) with one data key a row."""

from __future__ import annotations

import hmac
import os
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from django.conf import settings

SM4_GCM = b"\x01"
NONCE, TAG = 12, 16


class NoKey(RuntimeError):
    """A key file is missing or too short: nothing is sealed under a guess."""


def new_key() -> bytes:
    """A data key of 128 bits."""
    return os.urandom(16)


def mark(purpose: str, text: str, *, key: str = "body") -> str:
    """A keyed digest by which equal texts are found without keeping them: `sm3:` and 64 hex digits."""
    return "sm3:" + hmac.digest(_derived(key, "mark." + purpose), text.encode(), "sm3").hex()


def wrap(key: bytes, owner: bytes) -> bytes:
    """A data key sealed under the master key, bound to the row that owns it."""
    return seal(_derived("body", "wrap")[:16], key, owner)


def unwrap(wrapped: bytes, owner: bytes) -> bytes:
    return unseal(_derived("body", "wrap")[:16], wrapped, owner)


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
def _derived_from(path: Path, purpose: str) -> bytes:
    try:
        master = path.read_bytes()
    except FileNotFoundError as error:
        raise NoKey(f"缺少密钥文件 {path.name}：请从密钥备份恢复到密钥目录；没有它，个人信息无法读取。") from error
    if len(master) < 32:
        raise NoKey(f"密钥文件 {path.name} 不足32字节，可能已损坏：请从密钥备份恢复。")
    return hmac.digest(master, b"fazhi.people." + purpose.encode(), "sm3")


def _derived(key: str, purpose: str) -> bytes:
    return _derived_from(Path(settings.FAZHI_KEYS) / f"{key}.key", purpose)
