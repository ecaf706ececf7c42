"""One writer of the storm, as a process of its own: receives and records at random, now and then slowly, until told."""

import os
import sys
import time
from random import Random
from uuid import UUID

import django

django.setup()

from django.db import Error, InterfaceError, OperationalError, connections  # noqa: E402
from psycopg import Error as DriverError  # noqa: E402

from fazhi.desk import receive, record  # noqa: E402
from fazhi.ledger import Collision, query, read  # noqa: E402
from fazhi.people.actors import Actor  # noqa: E402


def write(unit: UUID, name: str, until: float) -> int:
    """Acts that the database confirmed. A lost answer is asked again under its key; no two writers share a name."""
    done, turn = 0, 0
    chosen: dict[str, UUID | None] = {}
    actor = Actor(None, None, unit, frozenset(), "import")
    while time.time() < until:
        turn += 1
        key = f"storm-{name}-{turn}"
        chance = Random(key)  # asked again, it is the same act again
        slow = chance.random() < 0.1
        try:
            with query.act("default"):
                _one(actor, unit, chance, key, chosen)
                if slow:
                    time.sleep(chance.uniform(0.05, 0.5))
            done += 1
        except Collision:
            continue
        except (OperationalError, InterfaceError, DriverError, Error, OSError):
            connections.close_all()
            time.sleep(0.2)
            turn -= 1
    return done


def _one(actor: Actor, unit: UUID, chance: Random, key: str, chosen: dict[str, UUID | None]) -> None:
    """Receive, or record on a matter; `chosen` keeps which, for the matters there are differ when asked again."""
    if key not in chosen:
        known = query.fetch("default", "select id from ledger_matter order by random() limit 1")
        chosen[key] = known[0][0] if known and chance.random() >= 0.3 else None
    matter = chosen[key]
    if matter is None:
        receive(actor, "appeal", fields={"channel": "web"}, body={"text": key}, key=key, unit=unit)
        return
    view = read(matter)
    record(actor, view.id, "noted", body={"text": key}, seen=view.head, key=key)


if __name__ == "__main__":
    done = write(UUID(sys.argv[1]), sys.argv[2], time.time() + float(sys.argv[3]))
    sys.stdout.write(f"{done}\n")
    sys.stdout.flush()
    os._exit(0)
