"""The course of a matter: its entries as people read them, corrections struck, bodies as the reader's right allows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from uuid import UUID

from fazhi.law import Fact, FactKind, FieldKind, Finding, Reading, Title
from fazhi.ledger import read_many
from fazhi.ledger.elsewhere import PARTY_ONE, PARTY_OTHER, SYSTEM, system_title
from fazhi.ledger.entry import EntryLine
from fazhi.ledger.view import MatterView
from fazhi.people import holders, masks, parties, posts, units
from fazhi.people.actors import DEPUTY
from fazhi.people.parties import MaskedParty
from fazhi.worklist.values import CourseEntry, Said

_TEXT = Title("内容", "Text")
_BODY = {
    "title": Title("标题", "Title"),
    "text": _TEXT,
    "place": Title("地点", "Place"),
    "topic": Title("类别", "Topic"),
    "respondent": Title("被申请人", "Respondent"),
    "reason": Title("理由", "Reason"),
    "message": Title("诉求内容", "Message"),
    "reply": Title("答复内容", "Reply"),
}


Tell = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Names:
    """Everything that ids stand for, fetched at once."""

    units: Mapping[UUID, units.UnitLine]
    posts: Mapping[UUID, tuple[str, str]]
    parties: Mapping[UUID, MaskedParty]
    matters: Mapping[UUID, str]

    def unit(self, unit: UUID) -> tuple[str, str]:
        line = self.units.get(unit)
        return (line.name, line.name_en or line.name) if line else ("", "")


def names_of(view: MatterView, more: Iterable[UUID] = ()) -> Names:
    """Units, posts and masked parties of a matter; three queries."""
    said = [(view.page.kind(line.kind), line.fields) for line in view.entries]
    wanted = {line.unit for line in view.entries} | {view.unit, *more}
    held = {line.post for line in view.entries if line.post}
    held |= {one for one in (_id(line.fields.get(DEPUTY, "")) for line in view.entries) if one}
    for kind, fields in said:
        for one in kind.fields.values() if kind else ():
            if one.kind in ("unit", "post") and (value := _id(fields.get(one.name, ""))):
                (wanted if one.kind == "unit" else held).add(value)
    numbers = _numbers({value for kind, fields in said for value in _matters(kind, fields)})
    return Names(units.names(wanted), posts.titles(held), parties.masked_many(parties_of(view)), numbers)


def _matters(kind: FactKind | None, fields: Mapping[str, str]) -> Iterable[UUID]:
    named = (fields.get(one.name, "") for one in (kind.fields.values() if kind else ()) if one.kind == "matter")
    return [value for value in map(_id, named) if value]


def _numbers(matters: Collection[UUID]) -> dict[UUID, str]:
    """What other matters that an entry names are called: by their official number, else by that of the holder."""
    views = read_many(matters) if matters else {}
    known = holders.numbers_of(matters) if matters else {}
    return {one: view.number or known.get(one, "") for one, view in views.items()}


def parties_of(view: MatterView) -> tuple[UUID, ...]:
    """Parties named in the entries, in order."""
    ids = [value for line in view.entries for value in map(_id, line.fields.get("parties", "").split()) if value]
    return tuple(dict.fromkeys(ids))


def linked_of(view: MatterView) -> tuple[UUID, ...]:
    """Matters this one was linked to."""
    ids = [_id(line.fields.get("matter", "")) for line in view.entries if line.kind == "linked"]
    return tuple(dict.fromkeys(one for one in ids if one))


def teller(view: MatterView, *, working: bool, revealed: bool) -> Tell:
    """How texts are told: masked, with places for those who work on the matter, whole where a purpose was recorded."""
    if revealed:
        return str
    if working:
        return partial(masks.contacts, named=parties.told(parties_of(view), places=False))
    return partial(masks.free_text, known=parties.told(parties_of(view)))


def course(view: MatterView, reading: Reading, names: Names, tell: Tell) -> tuple[CourseEntry, ...]:
    """Entries by lawful day, then as recorded; what the law takes as done stands among them."""
    struck = {line.corrects: line.seq for line in view.entries if line.corrects is not None}
    entries = [_entry(view, line, names, struck.get(line.seq), tell) for line in view.entries]
    found: dict[int, list[Finding]] = {}
    for note in reading.notes:
        if note.fact is not None:
            found.setdefault(note.fact.entry, []).append(note.finding)
    entries = [replace(entry, findings=tuple(found.get(entry.seq, ()))) for entry in entries]
    entries += [_deemed(view, fact) for fact in reading.deemed]
    return tuple(sorted(entries, key=lambda entry: (entry.day, entry.seq == 0, entry.seq)))


def _entry(view: MatterView, line: EntryLine, names: Names, struck_by: int | None, tell: Tell) -> CourseEntry:
    kind = view.page.kind(line.kind)
    unit, unit_en = names.unit(line.unit)
    post, post_en = names.posts.get(line.post, ("", "")) if line.post else ("", "")
    by = _id(line.fields.get(DEPUTY, ""))
    deputy, deputy_en = names.posts.get(by, ("", "")) if by else ("", "")
    return CourseEntry(
        seq=line.seq,
        kind=line.kind,
        title=kind.title if kind else Title(line.kind),
        day=line.day,
        moment=line.moment,
        recorded_at=line.recorded_at,
        unit=unit,
        unit_en=unit_en,
        post=post,
        post_en=post_en or post,
        face=line.face,
        thread=line.thread,
        fields=tuple(_said(view, line, names)),
        body=_body(view, line, tell),
        files=tuple(one for one in map(_id, _files(line)) if one),
        letters=kind.letters if kind else (),
        source=kind.source.text if kind and kind.source else "",
        struck_by=struck_by,
        corrects=line.corrects,
        strikes=line.strikes,
        deputy=deputy,
        deputy_en=deputy_en or deputy,
    )


def _deemed(view: MatterView, fact: Fact) -> CourseEntry:
    kind = view.page.kind(fact.kind)
    return CourseEntry(
        seq=0,
        kind=fact.kind,
        title=kind.title if kind else Title(fact.kind),
        day=fact.day,
        moment=fact.moment,
        recorded_at=None,
        unit="",
        unit_en="",
        post="",
        post_en="",
        face="",
        thread=fact.thread,
        fields=(),
        body=(),
        files=(),
        letters=(),
        source=kind.source.text if kind and kind.source else "",
        deemed=True,
    )


def _said(view: MatterView, line: EntryLine, names: Names) -> Iterable[Said]:
    kind = view.page.kind(line.kind)
    for name, value in line.fields.items():
        field = kind.fields.get(name) if kind else None
        if field is not None and field.kind != "file":
            rule = view.page.clocks.get(value) if name == "clock" else None
            shown, shown_en = (rule.title.zh, rule.title.english) if rule else _shown(field, value, names)
            if name == SYSTEM:
                shown, shown_en = system_title(value).zh, system_title(value).english
            elif name in (PARTY_ONE, PARTY_OTHER):
                shown, shown_en = "", ""  # the other may be no party of this matter: nothing of it is told here
            yield Said(name, field.title, field.kind, value, shown, shown_en)


def _shown(field: FieldKind, value: str, names: Names) -> tuple[str, str]:
    if field.kind == "choice":
        title = field.choice_titles.get(value)
        return (title.zh, title.english) if title else (value, value)
    one = _id(value)
    if field.kind == "unit" and one:
        return names.unit(one)
    if field.kind == "post" and one:
        return names.posts.get(one, ("", ""))
    if field.kind == "party" and one:
        party = names.parties.get(one)
        return (party.name, party.name) if party else ("", "")
    if field.kind == "matter" and one:
        number = names.matters.get(one, "")
        return number, number
    return value, value


def _body(view: MatterView, line: EntryLine, tell: Tell) -> tuple[tuple[Title, str], ...] | None:
    texts = view.body(line.seq)
    if texts is None:
        return None
    kind = view.page.kind(line.kind)
    titles = {name: one.title for name, one in (kind.fields.items() if kind else ())}
    order = {name: place for place, name in enumerate((*_BODY, *titles))}
    told = sorted(texts.items(), key=lambda one: order.get(one[0], len(order)))
    return tuple((titles.get(name) or _BODY.get(name, _TEXT), tell(text)) for name, text in told if text)


def _files(line: EntryLine) -> list[str]:
    return f"{line.fields.get('files', '')} {line.fields.get('file', '')}".split()


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
