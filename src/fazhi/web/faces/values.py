"""Plain values the pieces are drawn from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from fazhi.web.faces.due import Due
from fazhi.web.faces.ribbon import Ribbon

Choice = tuple[str, str]
FieldShape = Literal["text", "long", "select", "radio", "day", "file", "check", "number", "search", "hour", "password"]
LONG = 600
"""Signs of a text that stand open in the course; longer ones unfold."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form: what it asks, what was typed, and what was wrong with it. One that `narrows` a list is not
    said to be optional, for nothing else is expected. `when` are values of other fields (`outcome=revoked,altered`
    each) with which alone it is asked: it steps back as long as another is chosen."""

    name: str
    label: str
    shape: FieldShape = "text"
    value: str = ""
    hint: str = ""
    error: str = ""
    required: bool = False
    choices: tuple[Choice, ...] = ()
    groups: tuple[tuple[str, tuple[Choice, ...]], ...] = ()
    id: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)
    narrows: bool = False
    when: str = ""

    @property
    def key(self) -> str:
        return self.id or f"f-{self.name}"

    @property
    def offers(self) -> int:
        """How many choices there are, alone or in groups."""
        return len(self.choices) + sum(len(mine) for _, mine in self.groups)

    @property
    def described_by(self) -> str:
        parts = [f"{self.key}-hint" if self.hint else "", f"{self.key}-error" if self.error else ""]
        return " ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Tile:
    """A number that is a door: `href` leads to its definition and its records."""

    title: str
    value: str
    unit: str = ""
    basis: str = ""
    href: str = ""
    void: bool = False
    """Whether the value says that there is none."""


@dataclass(frozen=True, slots=True)
class Step:
    """One entry of a matter's course."""

    day: date
    title: str
    body: str = ""
    texts: tuple[tuple[str, str], ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    who: str = ""
    recorded: datetime | None = None
    seq: int = 0
    deemed: bool = False
    struck: bool = False
    corrects: str = ""
    correct_href: str = ""
    moment: datetime | None = None
    findings: tuple[str, ...] = ()

    @property
    def long(self) -> bool:
        """Too long to stand open on the page."""
        return len(self.body) > LONG

    @property
    def start(self) -> str:
        """The first words of a long text."""
        return " ".join(self.body[: LONG // 4].split()) + "…"


@dataclass(frozen=True, slots=True)
class Expected:
    """What should come next, drawn in outline at the end of the course."""

    title: str
    due: Due


@dataclass(frozen=True, slots=True)
class Running:
    """A clock of a matter, with the ribbon that explains its date."""

    title: str
    due: Due
    ribbon: Ribbon | None
    law: str = ""
    status: str = ""
    thread: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks to be approved: who, when, and in which words."""

    who: str
    day: str
    text: str


@dataclass(frozen=True, slots=True)
class Act:
    """An act that may be recorded now, with the form it needs."""

    kind: str
    title: str
    fields: tuple[Field, ...] = ()
    law: str = ""
    warnings: tuple[str, ...] = ()
    why: tuple[str, ...] = ()
    grave: bool = False
    open: bool = False
    ends: str = ""
    late: str = ""
    asked: Asked | None = None


@dataclass(frozen=True, slots=True)
class NotNow:
    """An act that may not be recorded now, the reason, and the article that says so; `lacking` where only
    the power is missing: `posts` have it, and `way` leads to the form by which one of them is asked."""

    title: str
    why: str
    law: str = ""
    way: str = ""
    lacking: bool = False
    posts: str = ""


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that stands in the address; `data` where its label is recorded, not of the interface."""

    label: str
    href: str
    count: str = ""
    chosen: bool = False
    wrong: bool = False
    data: bool = False
