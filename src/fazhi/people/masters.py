"""The master keys in their folder outside the database: the one in use, and older ones until nothing is under them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
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
    return _read(f"{settings.FAZHI_KEYS}/{name}.key")


def marks() -> bytes:
    """The key of marks: the first body key for good, for marks are compared with those made before."""
    kept = folder() / f"{MARKS}.key"
    return _read(str(kept)) if kept.exists() else master(BODY)


def body_keys() -> tuple[bytes, ...]:
    """The body key in use, then older ones under which something may still lie."""
    return tuple(in_turn())


def in_turn() -> Iterator[bytes]:
    """The same one by one: what opens under the key in use does not look for older ones."""
    own = master(BODY)
    yield own
    yield from (key for key in map(_read, sorted(map(str, folder().glob(f"{BODY}-*.key")))) if key != own)


def id_of(key: bytes) -> str:
    """Names a key without telling it."""
    return _id_of(key)


def _read(path: str) -> bytes:
    try:
        found = os.stat(path)  # noqa: PTH116 — asked for every body opened, and a Path takes five times as long
    except FileNotFoundError as error:
        name = Path(path).name
        raise NoKey(f"缺少密钥文件 {name}：请从密钥备份恢复到密钥目录；没有它，正文无法读出。") from error
    return _content(path, found.st_ino, found.st_mtime_ns)


@lru_cache(maxsize=64)
def _content(path: str, number: int, changed: int) -> bytes:
    """By the file's number and moment, so that a process that runs for weeks sees a key that was replaced."""
    key = Path(path).read_bytes()
    if len(key) < LEAST:
        raise NoKey(f"密钥文件 {Path(path).name} 不足32字节，可能已损坏：请从密钥备份恢复。")
    return key


@lru_cache(maxsize=16)
def _id_of(key: bytes) -> str:
    return hashlib.new("sm3", b"fazhi.ledger.id" + key).hexdigest()[:12]
