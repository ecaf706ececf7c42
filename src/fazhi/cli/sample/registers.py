"""Lines of the registers of the sample district: each entered through the desk on its day, some changed since."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from fazhi import desk
from fazhi.cli.sample.district import District, read
from fazhi.desk import Act
from fazhi.ledger import rulebook

BESIDE = ("register", "unit", "ago", "fact", "then")
"""What a line says that is no column."""


def enter_lines(laid: District, day: date) -> int:
    """Every line of the page, once; how many there are. Days are told from `day`."""
    return sum(1 for number, line in enumerate(_lines()) if _enter(laid, line, day, number))


def _lines() -> Iterator[dict[str, Any]]:
    for name, page in read("registers.toml").items():
        for line in page["lines"]:
            yield {"register": name, "unit": page["unit"], **line}


def _enter(laid: District, line: Mapping[str, Any], day: date, number: int) -> bool:
    name = line["register"]
    on = day - timedelta(days=line["ago"])
    page = rulebook().page(name, on)
    kind = line.get("fact") or (page.register.enters[0] if page.register else page.opens_with)
    actor = laid.actor(line["unit"])
    acts = [_act(kind, line, day), *acts_of(line, day)]
    desk.enter(actor, page, acts, key=f"sample:line:{number}", holder=False, unit=actor.unit)
    return True


def acts_of(line: Mapping[str, Any], day: date) -> list[Act]:
    """What was done after a line was entered, as `then` tells it."""
    return [_act(one["fact"], one, day) for one in line.get("then", ())]


def _act(kind: str, line: Mapping[str, Any], day: date) -> Act:
    fields = {key: _value(value, day) for key, value in line.items() if key not in BESIDE}
    return Act(kind, day - timedelta(days=line["ago"]), fields=fields)


def _value(value: Any, day: date) -> str:
    """A value as the desk takes it; `+30` is a day so many days ahead, `-30` one past."""
    if isinstance(value, str) and value[:1] in "+-" and value[1:].isdecimal():
        return (day + timedelta(days=int(value))).isoformat()
    return str(value)
