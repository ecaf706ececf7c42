"""Parties that are one person or firm: who was found to be the same, who not, and who may be, by keyed marks alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, cast
from uuid import UUID

from django.db import connection

from fazhi.people.actors import Actor
from fazhi.people.models import Party, Sameness

Ground = Literal["number", "contact", "asked", "papers", "different"]
_SAME = """
with recursive known(id) as (
    select unnest(%s::uuid[])
  union
    select case when s.one = k.id then s.other else s.one end
    from known k join people_same s on (s.one = k.id or s.other = k.id)
    where s.same and not exists (
        select from people_same l where l.one = s.one and l.other = s.other and l.id > s.id)
) select id from known
"""
_LIKELY = """
select distinct on (least(a.id, b.id), greatest(a.id, b.id)) least(a.id, b.id), greatest(a.id, b.id), found.ground
from people_party a
cross join lateral (
    select p.id, 'number' as ground from people_party p where p.number_mark = a.number_mark and p.id <> a.id
  union all
    select p.id, 'contact' from people_party p
    where p.phone_mark = a.phone_mark and p.name_mark = a.name_mark and p.id <> a.id
    limit 50
) found join people_party b on b.id = found.id
where a.id = any (%s::uuid[]) and a.kind = b.kind and a.kind <> 'organ' and a.key is not null and b.key is not null
  and not exists (
    select from people_same s where s.one = least(a.id, b.id) and s.other = greatest(a.id, b.id))
order by least(a.id, b.id), greatest(a.id, b.id), found.ground desc
"""


class NotOne(ValueError):
    """These two cannot be found to be one, or not to be; the text says why."""


@dataclass(frozen=True, slots=True)
class Likely:
    """Two parties that may be one: by the same number of a document, or by name and telephone together."""

    one: UUID
    other: UUID
    ground: Ground


def same_as(parties: Iterable[UUID]) -> frozenset[UUID]:
    """These parties and all that were found to be the same as one of them."""
    wanted = list(dict.fromkeys(parties))
    if not wanted:
        return frozenset()
    with connection.cursor() as cursor:
        cursor.execute(_SAME, [wanted])
        return frozenset(row[0] for row in cursor.fetchall())


def different_from(parties: Iterable[UUID]) -> frozenset[UUID]:
    """Parties that were found not to be the same as one of these, so that nobody is asked again."""
    own = list(parties)
    rows = [*Sameness.objects.filter(one__in=own), *Sameness.objects.filter(other__in=own)]
    last: dict[tuple[UUID, UUID], Sameness] = {}
    for row in sorted(rows, key=lambda row: row.pk):
        last[row.one, row.other] = row
    apart = {party for row in last.values() if not row.same for party in (row.one, row.other)}
    return frozenset(apart - set(own))


def likely(parties: Iterable[UUID], most: int = 50) -> tuple[Likely, ...]:
    """Pairs of one of these with any other that carry the same marks and on which nobody has decided yet."""
    with connection.cursor() as cursor:
        cursor.execute(_LIKELY, [list(parties)])
        rows = cursor.fetchall()
    together = {row[0]: same_as([row[0]]) for row in rows}
    return tuple(Likely(*row) for row in rows if row[1] not in together[row[0]])[:most]


def decide(actor: Actor, one: UUID, other: UUID, *, same: bool, ground: Ground) -> None:
    """Keep that the two are one, or that they are not; NotOne where that cannot be or is so already."""
    rows = {row.pk: row for row in Party.objects.filter(pk__in=[one, other])}
    if one == other or len(rows) != 2:
        raise NotOne("请选择两位不同的、已登记的当事人。")
    if any(row.key is None for row in rows.values()):
        raise NotOne("其中一位当事人的信息已清除，无从核实。")
    if len({row.kind for row in rows.values()}) > 1:
        raise NotOne("个人和单位不能认定为同一当事人。")
    if same == (other in same_as([one])):
        raise NotOne("两位当事人已经认定为同一人。" if same else "两位当事人并没有认定为同一人。")
    _write(actor, one, other, same=same, ground=ground)


def keep_apart(actor: Actor, one: UUID, other: UUID) -> None:
    """Keep that two who look alike are not one, so that it is not proposed again."""
    if one == other or other in same_as([one]):
        raise NotOne("两位当事人已经认定为同一人：不是的，请撤销认定。")
    _write(actor, one, other, same=False, ground="different")


def pairs_of(party: UUID) -> tuple[tuple[UUID, Ground], ...]:
    """The parties that this one was directly found to be the same as, and by what."""
    rows = [*Sameness.objects.filter(one=party), *Sameness.objects.filter(other=party)]
    last = {(row.one, row.other): row for row in sorted(rows, key=lambda row: row.pk)}
    return tuple(
        (row.other if row.one == party else row.one, cast(Ground, row.ground)) for row in last.values() if row.same
    )


def _write(actor: Actor, one: UUID, other: UUID, *, same: bool, ground: Ground) -> None:
    least, greatest = sorted((one, other))
    row = Sameness(one=least, other=greatest, same=same, ground=ground)
    row.account, row.post, row.unit = actor.account, actor.post, actor.unit
    row.save(force_insert=True)
