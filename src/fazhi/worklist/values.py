"""What the desk and the matter's page show, as plain frozen values; words for people are chosen by the faces."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from fazhi.law import Clock, FactKind, Finding, Title
from fazhi.law.explain import Explanation
from fazhi.ledger.view import MatterView
from fazhi.people.parties import MaskedParty
from fazhi.reach.ask import Count

Bucket = Literal[
    "ours", "approve", "overdue", "today", "soon", "later", "undated", "waiting", "paused", "option", "provisional"
]
Relation = Literal["linked", "parent", "child"]
BUCKETS: tuple[Bucket, ...] = (
    "approve",
    "overdue",
    "today",
    "soon",
    "later",
    "undated",
    "waiting",
    "paused",
    "option",
    "provisional",
)
"""`option` is what the office may do until a day and need not; it is never late. `approve` is what others sent up."""


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do by a day. `days_left` is negative once late and None without a day; `working` says which days."""

    matter: UUID
    number: str
    procedure: str
    title: Title
    subject: str
    clock: str
    what: Title
    thread: str
    unit: UUID
    unit_name: str
    unit_name_en: str
    due: date | None
    other_due: date | None
    minimum: date | None
    days_left: int | None
    working: bool
    state: Bucket
    provisional: bool
    duty: str
    source: str
    status: str


@dataclass(frozen=True, slots=True)
class DeskPage:
    """My desk: how much there is in each bucket, and some of the chosen one."""

    today: date
    counts: Mapping[Bucket, Count]
    tasks: tuple[Task, ...]
    after: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """One field of an entry; `shown` is what a person reads (a choice by its title, a unit by its name)."""

    name: str
    title: Title
    kind: str
    value: str
    shown: str
    shown_en: str


@dataclass(frozen=True, slots=True)
class CourseEntry:
    """One entry of the course, or a fact that the law takes as done (`deemed`, seq 0).

    `body` is None where it was erased. `struck_by` is the seq of the entry that stands in its place.
    """

    seq: int
    kind: str
    title: Title
    day: date
    moment: datetime | None
    recorded_at: datetime | None
    unit: str
    unit_en: str
    post: str
    post_en: str
    face: str
    thread: str
    fields: tuple[Said, ...]
    body: tuple[tuple[Title, str], ...] | None
    files: tuple[UUID, ...]
    letters: tuple[str, ...]
    source: str
    struck_by: int | None = None
    corrects: int | None = None
    strikes: bool = False
    deemed: bool = False
    findings: tuple[Finding, ...] = ()
    deputy: str = ""
    """The post of the deputy, where one acted in the place of `post`."""
    deputy_en: str = ""


@dataclass(frozen=True, slots=True)
class ClockLine:
    """One run with the explanation of its date and the words of `Task`."""

    clock: Clock
    explanation: Explanation
    days_left: int | None
    working: bool
    state: Bucket | Literal["ended"]


@dataclass(frozen=True, slots=True)
class PossibleAct:
    """An act and what stands against it now: `barred` cannot be recorded, `unlawful` can, with the finding."""

    kind: FactKind
    common: bool
    findings: tuple[Finding, ...]
    barred: bool
    unlawful: bool


@dataclass(frozen=True, slots=True)
class Linked:
    """Another matter: linked, above or below this one. Nothing of it but its number is told without rights."""

    matter: UUID
    relation: Relation
    number: str
    title: Title
    seen: bool


@dataclass(frozen=True, slots=True)
class ChainLink:
    """One procedure in a chain through which a dispute was handed on; `depth` 0 is the first.

    Of one that the reader may not see only its place is told (`title` is None); next to one that he does, also its
    kind, its unit and its number, so that the two can speak to each other (`hidden`).
    """

    matter: UUID
    depth: int
    here: bool
    title: Title | None = None
    number: str = ""
    unit: str = ""
    unit_en: str = ""
    opened: date | None = None
    closed: date | None = None
    outcome: tuple[Title, ...] = ()
    left: Title | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Looked:
    """Who looked at a party in the clear; without a party, at the texts."""

    party: UUID | None
    who: str
    post: str
    purpose: str
    at: datetime


@dataclass(frozen=True, slots=True)
class MatterPage:
    """Everything the matter's page needs. `seen` goes back with an act, so that two clerks collide loudly."""

    view: MatterView
    id: UUID
    procedure: str
    title: Title
    subject: str
    number: str
    official_number: str
    old_number: str
    external_number: str
    query_number: str
    opened: date
    closed: date | None
    secrecy: int
    unit: str
    unit_en: str
    responsible: str
    responsible_en: str
    seen: int
    may_act: bool
    clear: bool
    course: tuple[CourseEntry, ...]
    clocks: tuple[ClockLine, ...]
    acts: tuple[PossibleAct, ...]
    findings: tuple[Finding, ...]
    parties: tuple[MaskedParty, ...]
    linked: tuple[Linked, ...]
    looked: tuple[Looked, ...]
    threads: tuple[str, ...]
    chain: tuple[ChainLink, ...] = ()
