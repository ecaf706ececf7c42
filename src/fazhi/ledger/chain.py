"""The chain of one matter: what a line's digest covers and how drafts become lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from fazhi.ledger import cipher, digest, keys
from fazhi.ledger.entry import Draft, EntryLine

if TYPE_CHECKING:
    from fazhi.people.actors import Actor

_COVERED = tuple(column.name for column in fields(EntryLine) if column.name not in ("id", "digest"))


def opening_digest(
    matter: UUID,
    procedure: str,
    page: str,
    opened: date,
    unit: UUID,
    parent: UUID | None,
    parent_thread: str,
    old_number: str,
    external_number: str,
) -> str:
    """What the first line is chained to: the matter's own columns."""
    named = {"id": matter, "procedure": procedure, "page": page, "opened": opened, "unit": unit, "parent": parent}
    numbers = {"parent_thread": parent_thread, "old_number": old_number, "external_number": external_number}
    return digest.sm3(digest.canonical({**named, **numbers}))


def line_digest(line: EntryLine) -> str:
    """Over every column of the line and the digest before it; not over the id, which the database gives."""
    return digest.sm3(digest.canonical({name: getattr(line, name) for name in _COVERED}))


def link(
    draft: Draft, actor: Actor, *, matter: UUID, seq: int, page: str, key: str, at: datetime, prev: str
) -> tuple[EntryLine, cipher.SealedBody | None]:
    """A draft as the line that follows `prev`, and its sealed body if it has one."""
    body = said(draft.body)
    sealed = cipher.seal_body(matter, seq, body) if body else None
    line = EntryLine(
        id=0,
        matter=matter,
        seq=seq,
        kind=draft.kind,
        page=page,
        day=draft.day,
        moment=draft.moment,
        thread=draft.thread,
        fields=said(draft.fields),
        unit=actor.unit,
        post=actor.post,
        account=actor.account,
        face=actor.face,
        corrects=draft.corrects,
        strikes=draft.strikes,
        key=key,
        commitment=sealed.commitment if sealed else "",
        body_key=keys.body_key_id() if sealed else "",
        recorded_at=at,
        prev=prev,
        digest="",
    )
    return replace(line, digest=line_digest(line)), sealed


def said(values: Mapping[str, str]) -> dict[str, str]:
    """Only what was said: empty values stay out of the record."""
    return {name: value for name, value in values.items() if value != ""}
