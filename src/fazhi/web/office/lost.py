"""Words for one whose act was not recorded: somebody was first, or the post has no right."""

from collections.abc import Mapping
from uuid import UUID

from django.utils.translation import gettext as _

from fazhi.desk import NoRight
from fazhi.ledger import Collision, Since
from fazhi.people import posts, units
from fazhi.web.faces.words import in_english, joined, moment_words, said
from fazhi.worklist.values import MatterPage


def lost_words(wrong: Collision | NoRight, page: MatterPage) -> str:
    """What stands in the way; of a colleague's record, who made it, what it was and when."""
    if isinstance(wrong, NoRight) or not wrong.since:
        return str(wrong)
    places = units.names({one.unit for one in wrong.since})
    titles = posts.titles({one.post for one in wrong.since if one.post})
    lately = [_since_words(one, page, places, titles) for one in wrong.since]
    return _("您填写期间，本件已有新的记录：%(lately)s。您的内容已保留，还没有记入；请看过新的记录，再提交一次。") % {
        "lately": joined(lately)
    }


def _since_words(
    one: Since, page: MatterPage, places: Mapping[UUID, units.UnitLine], titles: Mapping[UUID, tuple[str, str]]
) -> str:
    kind, place = page.view.page.kind(one.kind), places.get(one.unit)
    post, post_en = titles.get(one.post, ("", "")) if one.post else ("", "")
    unit, unit_en = (place.name, place.name_en or place.name) if place else ("", "")
    who = (post_en or post, unit_en) if in_english() else (post, unit)
    what = said(kind.title) if kind else one.kind
    told = {"what": what, "who": " · ".join(part for part in who if part), "when": moment_words(one.recorded_at)}
    return _("“%(what)s”（%(who)s，%(when)s）") % told
