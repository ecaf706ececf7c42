"""Which systems files are exchanged with, for which unit; and who acts when a file of theirs is entered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction

from fazhi.exchange.models import Link
from fazhi.ledger import query, today
from fazhi.people.actors import Actor
from fazhi.rulebook.partners import Partner, partners


class NoPartner(LookupError):
    """No page, or no link, of this name; the text says which there are or how to make one."""


class Busy(RuntimeError):
    """Another process is at the files of this partner."""


@dataclass(frozen=True, slots=True)
class Linked:
    """A partner, our unit that exchanges files with it, and the actor of its rows."""

    partner: Partner
    unit: UUID
    since: date

    @property
    def actor(self) -> Actor:
        return Actor(None, None, self.unit, frozenset(), "import", self.partner.title.zh)


def pages() -> Mapping[str, Partner]:
    """Every partner that the pages know, those of this site over those of the program."""
    return partners(*settings.FAZHI_OVERLAYS)


def page_of(name: str) -> Partner:
    """By name or by title; NoPartner names those there are."""
    known = pages()
    found = known.get(name) or next((one for one in known.values() if name in (one.title.zh, one.title.en)), None)
    if found is None:
        told = "、".join(f"{one.name}（{one.title}）" for one in known.values())
        raise NoPartner(f"没有名为“{name}”的对接方，有：{told}。")
    return found


def link(partner: Partner, unit: UUID, since: date | None = None) -> Linked:
    """Exchange files for this unit from a day on; a link to another unit ends the day before."""
    day = since or today()
    with transaction.atomic():
        Link.objects.filter(partner=partner.name, until=None).exclude(unit=unit).update(until=day)
        row, _ = Link.objects.get_or_create(partner=partner.name, unit=unit, until=None, defaults={"since": day})
    return Linked(partner, row.unit, row.since)


def unlink(partner: Partner) -> bool:
    """No more files from today; what came stays. Whether there was a link."""
    return bool(Link.objects.filter(partner=partner.name, until=None).update(until=today()))


def linked(name: str) -> Linked:
    """The link of a partner today; NoPartner says how to make one."""
    partner = page_of(name)
    row = Link.objects.filter(partner=partner.name, until=None).first()
    if row is None:
        raise NoPartner(
            f"还没有与“{partner.title}”建立对接：请用 fazhi exchange link {partner.name} --unit 单位 指明由谁对接。"
        )
    return Linked(partner, row.unit, row.since)


def every_link() -> tuple[Linked, ...]:
    """All links of today whose page is still there."""
    known = pages()
    rows = Link.objects.filter(until=None, partner__in=list(known)).order_by("partner")
    return tuple(Linked(known[row.partner], row.unit, row.since) for row in rows)


@contextmanager
def alone(partner: Partner) -> Iterator[None]:
    """One process at a time takes and gives the files of a partner; Busy for the others."""
    name = [f"fazhi.exchange.{partner.name}"]
    if not query.fetch("default", "select pg_try_advisory_lock(hashtextextended(%s, 1))", name)[0][0]:
        raise Busy(f"另一个程序正在处理“{partner.title}”的文件，请稍后再试。")
    try:
        yield
    finally:
        query.fetch("default", "select pg_advisory_unlock(hashtextextended(%s, 1))", name)


def folder(partner: Partner, place: str) -> Path:
    """Where its files lie: `in` for those that come, `out` for ours and our receipts, `refused` for unreadable ones."""
    path = Path(settings.FAZHI_HOME) / "exchange" / partner.name / place
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path
