"""The note of a sample that was laid: its day, its accounts, and whether it is whole. Kept private beside the data."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

from django.conf import settings

from fazhi.cli.sample.district import District, Person, streets
from fazhi.cluster.passwords import write_private


@dataclass(frozen=True, slots=True)
class Note:
    """`day` is the day the stories end on; `whole` once every story is told."""

    day: date
    matters: int
    password: str
    whole: bool
    units: Mapping[str, str]
    people: Mapping[str, Mapping[str, str]]
    follow: Sequence[str] = ()
    """Number and code of a letter that was answered, to be followed and rated."""

    def district(self) -> District:
        """The district as it was laid."""
        units = {key: UUID(unit) for key, unit in self.units.items()}
        people = {
            user: Person(user, one["name"], one["unit"], one["title"], UUID(one["account"]), UUID(one["post"]))
            for user, one in self.people.items()
        }
        return District(units, people, streets())


def read() -> Note | None:
    """The note, if a sample was laid here."""
    if not _path().exists():
        return None
    said = json.loads(_path().read_text(encoding="utf-8"))
    return Note(**{**said, "day": date.fromisoformat(said["day"])})


def write(laid: District, day: date, matters: int, password: str, *, whole: bool, follow: Sequence[str] = ()) -> None:
    """Note the sample; before its first story and again after its last."""
    people = {
        user: {
            "name": one.name,
            "unit": one.unit,
            "title": one.title,
            "account": str(one.account),
            "post": str(one.post),
        }
        for user, one in laid.people.items()
    }
    units = {key: str(unit) for key, unit in laid.units.items()}
    said = {"day": day.isoformat(), "matters": matters, "password": password, "whole": whole, "units": units}
    write_private(
        _path(), json.dumps(said | {"people": people, "follow": list(follow)}, ensure_ascii=False, indent=2).encode()
    )


def _path() -> Path:
    return Path(settings.FAZHI_HOME) / "sample.json"
