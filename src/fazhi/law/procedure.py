"""A procedure: what may happen in a kind of business, and which clocks run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

from fazhi.law.source import UNTITLED, Source, Title
from fazhi.law.term import Term

Rolls = Literal["law", "analogy", "never"]
Every = Literal["", "year", "quarter", "month"]
FieldType = Literal[
    "choice", "text", "day", "term", "number", "money", "party", "file", "unit", "post", "matter", "moment", "code"
]
Groups = tuple[tuple[str, ...], ...]

Role = int
"""What a fact is to a clock: the sum of the marks below."""
START, NAMES_DAY, STOP, DROP, RESTART, MOVES = (1, 2, 4, 8, 16, 32)


@dataclass(frozen=True, slots=True)
class FieldKind:
    """One thing a fact says. `day` names a day to come, `lasts` the length it grants.

    `when` are values that other fields of the same fact must have for it to be asked; one that must be said in such
    a case is `needed` then, and not `required` in every case.
    """

    name: str
    kind: FieldType = "text"
    choices: tuple[str, ...] = ()
    title: Title = UNTITLED
    required: bool = True
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    needed: bool = False
    choice_titles: Mapping[str, Title] = field(default_factory=dict)


Consulted = Literal["found", "absent", "below", "above"]


@dataclass(frozen=True, slots=True)
class Consult:
    """What is looked up in a register when a fact is recorded. `by` are pairs of a field and the column that must say
    the same; `where` columns with the value they must have; `contains` a text field and the column whose words are
    looked for in it; `within` an amount and the columns of its least and its most ("" for none). `personal` is a text
    looked through for personal data, in place of a register. `takes` are fields that take over a column; `fills` is
    the choice that keeps what came of it, `told` what is worth a warning, unless the field `excused_by` says why.
    """

    register: str = ""
    by: tuple[tuple[str, str], ...] = ()
    where: tuple[tuple[str, str], ...] = ()
    personal: str = ""
    contains: tuple[str, str] = ("", "")
    within: tuple[str, str, str] = ("", "", "")
    takes: tuple[tuple[str, str], ...] = ()
    fills: str = ""
    told: tuple[Consulted, ...] = ()
    excused_by: str = ""
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class FactKind:
    """What may happen. `after` and `needs` are groups: one of each group must be there."""

    name: str
    title: Title = UNTITLED
    after: Groups = ()
    needs: Groups = ()
    unless: tuple[str, ...] = ()
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    fields: Mapping[str, FieldKind] = field(default_factory=dict)
    sets: Mapping[str, str] = field(default_factory=dict)
    repeats: bool = False
    closes: bool = False
    by: str = ""
    letters: tuple[str, ...] = ()
    publishes: str = ""
    leads_to: tuple[str, ...] = ()
    hears: Mapping[str, str] = field(default_factory=dict)
    consults: tuple[Consult, ...] = ()
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class OtherTerm:
    """The other reading of the same words, with its own source."""

    term: Term
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class ClockRule:
    """A limit or a minimum; without `term` and `at_least` it only measures (及时). `times` None means any number."""

    name: str
    title: Title = UNTITLED
    starts: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    term: Term | None = None
    or_term: OtherTerm | None = None
    at_least: Term | None = None
    rolls: Rolls | None = None
    stops: tuple[str, ...] = ()
    drops: tuple[str, ...] = ()
    restarts: tuple[str, ...] = ()
    pauses: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    extended_by: tuple[str, ...] = ()
    extension: Term | None = None
    times: int | None = 1
    deems: str = ""
    deems_on: Literal["end", "start"] = "end"
    opens: tuple[str, ...] = ()
    outlives: bool = False
    warns: Term | None = None
    soft: bool = False
    by: str = ""
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Total:
    """The numbers of column `of` added up for each value of column `by`, within a year. With `weight` each number is
    that share of a hundred of its line; `less` is taken from it before."""

    of: str
    by: str
    at_least: int | None = None
    weight: str = ""
    less: str = ""


@dataclass(frozen=True, slots=True)
class Register:
    """A list that a matter enters and leaves by facts, with the latest values of `columns`.

    `find` are columns by which it is filtered and sorted, `private` those that never leave the office,
    `plain` those that are public as written, addresses and telephones of offices too; `key` those by which a table
    that comes again knows a line; `total` are the
    column whose numbers are added up and the one by which, with the least that is wanted in a year (None: no least).
    """

    enters: tuple[str, ...]
    leaves: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    public: bool = False
    group: str = ""
    find: tuple[str, ...] = ()
    private: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    total: Total | None = None


@dataclass(frozen=True, slots=True)
class Transition:
    """On its first day the page takes over open matters that have none of the facts `unless`."""

    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Intake:
    """What the form of the opening fact calls its parts; a part without a name is not asked for. `also` are facts of
    an earlier day that are asked for with it, `usual` what its fields nearly always say, `points` the kinds of places
    of service at which the business is taken in. Where `anyone` may, every post opens one with the unit that works
    it, whatever else it may do there. Taken up `ex_officio`, it was not brought by the person named, who gets no code
    to follow it with."""

    text: Title = UNTITLED
    place: Title = UNTITLED
    person: Title = UNTITLED
    also: tuple[str, ...] = ()
    usual: tuple[tuple[str, str], ...] = ()
    points: tuple[str, ...] = ()
    anyone: bool = False
    ex_officio: bool = False

    @property
    def brought(self) -> bool:
        """Whether a person from outside brings such business in."""
        return bool(self.person.zh) and not self.ex_officio


@dataclass(frozen=True, slots=True)
class Retention:
    """How long a closed matter is kept, in whole years from the first of January after its closing; no term is for
    good."""

    term: Term | None
    source: Source


@dataclass(frozen=True, slots=True)
class PublicStep:
    """One step of a public course: reached with the first of its facts."""

    title: Title
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PublicCourse:
    """How the way of a matter is shown to anyone on one page, once something of it was published.

    `draft` and `final` are the facts whose publications hold the draft and the final text. Comments on the draft are
    business of the kind `comments`, taken until one of the facts `until`; `last_day` is the field of the draft in
    which the organ announces a day for them to end.
    """

    steps: tuple[PublicStep, ...]
    draft: str = ""
    final: str = ""
    comments: str = ""
    until: tuple[str, ...] = ()
    last_day: str = ""


@dataclass(frozen=True, eq=False)
class Procedure:
    """One page: compared by identity, so what it derives from its words is worked out once."""

    name: str
    in_force: date
    title: Title = UNTITLED
    source: Source | None = None
    rolls: Rolls = "law"
    every: Every = ""
    opens_with: str = ""
    facts: Mapping[str, FactKind] = field(default_factory=dict)
    clocks: Mapping[str, ClockRule] = field(default_factory=dict)
    register: Register | None = None
    transition: Transition | None = None
    retention: Retention | None = None
    numbered_by: str = ""
    number_word: str = ""
    intake: Intake = Intake()
    course: PublicCourse | None = None
    digest: str = ""
    common: Mapping[str, FactKind] = field(default_factory=dict)

    def kind(self, name: str) -> FactKind | None:
        """What this page, or the page of acts common to all, says of a fact."""
        return self.facts.get(name) or self.common.get(name)

    @property
    def standing(self) -> bool:
        """Whether matters of this page are lines of a register rather than business that is received."""
        return self.register is not None and bool(self.register.group)

    @cached_property
    def opening(self) -> frozenset[str]:
        """Facts with which a matter may begin: a line that was never planned begins with its entering."""
        enters = self.register.enters if self.register and self.standing else ()
        return frozenset((self.opens_with, *enters))

    @cached_property
    def closing(self) -> frozenset[str]:
        """Facts that end the matter."""
        kinds = {**self.common, **self.facts}
        return frozenset(name for name, kind in kinds.items() if kind.closes)

    @cached_property
    def extending(self) -> frozenset[str]:
        """Facts that lengthen some clock."""
        return frozenset(name for rule in self.clocks.values() for name in rule.extended_by)

    @cached_property
    def deeming(self) -> tuple[str, ...]:
        """Clocks at whose end the law takes something as done."""
        return tuple(name for name, rule in self.clocks.items() if rule.deems)

    @cached_property
    def roles(self) -> Mapping[str, tuple[tuple[ClockRule, Role], ...]]:
        """What each kind of fact is to each clock that names it."""
        found: dict[str, dict[str, int]] = {}
        for rule in self.clocks.values():
            for role, kinds in _named(rule):
                for kind in kinds:
                    of_kind = found.setdefault(kind, {})
                    of_kind[rule.name] = of_kind.get(rule.name, 0) | role
        return {
            kind: tuple((self.clocks[name], role) for name, role in of_kind.items()) for kind, of_kind in found.items()
        }

    @cached_property
    def cases(self) -> frozenset[str]:
        """Fields that decide which clocks belong to a case."""
        return frozenset(name for rule in self.clocks.values() for name in rule.when)

    @cached_property
    def choices(self) -> Mapping[tuple[str, str], Title]:
        """The titles of choices, by field and value."""
        kinds = (*self.facts.values(), *self.common.values())
        fields = [field for kind in kinds for field in kind.fields.values()]
        return {(field.name, value): title for field in fields for value, title in field.choice_titles.items()}

    @cached_property
    def heard(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """What a sub-matter's facts become here, by its page ("" any page) and its kind of fact."""
        found: dict[tuple[str, str], tuple[str, ...]] = {}
        for kind in self.facts.values():
            for page in kind.leads_to or ("",):
                for told, becomes in kind.hears.items():
                    found[page, told] = (*found.get((page, told), ()), becomes)
        return found

    def rolls_for(self, rule: ClockRule) -> Rolls:
        """What becomes of a last day that is a rest day: the clock's own word, else the page's."""
        return rule.rolls or self.rolls


def _named(rule: ClockRule) -> tuple[tuple[Role, Iterable[str]], ...]:
    return (
        (START, rule.starts),
        (NAMES_DAY, rule.before),
        (STOP, rule.stops),
        (DROP, rule.drops),
        (RESTART, rule.restarts),
        (MOVES, rule.pauses),
        (MOVES, [end for ends in rule.pauses.values() for end in ends]),
        (MOVES, rule.extended_by),
    )
