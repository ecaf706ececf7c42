"""The random passwords of the database roles, each in a private file."""

import os
import secrets
from pathlib import Path

from fazhi.cluster import complaint
from fazhi.cluster.addresses import ROLES, SUPERUSER


def make_private(folder: Path) -> None:
    """Make a folder that only its owner may open."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def write_private(path: Path, content: bytes) -> None:
    """Write a file that only its owner may read, whole or not at all."""
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.rename(path)


def refuse_open(path: Path, wanted: int) -> None:
    """Refuse a file or folder that other accounts may open."""
    mode = path.stat().st_mode & 0o7777
    if mode & 0o077:
        raise complaint.too_open(path, mode, wanted)


def read(folder: Path) -> dict[str, str]:
    """The password of every role; those that are missing are made."""
    make_private(folder)
    refuse_open(folder, 0o700)
    found = {}
    for role in (*ROLES, SUPERUSER):
        path = folder / role
        if not path.exists():
            write_private(path, secrets.token_urlsafe(32).encode())
        refuse_open(path, 0o600)
        found[role] = path.read_text("ascii").strip()
    return found
