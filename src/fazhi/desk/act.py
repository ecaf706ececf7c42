"""What is handed to the desk and what it answers: Act, Received, Recorded, and the refusals that teach."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from fazhi.law import Finding, Procedure
from fazhi.ledger.countersign import KINDS as COUNTERSIGNING
from fazhi.ledger.joined import DUPLICATE


@dataclass(frozen=True, slots=True)
class Act:
    """One fact to be recorded. Without `day` it is the lawful day of `moment`, without both today.

    `fields` are values the page declares, as text; `body` is free text by name. `files` and `parties` are ids given by
    archive and people.
    """

    kind: str
    day: date | None = None
    moment: datetime | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, str] = field(default_factory=dict)
    thread: str = ""
    files: tuple[UUID, ...] = ()
    parties: tuple[UUID, ...] = ()
    corrects: int | None = None
    strikes: bool = False


@dataclass(frozen=True, slots=True)
class Child:
    """A sub-matter to open with the act that leads to it; what it tells is heard in the thread of that act."""

    procedure: Procedure
    act: Act
    unit: UUID | None = None


@dataclass(frozen=True, slots=True)
class Received:
    """A matter as opened. `query_number` and `code` prove who holds it; the code is told once, not when `repeated`."""

    matter: UUID
    seq: int
    query_number: str
    code: str
    findings: tuple[Finding, ...] = ()
    number: str | None = None
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Recorded:
    """An act as recorded, with what was found unlawful or worth saying about it."""

    seq: int
    findings: tuple[Finding, ...] = ()
    number: str | None = None
    child: UUID | None = None
    repeated: bool = False


class Refused(Exception):
    """Nothing was written; the findings say what is wrong and what would do."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        super().__init__("；".join(finding.message for finding in findings))


class NoRight(PermissionError):
    """The actor may not do this; the text says who may."""


OWN_VERBS: Mapping[str, str] = {"local_page": "本地规则", "reorganisation": "机构调整", "year_close": "年结"}
"""Kinds of business recorded only by verbs of their own, which also do what their entries say; each with its page."""


def refuse_verbless(procedure: str, *, own: bool) -> None:
    """Refused where an act would be written down that only such a verb may both write and do."""
    if procedure in OWN_VERBS and not own:
        message = f"“{OWN_VERBS[procedure]}”只能在它自己的页面或者命令里办理，不能按一般事项登记。"
        raise Refused((refusal("kind", message, f"{procedure} has verbs of its own", procedure),))


OWN_ACTS: Mapping[str, frozenset[str]] = {
    "annual_report": frozenset(
        {
            "drafted",
            "explained",
            "screened",
            "signed",
            "submitted",
            "copied",
            "published",
            "archived",
            "archived_secret",
        }
    ),
    "report_contribution": frozenset({"submitted", "sent_back", "adopted", "nothing"}),
}
"""Acts of a kind of business that officials record only by verbs of their own, which check what has to go before."""


def refuse_off_page(procedure: str, acts: Iterable[Act], *, face: str, own: bool) -> None:
    """Refused where an official would pass by the checks of such a verb; what an import brings has happened, and what
    was written in error may be struck out."""
    kinds = OWN_ACTS.get(procedure, frozenset())
    for act in acts:
        if act.kind in kinds and face == "office" and not own and not act.strikes:
            message = (
                "年度报告和供稿的成稿、审查、签发、报送、公开在“报告”里办理，那里先核对、后记入，不能按一般事项登记。"
            )
            raise Refused((refusal("kind", message, "reports and contributions have a page of their own", act.kind),))


def refuse_by_hand(acts: Iterable[Act], *, own: bool) -> None:
    """Refused where an act of joint review or countersigning, or the joining of a second registration, comes from
    elsewhere than its own verbs; the latter may be struck out."""
    for act in acts:
        if act.kind == DUPLICATE and not (own or act.strikes):
            message = "重复登记在事项页面的“这一件是重复登记”里办理，那里核对两件收到的先后，不能按一般记录登记。"
            raise Refused((refusal("kind", message, "joining a second registration has a verb of its own", act.kind),))
        if act.kind in COUNTERSIGNING and not own:
            message = (
                "会审会签在事项的“会审会签”页面办理，不能按一般记录登记，也不能更正；需要改动的，请改稿重签或者撤销。"
            )
            raise Refused(
                (refusal("kind", message, "Joint review and countersigning have a page of their own.", act.kind),)
            )


def refusal(rule: str, message: str, message_en: str, where: str = "") -> Finding:
    return Finding(rule, "barred", message, message_en, where=where)
