"""The list of erasures: what was erased, without a word of what it said, kept outside the database for restores."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from uuid import UUID

from django.conf import settings

from fazhi import archive
from fazhi.cluster.passwords import write_private
from fazhi.ledger import Draft, extend, held, query, today
from fazhi.ledger import act as transaction
from fazhi.ledger.erase import KIND, erase_bodies
from fazhi.ledger.seal import last_position
from fazhi.operations import keep as operations
from fazhi.people import parties, unsent
from fazhi.people.actors import machine

FORM = "fazhi-erasures-1"

# the kind stands in the statements, so that they find the index of these entries alone
_BODIES = f"""
select matter::text, array_agg(distinct seq order by seq) from (
    select matter, unnest(string_to_array(fields ->> 'entries', ' '))::integer as seq from ledger_entry
    where kind = '{KIND}'
) e group by matter order by matter
"""  # noqa: S608 — a kind of our own
_SINCE = f"""
select exists (
    select from ledger_position p join ledger_entry e on e.id = p.entry where p.position > %s and e.kind = '{KIND}'
)
"""  # noqa: S608 — a kind of our own
_PARTIES = "select id::text from people_party where key is null order by id"
_FILES = "select id::text from archive_file where key is null order by id"


class NoList(ValueError):
    """The file is no list of erasures."""


@dataclass(frozen=True, slots=True)
class Erasures:
    """Ids only: entries by matter, parties, files. `position` is how far the sealed record was searched for them."""

    bodies: Mapping[str, Sequence[int]] = field(default_factory=dict)
    parties: Sequence[str] = ()
    files: Sequence[str] = ()
    position: int = 0

    def as_json(self) -> str:
        return json.dumps({"form": FORM, **asdict(self)}, indent=1, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Erasures:
        """NoList if the text is something else."""
        try:
            said = json.loads(text)
            if said.pop("form") != FORM:
                raise KeyError
            return cls(**said)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise NoList("这不是清除清单：应是 fazhi backup 或后台任务写出的 erasures.json。") from error

    def joined(self, other: Erasures) -> Erasures:
        """What either list holds."""
        matters = sorted({*self.bodies, *other.bodies})
        return Erasures(
            {one: sorted({*self.bodies.get(one, ()), *other.bodies.get(one, ())}) for one in matters},
            sorted({*self.parties, *other.parties}),
            sorted({*self.files, *other.files}),
            max(self.position, other.position),
        )


def place() -> Path:
    """Where the newest list lies, beside the data and outside the database."""
    return Path(settings.FAZHI_HOME) / "erasures.json"


def collect(using: str = "default") -> Erasures:
    """Everything erased so far, as the database knows it."""
    position = last_position(using)
    bodies = {matter: list(seqs) for matter, seqs in query.fetch(using, _BODIES)}
    gone, files = ([row[0] for row in query.fetch(using, statement)] for statement in (_PARTIES, _FILES))
    return Erasures(bodies, gone, files, position)


def newest() -> Erasures:
    """The list beside the data; empty if nothing was ever erased."""
    return Erasures.from_json(place().read_text(encoding="utf-8")) if place().exists() else Erasures()


def note() -> int:
    """Write the newest list; what once stood on it stays. 1 if something was new."""
    known = newest()
    now = known.joined(collect())
    if (now.bodies, now.parties, now.files) == (known.bodies, known.parties, known.files):
        return 0
    write_private(place(), now.as_json().encode())
    return 1


def note_new() -> int:
    """The same, without reading the whole record where nothing was erased since the list was written."""
    return note() if query.fetch("default", _SINCE, [newest().position])[0][0] else 0


def replay(wanted: Erasures) -> int:
    """Erase again what an older copy of the database brought back; how many bodies, files and parties left."""
    count = 0
    for matter, seqs in wanted.bodies.items():
        unsent.drop_about(UUID(matter))
        operations.drop_about(UUID(matter))
        count += _replay_bodies(UUID(matter), seqs)
    for file in wanted.files:
        with transaction("default"):
            count += archive.erase(UUID(file))
    for party in wanted.parties:
        count += parties.erase(UUID(party))
    return count


def _replay_bodies(matter: UUID, seqs: Sequence[int]) -> int:
    """The entry that says so, where the copy does not have it, and then the bodies."""
    exists = query.fetch("default", "select 1 from ledger_matter where id = %s", [matter])
    if not exists:
        return 0
    with transaction("default"):
        rows = query.fetch(
            "default", "select seq from ledger_body where matter = %s and seq = any (%s)", [matter, list(seqs)]
        )
        alive = sorted(row[0] for row in rows)
        if not alive:
            return 0
        view = held(matter)
        said = {"entries": " ".join(map(str, alive)), "reason": "request"}
        key = f"replay/{'.'.join(map(str, alive))}"
        extend(view, [Draft(KIND, today(), fields=said)], machine(view.unit), seen=view.head, key=key, without=alive)
        return erase_bodies(matter, alive)
