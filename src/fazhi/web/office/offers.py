"""What may be recorded in a matter now, each act with its form, and why not the rest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from fazhi.desk.act import OWN_ACTS, OWN_VERBS
from fazhi.desk.handing import KIND as HANDED_ON
from fazhi.desk.power import BY_THE_RECORD, power_for
from fazhi.ledger.countersign import KINDS as COUNTERSIGNING
from fazhi.ledger.elsewhere import ELSEWHERE
from fazhi.ledger.joined import DUPLICATE, JOINED, PARTED
from fazhi.people import posts, units
from fazhi.people.actors import LEADING
from fazhi.web.faces.clocks import OURS
from fazhi.web.faces.values import Act, NotNow
from fazhi.web.faces.words import day_words, in_english, said
from fazhi.web.office.approving import ASKED, JUDGING, LASTS, WANTED, asked_words, term_asked, wanted_fields, who_may
from fazhi.web.office.fields import Pools, finding_words, form_fields
from fazhi.web.office.gate import Here, acting, may_act, may_do
from fazhi.web.office.publishing import PUBLISHING, entry_words, publishing_fields
from fazhi.worklist.follow import approval_asked
from fazhi.worklist.values import MatterPage, PossibleAct

OF_A_CARD: Final = frozenset({JOINED, PARTED, DUPLICATE, ELSEWHERE})
"""Acts done in a card of the page, each with a form of its own."""
APPLICANT: Final = "applicant"
SILENT: Final = frozenset({"noted", "attached"})
MOST_AT_ONCE: Final = 8
FOLDED: Final = 2
OTHERS: Final = frozenset({"applicant", "respondent", "other"})
GRAVE: Final = frozenset({"withdrawn", "terminated"})


class Pressing(NamedTuple):
    """When an act is due, its place among those that would do, and the term it ends."""

    due: date
    rank: int
    ends: str


NOT_PRESSING: Final = Pressing(date.max, 0, "")


@dataclass(frozen=True, slots=True)
class Tried:
    """What was just posted: the act, what was typed, what was wrong."""

    kind: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Offers:
    """Acts of the page, the likely ones apart, acts common to all kinds, and what may not be done now."""

    acts: tuple[Act, ...] = ()
    more: tuple[Act, ...] = ()
    common: tuple[Act, ...] = ()
    not_now: tuple[NotNow, ...] = ()


def offers_of(page: MatterPage, here: Here, tried: Tried) -> Offers:
    if page.procedure in OWN_VERBS or not may_act(here, page.view):
        return Offers()
    pools, powers = pools_of(page, here), acting(here, page.view).powers
    pressing = pressing_acts(page)
    off_page = OWN_ACTS.get(page.procedure, frozenset())
    own: list[Act] = []
    shared: list[Act] = []
    not_now: list[NotNow] = []
    for one in page.acts:
        if one.kind.name in (*BY_THE_RECORD, *COUNTERSIGNING, HANDED_ON, *OF_A_CARD, page.view.page.opens_with):
            continue
        if one.kind.name in off_page or (off_page and one.kind.name == "unpublished"):
            continue
        if one.kind.name == tried.kind:  # refused just now: its form stays, or what was typed would be lost
            own.append(_act(page, one, pools, tried, "", here))
            continue
        if one.barred or power_for(one.kind) not in powers:
            if not one.common or (one.kind.name in pressing and one.kind.name in PUBLISHING and not one.barred):
                place = 0 if one.kind.name in pressing else len(not_now)
                not_now.insert(place, _not_now(page, here, one))
            continue
        apart = one.common and one.kind.name not in PUBLISHING and one.kind.name not in pressing
        (shared if apart else own).append(
            _act(page, one, pools, tried, pressing.get(one.kind.name, NOT_PRESSING).ends, here)
        )
    not_now.sort(key=lambda one: not one.lacking)
    own.sort(key=lambda act: (not act.open, _remoteness(page, act), pressing.get(act.kind, NOT_PRESSING)))
    near = [act for act in own if act.open or _remoteness(page, act) < FOLDED][:MOST_AT_ONCE]
    return Offers(tuple(near), tuple(own[len(near) :]), tuple(shared), tuple(not_now))


def _remoteness(page: MatterPage, act: Act) -> int:
    """How unlikely an act is next: ours, then another's, then what came before the opening, then the unlawful."""
    if act.warnings:
        return FOLDED + 1
    names = list(page.view.page.facts)
    if act.kind in names and names.index(act.kind) < names.index(page.view.page.opens_with):
        return FOLDED
    kind = page.view.page.kind(act.kind)
    return 1 if kind is not None and kind.by in OTHERS else 0


def pressing_acts(page: MatterPage) -> dict[str, Pressing]:
    """Acts of ours that would end an open term of ours, and those that were approved and are still to be done."""
    found: dict[str, Pressing] = {}
    if approval_asked(page.view.horizon.facts):
        found = {name: Pressing(date.min, 0, _("审批")) for name in ("approved", "rejected")}
    found |= {name: Pressing(date.min, 0, _("延长期限")) for name in extensions_approved(page)}
    for line in page.clocks:
        rule = line.clock.rule
        if not (line.clock.open and line.clock.due and rule.by in OURS):
            continue
        for rank, name in enumerate(rule.stops):
            kind = page.view.page.kind(name)
            if kind is not None and kind.by != APPLICANT:
                found[name] = min(found.get(name, NOT_PRESSING), Pressing(line.clock.due, rank, said(rule.title)))
    return found


def extensions_approved(page: MatterPage) -> tuple[str, ...]:
    """Acts that would extend an open term, where the last thing done was an approval: by itself it moves no date."""
    told = [fact for fact in page.view.horizon.facts if not fact.deemed and fact.kind not in SILENT]
    last = max(told, key=lambda fact: fact.entry, default=None)
    return extensions_open(page) if last is not None and last.kind == "approved" else ()


def extensions_open(page: MatterPage) -> tuple[str, ...]:
    """Acts that extend a term of ours that runs."""
    rules = [line.clock.rule for line in page.clocks if line.clock.open and line.clock.rule.by in OURS]
    return tuple(dict.fromkeys(name for rule in rules for name in rule.extended_by))


def _not_now(page: MatterPage, here: Here, one: PossibleAct) -> NotNow:
    barred = next((finding for finding in one.findings if finding.severity == "barred"), None)
    if barred is not None:
        return NotNow(said(one.kind.title), finding_words(barred), barred.source)
    power = power_for(one.kind)
    who = one.kind.by if "负责人" in one.kind.by and not in_english() else power_words(power)
    told = _("应由%(who)s办理，您现在的岗位没有这项权限。") % {"who": who}
    way = ""
    if may_do(here, page.view) and any(act.kind.name == ASKED and not act.barred for act in page.acts):
        way = f"{reverse('office:matter', args=[page.id])}?{urlencode({'act': ASKED, WANTED: str(one.kind.title)})}"
    return NotNow(said(one.kind.title), told, way=way, lacking=True, posts=who_may(page, here, power))


def power_words(power: str) -> str:
    """Who may do what needs this power."""
    return {
        "record": _("经办岗位"),
        "approve": _("机构负责人"),
        "lead": _("机关负责人"),
        "publish": _("公开岗位"),
        "erase": _("清除个人信息的岗位"),
        "supervise": _("监督岗位"),
    }.get(power, _("其他岗位"))


def _late(page: MatterPage, name: str, today: date) -> str:
    """Said before it is recorded: the act ends a term of ours that is already over."""
    over = [
        line.clock
        for line in page.clocks
        if line.clock.open and line.clock.rule.by in OURS and name in line.clock.rule.stops
        if line.clock.due and line.clock.due < today
    ]
    if not over:
        return ""
    first = min(over, key=lambda clock: clock.due or date.max)
    told = {"clock": said(first.rule.title), "day": day_words(first.due or today)}
    return _("“%(clock)s”的期限已于%(day)s届满；办理日期在这一天之后的，记入后标为超期。") % told


def _act(page: MatterPage, one: PossibleAct, pools: Pools, tried: Tried, ends: str, here: Here) -> Act:
    kind, mine = one.kind, tried.kind == one.kind.name
    typed, errors = (tried.typed, tried.errors) if mine else ({}, {})
    if LASTS in kind.fields and LASTS not in typed and kind.name in extensions_approved(page):
        typed = {LASTS: term_asked(page), **typed}
    fields = (
        publishing_fields(page, kind.name, typed, errors)
        if kind.name in PUBLISHING
        else form_fields(page.view.page, kind, pools, typed, errors, day=_("今天"))
    )
    if kind.name == ASKED:
        fields = (*wanted_fields(page, here, typed, errors), *(one for one in fields if one.name != LASTS))
    against = [finding_words(finding) for finding in one.findings if finding.severity in ("barred", "unlawful")]
    return Act(
        kind.name,
        said(kind.title),
        fields,
        law="" if one.common else str(kind.source or ""),
        open=mine,
        grave=kind.name in GRAVE,
        ends=ends,
        late=_late(page, kind.name, here.day),
        warnings=(_("不合程序，只能如实补记"),) if against else (),
        why=tuple(against),
        asked=asked_words(page) if kind.name in JUDGING else None,
    )


def pools_of(page: MatterPage, here: Here) -> Pools:
    """What this matter's forms choose from."""
    files = [(str(one), entry_words(entry)) for entry in page.course for one in entry.files]
    return Pools(
        units=unit_pool(here),
        parties=[(str(party.id), party.name) for party in page.parties],
        posts=post_pool(page, here),
        files=files,
        threads=[(thread, thread) for thread in page.threads],
    )


def post_pool(page: MatterPage, here: Here) -> Sequence[tuple[str, str]]:
    """Who may approve: posts of one's own unit, of the unit that received the matter, and of those above them."""
    tree = units.tree_on(here.day)
    above = {*tree.path(page.view.unit), *tree.path(here.actor.unit)}
    return [(str(one.post), f"{one.unit_name}/{one.title}") for one in posts.having(LEADING, above, here.day)]


def unit_pool(here: Here) -> Sequence[tuple[str, str]]:
    """Units of today by pinyin, with the initials to find them by."""
    lines = sorted(units.tree_on(here.day).units.values(), key=lambda line: line.sort_key)
    return [(str(line.id), line.name) for line in lines]
