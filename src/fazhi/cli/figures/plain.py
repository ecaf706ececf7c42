"""Plain facts of a sample district, for whoever counts its figures a second time without seeing the indicators.

`write(covered, folder)` writes two files a report into the folder:

`REPORT.facts.jsonl`, one fact a line in the order in which matters were entered:
    matter      id of the matter (a line of a register is a matter too)
    procedure   name of its page in the rulebook, ``reconsideration`` or ``exam``
    unit        id of the unit that received it; `handler` the unit it was handed over to, else the same
    seq         number of the entry in its matter; null for a fact that no entry says
    kind, day, thread
    fields      what the entry says in codes, days, numbers and sums of money; free text is encrypted and left out
    corrects    number of the entry that this one replaces or strikes out, else null
    strikes     whether it only strikes that entry out
    stands      whether the fact holds: it strikes nothing out and no later entry corrects it
    deemed      whether no entry says it and the law takes it as done, because a term lapsed (视为受理); its day is the
                last day of the term, and it counts from the day after

`REPORT.figures.json`, the figures to be counted: seq, id, value, unit and qualifier as printed; `units`, the ids over
which it is counted (by the unit that received); `start` and `cutoff`, both included; and `before_start` and
`before_cutoff`, the same days of the year before, for what is told as a change.

A second counter may read these files, the pages of procedures and registers (what a fact means), the definitions in
words of the indicators it counts (title and note of a page), and, instead of the first file, the tables
`ledger_matter` and `ledger_entry`. It may read neither `fazhi.indicators`, nor the table `indicators_counted`, nor the
selectors (`of`, `per`, `base`) of indicator pages, nor `fazhi.cli.figures.atoms` and what is built upon it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from fazhi.cli.figures.coverage import Covered
from fazhi.indicators.values import Span
from fazhi.ledger import query, read_many
from fazhi.ledger.view import MatterView
from fazhi.reach.involved import HANDS_OVER

PIECE = 500
_MATTERS = "select id from ledger_matter where unit = any (%s) order by opened, id"


def write(covered: Covered, folder: Path, word: str = "") -> int:
    """Write the facts and the figures of a report; how many facts. `word` stands between its name and the ending."""
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{covered.report.name}{word}"
    count = 0
    with (folder / f"{name}.facts.jsonl").open("w", encoding="utf-8") as file:
        for line in facts(covered.units.everything):
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
            count += 1
    told = json.dumps(list(_figures(covered)), ensure_ascii=False, indent=1)
    (folder / f"{name}.figures.json").write_text(told + "\n", encoding="utf-8")
    return count


def facts(units: Sequence[UUID]) -> Iterator[dict[str, Any]]:
    """Every fact of the matters that these units received."""
    ids = [row[0] for row in query.fetch("default", _MATTERS, [list(units)])]
    for at in range(0, len(ids), PIECE):
        views = read_many(ids[at : at + PIECE])
        for one in ids[at : at + PIECE]:
            yield from _of_matter(views[one])


def _of_matter(view: MatterView) -> Iterator[dict[str, Any]]:
    corrected = {line.corrects for line in view.entries if line.corrects is not None}
    handed = [line.fields["unit"] for line in view.entries if line.kind in HANDS_OVER and line.fields.get("unit")]
    shared = {"matter": str(view.id), "procedure": view.procedure, "unit": str(view.unit)}
    shared |= {"handler": handed[-1] if handed else str(view.unit)}
    for line in view.entries:
        yield shared | {
            "seq": line.seq,
            "kind": line.kind,
            "day": line.day.isoformat(),
            "thread": line.thread,
            "fields": dict(line.fields),
            "corrects": line.corrects,
            "strikes": line.strikes,
            "stands": not line.strikes and line.seq not in corrected,
            "deemed": False,
        }
    for fact in view.horizon.deemed:
        more: dict[str, Any] = {"fields": {}, "corrects": None, "strikes": False, "stands": True, "deemed": True}
        yield shared | {"seq": None, "kind": fact.kind, "day": fact.day.isoformat(), "thread": fact.thread} | more


def _figures(covered: Covered) -> Iterator[dict[str, Any]]:
    for one in covered.found:
        figure = one.figure
        units = covered.units.scopes[figure.organ]
        before = Span(units, figure.start, figure.cutoff).before()
        yield {
            "seq": figure.seq,
            "id": figure.id,
            "value": figure.value,
            "unit": figure.unit,
            "qualifier": figure.qualifier,
            "indicator": one.page,
            "reading": one.text,
            "units": [str(unit) for unit in units],
            "start": figure.start.isoformat(),
            "cutoff": figure.cutoff.isoformat(),
            "before_start": before.start.isoformat(),
            "before_cutoff": before.cutoff.isoformat(),
        }
