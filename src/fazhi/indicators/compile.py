"""Compiles indicator pages to constant SQL: one statement for each grain and kind of business, with a one-row scope."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from psycopg import sql

from fazhi.rulebook import Indicator, Selector

Window = Literal["now", "before"]
Measure = Literal["count", "sum", "days", "timed", "latest", "largest"]
Grain = Literal["cells", "ended", "open", "latest"]

BOUNDS = {"at_least": ">=", "at_most": "<="}
VERDICTS = {"judged": ("in_time", "early", "late"), "in_time": ("in_time",), "late": ("late",), "early": ("early",)}


@dataclass(frozen=True, slots=True)
class Want:
    """One number asked of the counted rows."""

    selector: Selector
    window: Window
    measure: Measure
    whose: str

    @property
    def grain(self) -> Grain:
        if self.measure in ("latest", "largest"):
            return "latest"
        if self.selector.open:
            return "open"
        return "ended" if self.column == "until" else "cells"

    @property
    def column(self) -> str:
        """The day by which it falls into the window: a run without a verdict counts on the day it ended."""
        return "until" if self.selector.clocks and not self.selector.verdict else "day"

    @property
    def key(self) -> str:
        """Wants that ask for the same number have the same key and are asked once."""
        picked = self.selector
        where = sorted((name, tuple(values)) for name, values in picked.where.items())
        said = (picked.procedure, picked.facts, picked.clocks, picked.open, where, picked.verdict)
        more = (picked.deemed, picked.matters, picked.field)
        bounds = [(word, *sorted(getattr(picked, word).items())) for word in BOUNDS if getattr(picked, word)]
        return repr((said, more, self.window, self.measure, self.whose, *bounds))


@dataclass(frozen=True, slots=True)
class Statement:
    """Constant SQL that gives one row, one column a want; takes units, the two windows and the position."""

    text: str
    wants: tuple[str, ...]


def wants_of(page: Indicator) -> tuple[tuple[Want, ...], tuple[Want, ...]]:
    """What a page asks for above and below the line; the second is empty for figures without a denominator."""

    def ask(selectors: Iterable[Selector], window: Window = "now", measure: Measure | None = None) -> tuple[Want, ...]:
        return tuple(Want(one, window, measure or _measure(one), page.whose) for one in selectors)

    match page.kind:
        case "ratio":
            return ask(page.of), ask(page.per)
        case "change":
            return ask(page.of), ask(page.of, "before")
        case "compression":
            return ask(page.of), ask(page.base) if page.base else ask(page.of, "before")
        case "duration":
            return ask(page.of, measure="days"), ask(page.of, measure="timed")
        case "rank":
            return tuple(Want(one, "now", one.stated, page.whose) for one in page.of), ()
        case _:
            return ask(page.of), ()


def _measure(selector: Selector) -> Measure:
    return "sum" if selector.field else "count"


@lru_cache(maxsize=64)
def _compiled(wants: tuple[str, ...], chosen: tuple[_Hashed, ...]) -> tuple[Statement, ...]:
    groups: dict[tuple[Grain, str, str], list[Want]] = {}
    for held in chosen:
        want = held.want
        groups.setdefault((want.grain, want.whose, want.selector.procedure), []).append(want)
    makers = {"cells": _cells, "ended": _cells, "open": _open, "latest": _latest}
    return tuple(Statement(makers[grain](asked), tuple(w.key for w in asked)) for (grain, *_), asked in groups.items())


class _Hashed:
    """A want as a key of the cache: equal where it asks for the same number."""

    __slots__ = ("want",)

    def __init__(self, want: Want) -> None:
        self.want = want

    def __hash__(self) -> int:
        return hash(self.want.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Hashed) and other.want.key == self.want.key


def compile_wants(wants: Iterable[Want]) -> tuple[Statement, ...]:
    """The statements that answer all wants; compiled once and kept."""
    chosen = {want.key: _Hashed(want) for want in wants}
    return _compiled(tuple(chosen), tuple(chosen.values()))


def quoted(value: str) -> str:
    """A text constant that is safe inside a statement that also takes parameters."""
    return sql.Literal(value).as_string(None).replace("%", "%%")


def one_of(column: str, values: Sequence[str]) -> str:
    """A condition that the column has one of the values."""
    listed = ", ".join(quoted(value) for value in values)
    return f"{column} = {listed}" if len(values) == 1 else f"{column} in ({listed})"


def in_row(field: str) -> str:
    """How a choice is reached in a counted row."""
    return f"coalesce(c.fields ->> {quoted(field)}, '')"


def number_in_row(field: str) -> str:
    """How a number is reached in a counted row."""
    return f"(c.numbers ->> {quoted(field)})::numeric"


def bounds_of(selector: Selector) -> list[str]:
    """What the numbers of a row must be to be picked."""
    return [
        f"coalesce({number_in_row(name)} {sign} {bound:f}, false)"
        for word, sign in BOUNDS.items()
        for name, bound in sorted(getattr(selector, word).items())
    ]


def conditions(
    selector: Selector,
    reach: Callable[[str], str] = in_row,
    prefix: str = "c.",
    bound: Callable[[str], str] = str,
) -> list[str]:
    """What a row must be to be picked; ``reach`` and ``bound`` say how a choice and a bound stand in the table."""
    said = [one_of(f"{prefix}procedure", [selector.procedure])]
    if selector.facts:
        said += [f"{prefix}item = 'fact'", one_of(f"{prefix}name", selector.facts)]
        said += [f"not {prefix}again"] if selector.matters and not selector.field else []
    elif selector.clocks:
        said += [f"{prefix}item = 'clock'", one_of(f"{prefix}name", selector.clocks)]
    if selector.verdict:
        said.append(one_of(f"{prefix}verdict", [known for word in selector.verdict for known in VERDICTS[word]]))
    if not selector.deemed:
        said.append(f"not {prefix}deemed")
    for name, values in sorted(selector.where.items()):
        said.append(one_of(reach(name), tuple(values)))
    return said + [bound(one) for one in bounds_of(selector)]


SCOPE = (
    "with scope as not materialized (select %(start)s::date as start, %(cutoff)s::date as cutoff, "
    "%(start_before)s::date as start_before, %(cutoff_before)s::date as cutoff_before, "
    "%(position)s::bigint as position)"
)
STANDS = "c.from_position <= scope.position and scope.position < c.to_position"
WINDOWS = {"now": ("scope.start", "scope.cutoff"), "before": ("scope.start_before", "scope.cutoff_before")}


def in_window(want: Want) -> str:
    """That a row falls into the window of the want, by its day or by the day it ended."""
    start, cutoff = WINDOWS[want.window]
    return f"c.{want.column} between {start} and {cutoff}"


def of_units(wants: Sequence[Want]) -> str:
    column = "c.handler" if wants[0].whose == "handling" else "c.unit"
    return f"{column} = any(%(units)s::uuid[])"


def _cells(wants: list[Want]) -> str:
    """Rows grouped by all that any want asks of them, then added up: many wants cost hardly more than one.

    The wants are of one kind of business: asked of all rows, the choices of every other kind would cost as much again.
    Names of which no choice and no number is asked are counted apart, from an index alone.
    """
    columns = _columns(wants)
    picked = []
    for at, want in enumerate(wants):
        said = conditions(want.selector, columns.fields.__getitem__, "", columns.bounds.__getitem__)
        said.append("now" if want.window == "now" else "not now")
        column = (
            columns.sums[want.selector.field]
            if want.measure == "sum"
            else "n"
            if want.measure == "count"
            else want.measure
        )
        picked.append(f"coalesce(sum({column}) filter (where {' and '.join(said)}), 0) as w{at}")
    branches = " union all ".join(_branches(wants, columns))
    return f"{SCOPE}, cells as ({branches}) select {', '.join(picked)} from cells"


@dataclass(frozen=True, slots=True)
class _Columns:
    """Columns of the cells by the choice, the bound or the number that they tell."""

    fields: Mapping[str, str]
    bounds: Mapping[str, str]
    sums: Mapping[str, str]


def _columns(wants: Sequence[Want]) -> _Columns:
    fields = sorted({name for want in wants for name in want.selector.where})
    bounds = sorted({one for want in wants for one in bounds_of(want.selector)})
    sums = sorted({want.selector.field for want in wants if want.selector.field})
    return _Columns(
        *(
            {one: f"{sign}{at}" for at, one in enumerate(said)}
            for sign, said in zip("fbv", (fields, bounds, sums), strict=True)
        )
    )


def _branches(wants: Sequence[Want], columns: _Columns) -> Iterator[str]:
    """For each window the names counted from the index alone, then those whose rows have to be read."""
    opened = {name for want in wants if _opens(want) for name in _names(want)}
    for window in WINDOWS:
        inside = [want for want in wants if want.window == window]
        names = {name for want in inside for name in _names(want)}
        if closed := sorted(names - opened):
            yield _branch(inside, columns, closed, opened=False)
        if read := sorted(names & opened):
            yield _branch(inside, columns, read, opened=True)


def _opens(want: Want) -> bool:
    """Whether it asks more of a row than an index holds."""
    picked = want.selector
    return bool(picked.where or picked.field or bounds_of(picked))


def _branch(wants: Sequence[Want], columns: _Columns, names: Sequence[str], *, opened: bool) -> str:
    first = wants[0]
    keys = [f"{'true' if first.window == 'now' else 'false'} as now", "c.procedure", "c.item", "c.name", "c.verdict"]
    keys += ["c.deemed", "c.again"]
    keys += [
        f"{_where_asked(name, wants) if opened else quoted('')} as {column}" for name, column in columns.fields.items()
    ]
    keys += [f"{_bound_asked(one, wants) if opened else 'false'} as {column}" for one, column in columns.bounds.items()]
    totals = ["count(*) as n", "sum(c.days) as days", "count(c.days) as timed"]
    totals += [
        f"{f'sum({number_in_row(name)})' if opened else 'null::numeric'} as {column}"
        for name, column in columns.sums.items()
    ]
    item = "c.item = 'clock'" if first.grain == "ended" else "c.item <> 'matter'"
    return (
        f"select {', '.join(keys + totals)} from indicators_counted c, scope "
        f"where {of_units(wants)} and {item} and {one_of('c.procedure', [first.selector.procedure])} "
        f"and {one_of('c.name', names)} and {in_window(first)} and {STANDS} "
        f"group by {', '.join(str(at + 1) for at in range(len(keys)))}"
    )


def _where_asked(field: str, wants: Sequence[Want]) -> str:
    """A choice, looked up only in rows of which some want asks it."""
    named = sorted({name for want in wants if field in want.selector.where for name in _names(want)})
    if not named:
        return quoted("")
    return f"case when {one_of('c.name', named)} then {in_row(field)} else '' end"


def _bound_asked(bound: str, wants: Sequence[Want]) -> str:
    """A bound, looked at only in rows of which some want asks it."""
    named = sorted({name for want in wants if bound in bounds_of(want.selector) for name in _names(want)})
    if not named:
        return "false"
    return f"case when {one_of('c.name', named)} then {bound} else false end"


def _names(want: Want) -> tuple[str, ...]:
    return want.selector.facts + want.selector.clocks


def open_at(selector: Selector, window: Window) -> str:
    """Matters begun and not closed when the window begins, or when it ends."""
    start, cutoff = WINDOWS[window]
    if selector.open == "start":
        return f"c.day < {start} and c.until >= {start}"
    return f"c.day <= {cutoff} and c.until > {cutoff}"


def _open(wants: list[Want]) -> str:
    picked = []
    for at, want in enumerate(wants):
        said = [*conditions(want.selector), open_at(want.selector, want.window)]
        total = f"sum({number_in_row(want.selector.field)})" if want.measure == "sum" else "count(*)"
        picked.append(f"coalesce({total} filter (where {' and '.join(said)}), 0) as w{at}")
    procedures = one_of("c.procedure", sorted({want.selector.procedure for want in wants}))
    first = "scope.start_before" if any(want.window == "before" for want in wants) else "scope.start"
    return (
        f"{SCOPE} select {', '.join(picked)} from indicators_counted c, scope "
        f"where {of_units(wants)} and {procedures} and c.item = 'matter' and c.name = 'matter' "
        f"and c.until >= {first} and {STANDS}"
    )


def _when(want: Want) -> list[str]:
    """That a row counts in the window of the want: in it, or open at an end of it."""
    if want.selector.open:
        return ["c.item = 'matter'", open_at(want.selector, want.window)]
    return [in_window(want)]


def _latest(wants: list[Want]) -> str:
    picked = []
    for at, want in enumerate(wants):
        value = number_in_row(want.selector.field)
        said = [of_units([want]), *conditions(want.selector), *_when(want), STANDS, f"{value} is not null"]
        first = f"{value} desc, " if want.measure == "largest" else ""
        picked.append(
            f"(select {value} from indicators_counted c, scope where {' and '.join(said)} "
            f"order by {first}c.day desc, c.from_position desc limit 1) as w{at}"
        )
    return f"{SCOPE} select {', '.join(picked)}"


def records_text(wants: Sequence[Want]) -> str:
    """SQL that lists what stands behind the wants, by day, matter and row, after a key and up to a limit."""
    parts = []
    for want in wants:
        said = [of_units([want]), *conditions(want.selector), STANDS, *_when(want)]
        if want.measure in ("days", "timed"):
            said.append("c.days is not null")
        if want.selector.field:
            said.append(f"c.numbers ->> {quoted(want.selector.field)} is not null")
        shape = f"select c.matter, c.{want.column} as day, c.ref, c.from_position from indicators_counted c, scope"
        parts.append(f"{shape} where {' and '.join(said)}")
    return (
        f"{SCOPE} select day, matter, ref, from_position from ({' union all '.join(parts)}) as picked "
        "where (day, matter, ref) > (%(after_day)s::date, %(after_matter)s::uuid, %(after_ref)s::text) "
        "order by day, matter, ref limit %(limit)s"
    )
