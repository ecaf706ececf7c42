"""Examines a local page before it is laid over the pages in use: whether it may be, and what it changes."""

from __future__ import annotations

import hashlib
import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from fazhi.law import Finding, Procedure
from fazhi.rulebook.changes import changes
from fazhi.rulebook.check import check
from fazhi.rulebook.differences import Change
from fazhi.rulebook.load import COMMON, load
from fazhi.rulebook.overlay import find_loosening
from fazhi.rulebook.pages import Page, PageFault, read_page

_NAME = r"[a-z][a-z0-9_]{1,60}"
_PLACES = re.compile(
    rf"(?P<kind>procedures|registers)/(?P<name>{_NAME})/(?P<day>\d{{4}}-\d\d-\d\d)\.toml"
    rf"|(?P<flat>indicators|reports)/(?P<flat_name>{_NAME})\.toml|calendars/(?P<year>\d{{4}})\.toml"
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A page proposed for a place such as `procedures/hotline/2025-01-01.toml`. `findings` are what is wrong, with the
    line; `changes` what it would change, empty while something is wrong."""

    place: str
    text: str
    digest: str
    in_force: date | None
    title: str
    findings: tuple[Finding, ...]
    changes: tuple[Change, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.severity == "error")


def examine(place: str, text: str, *shelves: Path) -> Proposal:
    """The page as it would lie over the national pages and these folders, later folders over earlier ones."""
    place, own = place.strip(), text_digest(text)
    found = _PLACES.fullmatch(place)
    if found is None or (found["name"] or "") == COMMON or not _is_day(found["day"]):
        return Proposal(place, text, own, None, "", (_no_place(place),), ())
    in_force = date.fromisoformat(found["day"]) if found["day"] else None
    with tempfile.TemporaryDirectory(prefix="fazhi-proposal-") as folder:
        lay(Path(folder), {place: text})
        path = Path(folder) / place
        try:
            page = read_page(path)
        except PageFault as fault:
            return Proposal(place, text, own, in_force, "", _at(place, fault.findings), ())
        wrong = [*_takes_a_national_place(page, found), *_new_findings(path, shelves, Path(folder))]
        if found["kind"] and not any(one.severity == "error" for one in wrong):
            wrong += _loosens_the_nation(page, found["name"], in_force or date.min, (*shelves, Path(folder)))
        findings = _at(place, wrong)
        if any(one.severity == "error" for one in findings):
            return Proposal(place, text, own, in_force, "", findings, ())
        before, after = load(*shelves), load.__wrapped__(*shelves, Path(folder))
        told, title = changes(before, after, found["kind"] or found["flat"] or "calendars", place)
        return Proposal(place, text, own, in_force, title, findings, told)


def lay(folder: Path, pages: Mapping[str, str]) -> None:
    """Lay pages out in a folder as the loader reads them."""
    for place, text in pages.items():
        path = folder / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _is_day(text: str | None) -> bool:
    try:
        return text is None or bool(date.fromisoformat(text))
    except ValueError:
        return False


def _no_place(place: str) -> Finding:
    zh = (
        f"“{place}”不是本地规则可以放的位置。写作 procedures/业务/施行日.toml、registers/名册/施行日.toml、"
        "indicators/指标.toml、reports/提纲.toml 或者 calendars/年份.toml；各类事项共用的行为（common）不得由本地改动。"
    )
    return Finding("place", "error", zh, f"{place} is no place for a local page", place, 1)


def _takes_a_national_place(page: Page, found: re.Match[str]) -> Iterator[Finding]:
    """A page that stands in the place of a national one, instead of lying over it, would loosen all of it."""
    national = load()
    if found["name"] in national.procedures and page.table.get("overlays") != found["name"]:
        zh = f'{found["name"]} 是全国的业务，本地页须写 overlays = "{found["name"]}"，只写改动的部分，不得整页替换'
        yield page.finding("loosens", ("overlays",), zh, "lay the page over the national one, do not replace it")
    if found["flat"] == "indicators" and found["flat_name"] in national.indicators:
        zh = f"{found['flat_name']} 是全国的指标，口径和遮蔽不得由本地页替换；本地指标请另起名称"
        yield page.finding("loosens", (), zh, "a national figure keeps its meaning; give yours another name")
    if found["flat"] == "reports" and found["flat_name"] in national.outlines:
        zh = f"{found['flat_name']} 是全国的报告提纲，法定内容不得由本地页替换；本地提纲请另起名称"
        yield page.finding("loosens", (), zh, "a national outline keeps its contents; give yours another name")


def _new_findings(path: Path, shelves: tuple[Path, ...], folder: Path) -> Iterator[Finding]:
    """What the checker says with the page that it did not say without it."""
    known = set(check(*shelves))
    for finding in check(*shelves, folder):
        if finding not in known and finding.rule != "no-scenario":
            yield finding


def _loosens_the_nation(page: Page, name: str, day: date, shelves: tuple[Path, ...]) -> list[Finding]:
    """Two local pages, one over the other, may not loosen together what neither may loosen alone."""
    try:
        base = load().page(name, day)
        merged: Procedure = load.__wrapped__(*shelves).page(name, day)
    except (LookupError, PageFault):
        return []
    return find_loosening(base, merged, page)


def _at(place: str, findings: Iterator[Finding] | list[Finding] | tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Findings told at the place of the page instead of the folder in which it was tried."""
    found = (
        replace(one, where=place, message=_with_line(one)) if one.where.endswith(place) else one for one in findings
    )
    return tuple(dict.fromkeys(found))


def _with_line(finding: Finding) -> str:
    return f"第{finding.line or 1}行：{finding.message}"


def faulty(shelf: Path, fault: PageFault) -> set[str]:
    """The places of a shelf whose pages a fault names."""
    places = {str(path.relative_to(shelf)): str(path) for path in shelf.rglob("*.toml")}
    return {place for place, path in places.items() if any(one.where == path for one in fault.findings)}


def text_digest(text: str) -> str:
    """The SM3 digest of a page as it was handed in, every sign of it."""
    return "sm3:" + hashlib.new("sm3", text.encode()).hexdigest()
