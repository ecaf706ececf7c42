"""Joint review and countersigning: whom a matter was sent round to, who has answered which text, whose turn it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal
from uuid import UUID

from fazhi.law import Fact

OPENED, ASKED, ANSWERED = "countersign_opened", "countersign_asked", "countersigned"
REVISED, DECIDED, ENDED = "countersign_revised", "countersign_decided", "countersign_ended"
KINDS = frozenset({OPENED, ASKED, ANSWERED, REVISED, DECIDED, ENDED})
"""Facts that only the verbs of countersigning record, for each must fit what went before."""

State = Literal["open", "objected", "done", "ended"]


@dataclass(frozen=True, slots=True)
class Ask:
    """One place asked: a unit, or one post of it. Those of one `order` are asked at once."""

    entry: int
    unit: UUID
    post: UUID | None
    order: int
    by: date


@dataclass(frozen=True, slots=True)
class Answer:
    """What a place answered; `deputy_for` is the post that was stood in for, `digest` that of the text it is of."""

    entry: int
    ask: int
    answer: str
    day: date
    digest: str
    deputy_for: UUID | None


@dataclass(frozen=True, slots=True)
class Round:
    """One sending round. `text` is the entry that holds the text now; answers to an earlier text are `void`."""

    entry: int
    unit: UUID
    form: str
    rule: str
    text: int
    day: date
    asks: tuple[Ask, ...] = ()
    answers: tuple[Answer, ...] = ()
    void: tuple[Answer, ...] = ()
    decided: int | None = None
    ended: int | None = None

    def answer_to(self, ask: Ask) -> Answer | None:
        """The last answer of the place to the text as it is now."""
        return next((one for one in reversed(self.answers) if one.ask == ask.entry), None)

    @property
    def missing(self) -> tuple[Ask, ...]:
        """Places that have not answered the text as it is now."""
        return tuple(one for one in self.asks if self.answer_to(one) is None)

    @property
    def turn(self) -> tuple[Ask, ...]:
        """Those of them whose turn it is; none once the round is over."""
        if self.state not in ("open", "objected"):
            return ()
        first = min((one.order for one in self.missing), default=0)
        return tuple(one for one in self.missing if one.order == first)

    @property
    def objections(self) -> tuple[Ask, ...]:
        return tuple(one for one in self.asks if (said := self.answer_to(one)) and said.answer == "object")

    @property
    def state(self) -> State:
        """`objected` while an objection stands and nobody has decided; `done` once all answered and none does."""
        if self.ended is not None:
            return "ended"
        if self.objections and self.decided is None:
            return "objected"
        return "open" if self.missing else "done"

    @property
    def running(self) -> bool:
        return self.state in ("open", "objected")


def rounds_of(facts: Iterable[Fact]) -> tuple[Round, ...]:
    """The rounds of a matter in the order they were opened, from its effective facts; one runs at a time."""
    found: list[Round] = []
    for fact in sorted((one for one in facts if one.kind in KINDS and one.entry), key=lambda one: one.entry):
        if fact.kind == OPENED:
            fields = fact.fields
            said = UUID(fields["unit"]), fields["form"], fields["rule"]
            found.append(Round(fact.entry, *said, fact.entry, fact.day))
        elif found:
            found[-1] = _after(found[-1], fact)
    return tuple(found)


def running_round(facts: Iterable[Fact]) -> Round | None:
    """The round that waits for somebody now."""
    last = rounds_of(facts)[-1:]
    return last[0] if last and last[0].running else None


def _after(found: Round, fact: Fact) -> Round:
    fields = fact.fields
    if fact.kind == ASKED:
        post = UUID(fields["post"]) if fields.get("post") else None
        by = date.fromisoformat(fields["day"])
        ask = Ask(fact.entry, UUID(fields["unit"]), post, int(fields["order"]), by)
        return replace(found, asks=(*found.asks, ask))
    if fact.kind == ANSWERED:
        deputy = UUID(fields["post"]) if fields.get("post") else None
        said = Answer(fact.entry, int(fields["entry"]), fields["answer"], fact.day, fields["digest"], deputy)
        return replace(found, answers=(*found.answers, said), decided=None)
    if fact.kind == REVISED:
        return replace(found, text=fact.entry, void=(*found.void, *found.answers), answers=(), decided=None)
    return replace(found, decided=fact.entry) if fact.kind == DECIDED else replace(found, ended=fact.entry)
