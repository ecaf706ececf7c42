"""Who calls: a token in the header, its post as it is today, its purposes, and a limit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.http import HttpRequest
from ninja.security import HttpBearer

from fazhi.ledger import today
from fazhi.people import tokens
from fazhi.people.actors import Actor
from fazhi.people.limits import Limit
from fazhi.reach.scope import Scope, scope_of

CALLS: Final = Limit("api", most=20_000, seconds=3600)


class TooMany(Exception):
    """The token was used too often."""


class WrongScope(Exception):
    """The token was not issued for this."""


@dataclass(frozen=True, slots=True)
class Caller:
    """The actor of a token today, with its rights read anew for every call."""

    actor: Actor
    scopes: frozenset[str]
    day: date
    scope: Scope

    def must(self, word: str) -> None:
        """WrongScope unless the token was issued for `word`."""
        if word not in self.scopes:
            raise WrongScope(f"这个令牌没有“{tokens.SCOPES[word]}”的用途，请另发一个令牌。")


class Bearer(HttpBearer):
    """Reads `Authorization: Bearer …`; a log-in cookie is never enough."""

    def authenticate(self, request: HttpRequest, token: str) -> Caller | None:
        proven = tokens.prove(token, today())
        if proven is None:
            return None
        if not CALLS.take(token):
            raise TooMany("这个令牌一小时内调用次数过多，请稍后再试。")
        return Caller(proven.actor, proven.scopes, today(), scope_of(proven.actor, today()))


def caller_of(request: HttpRequest) -> Caller:
    """The caller whom `Bearer` let in."""
    caller: Caller = request.auth  # type: ignore[attr-defined]  # set by the library once it let the call in
    return caller
