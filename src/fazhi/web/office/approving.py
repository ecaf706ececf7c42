"""Asking for approval and giving it: what is asked of whom, for how long and why, shown where one approves."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _

from fazhi.desk.power import power_for
from fazhi.law import Term
from fazhi.people import posts, units
from fazhi.web.faces.values import Asked, Field
from fazhi.web.faces.words import day_words, said
from fazhi.web.office.course import body_words, texts_told, value_words, who_words
from fazhi.web.office.fields import TEXT, Filled
from fazhi.web.office.gate import Here, acting
from fazhi.worklist.follow import approval_asked
from fazhi.worklist.values import CourseEntry, MatterPage

ASKED, WANTED, OTHERWISE, LASTS = "approval_asked", "wanted", "other", "lasts"
JUDGING: Final = frozenset({"approved", "rejected"})
NAMED: Final = 3


def wanted_fields(
    page: MatterPage, here: Here, typed: Mapping[str, str], errors: Mapping[str, str]
) -> tuple[Field, ...]:
    """What another post is asked to do: the acts that may be done now and that this post may not do; and for how long,
    where that is an extension."""
    powers = acting(here, page.view).powers
    own = [one.kind for one in page.acts if not one.barred and (not one.common or one.kind.name == "published")]
    acts = [one for one in own if power_for(one) not in powers]
    if not acts:
        return ()
    choices = (*((str(one.title), said(one.title)) for one in acts), (OTHERWISE, _("其他（写在说明里）")))
    prefix = f"f-{ASKED}"
    wanted = Field(
        WANTED,
        _("提请办理的事"),
        "select",
        typed.get(WANTED, ""),
        required=True,
        choices=choices,
        id=f"{prefix}-{WANTED}",
    )
    terms = [str(one.title) for one in acts if LASTS in one.fields]
    if not terms:
        return (wanted,)
    lasts = Field(
        LASTS,
        _("申请延长多久"),
        value=typed.get(LASTS, ""),
        hint=_("如 30天、5个工作日、3个月"),
        error=errors.get(LASTS, ""),
        id=f"{prefix}-{LASTS}",
        when=f"{WANTED}={','.join(terms)}",
    )
    return wanted, lasts


def read_wanted(typed: Mapping[str, str], filled: Filled) -> None:
    """Put what is asked before the reasons; for how long is a field of the act, said only where an act is named. A
    correction of what was sent up asks for neither."""
    if WANTED not in typed:
        return
    wanted = typed[WANTED].strip()
    if wanted in ("", OTHERWISE):
        filled.fields.pop(LASTS, None)
        filled.errors.pop(LASTS, None)
        return
    filled.body[TEXT] = "\n".join(part for part in (f"提请办理：{wanted}", filled.body.get(TEXT, "")) if part)


def asked_entry(page: MatterPage) -> CourseEntry | None:
    """What was sent up last and is not judged yet."""
    fact = approval_asked(page.view.horizon.facts)
    return next((one for one in page.course if fact and one.seq == fact.entry), None)


def asked_words(page: MatterPage) -> Asked | None:
    """Who asks for what, and why, as it is shown where one approves or sends back."""
    entry = asked_entry(page)
    if entry is None:
        return None
    terms = tuple((said(one.title), value_words(one)) for one in entry.fields if one.name == LASTS)
    texts = (body_words(page, entry), *(f"{title}：{text}" for title, text in (*terms, *texts_told(entry))))
    return Asked(who_words(page, entry), day_words(entry.day), "\n".join(text for text in texts if text))


def term_asked(page: MatterPage) -> str:
    """For how long an extension was asked when it was sent up last; empty where nothing is said of it."""
    sent = [fact for fact in page.view.horizon.facts if fact.kind == ASKED]
    asked = sent[-1].fields.get(LASTS, "") if sent else ""
    return said(Term.parse(asked)) if asked else ""


def who_may(page: MatterPage, here: Here, power: str) -> str:
    """The posts that hold a power in one's own unit, in the one that received the matter, and above these."""
    tree = units.tree_on(here.day)
    above = {*tree.path(page.view.unit), *tree.path(here.actor.unit)}
    own = [*tree.path(here.actor.unit)][::-1]
    found = sorted(
        posts.having({power}, above, here.day),
        key=lambda one: own.index(one.unit) if one.unit in own else len(own),
    )
    named = [f"{one.unit_name}/{one.title}" for one in found[:NAMED]]
    return "、".join(named) + ("……" if len(found) > NAMED else "")
