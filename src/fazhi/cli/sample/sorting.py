"""Letters of the sample sorted by clerks otherwise than they were read, learned from in rounds, the last taken back."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from fazhi import ledger
from fazhi.cli.sample.district import District, read
from fazhi.cli.sample.letters import take_letter
from fazhi.desk import Act
from fazhi.routing.duties import duties_of, folder, read_it
from fazhi.triage import choices, store
from fazhi.triage.record import letter_of, teach

KEY = "sample:sorted"


def sort_letters(laid: District, day: date) -> None:
    """The letters, and once what was decided of them, with a version for each round."""
    told = read("sorting.toml")
    shared = {name: told[name] for name in ("name", "channel", "topic")}
    matters = {}
    for letter in told["letter"]:
        on = day - timedelta(days=letter["ago"])
        accepted = Act("accepted", on + timedelta(days=1), fields={"nature": "claim"})
        key = f"{KEY}:{letter['key']}"
        matters[letter["key"]] = take_letter(laid, shared | letter, told["unit"], on, key, [accepted])
    if store.versions(folder()):
        return
    rounds = sorted({letter["round"] for letter in told["letter"]})
    for number in rounds:
        for letter in told["letter"]:
            if letter["round"] == number:
                _decide(laid, letter, matters[letter["key"]], day)
        teach(folder(), duties_of(day))
    last = told["letter"][-1]
    store.undo(folder())
    choices.withdraw(laid.person(last["by"], day), matters[last["key"]])


def _decide(laid: District, letter: Mapping[str, Any], matter: UUID, day: date) -> None:
    proposed = read_it(letter_of(ledger.read(matter)), day)
    said = letter["decided"]
    choices.choose(
        laid.person(letter["by"], day),
        matter,
        topic=said["topic"].split("/"),
        urgency=said["urgency"],
        kind=said["kind"],
        way=said["way"],
        proposed=proposed.topic.names,
        version=proposed.version,
    )
