"""Routes the letters of which topic and unit are sure enough to need no person; all others wait for a clerk."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.conf import settings

from fazhi import desk, ledger
from fazhi.desk import NoRight, Refused
from fazhi.ledger import Collision, MatterView, query
from fazhi.people.actors import machine
from fazhi.routing.duties import folder, read_it
from fazhi.triage import choices, store
from fazhi.triage.reading import Understood
from fazhi.triage.record import KINDS, letter_of

LOOKS_BACK: Final = timedelta(days=3)
MOST: Final = 200
_WAITING = """
select m.id from ledger_matter m
where m.procedure = any (%s) and m.opened >= %s and not m.id = any (%s::uuid[])
and not exists (select from ledger_entry e where e.matter = m.id and e.kind <> all (%s))
order by m.opened, m.id limit %s
"""
UNTOUCHED: Final = ("received", "numbered", "supplemented")
"""What may stand in a matter that nobody in the office has taken up yet."""
log = logging.getLogger("fazhi.routing")
_left: dict[int, set[UUID]] = {}
"""Matters that were left to a person, by the version that read them: not read again until there is another."""


def route_alone() -> int:
    """Assigns untouched letters of the last days whose topic and unit are sure; how many. Nothing without a model
    that was trained to know when it is sure, and nothing where FAZHI_ROUTE_ALONE is 0."""
    if not settings.FAZHI_ROUTE_ALONE:
        return 0
    version = store.current(folder())
    if not version:
        return 0
    left = _left.setdefault(version, set())
    values = [sorted(KINDS), ledger.today() - LOOKS_BACK, list(left), list(UNTOUCHED), MOST]
    done = 0
    for (matter,) in query.fetch("default", _WAITING, values):
        view = ledger.read(matter)
        read = read_it(letter_of(view), ledger.today())
        sure = (read.about.step, read.unit_step) == ("alone", "alone") and not choices.standing(matter)
        if sure and _assign(view, read):
            done += 1
        else:
            left.add(matter)
    return done


def _assign(view: MatterView, read: Understood) -> bool:
    unit = read.units[0]
    why = f"主题“{read.topic}”，把握{read.about.sure:.0%}；{unit.name}，把握{unit.sure:.0%}"
    words = "、".join(dict.fromkeys((*read.about.words, *(word for _, word in unit.why))))[:200]
    text = f"系统分派：{why}。依据的词：{words}。不该由其办理的，可以退单；经办人可以改派。"
    try:
        desk.record(
            machine(view.unit, "自动分派"),
            view.id,
            "assigned",
            fields={"unit": unit.unit},
            body={"text": text},
            seen=view.head,
            key=f"routed-{view.id}",
        )
    except (Refused, NoRight, Collision) as hindered:
        log.warning("一件来信没有自动分派：%s", type(hindered).__name__)
        return False
    return True
