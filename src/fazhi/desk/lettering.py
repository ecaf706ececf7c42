"""Keeping a letter: the file is in the archive already, the entry says which letter of which act was made."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from fazhi.desk.act import NoRight, Recorded
from fazhi.desk.admit import kind_of
from fazhi.desk.numbering import series_of
from fazhi.desk.power import check_act, rights, seat_on
from fazhi.desk.telling import KIND as TOLD
from fazhi.ledger import Collision, Draft, extend, held, settle, today
from fazhi.ledger import act as transaction
from fazhi.ledger.append import repeated
from fazhi.ledger.number import give
from fazhi.people.actors import DEPUTY, Actor

KIND, DUES = "letter_made", "dues"


def keep_letter(
    actor: Actor,
    matter: UUID,
    letter: str,
    *,
    entry: int,
    file: UUID,
    body: Mapping[str, str] | None = None,
    dues: Mapping[str, date] | None = None,
    to: UUID | None = None,
    number: str = "",
    seen: int,
    key: str,
) -> Recorded:
    """Record that `letter` was made of act `entry` and lies in the archive as `file`; `body` is what was typed for it,
    `dues` are the due days that it states by clock and thread, so that whoever was told one is told when it moves;
    `to` is the party it goes to, `number` the number of its own.

    Collision if the matter has grown since the letter was filled, so that no letter tells of a state that is past.
    """
    said = {"letter": letter, "entry": str(entry), "files": str(file)}
    said |= {"to": str(to)} if to else {}
    said |= {"letter_number": number} if number else {}
    if dues:
        said[DUES] = " ".join(f"{clock}={day.isoformat()}" for clock, day in dues.items())
    try:
        with transaction("default"):
            view = held(matter)
            if again := repeated(view, key, KIND):
                return Recorded(again.seq, repeated=True)
            scope = rights(actor)
            check_act(scope, view)
            seat = seat_on(actor, scope, view, [kind_of(view.page, KIND)])
            if seat.face == "office" and "record" not in seat.powers:
                raise NoRight("制作文书须由具有“办理”权限的岗位进行，您当前的岗位没有这项权限；请转交或改选岗位。")
            if seat != actor:
                said[DEPUTY] = str(actor.post)
            if 0 < seen < view.head and all(line.kind in (TOLD, KIND) for line in view.entries[seen:]):
                seen = view.head  # a warning or another letter changes nothing that this one tells
            draft = Draft(KIND, today(), fields=said, body=dict(body or {}))
            done, _ = extend(view, [draft], seat, seen=seen, key=key)
            return Recorded(done.seq)
    except Collision as collision:
        return Recorded(settle(collision, key, "default").seq, repeated=True)


def number_letter(matter: UUID, unit: UUID, word: str) -> str:
    """The next number of the organ under the word of a letter. Call it in the transaction that keeps the letter, so
    that a letter which is not kept uses none up."""
    return give(matter, series_of(word, unit, today()))
