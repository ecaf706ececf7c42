"""A district with people who can log in, and whose long lists are few rows long."""

from __future__ import annotations

from typing import Any

import pytest

from district import District, lay


@pytest.fixture
def district(db: Any) -> District:
    laid = lay()
    laid.clerk("督查员", "区政府", "record", "reveal")
    laid.grant("督查员", "区政府", secrecy=2)
    return laid


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> int:
    """Lists of more than three rows are long."""
    from fazhi.web.office import exporting

    monkeypatch.setattr(exporting, "MOST", 3)
    return 3
