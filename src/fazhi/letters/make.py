"""Making a letter of a matter: who it names is read on record, the paper is archived, an entry tells of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from fazhi import archive, desk, ledger
from fazhi.desk.act import NoRight
from fazhi.law import Fact, Reading, Title, read_clocks
from fazhi.ledger import MatterView, now, rulebook, today
from fazhi.ledger.adopted import shelves
from fazhi.letters import paper
from fazhi.letters.case import Body, Case, Person
from fazhi.letters.fill import Letter, fill
from fazhi.people import holders, masks, parties, posts, units
from fazhi.people.actors import Actor
from fazhi.reach.subjects import subject
from fazhi.rulebook.templates import Template, Templates, load_templates, slots_of

NAMING = frozenset({"party", "parties"})


@dataclass(frozen=True, slots=True)
class Made:
    """A letter as kept: its file, the entry that tells of it, and what it still lacks."""

    file: UUID
    seq: int
    letter: Letter


@dataclass(frozen=True, slots=True)
class Offer:
    """A letter that an entry calls for. `arrives` names who sends it, where it is not ours to write."""

    entry: int
    template: Template

    @property
    def title(self) -> Title:
        return Title(self.template.name, self.template.title.en)


def templates() -> Templates:
    """The templates in use: the national ones, with the local ones laid over them."""
    return load_templates(*shelves())


def offers(view: MatterView, reading: Reading) -> Iterator[Offer]:
    """The letters of each fact that stands, as its page names them, in the order of the record."""
    known = templates()
    for fact in sorted(reading.facts, key=lambda one: one.entry):
        kind = view.page.kind(fact.kind)
        for name in kind.letters if kind and fact.entry else ():
            if (template := known.find(view.procedure, name)) is not None:
                yield Offer(fact.entry, template)


def names_people(template: Template) -> bool:
    """Whether the letter tells who the parties are."""
    return any(slot.path[0] in NAMING for _, text in template.texts for slot, _ in slots_of(text))


def personal(view: MatterView, template: Template | None = None) -> bool:
    """Whether a paper of the matter may tell of a person, so that only a post that may see one makes and opens it."""
    named = template is not None and names_people(template)
    return named or bool(view.parties) or bool(view.page.intake.person.zh)


def compose(
    view: MatterView, actor: Actor, template: Template, entry: int, typed: Mapping[str, str], *, clear: bool
) -> Letter:
    """The letter of one entry, for whoever works on the matter. `clear` reads parties and texts whole, on record."""
    return fill(template, case_of(view, actor, template, entry, clear=clear), typed)


def make(
    view: MatterView,
    actor: Actor,
    template: Template,
    entry: int,
    typed: Mapping[str, str],
    *,
    key: str,
) -> Made:
    """Fill, archive and record a letter. NoRight if it may tell of people and the post may not see them."""
    if personal(view, template):
        if "reveal" not in actor.powers:
            raise NoRight("这份文书写有当事人的完整信息，须由具有“查看当事人信息”权限的岗位制作；请转交该岗位。")
        parties.read_texts(view.id, actor, f"制作文书《{template.name}》")
    letter = compose(view, actor, template, entry, typed, clear=True)
    file = archive.put_bytes(paper.write(letter), f"{template.name}.docx", actor)
    said = "\n".join(f"{title}：{text}" for title, text in letter.typed)
    body = {"text": said} if said else {}
    dues = dict(letter.dues)
    done = desk.keep_letter(
        actor, view.id, template.name, entry=entry, file=file, body=body, dues=dues, seen=view.head, key=key
    )
    if done.repeated:  # pressed twice: the first letter stands
        archive.erase(file)
        first = ledger.read(view.id).entry(done.seq)
        file = UUID(first.fields["files"].split()[0]) if first else file
    return Made(file, done.seq, letter)


def case_of(view: MatterView, actor: Actor, template: Template, entry: int, *, clear: bool) -> Case:
    """Everything the letter may be filled with; bodies are opened only where a slot asks."""
    book, moment = rulebook(), now()
    reading = read_clocks(view.matter, moment, book.calendar)
    first = reading.facts[0] if reading.facts else Fact(view.page.opens_with, view.opened)
    this = next((fact for fact in reading.facts if fact.entry == entry), first)
    line = view.entry(this.entry)
    unit = line.unit if line else view.unit
    day = today() if template.of_matter else this.day
    organ = units.organ_of(view.unit if template.of_matter else unit)
    people = tuple(_people(view, actor, template, clear=clear))
    known = units.names({unit, organ, *_ids(view, "unit")})
    plain = {
        "organ": known[organ].name if organ in known else "",
        "unit": known[unit].name if unit in known else "",
        "number": view.number or holders.number_of(view.id),
        "matter": view.page.title.zh,
        "subject": subject(view, () if clear else parties.told(view.parties, places=False), clear=True),
        "parties": "、".join(one.name for one in people if not one.erased),
        "today": f"{today():%Y年%-m月%-d日}",
        "year": str(today().year),
        "law": str(view.page.source or ""),
        "opened": f"{view.opened:%Y年%-m月%-d日}",
    }
    names = {str(one): line.name for one, line in known.items()}
    names |= {str(post): title for post, (title, _) in posts.titles(_ids(view, "post")).items()}
    names |= {str(one): person.name for one, person in zip(view.parties, people, strict=False)}
    body = view.body if clear else _masked(view)
    return Case(view.page, reading, this, book, day, plain, people, body, names, _recorders(view, known))


def _masked(view: MatterView) -> Body:
    """The texts as those read them who work on the matter: without what names or reaches a person."""
    known = parties.told(view.parties, places=False)

    def body(seq: int) -> Mapping[str, str] | None:
        texts = view.body(seq)
        return texts and {name: masks.contacts(text, known) for name, text in texts.items()}

    return body


def _people(view: MatterView, actor: Actor, template: Template, *, clear: bool) -> Iterator[Person]:
    """The parties in order; each look in the clear is logged with the letter as its purpose."""
    shown = parties.masked_many(view.parties)
    for one in view.parties:
        mask = shown.get(one)
        if mask is None or mask.erased:
            yield Person("", erased=True)
        elif clear and names_people(template):
            told = parties.reveal(one, actor, f"制作文书《{template.name}》", matter=view.id)
            yield Person(told.name, told.phone, told.id_number, told.address)
        else:
            yield Person(mask.name, mask.phone, mask.id_number, mask.address)


def _ids(view: MatterView, shape: str) -> set[UUID]:
    """Units or posts that the entries name in fields of that shape."""
    found: set[UUID] = {line.unit for line in view.entries} if shape == "unit" else set()
    found |= {line.post for line in view.entries if line.post} if shape == "post" else set()
    for line in view.entries:
        kind = view.page.kind(line.kind)
        fields = kind.fields.values() if kind else ()
        found |= {
            UUID(line.fields[one.name]) for one in fields if one.kind == shape and line.fields.get(one.name)
        }  # fmt: skip
    return found


def _recorders(view: MatterView, known: Mapping[UUID, units.UnitLine]) -> dict[int, str]:
    titles = posts.titles(_ids(view, "post"))
    found = {}
    for line in view.entries:
        unit = known[line.unit].name if line.unit in known else ""
        post = titles.get(line.post, ("", ""))[0] if line.post else ""
        found[line.seq] = " ".join(part for part in (unit, post) if part)
    return found
