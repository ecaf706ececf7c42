"""Who may record an act: the powers of a post against what the page says of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from fazhi.desk.act import NoRight
from fazhi.law import FactKind
from fazhi.ledger import MatterView, today
from fazhi.ledger.countersign import ANSWERED, DECIDED
from fazhi.ledger.countersign import KINDS as COUNTERSIGNING
from fazhi.people.actors import LEADING, POWERS, WORKING, Actor
from fazhi.reach.scope import Scope, scope_of

ACTS = {
    "published": "publish",
    "unpublished": "publish",
    "erased": "erase",
    "approved": "approve",
    "rejected": "approve",
    DECIDED: "approve",
}

ASKED = "approval_asked"
JUDGED = frozenset({"approved", "rejected"})
"""What is said to an act sent up for approval."""

BY_THE_RECORD = frozenset({"numbered", "erased", "warned", "letter_made", "same_person", "not_same_person"})
"""Facts that the program writes down when it numbers, erases, warns, makes a letter, or takes two parties for one;
nobody records that it did."""


def power_for(kind: FactKind) -> str:
    """The power an act asks for: that of its page's `by` (an organ's or an office's head), else to record."""
    if kind.name in ACTS:
        return ACTS[kind.name]
    if "负责人" in kind.by:
        return "approve" if "机构" in kind.by else "lead"
    return kind.by if kind.by in POWERS else "record"


def check_power(actor: Actor, kind: FactKind) -> None:
    """NoRight, with who may, if the post of an official lacks the power. Importers record what others did."""
    wanted = power_for(kind)
    if actor.face != "office" or wanted in actor.powers:
        return
    if (kind.name == ANSWERED and actor.powers & WORKING) or (kind.name == DECIDED and "lead" in actor.powers):
        return
    who = kind.by if "负责人" in kind.by else f"具有“{POWERS[wanted]}”权限的岗位"
    raise NoRight(f"“{kind.title}”应由{who}办理，您当前的岗位没有这项权限；请转交或改选岗位。")


def seat_on(actor: Actor, scope: Scope, view: MatterView, kinds: Iterable[FactKind]) -> Actor:
    """Who acts on a matter just read: the actor, else the post that he stands in for, where only that one may."""
    wanted = tuple(kinds)
    if actor.face != "office" or not scope.lent or all(kind.name in COUNTERSIGNING for kind in wanted):
        return actor
    itself = scope.may_act_itself(view)
    if itself and _able(actor, wanted):
        return actor
    seats = [replace(actor, post=one.post, unit=one.unit, powers=one.powers) for one in scope.lent_on(view)]
    able = next((seat for seat in seats if _able(seat, wanted)), None)
    return able or (actor if itself or not seats else seats[0])


def _able(actor: Actor, kinds: Iterable[FactKind]) -> bool:
    try:
        for kind in kinds:
            check_power(actor, kind)
    except NoRight:
        return False
    return True


def handles(actor: Actor, view: MatterView) -> bool:
    """Whether this person has worked on the matter in his own post."""
    return actor.account is not None and any(
        line.account == actor.account and line.post == actor.post for line in view.entries
    )


def check_not_own(actor: Actor, seat: Actor, view: MatterView, kinds: Iterable[FactKind]) -> None:
    """NoRight where somebody would approve, or send back, what he himself sent up, in whatever post; or would do as a
    deputy, in the place of a leader, what that leader has to decide of his own work."""
    kinds = tuple(kinds)
    if actor.face != "office" or actor.account is None:
        return
    asked = [fact.entry for fact in view.horizon.facts if fact.kind == ASKED]
    line = view.entry(asked[-1]) if asked else None
    if line is not None and line.account == actor.account and any(kind.name in JUDGED for kind in kinds):
        raise NoRight("提请审批的和审批的不能是同一人：这次送审是您提出的，请由其他有权的人审批，代理期间也是这样。")
    led = [kind for kind in kinds if seat != actor and power_for(kind) in LEADING - actor.powers]
    if led and handles(actor, view):
        raise NoRight("这一件由您经办，不能由您代负责人审批或者决定：请送审，由其他有权的人办理。")


def rights(actor: Actor, given: Scope | None = None) -> Scope:
    """The actor's rights today, read anew unless an importer read them a moment ago."""
    if given is not None and given.actor == actor and given.day == today():
        return given
    return scope_of(actor, today())


def seat_for(actor: Actor, scope: Scope, unit: UUID, procedure: str, secrecy: int) -> Actor:
    """Who opens a matter: the actor, or the post that he stands in for, where only that one may."""
    given = scope.lent_for(unit, procedure, secrecy) if actor.face == "office" else ()
    lent = next((one for one in given if "record" in one.powers), given[0] if given else None)
    return replace(actor, post=lent.post, unit=lent.unit, powers=lent.powers) if lent else actor


def check_open(scope: Scope, unit: UUID, procedure: str, secrecy: int) -> None:
    if scope.actor.face in ("office", "import") and not scope.may_act_for(unit, procedure, secrecy):
        raise NoRight("您没有为该单位登记此类事项的权限；请由该单位的经办岗位登记，或请管理员授权。")


def check_act(scope: Scope, view: MatterView) -> None:
    """A matter is worked by those whose turn it is; once closed, gone on with by those whose turn it was."""
    if not scope.may_act_on(view):
        raise NoRight("您不能办理这一事项：它不存在、不在您的权限之内，或正由其他单位办理；请联系承办单位。")
