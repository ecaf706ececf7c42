"""The district of these tests."""

import pytest

from district import District, lay


@pytest.fixture
def district(db: object) -> District:
    return lay()
