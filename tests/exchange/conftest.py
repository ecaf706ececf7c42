"""The district with its links, in a transaction that is rolled back."""

from __future__ import annotations

from typing import Any

import pytest
from linked_district import laid

from district import District


@pytest.fixture
def district(db: Any) -> District:
    return laid()
