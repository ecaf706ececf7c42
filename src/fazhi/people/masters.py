"""The master keys in their folder outside the database: the one in use, and older ones until nothing is under them."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from django.conf import settings

LEAST = 32
BODY = "body"
MARKS = "mark"


class NoKey(RuntimeError):
    """A key file is missing or too short: nothing is sealed or opened under a guess."""


def folder() -> Path:
    return Path(settings.FAZHI_KEYS)


def master(name: str) -> bytes:
    """The key in use of this name, read again once its file is another."""
    return _read(folder() / f"{name}.key")


def marks() -> bytes:
    """The key of marks: the first body key for good, for marks are compared with those made before."""
    kept = folder() / f"{MARKS}.key"
    return _read(kept) if kept.exists() else master(BODY)


def body_keys() -> tuple[bytes, ...]:
    """The body key in use, then older ones under which something may still lie."""
    older = sorted(folder().glob(f"{BODY}-*.key"))
    own = master(BODY)
    return (own, *(key for key in map(_read, older) if key != own))


def id_of(key: bytes) -> str:
    """Names a key without telling it."""
    return _id_of(key)


def _read(path: Path) -> bytes:
    try:
        found = path.stat()
    except FileNotFoundError as error:
        raise NoKey(f"缺少密钥文件 {path.name}：请从密钥备份恢复到密钥目录；没有它，正文无法读出。") from error
    return _content(path, found.st_ino, found.st_mtime_ns)


@lru_cache(maxsize=64)
def _content(path: Path, number: int, changed: int) -> bytes:
    """By the file's number and moment, so that a process that runs for weeks sees a key that was replaced."""
    key = path.read_bytes()
    if len(key) < LEAST:
        raise NoKey(f"密钥文件 {path.name} 不足32字节，可能已损坏：请从密钥备份恢复。")
    return key


@lru_cache(maxsize=16)
def _id_of(key: bytes) -> str:
    return hashlib.new("sm3", b"fazhi.ledger.id" + key).hexdigest()[:12]
