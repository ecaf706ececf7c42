"""Who looks at pages: opens windows, holds each page that stands against every rule, and keeps what it was made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sweeping import MadeOf, foreign, losses, named, violations
from town import Town

WIDTHS = ((320, 640), (640, 400))


@dataclass
class Eyes:
    """One who reads one language in a town. `found`: what was wrong, by page; `names` and `templates`:
    the addresses and the files looked at."""

    town: Town
    language: str
    found: dict[str, list[str]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    templates: set[str] = field(default_factory=set)
    windows: dict[Any, MadeOf] = field(default_factory=dict)

    def visitor(self, **how: Any) -> Any:
        """A window of somebody without an account."""
        return self._watch(self.town.visitor(language=self.language, **how))

    def official(self, user: str, **how: Any) -> Any:
        """A window of an official who has logged in."""
        return self._watch(self.town.official(user, language=self.language, **how))

    def look(self, page: Any, what: str) -> None:
        """Hold the page that stands against every rule."""
        told = violations(page) + [one for width, height in WIDTHS for one in losses(page, width, height)]
        self.found[what] = told + (foreign(page) if self.language == "en" else [])
        self.names.add(named(page.url))
        self.templates |= self.windows[page].names

    def print(self, page: Any, what: str) -> None:
        """Hold the page as it is printed against the rules for reading; nobody touches paper."""
        page.emulate_media(media="print")
        self.found[f"{what}, printed"] = violations(page)
        page.emulate_media(media="screen")

    def close(self) -> None:
        """Close every window; what browsers complained of is kept."""
        self.found["the browser"] = self.town.leave()
        self.windows.clear()

    def _watch(self, page: Any) -> Any:
        self.windows[page] = MadeOf(page)
        return page
