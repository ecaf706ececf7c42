"""A district kept in a folder of one's own: laid once, read as often as one likes."""

from __future__ import annotations

import json
from pathlib import Path
from uuid import UUID

from benchmarks.generate import District

NOTE = "district.json"
PIECE = 2**20


def remembered(folder: Path) -> District | None:
    """The district that lies in the folder, if one does."""
    note = folder / NOTE
    if not note.exists():
        return None
    told = json.loads(note.read_text("utf-8"))
    profiles = {name: (UUID(account), UUID(post)) for name, (account, post) in told["profiles"].items()}
    organs, leaves = ([UUID(one) for one in told[level]] for level in ("organs", "leaves"))
    return District(UUID(told["root"]), organs, leaves, profiles, told["matters"])


def remember(folder: Path, district: District) -> None:
    """Write down what was laid, so that the next run finds it."""
    told = {
        "matters": district.matters,
        "root": str(district.root),
        "organs": [str(one) for one in district.organs],
        "leaves": [str(one) for one in district.leaves],
        "profiles": {name: [str(one) for one in pair] for name, pair in district.profiles.items()},
    }
    (folder / NOTE).write_text(json.dumps(told), "utf-8")


def enough(folder: Path) -> bool:
    """Whether whoever waits has put a file named `enough` there: what is laid by then is kept."""
    return (folder / "enough").exists()


def was_refilled(folder: Path) -> bool:
    """Whether a refill has put the rows of two kinds in the place of the rows of thirty-six."""
    return (folder / "refilled").exists()


def remember_refill(folder: Path) -> None:
    (folder / "refilled").touch()


def warm(place: Path) -> None:
    """Read every table through once: what is asked for in a register in daily use lies in memory, and a district kept
    since yesterday does not."""
    for file in sorted((place / "postgres" / "base").rglob("*")):
        if file.is_file():
            with file.open("rb", buffering=0) as content:
                while content.read(PIECE):
                    pass


def stand_still() -> None:
    """The rooms that were laid count as filled, so that no job folds them anew beside what is measured."""
    from fazhi import ledger
    from fazhi.ledger import query
    from fazhi.ledger.refill import MOVE
    from fazhi.ledger.seal import last_position
    from fazhi.ledger.versions import mark, version

    last = last_position("owner")
    for one in ledger.followers():
        mark(one, version(one), "owner")
        if one.heavy:
            query.run("owner", MOVE, [one.name, last])
