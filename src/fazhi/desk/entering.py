"""Entering many matters in one transaction by the rules of `enter`: what another office kept, or a year of samples."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from fazhi.desk.act import Act, NoRight, Received, Refused
from fazhi.desk.admit import Admitted, admit_all
from fazhi.desk.numbering import series_for
from fazhi.desk.opening import numbered_on, ready, secrecy_of
from fazhi.desk.power import check_open, rights
from fazhi.law import Finding, Matter, Procedure
from fazhi.ledger import Appended, rulebook
from fazhi.ledger import act as transaction
from fazhi.ledger.begin_many import Beginning, begin_many
from fazhi.ledger.number import Series
from fazhi.people import holders
from fazhi.people.actors import Actor
from fazhi.reach.scope import Scope

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Entering:
    """A matter to be entered with all that is known of it; acts may correct earlier ones by their place from 1 on."""

    procedure: str | Procedure
    acts: Sequence[Act]
    key: str
    unit: UUID | None = None
    old_number: str = ""
    external_number: str = ""


class OneRefused(Refused):
    """One of many matters was refused, and with it all of them; `place` counts from 1."""

    def __init__(self, place: int, key: str, findings: tuple[Finding, ...]) -> None:
        super().__init__(findings)
        self.place, self.key = place, key
        self.args = (f"第{place}件（{key}）不能登记，这一批都没有登记：{self.args[0]}",)


def enter_many(
    actor: Actor, matters: Sequence[Entering], *, scope: Scope | None = None, holder: bool = False
) -> list[Received]:
    """Enter the matters whole or none of them, in order; each is as if `enter` had been asked for it alone.

    OneRefused and NoRight say which one is at fault. A key that is known already gives the answer it gave before. What
    matters have in common is looked at once. `holder` gives each a number and code to prove it by.
    """
    with transaction("default"):
        batch = _Batch(actor, rights(actor, scope))
        for place, one in enumerate(matters, 1):
            batch.take(place, one)
        batch.write()
        return [_answer(done, found, holder=holder) for done, found in zip(batch.done, batch.found, strict=True)]


def _answer(done: Appended, found: tuple[Finding, ...], *, holder: bool) -> Received:
    if done.repeated:
        number = holders.number_of(done.matter)
        return Received(done.matter, done.seq, number, "", (), done.number, repeated=True)
    number, code = holders.issue(done.matter) if holder else ("", "")
    return Received(done.matter, done.seq, number, code, found, done.number)


class _Batch:
    """What the matters of one batch share: rights, admission of the same acts, series of numbers."""

    def __init__(self, actor: Actor, scope: Scope) -> None:
        self.actor, self.scope = actor, scope
        self.admitted: dict[Hashable, Admitted] = {}
        self.series: dict[Hashable, Series | None] = {}
        self.opened: set[Hashable] = set()
        self.waiting: list[Beginning] = []
        self.found: list[tuple[Finding, ...]] = []
        self.done: list[Appended] = []

    def take(self, place: int, one: Entering) -> None:
        """Look at a matter; it waits to be written with the others."""
        try:
            beginning, found = self._told(one)
        except Refused as refused:
            raise OneRefused(place, one.key, refused.findings) from refused
        except NoRight as refused:
            raise NoRight(f"第{place}件（{one.key}）：{refused}这一批都没有登记。") from refused
        self.waiting.append(beginning)
        self.found.append(found)

    def write(self) -> None:
        """Write those that wait."""
        self.done += begin_many(self.waiting, self.actor)
        self.waiting = []

    def _told(self, one: Entering) -> tuple[Beginning, tuple[Finding, ...]]:
        page, acts = ready(one.procedure, one.acts)
        unit = one.unit or self.actor.unit
        self._check(page, unit, secrecy_of(acts))
        admitted = self._admitted(page, acts)
        numbering = None if one.old_number else numbered_on(page, acts)
        series = self._series(page, unit, numbering) if numbering else None
        names = (one.old_number, one.external_number)
        return Beginning(page, admitted.drafts, one.key, unit, series, *names), admitted.findings

    def _check(self, page: Procedure, unit: UUID, secrecy: int) -> None:
        asked = (page.name, unit, secrecy)
        if asked not in self.opened and self.actor.face != "portal":
            check_open(self.scope, unit, page.name, secrecy)
        self.opened.add(asked)

    def _admitted(self, page: Procedure, acts: Sequence[Act]) -> Admitted:
        def admit() -> Admitted:
            return admit_all(Matter(page, later=rulebook().later(page)), acts, self.actor, head=0)

        kinds = [page.kind(act.kind) for act in acts]
        consulted = {asked.register for kind in kinds if kind for asked in kind.consults}
        if consulted:  # a line that waits is to be found too
            if any(other.page.name in consulted for other in self.waiting):
                self.write()
            return admit()
        return _once(self.admitted, (id(page), *map(_said, acts)), admit)

    def _series(self, page: Procedure, unit: UUID, day: date) -> Series | None:
        return _once(self.series, (id(page), unit, day), lambda: series_for(page, unit, day))


def _once(known: dict[Hashable, _T], key: Hashable, find: Callable[[], _T]) -> _T:
    if key not in known:
        known[key] = find()
    return known[key]


def _said(act: Act) -> Hashable:
    """All that an act says, as a key."""
    words = (*sorted(act.fields.items()), None, *sorted(act.body.items()))
    rest = (act.thread, act.files, act.parties, act.corrects, act.strikes)
    return (act.kind, act.day, act.moment, *rest, *words)
