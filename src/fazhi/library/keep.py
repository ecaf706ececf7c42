"""Documents brought into the library: each whole or not at all, none twice, all settled among each other at the end."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Literal

from django.db import transaction
from django.utils import timezone

from fazhi.library import models
from fazhi.library.folder import FileRead
from fazhi.library.history import settle
from fazhi.library.look import head_of
from fazhi.library.names import plain_name
from fazhi.library.values import Head, Version

Outcome = Literal["new", "known", "replaced", "differs", "bad"]
SAID = {
    "new": "收入",
    "known": "早已收入",
    "replaced": "替换了原来的文本",
    "differs": "没有收入",
    "bad": "没有收入",
}


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of one file; `reason` says why where it was not brought."""

    read: FileRead
    outcome: Outcome
    reason: str = ""

    def as_json(self) -> dict[str, object]:
        """Plain values for a machine."""
        return {**self.read.as_json(), "outcome": self.outcome, "reason": self.reason}


def bring(reads: Iterable[FileRead], *, dry: bool = False, over: bool = False) -> list[Brought]:
    """Bring documents; `dry` only tells what would be done, `over` lets a corrected text take the place of another.

    A version is told by its title and date: other words under the same two are refused unless `over`.
    """
    told: list[Brought] = []
    known = {row.digest: row for row in models.Version.objects.only("digest", "name", "passed", "title")}
    same = {(row.name, row.passed): row for row in known.values()}
    for read in reads:
        if read.version is None:
            told.append(Brought(read, "bad", read.reason))
            continue
        head = read.version.head
        key = (plain_name(head.title), head.passed)
        other = same.get(key)
        if head.identity in known:
            told.append(Brought(read, "known"))
            continue
        if other is not None and not over:
            reason = f"文库里已有《{other.title}》同一日期的文本，文字不同；确认要换的，加 --replace 再导入。"
            told.append(Brought(read, "differs", reason))
            continue
        row = models.Version(digest=head.identity, name=key[0], passed=head.passed, title=head.title)
        known[head.identity] = same[key] = row if dry else _write(read.version, other)
        told.append(Brought(read, "new" if other is None else "replaced"))
    if not dry and any(one.outcome in ("new", "replaced") for one in told):
        settle_all()
    return told


def _write(version: Version, other: models.Version | None) -> models.Version:
    """One version with its pieces in one transaction."""
    head = version.head
    with transaction.atomic():
        if other is not None:
            models.Version.objects.filter(digest=other.digest).delete()
        row = models.Version.objects.create(
            digest=head.identity,
            name=plain_name(head.title),
            title=head.title,
            kind=head.kind,
            label=head.label,
            passed=head.passed,
            first=head.first,
            since=head.since,
            assumed=head.assumed,
            stated_until=head.until,
            stated_why=head.why,
            ended=head.ended,
            until=head.until,
            why=head.why,
            file=head.file,
            link=head.link,
            history=list(version.history),
            repeals=[list(one) for one in version.repeals],
            notes=list(version.notes),
            changed=timezone.now(),
        )
        models.Piece.objects.bulk_create(
            models.Piece(
                version=row,
                number=number,
                key=piece.key,
                label=piece.label,
                headings=list(piece.headings),
                article=piece.article,
                inserted=piece.inserted,
                text=piece.text,
            )
            for number, piece in enumerate(version.pieces)
        )
    return row


def settle_all() -> int:
    """Read anew until when each version holds; the number of versions whose end moved."""
    rows = list(models.Version.objects.order_by("id"))
    given = [(_as_stated(head_of(row), row), [(title, by) for title, by in row.repeals]) for row in rows]
    moved = []
    for row, head in zip(rows, settle(given), strict=True):
        if (row.until, row.why, row.replaced) != (head.until, head.why, head.replaced):
            row.until, row.why, row.replaced, row.changed = head.until, head.why, head.replaced, timezone.now()
            moved.append(row)
    models.Version.objects.bulk_update(moved, ["until", "why", "replaced", "changed"], batch_size=500)
    return len(moved)


def _as_stated(head: Head, row: models.Version) -> Head:
    return replace(head, until=row.stated_until, why=row.stated_why, replaced=False)


def withdraw(title: str, label: str) -> int:
    """Take a version out of the library, or all of a document where no label is given; how many went."""
    rows = models.Version.objects.filter(name=plain_name(title))
    if label:
        rows = rows.filter(label=label)
    count = rows.count()
    rows.delete()
    settle_all()
    return count


def forget(digests: Collection[str]) -> int:
    """Take versions out of the library by their digest; how many went."""
    rows = models.Version.objects.filter(digest__in=list(digests))
    count = rows.count()
    rows.delete()
    return count
