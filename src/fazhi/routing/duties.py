"""Units of a day with what their names and lists say they do, and letters read against them."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Final
from uuid import UUID

from django.conf import settings

from fazhi.people import units
from fazhi.registers import look as registers
from fazhi.triage import FOLDER, store
from fazhi.triage.letter import Letter
from fazhi.triage.model import Model
from fazhi.triage.reading import Understood, understand
from fazhi.triage.recall import recalled
from fazhi.triage.route import Duty
from fazhi.triage.store import About

LISTS: Final = {
    "power_item": "item",
    "delegated_power": "power",
    "department_function": "function",
    "service_item": "name",
}
"""Registers that say what a unit does, and the column that says it."""


def folder() -> Path:
    """Where the versions of the model lie."""
    return Path(settings.FAZHI_HOME) / FOLDER


def read_it(letter: Letter, day: date) -> Understood:
    """Read a letter with the version in use and the decisions that it holds."""
    duties = duties_of(day)
    return recalled(understand(letter, in_use(), duties), store.load_lessons(folder()), letter, duties)


def in_use() -> tuple[Model, About] | None:
    """The version in use; one that no longer fits the tree is as good as none."""
    try:
        return store.load(folder())
    except store.OtherTree:
        return None


def duties_of(day: date) -> Sequence[Duty]:
    """Units of the day with what their names and public lists say they do."""
    tree = units.tree_on(day)
    return _duties(tuple(sorted((str(line.id), line.name) for line in tree.units.values())), day.toordinal())


@lru_cache(maxsize=4)
def _duties(named: tuple[tuple[str, str], ...], day: int) -> tuple[Duty, ...]:
    said_of: dict[str, list[str]] = {}
    for register, column in LISTS.items():
        for line in registers.lines_in(register, [UUID(unit) for unit, _name in named], date.fromordinal(day)):
            if line.data.get(column):
                said_of.setdefault(str(line.unit), []).append(line.data[column])
    return tuple(Duty(unit, name, tuple(said_of.get(unit, ()))) for unit, name in named)
