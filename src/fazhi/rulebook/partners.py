"""Systems that daily files are exchanged with, as data: which column says which fact, and what goes back to them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from fazhi.law import Finding, Procedure, Term, Title
from fazhi.rulebook.load import NATIONAL, Rulebook
from fazhi.rulebook.pages import Page, read_page

FOLDER = "partners"
ENCODINGS = ("utf-8", "gb18030")
PERSON = ("name", "phone", "id_number", "address")
GIVEN = ("number", "entry", "step", "day", "text", "corrects")
_WORDS = frozenset(
    {"title", "procedure", "encoding", "delimiter", "file", "number", "receipt_within"}
    | {"opens", "steps", "state", "gives"}
)


@dataclass(frozen=True, slots=True)
class Cell:
    """What a field takes: the `column` as it stands or by way of `values`, or what the page itself `says`."""

    column: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    says: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A fact that a row may state. It does so where its `day` is filled and every column of `when` has one of the
    values; `each` is the column that tells one such fact from the next. `person` are columns of personal data."""

    fact: str
    day: str
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    each: str = ""
    fields: Mapping[str, Cell] = field(default_factory=dict)
    body: Mapping[str, str] = field(default_factory=dict)
    person: Mapping[str, str] = field(default_factory=dict)
    person_kind: Literal["citizen", "firm"] = "citizen"

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that the step reads."""
        of_fields = [cell.column for cell in self.fields.values() if cell.column]
        return (self.day, *self.when, *([self.each] if self.each else []), *of_fields, *self.body.values(),
                *self.person.values())  # fmt: skip


@dataclass(frozen=True, slots=True)
class Gives:
    """The file back: `columns` by heading, each one of GIVEN or `field:NAME`; `steps` names what they call a fact."""

    file: str
    columns: Mapping[str, str]
    steps: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Partner:
    """One kind of system on the other side. `file` is how its files are called: a pattern with `day` and `serial`;
    `closed` are the values of the `state` column by which they call a matter closed."""

    name: str
    title: Title
    procedure: str
    encoding: str
    delimiter: str
    file: str
    number: str
    receipt_within: Term
    opens: Step
    steps: tuple[Step, ...]
    state: str = ""
    closed: tuple[str, ...] = ()
    gives: Gives | None = None

    @property
    def example(self) -> str:
        """How a file of theirs is called, as a person would write it."""
        told = re.sub(r"\(\?P<day>[^)]*\)", "20260301", self.file)
        told = re.sub(r"\(\?P<serial>[^)]*\{(\d)\}\)", lambda found: "1".zfill(int(found[1])), told)
        return re.sub(r"\(\?P<serial>[^)]*\)", "1", told).replace("\\", "")

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that must be in their file."""
        read = [name for step in (self.opens, *self.steps) for name in step.columns]
        return tuple(dict.fromkeys([self.number, *read, *([self.state] if self.state else [])]))

    @property
    def personal(self) -> frozenset[str]:
        """Columns whose values go to the parties or into the text, and are never repeated to anybody."""
        steps = (self.opens, *self.steps)
        return frozenset(name for step in steps for name in (*step.person.values(), *step.body.values()))


@lru_cache(maxsize=8)
def partners(*roots: Path) -> Mapping[str, Partner]:
    """By name: those of the program, and these local folders over them."""
    found = {path.stem: path for root in (NATIONAL, *roots) for path in sorted(root.glob(f"{FOLDER}/*.toml"))}
    return {name: read_partner(read_page(path), name) for name, path in found.items()}


def read_partner(page: Page, name: str) -> Partner:
    """One page; KeyError and ValueError where it says what no such page can say, as `check_partners` tells."""
    said = page.table
    state, gives = said.get("state", {}), said.get("gives")
    return Partner(
        name=name,
        title=Title(said["title"]["zh"], said["title"].get("en", "")),
        procedure=said["procedure"],
        encoding=said.get("encoding", "utf-8"),
        delimiter=said.get("delimiter", ","),
        file=said["file"],
        number=said["number"],
        receipt_within=Term.parse(said.get("receipt_within", "2 days")),
        opens=_step(said["opens"]["fact"], said["opens"]),
        steps=tuple(_step(fact, told) for fact, told in said.get("steps", {}).items()),
        state=state.get("column", ""),
        closed=tuple(state.get("closed", ())),
        gives=Gives(gives["file"], gives["columns"], gives["steps"]) if gives else None,
    )


def _step(fact: str, said: Mapping[str, Any]) -> Step:
    when = {
        column: (value,) if isinstance(value, str) else tuple(value) for column, value in said.get("when", {}).items()
    }
    person = dict(said.get("person", {}))
    kind = person.pop("kind", "citizen")
    fields = {name: _cell(told) for name, told in said.get("fields", {}).items()}
    return Step(fact, said["day"], when, said.get("each", ""), fields, said.get("body", {}), person, kind)


def _cell(said: Any) -> Cell:
    return (
        Cell(said)
        if isinstance(said, str)
        else Cell(said.get("column", ""), said.get("values", {}), said.get("says", ""))
    )


def check_partners(rulebook: Rulebook, *roots: Path) -> Iterator[Finding]:
    """Pages that name a kind of business, a fact, a field or a choice that is not there, or that cannot be read."""
    for root in roots:
        for path in sorted(root.glob(f"{FOLDER}/*.toml")):
            page = read_page(path)
            try:
                partner = read_partner(page, path.stem)
                Term.parse(str(partner.receipt_within))
                groups = re.compile(partner.file).groupindex
            except (KeyError, ValueError, TypeError, AttributeError, re.error) as error:
                zh = f"这一页缺少或写错了 {error}"
                yield page.finding("partner", (), zh, f"missing or wrong here: {error}")
                continue
            yield from _faults(partner, page, rulebook, groups)


def _faults(partner: Partner, page: Page, rulebook: Rulebook, groups: Mapping[str, int]) -> Iterator[Finding]:
    for word in set(page.table) - _WORDS:
        yield page.finding("partner", (word,), f"对接方页面没有 {word} 这个词", f"no word {word} on such a page")
    if partner.encoding not in ENCODINGS or len(partner.delimiter) != 1:
        zh = f"encoding 应为 {'、'.join(ENCODINGS)} 之一，delimiter 应为一个字符"
        yield page.finding("partner", ("encoding",), zh, "encoding or delimiter is not one we read")
    if "day" not in groups or "serial" not in groups:
        zh = "file 须含 (?P<day>…) 和 (?P<serial>…)，从文件名得知是哪一天的第几份"
        yield page.finding("partner", ("file",), zh, "file must tell the day and the serial number")
    if partner.procedure not in rulebook.procedures:
        zh = f"procedure 写了 {partner.procedure}，没有这种业务"
        yield page.finding("partner", ("procedure",), zh, f"no kind of business {partner.procedure}")
        return
    business = rulebook.procedures[partner.procedure][-1]
    if partner.opens.fact not in business.opening:
        zh = f"opens 写了 {partner.opens.fact}，这种业务不能由它开始"
        yield page.finding("partner", ("opens", "fact"), zh, f"{partner.opens.fact} opens no such matter")
    yield from _of_step(partner.opens, ("opens",), page, business)
    for step in partner.steps:
        yield from _of_step(step, ("steps", step.fact), page, business)
    for heading, what in partner.gives.columns.items() if partner.gives else ():
        if what not in GIVEN and not what.startswith("field:"):
            zh = f"gives.columns 的“{heading}”写了 {what}，应为 {'、'.join(GIVEN)} 或 field:字段"
            yield page.finding("partner", ("gives", "columns", heading), zh, f"no such thing to give: {what}")
    for fact in partner.gives.steps if partner.gives else ():
        if business.kind(fact) is None:
            yield page.finding("partner", ("gives", "steps", fact), f"没有 {fact} 这一步", f"no fact {fact}")


def _of_step(step: Step, where: tuple[str, ...], page: Page, business: Procedure) -> Iterator[Finding]:
    kind = business.kind(step.fact)
    if kind is None:
        yield page.finding("partner", where, f"“{business.title}”没有 {step.fact} 这一步", f"no fact {step.fact}")
        return
    if step.each and not kind.repeats:
        zh = f"{step.fact} 不能重复记录，不用写 each"
        yield page.finding("partner", (*where, "each"), zh, f"{step.fact} does not repeat")
    for name in step.person:
        if name not in PERSON:
            zh = f"person 只有 {'、'.join(PERSON)}，没有 {name}"
            yield page.finding("partner", (*where, "person"), zh, f"no particular {name} of a person")
    for name, cell in step.fields.items():
        known = kind.fields.get(name)
        said = [*cell.values.values(), *([cell.says] if cell.says else [])]
        if known is None:
            yield page.finding("partner", (*where, "fields", name), f"{step.fact} 没有字段 {name}", f"no field {name}")
        elif known.kind == "choice" and (wrong := [one for one in said if one not in known.choices]):
            zh = f"{step.fact} 的 {name} 没有 {'、'.join(wrong)} 这些选项"
            yield page.finding("partner", (*where, "fields", name), zh, f"{name} has no choice {wrong}")
    needed = [one.name for one in kind.fields.values() if one.required and one.name not in (*step.fields, *kind.sets)]
    if needed := [name for name in needed if name != "lasts" and name not in step.body]:
        zh = f"{step.fact} 必须填写 {'、'.join(needed)}，这一页没有说从哪一列来"
        yield page.finding("partner", where, zh, f"{step.fact} must say {needed}")
