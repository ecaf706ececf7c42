"""Where the index of the library stands: beside the database, and rebuilt from it."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings


def index_folder() -> Path:
    """The folder of the index in the home of this installation."""
    return Path(settings.FAZHI_HOME) / "library"
