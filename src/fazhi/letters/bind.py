"""Binds a matter's file into one PDF with typst, and tells what can be shown in it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst

from fazhi.press.faces import faces
from fazhi.press.typeset import typeset

ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "application/pdf": "pdf"}
SHEET = Path(__file__).with_name("whole.typ")


def shows(data: bytes, media: str) -> bool:
    """Whether a picture or a PDF can be set on a page; a broken one must not spoil the whole file."""
    if media not in ENDINGS:
        return False
    name = f"one.{ENDINGS[media]}"
    try:
        typeset(f'#image("{name}")'.encode(), {name: data})
    except (typst.TypstError, RuntimeError):
        return False
    return True


def bind(told: Mapping[str, Any], pictures: Mapping[str, bytes]) -> bytes:
    """The PDF of a file: `told` is what whole.typ reads, `pictures` what it shows, by name."""
    content = json.dumps({**told, "fonts": faces()}, ensure_ascii=False).encode()
    return typeset(SHEET.read_bytes(), {"file.json": content, **pictures})
