"""Tokens: how another program acts for an account in a post, with fewer rights than the post has, until a day."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from fazhi.people import actors, deeds, sealing
from fazhi.people.actors import Actor, NoPost
from fazhi.people.models import Token

SCOPES: dict[str, str] = {
    "read": "查看事项和名录",
    "receive": "登记新事项",
    "record": "办理事项",
    "figures": "读取指标",
    "balances": "报送预付余额",
}
LONGEST_DAYS = 366
PREFIX = "fazhi_"


class BadToken(ValueError):
    """A token that cannot be issued as asked; the words say what to change."""


@dataclass(frozen=True, slots=True)
class TokenLine:
    """A token as its owner sees it again: never the token itself."""

    id: UUID
    title: str
    scopes: tuple[str, ...]
    until: date
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class Proven:
    """Who acts by a token, and for what it is good."""

    actor: Actor
    scopes: frozenset[str]


def issue(actor: Actor, title: str, scopes: Iterable[str], until: date, today: date) -> str:
    """A new token of the actor's own account and post, told this once. It is noted in the log of administration."""
    words = sorted(set(scopes))
    if not title.strip():
        raise BadToken("请写明哪个系统使用这个令牌。")
    if not words or any(word not in SCOPES for word in words):
        raise BadToken(f"请至少选择一项用途：{'、'.join(SCOPES.values())}。")
    if not today < until or (until - today).days > LONGEST_DAYS:
        raise BadToken("有效期最晚到一年后，且不能早于明天。")
    if actor.account is None or actor.post is None:
        raise BadToken("令牌只发给在岗的账号。")
    text = PREFIX + secrets.token_urlsafe(32)
    with transaction.atomic():
        Token(
            mark=_mark(text), title=title.strip()[:80], account_id=actor.account, post_id=actor.post, scopes=words,
            until=until,
        ).save(force_insert=True)  # fmt: skip
        deeds.note(actor, "issue_token", f"{title.strip()[:80]}：{'、'.join(SCOPES[word] for word in words)}")
    return text


def prove(text: str, day: date) -> Proven | None:
    """The actor of a token on the day, with today's powers of the post; None for a wrong, ended or withdrawn one."""
    row = Token.objects.filter(mark=_mark(text), withdrawn=None, until__gt=day).first()
    if row is None:
        return None
    try:
        return Proven(actors.actor_for(row.account_id, row.post_id, day), frozenset(row.scopes))
    except NoPost:
        return None


def of_account(account: UUID) -> tuple[TokenLine, ...]:
    """The tokens of an account, newest first."""
    rows = Token.objects.filter(account=account).order_by("-issued")
    return tuple(TokenLine(row.pk, row.title, tuple(row.scopes), row.until, row.withdrawn is not None) for row in rows)


def withdraw(actor: Actor, token: UUID) -> bool:
    """Ends one of the actor's own tokens at once; False if there is no such one."""
    with transaction.atomic():
        row = Token.objects.filter(pk=token, account=actor.account, withdrawn=None).first()
        if row is None:
            return False
        Token.objects.filter(pk=row.pk).update(withdrawn=timezone.now())
        deeds.note(actor, "withdraw_token", row.title)
    return True


def _mark(text: str) -> str:
    return sealing.mark("token", text, key="code")
