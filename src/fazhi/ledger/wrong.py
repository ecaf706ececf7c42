"""A fault of the record, located."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Wrong:
    """`what` is one of changed, rewritten, chain, missing, stray, body, inserted, position, root, seal, signature,
    number, page, cut, parted. What is not known of the place is None."""

    what: str
    message: str
    matter: UUID | None = None
    seq: int | None = None
    position: int | None = None
    seal: int | None = None
