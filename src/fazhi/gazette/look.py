"""The gazette as anyone may read it: lists by day, one item, a feed. Reads the published rows and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Count, Q

from fazhi.gazette import models
from fazhi.gazette.values import Feed, FeedEntry, Item, Page
from fazhi.law import Title

PAGE = 30
SUMMARY = 120
MOST_WORDS = 6


def lists(using: str = "public", *, words: str = "", year: int = 0) -> dict[str, int]:
    """The lists there are with the number of items that stand in each; `words`: of those that have all of them."""
    rows = models.Item.objects.using(using).filter(_with(words), _within(year), withdrawn=None).values_list("list")
    return dict(rows.annotate(n=Count("id")).order_by("list"))


def years(name: str = "", using: str = "public", *, words: str = "") -> dict[int, int]:
    """The years of publication with the number of items that stand of each, the newest first."""
    rows = models.Item.objects.using(using).filter(_with(words), withdrawn=None)
    rows = rows.filter(list=name) if name else rows
    return dict(rows.values_list("day__year").annotate(n=Count("id")).order_by("-day__year"))


def lists_by_year(using: str = "public") -> dict[str, dict[int, int]]:
    """By list the years of publication with the number of items that stand, the newest first."""
    rows = models.Item.objects.using(using).filter(withdrawn=None).values_list("list", "day__year")
    found: dict[str, dict[int, int]] = {}
    for name, year, n in rows.annotate(n=Count("id")).order_by("list", "-day__year"):
        found.setdefault(name, {})[year] = n
    return found


def list_of(procedure: str, using: str = "public") -> str:
    """The list that most items of a procedure stand in, or nothing."""
    rows = models.Item.objects.using(using).filter(procedure=procedure, withdrawn=None).values_list("list")
    first = rows.annotate(n=Count("id")).order_by("-n", "list").first()
    return str(first[0]) if first else ""


def page(
    name: str = "",
    units: Iterable[UUID] | None = None,
    after: str = "",
    limit: int = PAGE,
    using: str = "public",
    *,
    words: str = "",
    year: int = 0,
    oldest: bool = False,
) -> Page:
    """Items of a list (or of all), of some units (or of all), newest first or `oldest`, after a key; `words`: all must
    be in it; `year`: published in it."""
    rows = models.Item.objects.using(using).order_by(*(("day", "id") if oldest else ("-day", "-id")))
    if name:
        rows = rows.filter(list=name)
    if words.split() or year:
        rows = rows.filter(_with(words), _within(year), withdrawn=None)
    if units is not None:
        rows = rows.filter(unit__in=list(units))
    if after:
        day, _, last = after.partition("|")
        try:
            on = date.fromisoformat(day)
        except ValueError:
            raise ValueError("页码有误，请从第一页重新打开。") from None
        beyond = "gt" if oldest else "lt"
        rows = rows.filter(Q(**{f"day__{beyond}": on}) | Q(day=on, **{f"id__{beyond}": last}))
    found = [_item(row) for row in rows[: limit + 1]]
    shown = tuple(found[:limit])
    more = f"{shown[-1].day}|{shown[-1].id}" if len(found) > limit else ""
    return Page(shown, more)


def _with(words: str) -> Q:
    """Items that have each of the words in title, text or number."""
    found = Q()
    for word in words.split()[:MOST_WORDS]:
        found &= Q(title__icontains=word) | Q(text__icontains=word) | Q(number__icontains=word)
    return found


def _within(year: int) -> Q:
    return Q(day__year=year) if year else Q()


def item(identity: str, using: str = "public") -> Item | None:
    """One publication by its public address, withdrawn or not."""
    row = models.Item.objects.using(using).filter(id=identity).first()
    return _item(row) if row else None


def items(identities: Iterable[str], using: str = "public") -> dict[str, Item]:
    """Publications by their public addresses, withdrawn or not; those that are not there are left out."""
    rows = models.Item.objects.using(using).filter(id__in=list(identities))
    return {row.id: _item(row) for row in rows}


def feed(
    name: str = "", units: Iterable[UUID] | None = None, using: str = "public", *, words: str = "", year: int = 0
) -> Feed:
    """The newest items of a list as values of a feed."""
    shown = page(name, units, using=using, words=words, year=year).items
    entries = tuple(FeedEntry(one.id, one.title, _summary(one), one.day) for one in shown)
    return Feed(name, entries, max((one.withdrawn or one.day for one in shown), default=None))


def _summary(one: Item) -> str:
    if one.withdrawn:
        return f"已撤回：{one.reason}"
    return one.text if len(one.text) <= SUMMARY else one.text[:SUMMARY] + "…"


def _item(row: models.Item) -> Item:
    return Item(
        id=row.id,
        list=row.list,
        procedure=Title(row.procedure_title, row.procedure_title_en),
        act=Title(row.fact_title, row.fact_title_en),
        unit=row.unit,
        number=row.number,
        title=row.title,
        text=row.text,
        happened=row.happened,
        day=row.day,
        source=row.source,
        status=row.status,
        withdrawn=row.withdrawn,
        reason=row.reason,
        procedure_name=row.procedure,
    )
