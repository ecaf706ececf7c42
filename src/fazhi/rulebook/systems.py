"""The systems that reports of law-based government describe: where each has its home, and what shows that it works."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from fazhi.law import Finding
from fazhi.rulebook.load import KINDS, NATIONAL, Rulebook
from fazhi.rulebook.pages import Page, read_page
from fazhi.rulebook.scenarios import scenario_names

FILE = "systems.toml"


@dataclass(frozen=True, slots=True)
class System:
    """One system by its name in the reports. It works if something shows its capability: a scenario
    (`registers/NAME：场景`) or a test; else it waits for what `waits` says, with one line why."""

    name: str
    category: str
    home: str
    shown_by: str
    waits: str = ""
    why: str = ""

    @property
    def state(self) -> Literal["works", "waits"]:
        return "works" if self.shown_by else "waits"

    @property
    def scenario(self) -> tuple[str, str] | None:
        """The folder of pages and the name of the scenario that shows it."""
        folder, mark, name = self.shown_by.partition("：")
        return (folder, name) if mark and folder.startswith(KINDS) else None


def read_systems(path: Path = NATIONAL / FILE) -> tuple[System, ...]:
    """Every system in the order of the file."""
    return tuple(_system(name, table) for name, table in read_page(path).table.items())


def _system(name: str, table: dict[str, str]) -> System:
    return System(name, *(table.get(word, "") for word in ("category", "home", "shown_by", "waits", "why")))


def check_systems(rulebook: Rulebook, path: Path = NATIONAL / FILE) -> Iterator[Finding]:
    """Systems whose home or scenario is not there, and those that neither work nor say what they wait for."""
    page = read_page(path)
    for one in read_systems(path):
        yield from _faults(one, page, rulebook)


def _faults(one: System, page: Page, rulebook: Rulebook) -> Iterator[Finding]:
    if not one.category or bool(one.shown_by) == bool(one.waits and one.why):
        zh = f"“{one.name}”须写 category，并写 shown_by（由什么证明）或者 waits 和 why（等什么、为什么）"
        yield page.finding("system", (one.name,), zh, f"{one.name}: give category, and shown_by or waits with why")
    kind, _, name = one.home.partition("/")
    if kind in KINDS and name not in rulebook.procedures:
        zh = f"“{one.name}”的 home 写了 {one.home}，没有这一页"
        yield page.finding("system", (one.name,), zh, f"{one.name}: there is no page {one.home}")
    if one.scenario and one.scenario[1] not in scenario_names(page.path.parent / one.scenario[0]):
        zh = f"“{one.name}”的 shown_by 写了 {one.shown_by}，没有这个场景"
        yield page.finding("system", (one.name,), zh, f"{one.name}: there is no scenario {one.shown_by}")
