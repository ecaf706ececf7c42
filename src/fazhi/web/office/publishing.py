"""The form of publishing an entry, filled from what it says with its people hidden, and of taking it back."""

from collections.abc import Iterator, Mapping
from typing import Final

from django.utils import translation
from django.utils.translation import gettext as _

from fazhi.desk.act import Act
from fazhi.desk.masking import hide_people
from fazhi.web.faces.values import Field
from fazhi.web.faces.words import day_words, said
from fazhi.worklist.values import CourseEntry, MatterPage

PUBLISHING: Final = frozenset({"published", "unpublished"})
TOLD: Final = frozenset({"choice", "text", "number", "money", "day", "term"})
"""Values of an entry that its publication tells; who the parties are stays out."""
APART: Final = frozenset({"title", "topic"})


def publishing_fields(
    page: MatterPage, name: str, typed: Mapping[str, str], errors: Mapping[str, str]
) -> tuple[Field, ...]:
    """The form of publishing, or of taking a publication back."""
    published = name == "published"
    entries = [entry for entry in page.course if _choosable(page, entry, published)]
    first = entry_to_publish(page) if published else None
    entry = Field(
        "entry",
        _("公开哪一条") if published else _("撤下哪一条"),
        "select",
        typed.get("entry", str(first.seq) if first else ""),
        error=errors.get("entry", ""),
        required=True,
        choices=tuple((str(one.seq), entry_words(one)) for one in entries),
        id=f"f-{name}-entry",
    )
    if not published:
        return entry, _text("reason", _("撤下的理由"), name, typed, errors)
    filled = {**prefilled(page, first), **typed} if first and "entry" not in typed else typed
    hint = _("姓名、电话、住址会再隐去一次，请先自己检查。")
    if first:
        told = _("已按“%(entry)s”填好，当事人已隐去，可以修改；公开别的，请改写。")
        hint = told % {"entry": entry_words(first)} + hint
    title = Field(
        "title",
        _("公开的标题"),
        value=filled.get("title", ""),
        required=True,
        id=f"f-{name}-title",
        error=errors.get("title", ""),
    )
    return entry, title, _text("text", _("公开的正文"), name, filled, errors, hint)


def entry_to_publish(page: MatterPage) -> CourseEntry | None:
    """The last entry that the law wants published and that is not published yet."""
    done = {
        one.value
        for entry in page.course
        if entry.kind == "published" and not entry.struck_by
        for one in entry.fields
        if one.name == "entry"
    }
    due = [
        entry
        for entry in page.course
        if _choosable(page, entry, True) and str(entry.seq) not in done
        if (kind := page.view.page.kind(entry.kind)) and kind.publishes
    ]
    return due[-1] if due else None


def prefilled(page: MatterPage, entry: CourseEntry) -> Mapping[str, str]:
    """Title and text as the entry itself has them, with the people of the matter hidden as when it is published; in
    Chinese, in which the public record is kept, whoever writes it."""
    kind = page.view.page.kind(entry.kind)
    what = (kind.publishes if kind else "") or str(entry.title)
    number = page.official_number
    title = f"{what}（{number}）" if number else what
    with translation.override("zh-hans"):
        body = {"title": title, "text": "\n".join(_lines(page, entry))}
    return hide_people(page.view, Act("published", body=body)).body


def _lines(page: MatterPage, entry: CourseEntry) -> Iterator[str]:
    kind = page.view.page.kind(entry.kind)
    declared = kind.fields if kind else {}
    order = list(declared)
    yield f"{entry.title}：{day_words(entry.day, year=True)}"
    for one in sorted(entry.fields, key=lambda one: order.index(one.name) if one.name in order else len(order)):
        if one.kind in TOLD and one.shown:
            yield f"{one.title}：{one.shown}{'元' if one.kind == 'money' else ''}"
    for name, text in (page.view.body(entry.seq) or {}).items():
        if text and name not in APART:
            yield f"{declared[name].title}：{text}" if name in declared and name != "text" else text


def _text(
    field: str, label: str, act: str, typed: Mapping[str, str], errors: Mapping[str, str], hint: str = ""
) -> Field:
    value, error = typed.get(field, ""), errors.get(field, "")
    return Field(field, label, "long", value, hint, error, required=True, id=f"f-{act}-{field}")


def _choosable(page: MatterPage, entry: CourseEntry, published: bool) -> bool:
    if not entry.seq or entry.struck_by or entry.strikes:
        return False
    return entry.kind in page.view.page.facts if published else entry.kind == "published"


def entry_words(entry: CourseEntry) -> str:
    return f"{day_words(entry.day)} {said(entry.title)}"
