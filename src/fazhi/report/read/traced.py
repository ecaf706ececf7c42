"""Text that remembers where each of its characters stood in the text as it came."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

Edit = tuple[int, int, str]
"""From, to (in the text edited) and what stands there afterwards."""


@dataclass(frozen=True, slots=True)
class Traced:
    """`origins[i]` is the place in the source of character i; one more entry marks the end."""

    text: str
    origins: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Traced:
        return cls(text, tuple(range(len(text) + 1)))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the source of a piece of this text; an empty piece keeps its start."""
        if end <= start:
            return self.origins[start], self.origins[start]
        return self.origins[start], max(self.origins[end - 1] + 1, self.origins[start])

    def edited(self, edits: Iterable[Edit]) -> Traced:
        """The text after the edits, which stand in order and do not overlap."""
        pieces: list[str] = []
        origins: list[int] = []
        last = 0
        for start, end, new in edits:
            pieces += (self.text[last:start], new)
            origins += self.origins[last:start]
            origins += [self.origins[min(start + at, max(end - 1, start))] for at in range(len(new))]
            last = end
        pieces.append(self.text[last:])
        origins += self.origins[last:]
        return Traced("".join(pieces), tuple(origins))

    def replaced(self, pattern: re.Pattern[str], new: str | Callable[[re.Match[str]], str]) -> Traced:
        """The text with every match replaced; a function may return the match unchanged."""
        edits: list[Edit] = []
        for match in pattern.finditer(self.text):
            after = new if isinstance(new, str) else new(match)
            if after != match[0]:
                edits.append((match.start(), match.end(), after))
        return self.edited(edits) if edits else self
