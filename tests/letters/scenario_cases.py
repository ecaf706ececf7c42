"""Cases of letters from the scenarios of the pages: every letter, each in a matter that a lawyer has written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from fazhi.law import Fact, FactKind, Procedure, Reading, read_clocks
from fazhi.letters.case import Case, Person
from fazhi.rulebook import Rulebook
from fazhi.rulebook.check_letters import letters_named
from fazhi.rulebook.load import KINDS, NATIONAL
from fazhi.rulebook.pages import read_page
from fazhi.rulebook.scenarios import build_matter
from fazhi.rulebook.templates import Template, load_templates

WHO = Person("赵小满", "13800138000", "44030019900101123X", "示例区东街街道一路1号")
TOLD = {
    "organ": "示例区人民政府",
    "unit": "示例区司法局",
    "number": "示复〔2025〕7号",
    "matter": "示例事项",
    "subject": "不服处理决定",
    "parties": "赵小满、示例公司",
    "today": "2025年3月5日",
    "year": "2025",
    "law": "示例法",
    "opened": "2025年2月20日",
}
VALUES = {"number": "3", "money": "500.00", "day": "2025-03-20", "term": "10 days", "moment": "2025-03-20T09:30+08:00"}


@dataclass(frozen=True)
class Told:
    """One letter in a matter: `seen` whether the fact stands in a scenario, or was put at the end of one."""

    page: Procedure
    kind: FactKind
    template: Template
    reading: Reading
    fact: Fact

    @property
    def label(self) -> str:
        return f"{self.page.name}/{self.page.in_force}/{self.kind.name}/{self.template.name}"


def readings(rulebook: Rulebook, page: Procedure) -> Iterator[Reading]:
    """The matters of the page's scenarios on the day of each."""
    for kind in KINDS:
        for path in sorted((NATIONAL / kind / page.name).glob("scenarios*.toml")):
            for table in read_page(path).table.get("scenario", []):
                matter = build_matter(table, rulebook, str(table.get("procedure", page.name)))
                if matter.page is page:
                    yield read_clocks(matter, datetime.combine(table["on"], time.max), rulebook.calendar)


def tell(rulebook: Rulebook) -> Iterator[Told]:
    """Every letter that any page names, in the first scenario where its act happens; else after the last one."""
    templates = load_templates()
    known: dict[str, list[Reading]] = {}
    for page, kind, name in letters_named(rulebook):
        template = templates.find(page.name, name)
        assert template is not None, f"{page.name}: {name}"
        if page.digest not in known:
            known[page.digest] = list(readings(rulebook, page))
        found = [(reading, fact) for reading in known[page.digest] for fact in reading.facts if fact.kind == kind.name]
        if not found:
            reading = (known[page.digest] or [Reading(page, (), ())])[-1]
            found = [(reading, Fact(kind.name, date(2025, 3, 5), fields=values(kind), entry=99))]
        yield Told(page, kind, template, *found[0])


def values(kind: FactKind) -> dict[str, str]:
    """A value for each field of a fact that stands on its line."""
    return {
        name: one.choices[0] if one.choices else VALUES.get(one.kind, "示例区司法局")
        for name, one in kind.fields.items()
        if one.kind != "text"
    }


def case_of(told: Told, rulebook: Rulebook, *, full: bool = True, people: tuple[Person, ...] = (WHO,)) -> Case:
    """The case of a letter; `full`: every entry has its texts, and what the scenario left out is filled in."""
    facts, this = told.reading.facts, told.fact
    if full:
        facts = tuple(_whole(told.page, fact) for fact in facts)
        this = _whole(told.page, this)
        there = {fact.kind for fact in facts}
        more = tuple(
            Fact(kind.name, date(2025, 3, 1), None, values(kind), entry=100 + place)
            for place, kind in enumerate(told.page.facts.values())
            if kind.name not in there
        )
        facts = (*facts, *more)
    reading = Reading(told.reading.page, facts, told.reading.clocks, told.reading.deemed)
    texts: Mapping[str, str] = _Said()
    return Case(
        told.page, reading, this, rulebook, date(2025, 3, 5), TOLD if full else {}, people if full else (),
        (lambda _seq: texts) if full else (lambda _seq: {}), {}, dict.fromkeys(range(300), "示例区司法局 经办岗"),
    )  # fmt: skip


def _whole(page: Procedure, fact: Fact) -> Fact:
    """The fact with a value for each field that the scenario left out, for it decides nothing there."""
    kind = page.kind(fact.kind)
    return replace(fact, fields={**values(kind), **fact.fields}) if kind else fact


class _Said(dict[str, str]):
    """Every text an entry could hold."""

    def get(self, name: str, default: str | None = None) -> str:  # type: ignore[override]
        return f"（{name}的内容）"
