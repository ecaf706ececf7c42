"""Making a letter of a matter: who it names is read on record, the paper is archived, an entry tells of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from fazhi import archive, desk, ledger
from fazhi.desk.act import NoRight
from fazhi.desk.telling import KIND as TOLD
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
        if fact.kind == TOLD and not fact.fields.get("letter"):
            continue  # a warning to the unit; only a day that a letter had told is told anew in a letter
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
    view: MatterView,
    actor: Actor,
    template: Template,
    entry: int,
    typed: Mapping[str, str],
    *,
    clear: bool,
    to: UUID | None = None,
    number: str = "",
) -> Letter:
    """The letter of one entry, for whoever works on the matter. `clear` reads parties and texts whole, on record;
    `to` is the party it goes to, else the one that its act names; `number` stands in for that of the matter."""
    case = case_of(view, actor, template, entry, clear=clear, to=to)
    return fill(template, replace(case, plain={**case.plain, "number": number}) if number else case, typed)


def addressees(view: MatterView, template: Template) -> tuple[UUID, ...]:
    """Those among whom one chooses to whom a letter goes: every party, where it names one and there are several."""
    named = any(slot.path[0] == "party" for _, text in template.texts for slot, _ in slots_of(text))
    return view.parties if named and len(view.parties) > 1 else ()


def addressee(view: MatterView, entry: int) -> UUID | None:
    """To whom a letter of an entry goes by itself: the party that its thread named last, else the first."""
    line = view.entry(entry)
    own = [one for one in view.entries if line and line.thread and one.thread == line.thread]
    named = [*own, *([line] if line else [])]
    found = [UUID(one) for said in named for one in said.fields.get("parties", "").split()]
    return found[-1] if found else next(iter(view.parties), None)


def make(
    view: MatterView,
    actor: Actor,
    template: Template,
    entry: int,
    typed: Mapping[str, str],
    *,
    key: str,
    to: UUID | None = None,
    reader: Actor | None = None,
) -> Made:
    """Fill, archive and record a letter. NoRight if it may tell of people and the post may not see them; `reader` is
    the actor with all the powers that he has over this matter, a deputy's among them."""
    if personal(view, template):
        reader = reader or actor
        if "reveal" not in reader.powers:
            raise NoRight("这份文书写有当事人的完整信息，须由具有“查看当事人信息”权限的岗位制作；请转交该岗位。")
        parties.read_texts(view.id, reader, f"制作文书《{template.name}》")
    to = to or (addressee(view, entry) if names_people(template) else None)
    number = ""
    if not template.number_word:
        done = _keep(view, actor, template, entry, typed, key=key, to=to, number=number)
    elif (again := _kept(view, key)) is not None:
        done = again
    else:
        with ledger.act("default"):
            line = view.entry(entry)
            number = desk.number_letter(view.id, line.unit if line else view.unit, template.number_word)
            done = _keep(view, actor, template, entry, typed, key=key, to=to, number=number)
    return done


def _keep(
    view: MatterView,
    actor: Actor,
    template: Template,
    entry: int,
    typed: Mapping[str, str],
    *,
    key: str,
    to: UUID | None,
    number: str,
) -> Made:
    letter = compose(view, actor, template, entry, typed, clear=True, to=to, number=number)
    file = archive.put_bytes(paper.write(letter), f"{template.name}.docx", actor)
    said = "\n".join(f"{title}：{text}" for title, text in letter.typed)
    body = {"text": said} if said else {}
    dues = dict(letter.dues)
    done = desk.keep_letter(
        actor, view.id, template.name, entry=entry, file=file, body=body, dues=dues, to=to, number=number,
        seen=view.head, key=key,
    )  # fmt: skip
    if done.repeated:  # pressed twice: the first letter stands
        archive.erase(file)
        first = ledger.read(view.id).entry(done.seq)
        file = UUID(first.fields["files"].split()[0]) if first else file
    return Made(file, done.seq, letter)


def _kept(view: MatterView, key: str) -> Made | None:
    """The letter that was made under this key before."""
    line = next((one for one in ledger.read(view.id).entries if one.key == key), None)
    return Made(UUID(line.fields["files"].split()[0]), line.seq, Letter(line.fields["letter"], ())) if line else None


def case_of(
    view: MatterView, actor: Actor, template: Template, entry: int, *, clear: bool, to: UUID | None = None
) -> Case:
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
    subs = tuple(_subs(view, template, this, clear=clear))
    at = view.parties.index(to) if (to := to or addressee(view, entry)) in view.parties else 0
    people = (*people[at : at + 1], *people[:at], *people[at + 1 :])
    return Case(view.page, reading, this, book, day, plain, people, body, names, _recorders(view, known), subs)


def _subs(view: MatterView, template: Template, this: Fact, *, clear: bool) -> Iterator[Case]:
    """The sub-matters of the kinds that the letter asks for, those of its own thread last."""
    wanted = {slot.path[1] for _, text in template.texts for slot, _ in slots_of(text) if slot.path[0] == "sub"}
    book = rulebook()
    for child in sorted(view.children, key=lambda one: (one.parent_thread == this.thread, one.opened)):
        if child.procedure in wanted:
            reading = read_clocks(child.matter, now(), book.calendar)
            last = reading.facts[-1] if reading.facts else Fact(child.page.opens_with, child.opened)
            plain = {"number": child.number or "", "opened": f"{child.opened:%Y年%-m月%-d日}"}
            body = child.body if clear else _masked(child)
            yield Case(child.page, reading, last, book, last.day, plain, body=body)


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
