"""What people decided of letters: chosen, withdrawn, and handed on to be learned from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from fazhi.people.actors import Actor
from fazhi.triage.models import Choice


@dataclass(frozen=True, slots=True)
class Chosen:
    """A decision of a matter, or that the one before was `withdrawn`."""

    number: int
    matter: UUID
    topic: tuple[str, ...]
    urgency: str
    kind: str
    way: str
    proposed: str
    post: UUID | None
    account: UUID | None
    at: datetime
    withdrawn: bool = False

    @property
    def corrected(self) -> bool:
        return "/".join(self.topic) != self.proposed


def choose(
    actor: Actor,
    matter: UUID,
    *,
    topic: Iterable[str],
    urgency: str,
    kind: str,
    way: str,
    proposed: Iterable[str],
    version: int,
) -> None:
    """Decide; the same decision again adds nothing. The caller has checked that the actor may act in the matter."""
    names = "/".join(topic)
    now = standing(matter)
    if now and ("/".join(now.topic), now.urgency, now.kind, now.way) == (names, urgency, kind, way):
        return
    Choice.objects.create(
        matter=matter,
        topic=names,
        urgency=urgency,
        kind=kind,
        way=way,
        proposed="/".join(proposed),
        version=version,
        post=actor.post,
        account=actor.account,
    )


def withdraw(actor: Actor, matter: UUID) -> None:
    """Take the standing decision back: the proposal stands again and nothing is learned from it."""
    now = standing(matter)
    if now is None:
        return
    Choice.objects.create(
        matter=matter,
        topic="/".join(now.topic),
        urgency=now.urgency,
        kind=now.kind,
        way=now.way,
        proposed=now.proposed,
        version=0,
        withdrawn=True,
        post=actor.post,
        account=actor.account,
    )


def standing(matter: UUID) -> Chosen | None:
    row = Choice.objects.filter(matter=matter).order_by("-id").first()
    return _chosen(row) if row and not row.withdrawn else None


def history(matter: UUID) -> tuple[Chosen, ...]:
    """Everything that was decided of the matter and withdrawn, in order."""
    return tuple(_chosen(row) for row in Choice.objects.filter(matter=matter).order_by("id"))


def changed(after: int = 0) -> int:
    """Matters that were decided, or whose decision was withdrawn, by rows of later number than this."""
    return Choice.objects.filter(pk__gt=after).values("matter").distinct().count()


def last() -> int:
    """The number of the last row; 0 for none."""
    row = Choice.objects.order_by("-id").first()
    return row.pk if row else 0


def decided() -> list[Chosen]:
    """Standing decisions, in order."""
    last = Choice.objects.order_by("matter", "-id").distinct("matter")
    return sorted((_chosen(row) for row in last if not row.withdrawn), key=lambda one: one.number)


def _chosen(row: Choice) -> Chosen:
    topic = tuple(row.topic.split("/"))
    said = (row.urgency, row.kind, row.way, row.proposed, row.post, row.account, row.at, row.withdrawn)
    return Chosen(row.pk, row.matter, topic, *said)
