"""Publishing what was recorded, and taking it back: acts of a person with that power, never of a page alone."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from fazhi.desk.act import Act, Recorded
from fazhi.desk.recording import record_all
from fazhi.people.actors import Actor


def publish(
    actor: Actor,
    matter: UUID,
    seq: int,
    text: str,
    *,
    title: str = "",
    list: str = "",
    seen: int,
    key: str,
    day: date | None = None,
    own: bool = False,
) -> Recorded:
    """Publish entry `seq` with the text the public shall read; citizens of the matter are hidden in it (`masking.py`),
    and what looks like personal data is masked once more by the gazette.

    `own`: the verb that its kind of business has to itself calls."""
    act = Act("published", day, fields={"entry": str(seq), "list": list}, body={"title": title, "text": text})
    return record_all(actor, matter, [act], seen=seen, key=key, own=own)


def unpublish(actor: Actor, matter: UUID, seq: int, reason: str, *, seen: int, key: str) -> Recorded:
    """Withdraw the publication recorded as entry `seq`; that it was public, and why it no longer is, stays."""
    act = Act("unpublished", fields={"entry": str(seq)}, body={"reason": reason})
    return record_all(actor, matter, [act], seen=seen, key=key)
