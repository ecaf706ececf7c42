"""The group under which each kind of business is offered; registers name their own on their page."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from fazhi.rulebook.load import NATIONAL
from fazhi.rulebook.pages import read_page


@lru_cache(maxsize=1)
def groups_of_procedures() -> Mapping[str, str]:
    """Group by kind of business; a kind laid down only locally has none."""
    return dict(read_page(NATIONAL / "procedures" / "groups.toml").table)
