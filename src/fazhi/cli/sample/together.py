"""People of the sample who write of one thing within days: joined, answered, one of them registered twice."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from fazhi import ledger
from fazhi.cli.sample.district import District, read
from fazhi.cli.sample.letters import take_letter
from fazhi.desk import Act
from fazhi.desk.joining import join
from fazhi.ledger.joined import lead_of
from fazhi.people.actors import Actor

KEY, LEAD = "sample:together", "lead"
HEARD = "已到现场查看水箱，并听取居民意见。"


def write_together(laid: District, day: date) -> UUID:
    """Every letter of the page once; those that say so joined to the first, which was answered yesterday: that one."""
    told = read("together.toml")
    shared = {name: told[name] for name in ("place", "topic")}
    matters = {}
    for letter in told["letter"]:
        on = day - timedelta(days=letter["ago"])
        acts = _handled(told, letter, on, day)
        matters[letter["key"]] = take_letter(laid, shared | letter, told["unit"], on, f"{KEY}:{letter['key']}", acts)
    handler = laid.actor(told["unit"])
    for letter in told["letter"]:
        if letter.get("happened") == "joined":
            _join(handler, matters[letter["key"]], matters[LEAD], letter["key"])
    return matters[LEAD]


def _handled(told: Mapping[str, Any], letter: Mapping[str, Any], on: date, day: date) -> list[Act]:
    """Accepted on the day after it came; answered yesterday where the page says so."""
    if "happened" not in letter:
        return []
    accepted = Act("accepted", on + timedelta(days=1), fields={"nature": "claim"})
    if letter["happened"] != "answered":
        return [accepted]
    yesterday = day - timedelta(days=1)
    heard = Act("heard", yesterday, body={"text": HEARD})
    return [accepted, heard, Act("answered", yesterday, fields={"outcome": "supported"}, body={"text": told["answer"]})]


def _join(handler: Actor, matter: UUID, lead: UUID, key: str) -> None:
    view = ledger.read(matter)
    if lead_of(view.horizon.facts) is None:
        join(handler, matter, lead, note="反映同一件事。", seen=view.head, key=f"{KEY}:{key}:joined")
