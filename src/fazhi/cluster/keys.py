"""The folder of keys, outside the database: made once, private, never overwritten."""

import secrets
from pathlib import Path

from fazhi.cluster import complaint
from fazhi.cluster.passwords import make_private, refuse_open, write_private

NAMES = ("body", "code", "seal", "cookie")
LENGTH = 32


def path(folder: Path, name: str) -> Path:
    """The file of one key."""
    return folder / f"{name}.key"


def make(folder: Path) -> None:
    """Make the keys where there are none at all: body (of encrypted bodies), code (of query codes), seal (Ed25519,
    private, raw) and cookie (of sessions). 32 random bytes each. Refuses wide permissions, and never fills a gap."""
    make_private(folder)
    missing = [name for name in NAMES if not path(folder, name).exists()]
    if len(missing) == len(NAMES):
        for name in NAMES:
            write_private(path(folder, name), secrets.token_bytes(LENGTH))
        missing = []
    if missing:
        raise complaint.missing_key(path(folder, missing[0]))
    check(folder)


def check(folder: Path) -> None:
    """Refuse a folder or a key that other accounts may open, or a key of the wrong length."""
    refuse_open(folder, 0o700)
    for name in NAMES:
        refuse_open(path(folder, name), 0o600)
        if path(folder, name).stat().st_size != LENGTH:
            raise complaint.missing_key(path(folder, name))


def read(folder: Path, name: str) -> bytes:
    """The 32 bytes of one key."""
    check(folder)
    return path(folder, name).read_bytes()
