"""What the office interface takes and gives, as OpenAPI describes it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field


class Problem(Schema):
    """What went wrong and what to do, as RFC 9457 has it, in Chinese and in English; `findings` are those of the law,
    one by one."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    title_en: str = ""
    detail_en: str = ""
    findings: list[FindingOut] = []


class FindingOut(Schema):
    """One finding: barred, unlawful, an error, a warning or a note, with its place and its article."""

    rule: str
    severity: str
    message: str
    message_en: str
    where: str = ""
    source: str = ""


class Me(Schema):
    """In whose name the token acts."""

    name: str
    unit: UUID
    unit_name: str
    powers: list[str]
    scopes: list[str]


class HitOut(Schema):
    """A matter in a list, masked."""

    id: UUID
    number: str
    procedure: str
    title: str
    unit: UUID
    unit_name: str
    received: date
    due: date | None
    closed: bool
    subject: str


class HitPage(Schema):
    """Some matters, newest first; `after` asks for the next ones."""

    items: list[HitOut]
    after: str = ""


class ClockOut(Schema):
    """A term and where it stands; `status` is the force of its source, `provisional` that a notice may move it."""

    name: str
    title: str
    thread: str
    state: str
    start: date
    due: date | None
    days_left: int | None
    working_days: bool
    provisional: bool
    source: str
    status: str


class EntryOut(Schema):
    """An entry of the course. Texts are masked as on the page of a post without a stated purpose."""

    seq: int
    kind: str
    title: str
    day: date
    unit: str
    thread: str
    fields: dict[str, str]
    struck_by: int | None
    corrects: int | None
    deemed: bool


class ActOut(Schema):
    """What may be recorded now, and what stands against it."""

    kind: str
    title: str
    barred: bool
    unlawful: bool
    findings: list[FindingOut]


class MatterOut(Schema):
    """A matter: `seen` goes back with an act, so that two who record at once are told."""

    id: UUID
    number: str
    external_number: str
    procedure: str
    title: str
    subject: str
    received: date
    closed: date | None
    unit: str
    responsible: str
    seen: int
    clocks: list[ClockOut]
    course: list[EntryOut]
    acts: list[ActOut]


class PartyIn(Schema):
    """A party of a new matter."""

    kind: Literal["citizen", "firm", "organ"] = "citizen"
    name: str
    phone: str = ""
    id_number: str = ""
    address: str = ""


class MatterIn(Schema):
    """A new matter. `key` makes it safe to send again; `external_number` is the number it has elsewhere."""

    procedure: str
    day: date | None = None
    fields: dict[str, str] = {}
    body: dict[str, str] = {}
    parties: list[PartyIn] = []
    external_number: str = ""
    key: str = Field(min_length=8, max_length=80)


class Opened(Schema):
    """A matter as opened, or as it was when the same key was sent before (`repeated`, without the code)."""

    id: UUID
    seen: int
    number: str
    query_number: str
    code: str
    repeated: bool
    findings: list[FindingOut]


class ActIn(Schema):
    """One act in a matter. `seen` is the last entry that was read; `key` makes it safe to send again."""

    kind: str
    day: date | None = None
    moment: datetime | None = None
    fields: dict[str, str] = {}
    body: dict[str, str] = {}
    thread: str = ""
    seen: int = Field(ge=0)
    key: str = Field(min_length=8, max_length=80)


class Done(Schema):
    """An act as recorded, with what was found about it."""

    seen: int
    number: str
    repeated: bool
    findings: list[FindingOut]


class TaskOut(Schema):
    """One thing to do by a day."""

    matter: UUID
    number: str
    subject: str
    what: str
    due: date | None
    days_left: int | None
    working_days: bool
    state: str
    provisional: bool
    unit_name: str


class DeskOut(Schema):
    """What is to be done: how many in each bucket, and some of the one asked for."""

    today: date
    counts: dict[str, int]
    tasks: list[TaskOut]
    after: str = ""


class FigureOut(Schema):
    """A figure with all that is needed to check it; `value` is null where there is no data."""

    name: str
    title: str
    kind: str
    unit: str
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    start: date
    cutoff: date
    position: int
    page_digest: str
    fingerprint: str
    source: str
    status: str


class RegisterLineOut(Schema):
    """A line of a register as it stands on the day asked for."""

    id: str
    unit: UUID
    since: date
    until: date | None
    data: dict[str, str]


class RegisterPage(Schema):
    """Some lines; `after` asks for the next ones."""

    lines: list[RegisterLineOut]
    after: str = ""


class BalanceIn(Schema):
    """What a prepaid shop held on a day: sums in yuan as text or number; one of the two is enough."""

    shop: str = Field(min_length=1, max_length=200)
    day: date
    balance: Decimal | None = Field(default=None, ge=0, lt=Decimal("1e12"), allow_inf_nan=False)
    escrow: Decimal | None = Field(default=None, ge=0, lt=Decimal("1e12"), allow_inf_nan=False)


class BalancesIn(Schema):
    """Rows of one report; each stands for itself."""

    rows: list[BalanceIn] = Field(min_length=1, max_length=500)


class BalanceOut(Schema):
    """What came of a row: recorded, repeated (the same was told before) or refused, with what to do."""

    shop: str
    day: date
    came: str
    why: str = ""


class RaisedOut(Schema):
    """A shop that the rules brought under closer watch, and which rules; `task` where it became one of supervision."""

    shop: str
    level: str
    rules: list[str]
    task: UUID | None = None


class BalancesOut(Schema):
    """Every row in the order it was sent, and the shops that rose by it."""

    rows: list[BalanceOut]
    raised: list[RaisedOut] = []


Problem.model_rebuild()
