"""Pages as they come out: signs with place, face and size, and rules, in millimetres from the upper left corner."""

from __future__ import annotations

import ctypes
import itertools
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pypdfium2.raw as raw
import pytest

ALIASES = {
    "仿宋_GB2312": "Noto Serif CJK SC",
    "方正小标宋简体": "Noto Serif CJK SC",
    "宋体": "Noto Serif CJK SC",
    "黑体": "Noto Sans CJK SC",
    "楷体_GB2312": "AR PL KaitiM GB",
}


@dataclass(frozen=True)
class Sign:
    text: str
    left: float
    right: float
    top: float
    foot: float
    face: str
    size: float


@dataclass(frozen=True)
class Rule:
    left: float
    right: float
    middle: float
    height: float


@dataclass(frozen=True)
class Page:
    signs: tuple[Sign, ...]
    rules: tuple[Rule, ...]

    def lines(self, least: float = 0, most: float = 262) -> list[list[Sign]]:
        """Signs whose middle lies in that part of the page, line by line, each from left to right."""
        shown = [one for one in self.signs if least <= (one.top + one.foot) / 2 <= most]
        found: list[list[Sign]] = []
        for one in sorted(shown, key=lambda sign: sign.foot):
            if not found or one.foot - found[-1][-1].foot > 4:
                found.append([])
            found[-1].append(one)
        return [sorted(line, key=lambda sign: sign.left) for line in found]

    @property
    def number(self) -> str:
        return text_of([one for line in self.lines(264, 276) for one in line])


def text_of(line: list[Sign]) -> str:
    return "".join(one.text for one in line)


def pages_of(pdf: bytes) -> list[Page]:
    document = pypdfium2.PdfDocument(pdf)
    return [Page(tuple(_signs(page)), tuple(_rules(page))) for page in document]


def _signs(page: pypdfium2.PdfPage):  # type: ignore[no-untyped-def]
    text, high = page.get_textpage(), page.get_height()
    for place in range(text.count_chars()):
        sign = chr(raw.FPDFText_GetUnicode(text, place))
        if not sign.strip():
            continue
        left, bottom, right, top = (mm(one) for one in text.get_charbox(place))
        size = raw.FPDFText_GetFontSize(text, place)
        yield Sign(sign, left, right, mm(high) - top, mm(high) - bottom, _face(text, place), size)


def _face(text: pypdfium2.PdfTextPage, place: int) -> str:
    name = ctypes.create_string_buffer(128)
    raw.FPDFText_GetFontInfo(text, place, name, 128, None)
    return name.value.decode()


def _rules(page: pypdfium2.PdfPage):  # type: ignore[no-untyped-def]
    for one in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]):
        left, bottom, right, top = (mm(value) for value in one.get_bounds())
        if right - left > 100 and top - bottom < 3:
            width, fill, stroke = ctypes.c_float(), ctypes.c_int(), ctypes.c_int()
            raw.FPDFPageObj_GetStrokeWidth(one.raw, width)
            raw.FPDFPath_GetDrawMode(one.raw, fill, stroke)
            height = mm(width.value) if stroke.value else top - bottom
            yield Rule(left, right, mm(page.get_height()) - (top + bottom) / 2, height)


def mm(points: float) -> float:
    return points * 25.4 / 72


def office(papers: dict[str, bytes], folder: Path) -> dict[str, bytes]:
    """DOCX as an office program prints it, with faces of this machine in place of those that the standard names."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("no office program is installed: apt-get install libreoffice-writer-nogui")
    rows = "".join(
        f'<alias binding="same"><family>{name}</family><prefer><family>{other}</family></prefer></alias>'
        for name, other in ALIASES.items()
    )
    config = folder / "fonts.conf"
    config.write_text(f"<fontconfig><include>/etc/fonts/fonts.conf</include>{rows}</fontconfig>", encoding="utf-8")
    files = [folder / f"{name}.docx" for name in papers]
    for file, data in zip(files, papers.values(), strict=True):
        file.write_bytes(data)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    order = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *map(str, files)]
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(folder), "FONTCONFIG_FILE": str(config)}
    subprocess.run(order, check=True, capture_output=True, timeout=120, env=environment)
    return {name: (folder / f"{name}.pdf").read_bytes() for name in papers}


def steps(line: list[Sign]) -> list[float]:
    return [after.left - before.left for before, after in itertools.pairwise(line)]
