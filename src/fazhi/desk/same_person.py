"""Two parties found to be one person or firm, and that undone: kept with the parties and told in their matters."""

from __future__ import annotations

from uuid import UUID

from fazhi.desk.act import NoRight, Refused, refusal
from fazhi.desk.power import check_act, rights
from fazhi.ledger import Draft, MatterView, extend, held, today
from fazhi.ledger import act as transaction
from fazhi.ledger.erase import matters_of
from fazhi.people import sameness
from fazhi.people.actors import Actor
from fazhi.people.sameness import Ground, NotOne
from fazhi.reach.scope import Scope

SAME, NOT_SAME = "same_person", "not_same_person"
GROUNDS: tuple[Ground, ...] = ("number", "contact", "asked", "papers")


def find_same(actor: Actor, one: UUID, other: UUID, *, ground: Ground, note: str = "", key: str) -> tuple[UUID, ...]:
    """Find the two to be one. Both ids live on; searching, counting of repeats and erasing take them together.

    Told in the newest matter of either that the actor works on, which are returned. Refused and NoRight write nothing.
    """
    if ground not in GROUNDS:
        message = "请选择认定为同一人的依据。"
        raise Refused((refusal("same", message, "say by what they are one", "ground"),))
    fields = {"party_one": str(one), "party_other": str(other), "ground": ground}
    return _decide(actor, (one, other), Draft(SAME, today(), fields=fields, body=_body(note)), ground, key)


def part_same(actor: Actor, one: UUID, other: UUID, *, note: str = "", key: str) -> tuple[UUID, ...]:
    """Undo it: from now on each stands for itself again. What was told stays readable."""
    fields = {"party_one": str(one), "party_other": str(other)}
    return _decide(actor, (one, other), Draft(NOT_SAME, today(), fields=fields, body=_body(note)), "different", key)


def keep_apart(actor: Actor, one: UUID, other: UUID) -> None:
    """Keep that two who look alike are two, so that nobody is asked again."""
    with transaction("default"):
        _matters(actor, (one, other))
        try:
            sameness.keep_apart(actor, one, other)
        except NotOne as wrong:
            raise Refused((refusal("same", str(wrong), "they were found to be one", "party"),)) from wrong


def _decide(actor: Actor, pair: tuple[UUID, UUID], draft: Draft, ground: Ground, key: str) -> tuple[UUID, ...]:
    with transaction("default"):
        views = _matters(actor, pair)
        if any(line.key == key for view in views for line in view.entries):
            return tuple(view.id for view in views)
        try:
            sameness.decide(actor, *pair, same=draft.kind == SAME, ground=ground)
        except NotOne as wrong:
            raise Refused((refusal("same", str(wrong), "these two cannot be so", "party"),)) from wrong
        for view in views:
            extend(view, [draft], actor, seen=view.head, key=key)
    return tuple(view.id for view in views)


def _matters(actor: Actor, pair: tuple[UUID, UUID]) -> tuple[MatterView, ...]:
    """The newest matter of either party on which the actor works; NoRight unless there is one for both."""
    if "record" not in actor.powers:
        raise NoRight("认定同一当事人须由具有“办理”权限的岗位办理。")
    scope = rights(actor)
    views = [_newest(scope, party) for party in pair]
    if any(view is None for view in views):
        raise NoRight("两位当事人都须有您在办的事项，才能认定或者撤销；请转交能办理双方事项的岗位。")
    return tuple({view.id: view for view in views if view is not None}.values())


def _newest(scope: Scope, party: UUID) -> MatterView | None:
    views = [held(matter) for matter in matters_of(party) if scope.may_see(matter)]
    for view in sorted(views, key=lambda view: (view.opened, str(view.id)), reverse=True):
        try:
            check_act(scope, view)
        except NoRight:
            continue
        return view
    return None


def _body(note: str) -> dict[str, str]:
    return {"text": note.strip()} if note.strip() else {}
