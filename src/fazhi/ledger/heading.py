"""What the lines of a matter say for its heading: its official number, and the parties it names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol
from uuid import UUID


class Told(Protocol):
    """As much of a line as a heading needs."""

    @property
    def kind(self) -> str: ...

    @property
    def fields(self) -> Mapping[str, str]: ...


def number_in(lines: Iterable[Told]) -> str:
    """The official number given last; empty where none was."""
    given = [line.fields["number"] for line in lines if line.kind == "numbered"]
    return given[-1] if given else ""


def parties_in(lines: Iterable[Told]) -> tuple[UUID, ...]:
    """The parties named by any line, in order of first mention."""
    named = (party for line in lines for party in line.fields.get("parties", "").split())
    return tuple(UUID(party) for party in dict.fromkeys(named))
