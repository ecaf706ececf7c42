"""`python -m benchmarks`: every promise of speed, measured on this machine and told as one table."""

from __future__ import annotations

import argparse
import json
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial
from pathlib import Path

from benchmarks import machine
from benchmarks.ground import Ground, ground
from benchmarks.measure import Row, clock, table

FRESH = ("writing", "cycles", "answers")
LOADED = ("lists", "pages", "import", "refill", "figures")
ALONE = ("clocks", "reading", "rulebook", "starting", "hotspots")
OPENS, CLOSES = "<!-- yardstick -->", "<!-- /yardstick -->"
SECONDS = 10.0
ROUNDS = 30
_failed: list[str] = []


def main() -> None:
    """Measure, print, and write where told."""
    given = _arguments()
    if given.write:
        around(Path(given.write))  # said now, not after an hour
    rows = []
    for row in _measure(given):
        rows.append(row)
        print(row.line(), file=sys.stderr, flush=True)  # what is measured stays told, whatever fails later
    text = f"{machine.told()}\n\n{table(rows)}"
    print(f"\n{text}")
    if given.json:
        Path(given.json).write_text(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=1), "utf-8")
    if _failed:
        sys.exit(f"these parts failed and have no row: {', '.join(_failed)}")
    if given.write:
        write(Path(given.write), text)


def write(page: Path, text: str) -> None:
    """Put the table between the marks of a page."""
    before, after = around(page)
    page.write_text(f"{before}{OPENS}\n{text}\n{CLOSES}{after}", "utf-8")


def around(page: Path) -> tuple[str, str]:
    """What stands before the first mark of a page and after the second; without marks it ends and says so."""
    before, opens, rest = page.read_text("utf-8").partition(OPENS)
    _, closes, after = rest.partition(CLOSES)
    if not opens or not closes:
        sys.exit(f"{page} has no place for the table: write {OPENS} and {CLOSES} into it, each on a line of its own.")
    return before, after


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--matters", type=int, default=100_000, help="matters of the district (default 100,000)")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="how long each writing measurement runs")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how often each list and page is asked for")
    every = (*FRESH, *LOADED, *ALONE)
    parser.add_argument("--only", type=_parts, default=every, help=f"parts, divided by commas: {', '.join(every)}")
    parser.add_argument("--home", type=Path, help="folder in which a district is kept; one that lies there is measured")
    parser.add_argument("--json", help="file for the rows as JSON")
    parser.add_argument("--write", help="page in which the table stands between its marks")
    given = parser.parse_args()
    if given.home and (spoils := sorted(set(given.only) & set(FRESH))):
        parser.error(f"a district that is kept is not written into: leave out {', '.join(spoils)}")
    return given


def _parts(text: str) -> tuple[str, ...]:
    chosen = tuple(text.split(","))
    if strange := set(chosen) - {*FRESH, *LOADED, *ALONE}:
        raise argparse.ArgumentTypeError(f"there is no part {', '.join(sorted(strange))}")
    return chosen


def _measure(given: argparse.Namespace) -> Iterator[Row]:
    parts = given.only
    if set(parts) & {*FRESH, *LOADED}:
        with ground(given.home) as here:
            machine.ask(here.addresses.owner)
            yield from _fresh(here, parts, given.seconds)
            if set(parts) & set(LOADED):
                yield from _loaded(here, parts, given)
    if "clocks" in parts:
        from benchmarks import clocks

        yield from _one("clocks", lambda: [clocks.measure(1_000_000)])
    if "reading" in parts:
        from benchmarks import reading

        yield from _one("reading", lambda: [reading.measure()])
    if "rulebook" in parts:
        from benchmarks import rulebook

        yield from _one("rulebook", lambda: [rulebook.measure()])
    if "starting" in parts:
        from benchmarks import starting

        yield from _one("starting", lambda: [starting.measure()])

    if "hotspots" in parts:
        from benchmarks import hotspots

        yield from _one("hotspots", hotspots.measure)


def _fresh(here: Ground, parts: tuple[str, ...], seconds: float) -> Iterator[Row]:
    from benchmarks import cycles, writing

    if "writing" in parts:
        yield from _one("writing", lambda: writing.measure(here, seconds))
    if "cycles" in parts:
        yield from _one("cycles", lambda: [cycles.measure(here, seconds)])
    if "answers" in parts:
        from benchmarks import answers

        yield from _one("answers", lambda: [answers.measure()])


def _loaded(here: Ground, parts: tuple[str, ...], given: argparse.Namespace) -> Iterator[Row]:
    from benchmarks import figures, generate, kept, lists, pages, record, rooms

    owner, rounds = here.addresses.owner, given.rounds
    loader, district = record.Loader(here.addresses.superuser), kept.remembered(here.folder)
    if district is None:
        with _said("laying"):
            district = generate.fill(owner, given.matters, each=loader, enough=partial(kept.enough, here.folder))
            loader.finish()
        kept.remember(here.folder, district)
    matters = district.matters
    if kept.was_refilled(here.folder) and {"lists", "pages"} & set(parts):
        sys.exit(f"{here.folder} was refilled and has no rows of thirty-six kinds any more: lay another one.")
    kept.stand_still()
    if "import" in parts and loader.entries:
        yield loader.row()
    if {"lists", "pages"} & set(parts):
        with _said("warming"):
            kept.warm(here.cluster.place)
    if "lists" in parts:
        yield from _one("lists", lambda: [lists.measure(owner, district, matters, rounds)])
    if "pages" in parts:
        yield from _one("pages", lambda: [pages.measure(district, matters, rounds)])
    if "refill" in parts or "figures" in parts:
        kept.remember_refill(here.folder)
        refilled = list(_one("refill", lambda: [rooms.measure()]))
        yield from refilled if "refill" in parts else ()
    if "figures" in parts:
        yield from _one("figures", lambda: figures.measure(owner, district))


def _one(name: str, act: Callable[[], Iterable[Row]]) -> list[Row]:
    """The rows of a part; one that fails is told, and the others are still measured."""
    try:
        with _said(name):
            return list(act())
    except Exception:
        traceback.print_exc()
        _failed.append(name)
        return []


@contextmanager
def _said(name: str) -> Iterator[None]:
    """Tell on the side what is being measured, for it takes minutes."""
    print(f"{name} …", end=" ", file=sys.stderr, flush=True)
    with clock() as taken:
        yield
    print(f"{taken():.0f} s", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
