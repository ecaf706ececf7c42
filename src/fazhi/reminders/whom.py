"""Who is to be told: people in posts that can do something about it, of the unit whose turn it is or of one above."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from fazhi.ledger import MatterView
from fazhi.people import actors, units
from fazhi.people.actors import Actor
from fazhi.reach.grants import stand_ins
from fazhi.reach.scope import Scope, scope_of


class Recipients:
    """Answers for one day, reading each unit's posts and each post's rights once."""

    def __init__(self, day: date) -> None:
        self.day = day
        self._tree = units.tree_on(day)
        self._scopes: dict[tuple[UUID | None, UUID | None], Scope] = {}
        self._inside: dict[UUID, tuple[Actor, ...]] = {}

    def for_unit(self, view: MatterView, unit: UUID, powers: Iterable[str] = ("record",)) -> tuple[UUID, ...]:
        """Accounts of the unit with one of the powers that may act on the matter; of the next unit above where it has
        none; nobody where no unit above has."""
        for place in self._upwards(unit):
            found = [
                one.account for one in self._in(place, powers) if one.account and self._scope(one).may_act_on(view)
            ]
            if found:
                return tuple(dict.fromkeys(found))
        return ()

    def for_post(self, post: UUID) -> tuple[UUID, ...]:
        """Who holds the post, and who stands in for it."""
        posts, people = stand_ins(post, self.day)
        held = [one.account for one in actors.holders_of((post, *posts), self.day) if one.account]
        return tuple(dict.fromkeys((*held, *people)))

    def of_post(self, post: UUID) -> tuple[UUID, ...]:
        """Who holds the post itself."""
        return tuple(one.account for one in actors.holders_of((post,), self.day) if one.account)

    def in_units(self, places: Iterable[UUID], powers: Iterable[str]) -> tuple[Actor, ...]:
        """Everyone of these units with one of the powers."""
        wanted = tuple(powers)
        return tuple(one for place in places for one in self._in(place, wanted))

    def scope(self, actor: Actor) -> Scope:
        return self._scope(actor)

    def top(self, unit: UUID) -> UUID:
        """The unit at the root above this one."""
        return (*reversed(self._upwards(unit)), unit)[0]

    def _upwards(self, unit: UUID) -> tuple[UUID, ...]:
        return tuple(reversed(self._tree.path(unit))) or (unit,)

    def _in(self, unit: UUID, powers: Iterable[str]) -> list[Actor]:
        if unit not in self._inside:
            self._inside[unit] = actors.actors_in(unit, self.day)
        return [one for one in self._inside[unit] if one.powers & set(powers)]

    def _scope(self, actor: Actor) -> Scope:
        slot = (actor.account, actor.post)
        if slot not in self._scopes:
            self._scopes[slot] = scope_of(actor, self.day)
        return self._scopes[slot]
