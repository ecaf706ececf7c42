"""The styles keep their promises: old browsers, contrast, no outside address, icons that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fazhi.web.faces.due import ICONS
from fazhi.web.faces.icons import PATHS

WEB = Path(__file__).resolve().parents[2] / "src" / "fazhi" / "web"
SHEETS = sorted(WEB.rglob("*.css"))
TEMPLATES = sorted(WEB.rglob("*.html"))
PAIRS = [
    ("ink", "paper"), ("ink", "surface"), ("ink-soft", "paper"), ("ink-soft", "sunken"), ("action", "paper"),
    ("action", "surface"), ("on-action", "action"), ("action-strong", "action-soft"), ("overdue", "overdue-soft"),
    ("overdue", "surface"), ("soon", "soon-soft"), ("met", "met-soft"), ("provisional", "provisional-soft"),
    ("provisional", "surface"), ("on-action", "soon"),
]  # fmt: skip


def tokens(*names: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in names:
        text = (WEB / "faces/static/faces/css" / f"{name}.css").read_text()
        found |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", text))
    return found


def luminance(colour: str) -> float:
    text = colour.lstrip("#")
    text = "".join(sign * 2 for sign in text) if len(text) == 3 else text
    parts = [int(text[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("sheets", [("tokens",), ("tokens", "dark")])
@pytest.mark.parametrize("pair", PAIRS)
def test_colours_can_be_read(sheets: tuple[str, ...], pair: tuple[str, str]) -> None:
    known = tokens(*sheets)
    assert contrast(known[pair[0]], known[pair[1]]) >= 4.5


@pytest.mark.parametrize("sheets", [("tokens", "contrast"), ("tokens", "dark", "contrast", "contrast-dark")])
@pytest.mark.parametrize("pair", PAIRS)
def test_high_contrast_is_high(sheets: tuple[str, ...], pair: tuple[str, str]) -> None:
    known = tokens(*sheets)
    assert contrast(known[pair[0]], known[pair[1]]) >= 7


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_sheets_are_plain_css_of_our_own(sheet: Path) -> None:
    text = sheet.read_text()
    assert not re.search(r":has\(|@container|@layer|@import|https?:|color-mix|&", text)
    assert text.count("\n") <= 400
    used, defined = set(re.findall(r"var\(--([\w-]+)", text)), set(re.findall(r"--([\w-]+):", _all("tokens.css")))
    assert used <= defined


def _all(name: str) -> str:
    return (WEB / "faces/static/faces/css" / name).read_text()


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_templates_carry_nothing_inline_and_nothing_from_outside(template: Path) -> None:
    text = template.read_text()
    assert not re.search(r"<script>|<script [^>]*(?<!defer)>[^<]", text)
    assert not re.search(r"\sstyle=|\son[a-z]+=|javascript:", text)
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", text)


def test_icons_that_are_asked_for_are_there() -> None:
    asked = {name for path in TEMPLATES for name in re.findall(r"\{% (?:icon|state) \"(\w+)\"", path.read_text())}
    assert asked | set(ICONS.values()) <= set(PATHS)


def test_scripts_stay_small() -> None:
    ours = list(WEB.rglob("*.js"))
    lines = {path.name: path.read_text().count("\n") for path in ours}
    assert max(lines.values()) <= 160 and sum(lines.values()) <= 560, lines
