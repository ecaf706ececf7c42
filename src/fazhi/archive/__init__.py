"""The archive: files kept as evidence, sealed under a key of their own, with the digest beside."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fazhi.archive.file import LARGEST, BadFile, Gone, Stored, check, erase, open, put, put_bytes, put_made, tidy

__all__ = ["LARGEST", "BadFile", "Gone", "Stored", "check", "erase", "open", "put", "put_bytes", "put_made", "tidy"]


def __getattr__(name: str) -> object:
    """The acts on first use: they need the tables, which are not ready while the settings are read."""
    if name in __all__:
        return getattr(import_module("fazhi.archive.file"), name)
    raise AttributeError(name)
