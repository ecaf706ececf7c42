"""The course of a matter in the shape the page draws: entries, corrections, deemed acts, and what should come next."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from fazhi import archive
from fazhi.desk.admit import NEVER_CORRECTED
from fazhi.law import Term
from fazhi.ledger.countersign import KINDS as COUNTERSIGNING
from fazhi.web.faces.clocks import OURS, due_of
from fazhi.web.faces.intake import calendar
from fazhi.web.faces.values import Expected, Step
from fazhi.web.faces.words import day_words, in_english, said
from fazhi.web.office.asking import person_label
from fazhi.web.office.fields import finding_words
from fazhi.worklist.values import ClockLine, CourseEntry, MatterPage, Said

PLAIN_TITLES = frozenset({"内容", ""})
HEADLINE = "标题"
ENTRY = "entry"
WARNED = "warned"
NUMBERED = "numbered"
CITIZEN = "portal"
OWN_PAGE = frozenset({"drafted"})
"""Entries whose text is a document with a page of its own."""


def steps_of(page: MatterPage, *, may_correct: bool) -> list[Step]:
    """Entries and deemed acts by their lawful day; the number stands with the entry that earned it."""
    steps = [_step(page, entry, may_correct) for entry in page.course]
    standing = [entry for entry in page.course if not (entry.struck_by or entry.corrects)]
    earned = next((one for one in standing if one.kind == page.view.page.numbered_by), None)
    given = [one for one in standing if one.kind == NUMBERED]
    if earned and len(given) == 1:
        number, place = steps[page.course.index(given[0])], page.course.index(earned)
        steps[place] = replace(steps[place], facts=(*steps[place].facts, *number.facts))
        steps.remove(number)
    return steps


def _warning(entry: CourseEntry) -> str:
    """What a warning is about: a term about to end or over, or a day told before that a holiday notice has moved."""
    told = {one.name: one.value for one in entry.fields}
    if not told.get("was"):
        over = told.get("due", "") and told["due"] < entry.day.isoformat()
        return _("系统提醒：已超期") if over else _("系统提醒：期限将满")
    if told["due"] < told["was"]:
        return _("系统提醒：已告知的届满日提前")
    return _("系统提醒：已告知的届满日推后")


def _step(page: MatterPage, entry: CourseEntry, may_correct: bool) -> Step:
    title = _("撤销这条记录") if entry.strikes else said(entry.title)
    if entry.kind == WARNED:
        title = _warning(entry)
    correctable = (
        may_correct
        and not (entry.deemed or entry.struck_by or entry.strikes or entry.face == CITIZEN)
        and entry.kind not in {WARNED, *NEVER_CORRECTED, *COUNTERSIGNING}
        and bool(entry.seq)
    )
    return Step(
        day=entry.day,
        title=title + (f"（{entry.thread}）" if entry.thread else ""),
        body=_("正文已依法清除。") if entry.body is None else body_words(page, entry),
        texts=texts_told(entry),
        facts=(
            *((said(one.title) or one.name, _value(page, one)) for one in entry.fields if _tells(entry, one)),
            *_led_to(page, entry),
        ),
        files=tuple(file_link(page.id, name, place) for place, name in enumerate(entry.files, 1)),
        who=who_words(page, entry),
        recorded=entry.recorded_at,
        seq=entry.seq,
        deemed=entry.deemed,
        struck=bool(entry.struck_by),
        corrects=_("更正第%(seq)d条") % {"seq": entry.corrects} if entry.corrects else "",
        correct_href=reverse("office:correct", args=[page.id, entry.seq]) if correctable else "",
        moment=entry.moment,
        findings=tuple(finding_words(one) for one in entry.findings),
    )


def _led_to(page: MatterPage, entry: CourseEntry) -> Iterator[tuple[str, str]]:
    """Whom the matter that an act opened is with, and its number, which leads there where one may open it."""
    line = page.view.entry(entry.seq)
    opened = [
        one.id for one in page.view.children if line and one.entries and one.entries[0].key == f"{line.key}/child"
    ]
    for one in page.chain:
        if one.matter in opened and one.title:
            yield _("单位"), one.unit_en if in_english() else one.unit
            href = reverse("office:matter", args=[one.matter])
            if not one.hidden:
                yield _("编号"), format_html('<a href="{}">{}</a>', href, one.number or said(one.title))
            elif one.number:
                yield _("编号"), one.number


def _tells(entry: CourseEntry, one: Said) -> bool:
    """Whether a field says something to a reader; what ties a signature to its text, and who signs after whom,
    stands on the sheet."""
    return bool(one.shown) and not (entry.kind in COUNTERSIGNING and one.name in ("digest", "entry", "order"))


def _value(page: MatterPage, one: Said) -> str:
    """A value in the reader's words; another entry by its title and place in the record."""
    other = next((line for line in page.course if str(line.seq) == one.value), None) if one.name == ENTRY else None
    return _("%(what)s（第%(seq)d条）") % {"what": said(other.title), "seq": other.seq} if other else value_words(one)


def who_words(page: MatterPage, entry: CourseEntry) -> str:
    """Who says it: the post and unit of an official, or the citizen herself."""
    if entry.face == CITIZEN:
        return _("%(person)s（通过公众网页）") % {"person": person_label(page.view.page)}
    unit, post = (entry.unit_en, entry.post_en) if in_english() else (entry.unit, entry.post)
    told = " · ".join(part for part in (post, unit) if part)
    deputy = entry.deputy_en if in_english() else entry.deputy
    return _("代 %(post)s（代理人：%(deputy)s）") % {"post": told, "deputy": deputy} if deputy else told


def body_words(page: MatterPage, entry: CourseEntry) -> str:
    """The text of an entry; the title that stands in the page's head is not said again."""
    if entry.kind in OWN_PAGE:
        return ""
    texts = [
        text
        for title, text in entry.body or ()
        if title.zh in PLAIN_TITLES or (title.zh == HEADLINE and (entry.seq != 1 or text != page.subject))
    ]
    return "\n".join(texts)


def texts_told(entry: CourseEntry) -> tuple[tuple[str, str], ...]:
    """What else an entry says, each under its title."""
    if entry.kind in OWN_PAGE:
        return ()
    plain = PLAIN_TITLES | {HEADLINE}
    return tuple((said(title), text) for title, text in entry.body or () if title.zh not in plain)


def value_words(one: Said) -> str:
    """A value of the record in the reader's words."""
    if one.kind == "day":
        return day_words(date.fromisoformat(one.value))
    if one.kind == "term":
        return said(Term.parse(one.value))
    return one.shown_en if in_english() else one.shown


def file_link(matter: UUID, name: UUID, place: int) -> tuple[str, str]:
    """A file by its name; an erased one by its number only."""
    try:
        return archive.open(name).name, reverse("office:file", args=[matter, name])
    except archive.Gone:
        return _("附件%(n)d（已清除）") % {"n": place}, ""
    except archive.BadFile:
        return _("附件%(n)d（打不开，请报告管理员）") % {"n": place}, ""


def expected_of(lines: Sequence[ClockLine], today: date) -> list[Expected]:
    """Our open terms as what should come next."""
    ours = [line.clock for line in lines if line.clock.open and line.clock.due and line.clock.rule.by in OURS]
    ours.sort(key=lambda clock: clock.due or date.max)
    return [Expected(said(clock.rule.title), due_of(clock, today, calendar())) for clock in ours]
