"""The choice of a kind of business: those used most first, then group by group, and found by a part of the name."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest
from django.utils.translation import gettext as _

from fazhi.desk.act import OWN_VERBS
from fazhi.ledger import rulebook
from fazhi.reach import ask
from fazhi.reach.scope import Filters
from fazhi.rulebook.groups import groups_of_procedures
from fazhi.web.faces.values import Choice, Field
from fazhi.web.faces.words import said
from fazhi.web.office.gate import Here

MOST_USED: Final = 5


def kinds_received(here: Here) -> list[str]:
    """Kinds of business that this post may receive for its unit."""
    own = (name for name in _usual() if name not in OWN_VERBS)
    return [name for name in own if here.scope.may_act_for(here.actor.unit, name)]


def kinds_within(here: Here) -> list[str]:
    """Kinds of business within reach."""
    return [name for name in _usual() if name in here.scope.kinds]


def _usual() -> list[str]:
    pages = rulebook().procedures
    return [name for name, versions in pages.items() if versions[-1].opens_with and not versions[-1].standing]


def most_used(here: Here, kinds: Collection[str]) -> list[str]:
    """Those of the kinds that came most often of late."""
    return list(ask.usual_kinds(here.scope, Filters(kinds=frozenset(kinds)))[:MOST_USED])


def kind_groups(kinds: Collection[str], first: Iterable[str]) -> tuple[tuple[str, tuple[Choice, ...]], ...]:
    """Every kind once: those used most, then each group in the order of the registers, then the others."""
    book, group = rulebook(), groups_of_procedures()
    used = [name for name in first if name in kinds]
    rest = [name for name in kinds if name not in used]
    parts = [(_("最常用"), [_choice(name) for name in used])]
    parts += [
        (said(title), _sorted(one for one in rest if group.get(one) == key)) for key, title in book.groups.items()
    ]
    parts.append((_("其他"), _sorted(one for one in rest if group.get(one) not in book.groups)))
    return tuple((title, tuple(mine)) for title, mine in parts if mine)


def kind_field(here: Here, value: str, label: str, *, id: str = "") -> Field:
    """A filter by kind of business; all of them where nothing is chosen."""
    kinds = kinds_within(here)
    groups = kind_groups(kinds, most_used(here, kinds))
    return Field("kind", label, "select", value, groups=groups, id=id, extra={"empty": _("全部")})


@dataclass(frozen=True, slots=True)
class KindChoice:
    """The kind that a form is shown for, and the fields by which another is chosen: none if there is no other."""

    kind: str
    fields: tuple[Field, ...] = ()


def read_choice(request: HttpRequest, here: Here, kinds: list[str]) -> KindChoice:
    """What was typed goes before what was chosen, unless it is a part of that too; a part of several names leaves those
    to choose from."""
    used, typed = most_used(here, kinds), request.GET.get("find", "").strip()
    kind, found, error = request.GET.get("kind", "") or next(iter(used), kinds[0]), kinds, ""
    if typed:
        found = found_by_name(typed, kinds)
        kind = found[0] if len(found) == 1 else kind
        error = "" if len(found) == 1 or kind in found else _not_one(typed, len(found))
    if len(kinds) == 1:
        return KindChoice(kind)
    offered = found if len(found) > 1 else kinds
    names = tuple((said(rulebook().procedures[one][-1].title), "") for one in kinds)
    return KindChoice(
        kind,
        (
            Field("find", _("找事项种类（写几个字）"), "search", typed if error else "", error=error, choices=names),
            Field("kind", _("事项种类"), "select", kind, required=True, groups=kind_groups(offered, used)),
        ),
    )


def _not_one(typed: str, found: int) -> str:
    if not found:
        return _("没有名称含“%(typed)s”的事项种类，请换几个字，或者直接选。") % {"typed": typed}
    return _("名称含“%(typed)s”的有 %(count)s 种，请从中选一种。") % {"typed": typed, "count": found}


def found_by_name(typed: str, kinds: Iterable[str]) -> list[str]:
    """Kinds of that very name; else those with it in their name, Chinese or English."""
    wanted = typed.casefold()
    names = {one: [title.casefold() for title in _names(one)] for one in kinds}
    return [one for one, mine in names.items() if wanted in mine] or [
        one for one, mine in names.items() if any(wanted in title for title in mine)
    ]


def _names(kind: str) -> tuple[str, str]:
    title = rulebook().procedures[kind][-1].title
    return title.zh, title.en


def _choice(kind: str) -> Choice:
    return kind, said(rulebook().procedures[kind][-1].title)


def _sorted(kinds: Iterable[str]) -> list[Choice]:
    return sorted((_choice(one) for one in kinds), key=lambda pair: pair[1])
