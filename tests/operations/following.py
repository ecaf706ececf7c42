"""What stands on the pages of a work."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID


def offered(text: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="([a-z]+)" value="([^"]*)"', text))


def text_of(browser: Any, identity: UUID, tail: str = "") -> str:
    return str(browser.get(f"/office/operations/{identity}/{tail}").content.decode())
