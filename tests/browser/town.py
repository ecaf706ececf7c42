"""One running sample of a district for all journeys of a session: laid and served as a person would."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from serving import PROGRAM, environment, served

MATTERS = "80"
LONG = 20_000
WATCHING = Path(__file__).parent / "watching"
"""What the served site is watched with: which templates a page is made of."""


@dataclass
class Town:
    """Where it is, the password of every sample account, and what browsers complained of."""

    address: str
    password: str
    chromium: Any
    complaints: list[str] = field(default_factory=list)
    contexts: list[Any] = field(default_factory=list)

    def visitor(self, *, width: int = 1280, language: str = "zh", **how: Any) -> Any:
        """A page of somebody without an account."""
        phone = width < 500
        context = self.chromium.new_context(
            base_url=self.address,
            viewport={"width": width, "height": 844 if phone else 900},
            locale="en-GB" if language == "en" else "zh-CN",
            timezone_id="Asia/Shanghai",
            has_touch=phone,
            **how,
        )
        if language == "en":
            context.add_cookies([{"name": "fazhi_language", "value": "en", "url": self.address}])
        self.contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(LONG)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda told: self._heard(told.text))
        return page

    def official(self, user: str, **how: Any) -> Any:
        """A page of an official who has logged in by typing."""
        page = self.visitor(**how)
        page.goto("/office/")
        page.locator("[name=username]").fill(user)
        page.locator("[name=password]").fill(self.password)
        page.keyboard.press("Enter")
        page.wait_for_url(lambda address: "/login/" not in address)
        return page

    def _heard(self, told: str) -> None:
        if "Content Security" in told:
            self.complaints.append(told)

    def leave(self) -> list[str]:
        """Close what was opened and tell what was complained of."""
        for context in self.contexts:
            context.close()
        told = [*self.complaints]
        self.contexts.clear()
        self.complaints.clear()
        return told


@contextmanager
def town(home: Path, addresses: dict[str, str], chromium: Any) -> Iterator[Town]:
    """The sample district on a database of its own, served until the block ends."""
    laid = subprocess.run(
        [PROGRAM, "sample", "load", "--matters", MATTERS, "--json"],
        env=environment(home, **addresses),
        capture_output=True,
        text=True,
        check=True,
    )
    password = json.loads(laid.stdout[laid.stdout.index("{") :])["password"]
    watching = {"PYTHONPATH": str(WATCHING), "DJANGO_SETTINGS_MODULE": "watched_settings"}
    with served(home, **addresses, **watching) as platform:
        yield Town(platform.address, password, chromium)


def number_in(text: str) -> str:
    """The query number that stands in a text."""
    found = re.search(r"\d{6}-\d{4}-\d{4}", text)
    assert found, text
    return found[0]


Visitor = Callable[..., Any]
