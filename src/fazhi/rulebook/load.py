"""Loads the rulebook: national pages, then local pages laid over them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path

from fazhi.law import FactKind, Finding, Procedure, Title, Workdays
from fazhi.rulebook.calendars import build_calendar
from fazhi.rulebook.figures import Indicator, Outline
from fazhi.rulebook.lists import is_list, write_out
from fazhi.rulebook.overlay import find_loosening, lay_over
from fazhi.rulebook.pages import Page, PageFault, read_page
from fazhi.rulebook.read import read_procedure
from fazhi.rulebook.read_figures import borrow, read_indicator, read_outline
from fazhi.rulebook.words import WordFault, title

NATIONAL = Path(__file__).parent
SAMPLE_OVERLAY = NATIONAL / "overlays" / "sample-district"
COMMON = "common"
KINDS = ("procedures", "registers")


@dataclass(frozen=True, repr=False)
class Rulebook:
    """Everything the pages say. `procedures` by name, each in order of the day in force."""

    procedures: Mapping[str, tuple[Procedure, ...]]
    common: Mapping[str, FactKind]
    calendar: Workdays
    indicators: Mapping[str, Indicator]
    outlines: Mapping[str, Outline]
    glossary: Mapping[str, Title]
    digests: Mapping[str, Procedure]
    pages: Mapping[str, Page]
    groups: Mapping[str, Title]

    def page(self, name: str, day: date) -> Procedure:
        """The page in force on this day; LookupError says which pages there are."""
        versions = self.procedures.get(name)
        if not versions:
            raise LookupError(f"没有名为 {name} 的业务；已有：{'、'.join(sorted(self.procedures))}")
        in_force = [version for version in versions if version.in_force <= day]
        if not in_force:
            raise LookupError(f"“{versions[0].title}”最早的规则自 {versions[0].in_force} 起施行，{day} 尚无规则")
        return in_force[-1]

    def later(self, procedure: Procedure) -> tuple[Procedure, ...]:
        """Pages of the same kind in force after this one, in order."""
        versions = self.procedures.get(procedure.name, ())
        return tuple(version for version in versions if version.in_force > procedure.in_force)

    def by_digest(self, digest: str) -> Procedure:
        """The page a matter is locked to; LookupError where it is no longer in the rulebook."""
        if digest not in self.digests:
            raise LookupError(f"规则库中没有摘要为 {digest} 的页面：页面被改动过，请放回原页面，另建新施行日的页面")
        return self.digests[digest]

    def source_page(self, said: Procedure | Indicator) -> Page:
        """The file behind a procedure or a figure, for findings, for showing it and for keeping it."""
        return self.pages[said.digest]


@dataclass
class Loading:
    """What has been read so far, and what was wrong with it."""

    procedures: dict[str, dict[date, Procedure]]
    pages: dict[str, Page]
    common: dict[str, FactKind]
    indicators: dict[str, Indicator]
    outlines: dict[str, Outline]
    indicator_pages: dict[str, Page]
    outline_pages: dict[str, Page]
    years: list[Page]
    findings: list[Finding]
    groups: dict[str, Title] = field(default_factory=dict)


@lru_cache(maxsize=8)
def load(*overlays: Path) -> Rulebook:
    """The national pages and these local folders over them; raises PageFault with every finding. Cached."""
    loading = read_all(NATIONAL, *overlays)
    calendar, findings = build_calendar(loading.years)
    glossary, more = read_glossary(NATIONAL / "glossary.toml")
    faults = [f for f in (*loading.findings, *findings, *more) if f.severity == "error"]
    if faults:
        raise PageFault(tuple(faults))
    return assemble(loading, calendar, glossary)


def assemble(loading: Loading, calendar: Workdays, glossary: Mapping[str, Title]) -> Rulebook:
    """A rulebook from what was read."""
    versions = {name: tuple(dated[day] for day in sorted(dated)) for name, dated in loading.procedures.items()}
    return Rulebook(
        procedures={name: pages for name, pages in versions.items() if name != COMMON},
        common=loading.common,
        calendar=calendar,
        indicators=loading.indicators,
        outlines=borrow(loading.outlines),
        glossary=glossary,
        digests={page.digest: page for dated in loading.procedures.values() for page in dated.values()},
        pages=loading.pages | {loading.indicators[name].digest: one for name, one in loading.indicator_pages.items()},
        groups=loading.groups,
    )


def read_all(*roots: Path) -> Loading:
    """Every page under these folders, later folders over earlier ones; faults are collected, not raised."""
    loading = Loading({}, {}, {}, {}, {}, {}, {}, [], [])
    for root in roots:
        found = [(path.parent.name, path) for kind in KINDS for path in sorted(root.glob(f"{kind}/*/*.toml"))]
        found = [(name, path) for name, path in found if not path.stem.startswith("scenarios")]
        own = [(name, path, _attempt(loading, path, read_page)) for name, path in found]
        ordered = sorted(own, key=lambda one: _rank(one[0], one[2]))
        for name, path, page in ordered:
            if page is not None:
                _add_procedure(loading, name, path, page)
        _add_figures(loading, root)
        if (groups := root / "registers" / "groups.toml").exists():
            terms, findings = read_glossary(groups)
            loading.groups.update(terms)
            loading.findings.extend(findings)
    return loading


def _rank(name: str, page: Page | None) -> int:
    """Acts common to all first; pages laid over others last."""
    if name == COMMON:
        return 0
    return 2 if page is not None and "overlays" in page.table else 1


def _attempt(loading: Loading, path: Path, read: Callable[[Path], Page]) -> Page | None:
    try:
        return read(path)
    except PageFault as fault:
        loading.findings.extend(fault.findings)
        return None


def _add_procedure(loading: Loading, name: str, path: Path, page: Page) -> None:
    try:
        in_force = date.fromisoformat(path.stem)
    except ValueError:
        message = f"文件名应为施行日，如 2024-01-01.toml，现为 {path.name}"
        loading.findings.append(page.finding("file-name", (), message, "the file name should be the day in force"))
        return
    base: Procedure | None = None
    merged = page
    if "overlays" in page.table:
        base = _in_force(loading, str(page.table["overlays"]), in_force)
        if base is None:
            message = f"overlays 所指的 {page.table['overlays']} 在 {in_force} 没有页面"
            loading.findings.append(page.finding("unknown-page", ("overlays",), message, "no such page on that day"))
            return
        merged = lay_over(loading.pages[base.digest], page, same=base.name == name)
    if is_list(merged):
        merged = write_out(merged)
    procedure, findings = read_procedure(merged, name, in_force, loading.common)
    if base is not None and base.name == name:
        findings += find_loosening(base, procedure, page)
    loading.findings.extend(findings)
    loading.pages[procedure.digest] = merged
    loading.procedures.setdefault(name, {})[in_force] = procedure
    if name == COMMON:
        loading.common.update(procedure.facts)


def _in_force(loading: Loading, name: str, day: date) -> Procedure | None:
    dated = loading.procedures.get(name, {})
    days = [one for one in dated if one <= day]
    return dated[max(days)] if days else None


def _add_figures(loading: Loading, root: Path) -> None:
    for path in sorted(root.glob("indicators/*.toml")):
        if page := _attempt(loading, path, read_page):
            indicator, findings = read_indicator(page, path.stem)
            loading.findings.extend(findings)
            if indicator is not None:
                loading.indicators[path.stem] = indicator
                loading.indicator_pages[path.stem] = page
    for path in sorted(root.glob("reports/*.toml")):
        if page := _attempt(loading, path, read_page):
            outline, findings = read_outline(page, path.stem)
            loading.findings.extend(findings)
            if outline is not None:
                loading.outlines[path.stem] = outline
                loading.outline_pages[path.stem] = page
    for path in sorted(root.glob("calendars/*.toml")):
        if page := _attempt(loading, path, read_page):
            loading.years.append(page)


def read_glossary(path: Path) -> tuple[dict[str, Title], list[Finding]]:
    """Each word of the code with its one Chinese term."""
    if not path.exists():
        return {}, []
    page = read_page(path)
    terms: dict[str, Title] = {}
    findings: list[Finding] = []
    for word, said in page.table.items():
        try:
            terms[word] = title(said)
        except WordFault as fault:
            findings.append(page.finding("glossary", (word,), f"{word}：{fault}", f"{word}: {fault.en}"))
    return terms, findings
