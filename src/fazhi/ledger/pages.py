"""The rulebook as this installation has it: national pages with the overlays named in the settings."""

from __future__ import annotations

from django.conf import settings

from fazhi.rulebook import Rulebook, load


def rulebook() -> Rulebook:
    """The pages in use; loaded once."""
    return load(*settings.FAZHI_OVERLAYS)
