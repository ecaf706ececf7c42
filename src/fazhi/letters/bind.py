"""Binds a matter's file into one PDF with typst: the faces there are, what can be shown, and the compiling."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

SERIF = ("FangSong", "FangSong_GB2312", "STFangsong", "Noto Serif CJK SC", "Source Han Serif SC", "SimSun")
SANS = ("SimHei", "STHeiti", "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei")
ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "application/pdf": "pdf"}
MEMORY = Path("/dev/shm")  # noqa: S108 - a private folder of a random name is made in it
SHEET = Path(__file__).with_name("whole.typ")


class NoFont(LookupError):
    """The machine has no Chinese face, so that a PDF would show empty boxes."""

    def __init__(self) -> None:
        super().__init__(
            "这台服务器没有中文字体，不能生成PDF（否则全是空框）。请管理员安装，例如 Debian 的 fonts-noto-cjk，"
            "或把仿宋、黑体字体文件放入系统字体目录，再试一次；文书的DOCX和打印页不受影响。"
        )


@cache
def faces() -> Mapping[str, Sequence[str]]:
    """The Chinese faces of this machine, best first; NoFont if there is none."""
    return chosen(typst.Fonts().families())


def chosen(families: Sequence[str]) -> Mapping[str, Sequence[str]]:
    """Of these families the ones to print with; each kind of face stands in for the other."""
    serif = [name for name in SERIF if name in families]
    sans = [name for name in SANS if name in families]
    if not serif and not sans:
        raise NoFont
    return {"serif": serif or sans, "sans": sans or serif}


def shows(data: bytes, media: str) -> bool:
    """Whether a picture or a PDF can be set on a page; a broken one must not spoil the whole file."""
    if media not in ENDINGS:
        return False
    name = f"one.{ENDINGS[media]}"
    try:
        _compile(f'#image("{name}")'.encode(), {name: data})
    except (typst.TypstError, RuntimeError):
        return False
    return True


def bind(told: Mapping[str, Any], pictures: Mapping[str, bytes]) -> bytes:
    """The PDF of a file: `told` is what whole.typ reads, `pictures` what it shows, by name."""
    content = json.dumps({**told, "fonts": faces()}, ensure_ascii=False).encode()
    return _compile(SHEET.read_bytes(), {"file.json": content, **pictures})


def _compile(main: bytes, files: Mapping[str, bytes]) -> bytes:
    """Compiled in a private folder, in memory where the machine has one: files lie in the clear and go at once."""
    with TemporaryDirectory(prefix="fazhi-", dir=MEMORY if os.access(MEMORY, os.W_OK) else None) as folder:
        for name, data in {"main.typ": main, **files}.items():
            Path(folder, name).write_bytes(data)
        made = typst.compile(Path(folder, "main.typ"), root=Path(folder))
    assert isinstance(made, bytes)
    return made
