"""Sheets and scripts keep to what Chromium 86 knows: offices have machines that are not renewed every year."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "src" / "fazhi" / "web"
SHEETS = sorted(STATIC.glob("**/static/**/*.css"))
SCRIPTS = sorted(STATIC.glob("**/static/**/*.js"))

SINCE_CSS = {
    r":has\(": 105,
    r":is\(|:where\(": 88,
    r"@container|container-type": 105,
    r"@layer": 99,
    r"@scope|@starting-style": 117,
    r"(?m)^\s*&|[{;]\s*&": 112,
    r"(?<![\w-])(?:margin|padding)-(?:inline|block)\s*:": 87,
    r"(?<![\w-])border-(?:inline|block)\s*:": 87,
    r"(?<![\w-])inset(?:-inline|-block)?(?:-start|-end)?\s*:": 87,
    r"aspect-ratio\s*:": 88,
    r"color-mix\(|oklch\(|light-dark\(": 111,
    r"scrollbar-gutter": 94,
    r"overflow(?:-x|-y)?\s*:\s*clip": 90,
    r"\d(?:d|s|l)v[hw]\b|\d(?:cqw|cqi|lh|rlh)\b": 108,
    r"@media[^{]*[<>]": 104,
    r"(?<![\w-])(?:translate|scale|rotate)\s*:": 104,
    r":focus-visible\(|:user-(?:in)?valid|:popover-open": 119,
    r"\bsubgrid\b": 117,
}
SINCE_JS = {
    r"\.at\(": 92,
    r"structuredClone\(": 98,
    r"Object\.(?:hasOwn|groupBy)\(": 93,
    r"\.(?:findLast|findLastIndex|toSorted|toReversed|toSpliced)\(": 97,
    r"randomUUID\(": 92,
    r"AbortSignal\.(?:timeout|any)\(": 103,
    r"\bstatic\s*\{": 94,
    r"(?m)^await\b": 89,
    r"Array\.fromAsync|Promise\.withResolvers": 119,
    r"\.checkVisibility\(|\.showPopover\(|startViewTransition\(": 105,
}


def too_new(text: str, since: dict[str, int]) -> list[str]:
    """Each place that an older browser passes over or stumbles on, with the version that first knew it."""
    plain = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    return [f"{found[0].strip()} (Chromium {first})" for wanted, first in since.items() if first > 86
            for found in re.finditer(wanted, plain)]  # fmt: skip


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda one: one.name)
def test_a_sheet_is_understood(sheet: Path) -> None:
    assert not too_new(sheet.read_text(encoding="utf-8"), SINCE_CSS)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda one: one.name)
def test_a_script_is_understood(script: Path) -> None:
    assert not too_new(script.read_text(encoding="utf-8"), SINCE_JS)


def test_the_check_finds_what_it_looks_for() -> None:
    assert too_new("main:has(p) { inset: 0; padding-inline: 1px; a { & b { top: 0 } } }", SINCE_CSS)
    assert not too_new("p { padding-inline-start: 1px; top: 0; } /* :has( */", SINCE_CSS)
    assert too_new("last = all.at(-1);", SINCE_JS)
