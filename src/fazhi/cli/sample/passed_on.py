"""What the sample passes on: a dispute to mediators, and figures to a watch that calls for a task."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from fazhi import desk, ledger
from fazhi.cli.sample.district import District, read
from fazhi.cli.sample.letters import take_letter
from fazhi.cli.sample.registers import acts_of
from fazhi.dashboard import alerts
from fazhi.desk.handing import hand_on
from fazhi.ledger import rulebook
from fazhi.people import parties
from fazhi.reach.scope import scope_of

KEY, COURT = "sample:passed", "court_mediation"


def pass_on(laid: District, day: date) -> None:
    """Each once: what was passed on before is found."""
    told = read("passed_on.toml")
    for letter in told["letter"]:
        on, unit, key = day - timedelta(days=letter["ago"]), letter["unit"], f"{KEY}:{letter['key']}"
        accepted = desk.Act("accepted", on + timedelta(days=1), fields={"nature": "claim"})
        _hand_on(laid, letter, unit, take_letter(laid, letter, unit, on, key, [accepted]), day)
    _hand_on(laid, told["court"], told["court"]["to"], _from_court(laid, told["court"], day), day)
    _watch(laid, told["watch"], day)


def _from_court(laid: District, told: Mapping[str, Any], day: date) -> UUID:
    """A dispute that a court sent to be mediated before it files the suit."""
    with transaction.atomic():
        party = parties.register("citizen", told["name"], phone=told["phone"])
        body = {name: told[name] for name in ("text", "place")}
        on = day - timedelta(days=told["ago"])
        opening = desk.Act("received", on, fields=told["fields"], body=body, parties=(party,))
        acts, unit = [opening, *acts_of(told, day)], laid.units[told["unit"]]
        done = desk.enter(laid.actor(told["unit"]), COURT, acts, key=f"{KEY}:{told['key']}", unit=unit)
        if done.repeated:
            transaction.set_rollback(True)
    return done.matter


@transaction.atomic
def _hand_on(laid: District, told: Mapping[str, Any], unit: str, matter: UUID, day: date) -> None:
    """From one procedure into the next, each below the last, with what was done there: all or nothing and once."""
    actor = laid.actor(unit)
    for place, step in enumerate(told["on"]):
        key = f"{KEY}:{told['key']}:on" + (f":{place}" if place else "")
        said: dict[str, Any] = {"fields": step["fields"], "note": step["note"], "unit": laid.units[unit]}
        said |= {"day": day - timedelta(days=step["ago"]), "seen": ledger.read(matter).head, "key": key}
        opened = hand_on(laid.actor(told["unit"]) if place == 0 else actor, matter, step["into"], **said).child
        if opened is None:
            return  # handed on before
        matter, acts = opened, acts_of(step, day)
        if acts:
            desk.record_all(actor, matter, acts, seen=ledger.read(matter).head, key=f"{key}:then")


def _watch(laid: District, watches: list[dict[str, Any]], day: date) -> None:
    """Figures that call for a task when they pass a bound; whether they do is judged by the jobs."""
    watcher, district = laid.person("chen", day), laid.units["district"]
    scope = scope_of(watcher, day)
    there = {line.indicator for line in alerts.alerts_for(watcher, scope)}
    for one in watches:
        if one["indicator"] not in there:
            page, bound = rulebook().indicators[one["indicator"]], Decimal(one["bound"])
            alerts.set_alert(watcher, scope, page, district, one["rule"], bound, one["owner"], one["days"])
