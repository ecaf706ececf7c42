"""What the sample passes on: a dispute to mediators, and figures to a watch that calls for a task."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from fazhi import desk, ledger
from fazhi.cli.sample.district import District, read
from fazhi.cli.sample.letters import take_letter
from fazhi.dashboard import alerts
from fazhi.desk.handing import hand_on
from fazhi.ledger import rulebook
from fazhi.reach.scope import scope_of

KEY, MEDIATION = "sample:passed", "people_mediation"


def pass_on(laid: District, day: date) -> None:
    """Each once: what was passed on before is found."""
    told = read("passed_on.toml")
    _hand_on(laid, told["letter"], day)
    _watch(laid, told["watch"], day)


def _hand_on(laid: District, letter: Mapping[str, Any], day: date) -> None:
    """A dispute that came by letter goes on to the mediators of its street, and stays open meanwhile."""
    on, unit = day - timedelta(days=letter["ago"]), letter["unit"]
    key = f"{KEY}:{letter['key']}"
    accepted = desk.Act("accepted", on + timedelta(days=1), fields={"nature": "claim"})
    matter = take_letter(laid, letter, unit, on, key, [accepted])
    said: dict[str, Any] = {"fields": {"origin": "assigned"}, "note": letter["note"], "unit": laid.units[unit]}
    said |= {"day": on + timedelta(days=2), "seen": ledger.read(matter).head, "key": f"{key}:on"}
    hand_on(laid.actor(unit), matter, MEDIATION, **said)


def _watch(laid: District, watches: list[dict[str, Any]], day: date) -> None:
    """Figures that call for a task when they pass a bound; whether they do is judged by the jobs."""
    watcher, district = laid.person("chen", day), laid.units["district"]
    scope = scope_of(watcher, day)
    there = {line.indicator for line in alerts.alerts_for(watcher, scope)}
    for one in watches:
        if one["indicator"] not in there:
            page, bound = rulebook().indicators[one["indicator"]], Decimal(one["bound"])
            alerts.set_alert(watcher, scope, page, district, one["rule"], bound, one["owner"], one["days"])
