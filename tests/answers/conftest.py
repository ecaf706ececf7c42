"""A library of own texts in the database with its index, for the tests of this folder."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from own_texts import lay


@pytest.fixture
def filled(db, tmp_path, monkeypatch):
    """The library filled; the value is the folder that its files came from."""
    from django.conf import settings

    from fazhi.cli.library import library

    monkeypatch.setattr(settings, "FAZHI_HOME", tmp_path / "home")
    folder = lay(tmp_path / "library")
    done = CliRunner().invoke(library, ["import", str(folder)])
    assert done.exit_code == 0, done.output
    return folder
