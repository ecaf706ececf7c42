"""The desk: the verbs by which matters are received, recorded, corrected, published and erased, one a file."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fazhi.desk.act import Act, Child, NoRight, Received, Recorded, Refused
    from fazhi.desk.entering import Entering, OneRefused, enter_many
    from fazhi.desk.erasing import Erased, erase
    from fazhi.desk.lettering import keep_letter, number_letter
    from fazhi.desk.opening import enter, receive
    from fazhi.desk.publishing import publish, unpublish
    from fazhi.desk.recording import correct, record, record_all
    from fazhi.desk.telling import tell

__all__ = [
    "Act",
    "Child",
    "Entering",
    "Erased",
    "NoRight",
    "OneRefused",
    "Received",
    "Recorded",
    "Refused",
    "correct",
    "enter",
    "enter_many",
    "erase",
    "keep_letter",
    "number_letter",
    "publish",
    "receive",
    "record",
    "record_all",
    "tell",
    "unpublish",
]

_WHERE = {
    "act": ("Act", "Child", "NoRight", "Received", "Recorded", "Refused"),
    "entering": ("Entering", "OneRefused", "enter_many"),
    "erasing": ("Erased", "erase"),
    "lettering": ("keep_letter", "number_letter"),
    "opening": ("enter", "receive"),
    "publishing": ("publish", "unpublish"),
    "recording": ("correct", "record", "record_all"),
    "telling": ("tell",),
}


def __getattr__(name: str) -> object:
    """The verbs on first use: they need the tables, which are not ready while the settings are read."""
    for module, names in _WHERE.items():
        if name in names:
            return getattr(import_module(f"fazhi.desk.{module}"), name)
    raise AttributeError(name)
