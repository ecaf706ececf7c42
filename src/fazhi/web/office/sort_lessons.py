"""What the version in use learned from decisions, as the page of the versions shows it, and the act of learning."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from fazhi.people.posts import displays
from fazhi.routing.duties import duties_of, folder
from fazhi.triage import store
from fazhi.triage.record import teach
from fazhi.web.office.gate import Here
from fazhi.web.office.sort_card import part_words


def learn_now(request: HttpRequest, here: Here) -> None:
    """Learn from the decisions, and say in which parts they do harm and whether some are contradicted."""
    taught = teach(folder(), duties_of(here.day))
    if taught is None:
        messages.info(request, _("没有新的决定可学。"))
        return
    told_words = _("第 %(n)s 版学了 %(count)s 件决定，已启用；不合适可以退回。")
    messages.success(request, told_words % {"n": taught.version, "count": taught.taken})
    if taught.off:
        words = _("逐件留出检验后，这些部分用了决定反而更差，这一版不用：%(names)s。")
        messages.warning(request, words % {"names": "、".join(part_words(one) for one in taught.off)})
    if taught.doubted:
        words = _("有人的决定与他人对相近来信的决定不一致，已降低权重，见下表。")
        messages.warning(request, words)


def learned_values() -> dict[str, Any]:
    """What the version in use holds: its parts as they stood the test, and whose decisions it is made of."""
    now = store.current(folder())
    about = next((one for one in store.versions(folder()) if one.version == now), None)
    if about is None or not about.people:
        return {}
    names = displays(UUID(who) for who in about.people if who)
    people = [
        {
            "name": names.get(UUID(who), "") if who else "",
            "decisions": one["decisions"],
            "doubted": [part_words(part) for part in one["doubted"]],
        }
        for who, one in about.people.items()
    ]
    parts = [{"title": part_words(part), **one} for part, one in about.parts.items() if one["decisions"]]
    return {"people": people, "parts": parts}
