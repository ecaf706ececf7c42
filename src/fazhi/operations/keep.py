"""Keeping operations: asked for, found again by their asker alone, cancelled, seen, and given up with their files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, cast
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from fazhi import archive
from fazhi.operations.models import Operation as Row
from fazhi.operations.values import Absent, CannotDo, Operation, Outcome, State
from fazhi.people import sealing
from fazhi.people.actors import Actor

DAYS: Final = 3
"""How long a file is kept for its asker."""
ROWS: Final = timedelta(days=30)
"""How long it is remembered that something was asked for."""
MOST: Final = 10
"""Operations that one person may have waiting or running."""
LISTED: Final = 500
OPEN: Final = ("waiting", "running")
SAME: Final = (
    *("account", "post", "kind", "language", "state", "stopping", "tries", "done", "total", "asked", "began", "ended"),
    *("expires", "seen", "brought", "file"),
)
"""What a row says openly; the rest of it is sealed."""


@dataclass(frozen=True, slots=True)
class News:
    """How many of a person's operations are on their way, and how many have ended unseen."""

    running: int = 0
    ended: int = 0


def ask(
    actor: Actor,
    kind: str,
    title: str,
    given: Mapping[str, str],
    *,
    key: str,
    language: str = "zh-hans",
    file: bytes = b"",
    name: str = "",
) -> UUID:
    """Leave a work to the jobs process; the same key asks for the same.

    CannotDo for one who has too many waiting, and for a file that cannot be kept."""
    if actor.account is None or actor.post is None:
        raise CannotDo(_("后台任务由在岗人员提出，请先登录并选择岗位。"))
    if known := Row.objects.filter(account=actor.account, key=key).first():
        return known.pk
    if Row.objects.filter(account=actor.account, state__in=OPEN).count() >= MOST:
        raise CannotDo(_("您已有%(n)d件后台任务在等待或正在办理，请等办好一些再提，或者取消不要的。") % {"n": MOST})
    row = Row(account=actor.account, post=actor.post, kind=kind, language=language, key=key)
    row.sealed = _seal(row.pk, {"title": title, "given": dict(given)})
    try:
        with transaction.atomic():
            row.brought = archive.put_bytes(file, name, actor) if file else None
            row.save(force_insert=True)
    except archive.BadFile as bad:
        raise CannotDo(str(bad)) from bad
    return row.pk


def find(account: UUID | None, identity: UUID) -> Operation:
    """An operation of this person's. Absent if there is none, or it is another's: both look alike."""
    row = Row.objects.filter(pk=identity, account=account).defer("matters").first() if account else None
    if row is None:
        raise Absent
    return read(row)


def mine(account: UUID | None) -> tuple[Operation, ...]:
    """What this person asked for in the last month, the newest first."""
    if account is None:
        return ()
    rows = Row.objects.filter(account=account).defer("matters").order_by("-asked", "pk")[:LISTED]
    return tuple(read(row) for row in rows)


def news(account: UUID | None) -> News:
    """For the head of every page: what is on its way, and what has ended since one looked."""
    if account is None:
        return News()
    states = Row.objects.filter(Q(state__in=OPEN) | Q(seen=None), account=account).values_list("state", flat=True)
    found = [state in OPEN for state in states]
    return News(sum(found), len(found) - sum(found))


def ahead(operation: Operation) -> int:
    """How many will be done before this one."""
    return Row.objects.filter(state__in=OPEN, asked__lt=operation.asked).count()


def mark_seen(operation: Operation) -> None:
    """Its asker has seen how it ended."""
    Row.objects.filter(pk=operation.id, seen=None).exclude(state__in=OPEN).update(seen=timezone.now())


def cancel(operation: Operation) -> None:
    """One that waits ends now; one that runs ends at its next step, and what it has done until then is told there."""
    with transaction.atomic():
        row = Row.objects.select_for_update().get(pk=operation.id)
        if row.state == "waiting":
            end(row.pk, "cancelled", "")
        elif row.state == "running":
            Row.objects.filter(pk=row.pk).update(stopping=True)


def end(identity: UUID, state: State, words: str) -> None:
    """Ended without a result; what it was to work on is erased."""
    with transaction.atomic():
        row = Row.objects.get(pk=identity)
        for file in (row.brought, row.file):
            if file:
                archive.erase(file)
        told = _seal(identity, {"words": words})
        Row.objects.filter(pk=identity).update(
            state=state, ended=timezone.now(), outcome=told, brought=None, file=None, matters=[], expires=None
        )


def finish(operation: Operation, outcome: Outcome, actor: Actor) -> bool:
    """Keep what came of it; False if it was cancelled in the last moment, and nothing of it is kept then."""
    told = {"words": outcome.words, "href": outcome.href, "rows": [list(row) for row in outcome.rows]}
    with transaction.atomic():
        file = archive.put_made(outcome.data, outcome.name, actor) if outcome.name else None
        now = timezone.now()
        kept = Row.objects.filter(pk=operation.id, state="running", stopping=False).update(
            state="done",
            ended=now,
            expires=now + timedelta(days=DAYS) if file else None,
            outcome=_seal(operation.id, told),
            file=file,
            matters=sorted(set(outcome.matters)),
            brought=None,
        )
        if not kept:
            transaction.set_rollback(True)
            return False
        if operation.brought:
            archive.erase(operation.brought)
    return True


def drop_about(matter: UUID) -> None:
    """Give up every file in which a matter stands of which something was erased; its asker is told why."""
    for identity in list(
        Row.objects.filter(file__isnull=False, matters__contains=[matter]).values_list("pk", flat=True)
    ):
        end(identity, "failed", _("做成以后，其中有事项的个人信息被依法清除，文件已经删除；需要的话请重新办理。"))
        Row.objects.filter(pk=identity).update(seen=None)


def forget_old() -> int:
    """Erase files past their term, and forget operations after a month; how many."""
    now, count = timezone.now(), 0
    for row in Row.objects.filter(expires__lte=now, file__isnull=False).defer("matters"):
        with transaction.atomic():
            count += archive.erase(cast(UUID, row.file))
            Row.objects.filter(pk=row.pk).update(file=None, matters=[])
    return count + Row.objects.filter(ended__lte=now - ROWS, file=None).delete()[0]


def read(row: Row) -> Operation:
    """The row with what was sealed in it."""
    asked, told = _unseal(row.pk, bytes(row.sealed)), _unseal(row.pk, bytes(row.outcome)) if row.outcome else {}
    same: dict[str, Any] = {name: getattr(row, name) for name in SAME}
    return Operation(row.pk, title=asked["title"], given=asked["given"], **same, **told)


def _seal(identity: UUID, said: Mapping[str, Any]) -> bytes:
    return sealing.seal(sealing.derived("operations"), json.dumps(said, ensure_ascii=False).encode(), identity.bytes)


def _unseal(identity: UUID, sealed: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(sealing.unseal(sealing.derived("operations"), sealed, identity.bytes))
    return found
