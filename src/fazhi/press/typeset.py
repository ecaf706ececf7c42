"""Compiles typst in a private folder that is gone afterwards."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import typst

MEMORY = Path("/dev/shm")  # noqa: S108 - a private folder of a random name is made in it


def typeset(main: bytes, files: Mapping[str, bytes]) -> bytes:
    """The PDF of `main` beside `files`, in memory where the machine has one: files lie in the clear and go at once."""
    with TemporaryDirectory(prefix="fazhi-", dir=MEMORY if os.access(MEMORY, os.W_OK) else None) as folder:
        for name, data in {"main.typ": main, **files}.items():
            Path(folder, name).write_bytes(data)
        made = typst.compile(Path(folder, "main.typ"), root=Path(folder))
    assert isinstance(made, bytes)
    return made
