"""A letter of the sample that is written out on a page: received by the appeals bureau, handled by its unit."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from fazhi import desk, ledger
from fazhi.cli.sample.district import District
from fazhi.desk import Act
from fazhi.people import parties

RECEIVER, PROCEDURE = "appeals", "appeal"


def take_letter(
    laid: District, letter: Mapping[str, str], unit: str, on: date, key: str, handled: Sequence[Act]
) -> UUID:
    """The letter with what its unit did, all or nothing and once; its party is registered anew."""
    body = {name: letter[name] for name in ("title", "text", "place", "topic")}
    with transaction.atomic():
        party = parties.register("citizen", letter["name"], phone=letter["phone"])
        opening = Act("received", on, fields={"channel": letter["channel"]}, body=body, parties=(party,))
        sent = Act("assigned", on, fields={"unit": str(laid.units[unit])})
        receiver = laid.units[RECEIVER]
        done = desk.enter(laid.actor(RECEIVER), PROCEDURE, [opening, sent], key=key, unit=receiver)
        if done.repeated:
            transaction.set_rollback(True)
        elif handled:
            seen = ledger.read(done.matter).head
            desk.record_all(laid.actor(unit), done.matter, handled, seen=seen, key=f"{key}:handled")
    return done.matter
