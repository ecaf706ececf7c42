"""A page as it stands on paper: its text, its table, its digest, and the line of everything it says."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import tomli

from fazhi.law import Finding, Severity

Table = Mapping[str, Any]
Where = tuple[str, ...]

_HEADER = re.compile(r"\s*\[{1,2}\s*([^\[\]]+?)\s*\]{1,2}\s*(#.*)?$")
_KEY = re.compile(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")
_PART = re.compile(r"""[\w-]+|"[^"]*"|'[^']*'""")


class PageFault(ValueError):
    """A page that cannot be read; carries every finding with its file and line."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        super().__init__("\n".join(f"{f.where}:{f.line or 1}: {f.message}" for f in findings))


@dataclass(frozen=True)
class Page:
    """One TOML file. `path` is where it stands, for findings; `texts` what it was read from, the page beneath first."""

    path: Path
    table: Table
    texts: tuple[str, ...] = field(default=(), repr=False)

    @cached_property
    def lines(self) -> Mapping[Where, int]:
        """The line of every table and key, sought only when something is to be told: it takes as long as reading."""
        return {where: line for text in self.texts for where, line in find_lines(text).items()}

    def line(self, *where: str) -> int:
        """The line of a word, or of the nearest thing around it."""
        for end in range(len(where), 0, -1):
            if where[:end] in self.lines:
                return self.lines[where[:end]]
        return 1

    def finding(self, rule: str, where: Where, message: str, message_en: str, *, warning: bool = False) -> Finding:
        """A finding about this page, with its line."""
        severity: Severity = "warning" if warning else "error"
        return Finding(rule, severity, message, message_en, where=str(self.path), line=self.line(*where))


def read_page(path: Path) -> Page:
    """Reads a TOML file; a syntax error is told with its line."""
    text = path.read_text(encoding="utf-8-sig")
    try:
        table = tomli.loads(text)
    except tomli.TOMLDecodeError as fault:
        found = re.search(r"line (\d+)", str(fault))
        line = int(found[1]) if found else 1
        raise PageFault(
            (Finding("syntax", "error", f"不是合法的 TOML：{fault}", f"Not valid TOML: {fault}", str(path), line),)
        ) from fault
    return Page(path, table, (text,))


def find_lines(text: str) -> dict[Where, int]:
    """The line of each table header and key; keys inside an inline table stand on their table's line."""
    lines: dict[Where, int] = {}
    table: Where = ()
    depth, quoted = 0, ""
    for number, line in enumerate(text.splitlines(), 1):
        if depth == 0 and not quoted:
            if header := _HEADER.match(line):
                table = _parts(header[1])
                for end in range(1, len(table) + 1):
                    lines.setdefault(table[:end], number)
                continue
            if key := _KEY.match(line):
                where = table + _parts(key[1])
                for end in range(len(table) + 1, len(where) + 1):
                    lines.setdefault(where[:end], number)
        depth, quoted = _nesting(line, depth, quoted)
    return lines


def _parts(key: str) -> Where:
    return tuple(part.strip("\"'") for part in _PART.findall(key))


def _nesting(line: str, depth: int, quoted: str) -> tuple[int, str]:
    """How deep in brackets the next line begins, and in which multi-line quotes."""
    at = 0
    while at < len(line):
        if quoted:
            end = line.find(quoted, at)
            if end < 0:
                return (depth, quoted) if len(quoted) == 3 else (depth, "")
            at, quoted = end + len(quoted), ""
            continue
        mark = line[at]
        if mark == "#":
            break
        if mark in "\"'":
            quoted = line[at : at + 3] if line[at : at + 3] == mark * 3 else mark
            at += len(quoted)
            continue
        depth += (mark in "[{") - (mark in "]}")
        at += 1
    return depth, quoted if len(quoted) == 3 else ""


def canonical(table: Table) -> str:
    """The page as one text that comments, spaces and the order of words do not change."""
    return json.dumps(table, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def digest(table: Table) -> str:
    """The SM3 digest of the canonical text, with its algorithm: a matter is locked to it."""
    return "sm3:" + hashlib.new("sm3", canonical(table).encode()).hexdigest()
