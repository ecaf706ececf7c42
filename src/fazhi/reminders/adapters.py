"""How reminders leave the house: nowhere, into a file a day for an SMS gateway, or to an address as signed JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, Protocol
from uuid import UUID

from django.conf import settings

Outcome = Literal["sent", "again", "failed"]


class BadAdapter(RuntimeError):
    """FAZHI_SEND says something that cannot be used; the words say what it may say."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One message on its way: the id is the same however often it is tried."""

    id: UUID
    kind: str
    phone: str
    account: str
    text: str
    due: date | None


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one try; `why` is a word of ours, never what the other side wrote."""

    outcome: Outcome
    why: str = ""
    sheet: date | None = None


class Adapter(Protocol):
    """A way out. `needs_phone` says that without a telephone number nothing can be sent by it."""

    @property
    def name(self) -> str: ...
    @property
    def needs_phone(self) -> bool: ...

    def send(self, letters: Sequence[Letter]) -> Mapping[UUID, Result]: ...

    def receipts(self) -> Mapping[UUID, bool]: ...


def chosen() -> tuple[str, str]:
    """The word and the rest of FAZHI_SEND; two empty strings where reminders stay in the house."""
    said = str(settings.FAZHI_SEND).strip()
    if not said:
        return "", ""
    word, colon, rest = said.partition(":")
    if word == "file" and colon and Path(rest).is_absolute():
        return word, rest
    if word == "webhook" and colon and rest.startswith(("https://", "http://")):
        return word, rest
    raise BadAdapter("FAZHI_SEND应写作 file:文件夹（绝对路径）或者 webhook:地址（http或https），请改正后重新启动。")
