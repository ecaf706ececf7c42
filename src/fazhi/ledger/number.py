"""Official numbers (案号): one counter an organ, word and year, without gaps and never again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import psycopg

from fazhi.ledger import query

KIND = "numbered"

_GIVE = """
with counted as (
    insert into ledger_number_counter as c (unit, word, year, last) values (%(unit)s, %(word)s, %(year)s, 1)
    on conflict (unit, word, year) do update set last = c.last + 1 returning last
)
insert into ledger_number (unit, word, year, seq, text, matter)
select %(unit)s, %(word)s, %(year)s, last,
       %(code)s::text || %(word)s::text || '〔' || %(year)s::integer || '〕' || last || '号', %(matter)s
from counted returning text
"""
_GIVE_MANY = """
with counted as (
    insert into ledger_number_counter as c (unit, word, year, last) values (%(unit)s, %(word)s, %(year)s, %(many)s)
    on conflict (unit, word, year) do update set last = c.last + %(many)s returning last
)
insert into ledger_number (unit, word, year, seq, text, matter)
select %(unit)s, %(word)s, %(year)s, at,
       %(code)s::text || %(word)s::text || '〔' || %(year)s::integer || '〕' || at || '号', matter
from counted, unnest(%(matters)s::uuid[]) with ordinality as m (matter, n),
     lateral (select last - %(many)s::integer + n as at) as place
returning matter, text
"""
_BEGIN = """
insert into ledger_number_counter as c (unit, word, year, last) values (%s, %s, %s, %s)
on conflict (unit, word, year) do update set last = excluded.last where c.last < excluded.last
"""


@dataclass(frozen=True, slots=True)
class Series:
    """One run of numbers: `unit` is the organ, `code` its short name (深福), `word` the kind (复)."""

    unit: UUID
    code: str
    word: str
    year: int


class NumberTaken(ValueError):
    """The number that comes next already stands in the record."""


def give(matter: UUID, series: Series, using: str = "default") -> str:
    """The next number of the series, e.g. 深福复〔2025〕18号. Its counter stays locked until the transaction ends."""
    return str(_numbers(_GIVE, {"matter": matter}, series, using)[0][0])


def give_many(matters: Sequence[UUID], series: Series, using: str = "default") -> dict[UUID, str]:
    """The next numbers of the series, one a matter in the order given."""
    rows = _numbers(_GIVE_MANY, {"matters": list(matters), "many": len(matters)}, series, using)
    return {matter: str(text) for matter, text in rows}


def _numbers(statement: str, said: Mapping[str, object], series: Series, using: str) -> list[query.Row]:
    named = {"unit": series.unit, "word": series.word, "year": series.year, "code": series.code}
    try:
        return query.fetch(using, statement, {**named, **said})
    except psycopg.errors.UniqueViolation as error:
        raise NumberTaken(
            f"{series.code}{series.word}〔{series.year}〕的下一个号已被另一机关占用：请核对机关代字，两个机关不能同用一个代字。"
        ) from error


def start_after(series: Series, last: int, using: str = "default") -> None:
    """Go on after numbers given before this system; a series already further on stays as it is."""
    query.run(using, _BEGIN, [series.unit, series.word, series.year, last])


def given(text: str, using: str = "default") -> UUID | None:
    """The matter that bears an official number."""
    rows = query.fetch(using, "select matter from ledger_number where text = %s", [text])
    return rows[0][0] if rows else None


def given_at(place: int, most: int, using: str = "default") -> tuple[UUID, ...]:
    """Matters whose official number has this place in its series (89号), of whatever organ, the latest years first."""
    statement = "select distinct matter, year from ledger_number where seq = %s order by year desc limit %s"
    return tuple(row[0] for row in query.fetch(using, statement, [place, most]))
