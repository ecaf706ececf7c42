"""Erasing what was told of a person: bodies, files and the party go, by an entry; lines, clocks and figures stay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from fazhi import archive
from fazhi.desk.act import NoRight, Refused, refusal
from fazhi.desk.power import check_act, rights
from fazhi.ledger import Draft, MatterView, extend, held, today
from fazhi.ledger import act as transaction
from fazhi.ledger.erase import erase_bodies, matters_of
from fazhi.operations import keep as operations
from fazhi.people import parties, sameness, unsent
from fazhi.people.actors import Actor

REASONS = ("request", "term", "mistake")


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased: matters touched, bodies and files gone, and whether a party's data was destroyed."""

    matters: tuple[UUID, ...]
    bodies: int
    files: int
    party: bool


def erase(
    actor: Actor,
    *,
    party: UUID | None = None,
    matter: UUID | None = None,
    entries: Sequence[int] = (),
    reason: str = "request",
    key: str,
) -> Erased:
    """Erase a party with every text and file of the matters that name it, or single entries of one matter. Parties
    found to be the same person are that person: they are erased with it, or none is.

    Afterwards `fazhi record sweep` frees the space on disk. Old backups hold the data until they expire; restoring
    replays this entry.
    """
    if "erase" not in actor.powers:
        raise NoRight("清除个人信息须由具有“清除个人信息”权限的岗位办理；请转交该岗位。")
    if reason not in REASONS or (party is None) == (matter is None):
        raise Refused((refusal("erase", "请选择要清除的当事人或记录，并选择理由。", "say what and why", "reason"),))
    with transaction("default"):
        everyone = sorted(sameness.same_as([party])) if party else []
        named = (one for each in everyone for one in matters_of(each))
        touched = tuple(dict.fromkeys(named)) if party else ((matter,) if matter else ())
        scope = rights(actor)
        bodies = files = 0
        for one in touched:
            view = held(one)
            check_act(scope, view)
            unsent.drop_about(one)
            operations.drop_about(one)
            gone = _erase(view, actor, tuple(entries), reason, f"{key}/{one}")
            bodies, files = bodies + gone[0], files + gone[1]
        return Erased(touched, bodies, files, sum(parties.erase(each) for each in everyone) > 0)


def _erase(view: MatterView, actor: Actor, entries: Sequence[int], reason: str, key: str) -> tuple[int, int]:
    lines = [line for line in view.entries if not entries or line.seq in entries]
    files = [UUID(one) for line in lines for one in _files(line.fields.get("files", ""), line.fields.get("file", ""))]
    with_body = [line.seq for line in lines if line.commitment]
    said = {"entries": " ".join(map(str, with_body)), "reason": reason}
    if not with_body and not files:
        return 0, 0
    extend(view, [Draft("erased", today(), fields=said)], actor, seen=view.head, key=key, without=with_body)
    for file in files:
        archive.erase(file)
    return erase_bodies(view.id, with_body), len(files)


def _files(*said: str) -> list[str]:
    return [one for text in said for one in text.split()]
