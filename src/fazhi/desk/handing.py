"""Handing a dispute on: another procedure opens below this matter, with its words, parties and files."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from fazhi.desk.act import Act, Child, Recorded, Refused, refusal
from fazhi.desk.recording import record
from fazhi.ledger import MatterView, read, rulebook, today
from fazhi.people.actors import Actor

KIND = "handed_on"
CARRIED = ("title", "text", "place")


def ways_on(view: MatterView) -> tuple[str, ...]:
    """The procedures a matter of this kind may be handed on to; none where its kind is no dispute."""
    kind = view.page.kind(KIND)
    known = kind.leads_to if kind else ()
    origin = view.procedure if view.procedure != "hotline" else "appeal"
    return (
        tuple(one for one in known if one != view.procedure and one in rulebook().procedures) if origin in known else ()
    )


def carried_words(view: MatterView) -> Mapping[str, str]:
    """What the opening says, as last corrected; nothing of what was erased."""
    opening = [line for line in view.entries if line.kind == view.page.opens_with and not line.strikes]
    found = view.body(opening[-1].seq) if opening else None
    return {name: text for name in CARRIED if (text := (found or {}).get(name, ""))}


def carried_choices(view: MatterView, into: str, day: date) -> Mapping[str, str]:
    """Choices already said here that the opening of the other procedure asks for too."""
    page = rulebook().page(into, day)
    wanted = page.facts[page.opens_with].fields
    said = {name: value for line in view.entries for name, value in line.fields.items()}
    return {name: said[name] for name, one in wanted.items() if one.choices and said.get(name) in one.choices}


def carried_files(view: MatterView) -> tuple[UUID, ...]:
    """The files of the entries that stand, each once."""
    struck = {line.corrects for line in view.entries if line.corrects is not None}
    named = (one for line in view.entries if line.seq not in struck for one in line.fields.get("files", "").split())
    return tuple(UUID(one) for one in dict.fromkeys(named))


def hand_on(
    actor: Actor,
    matter: UUID,
    into: str,
    *,
    day: date | None = None,
    fields: Mapping[str, str] | None = None,
    text: str = "",
    note: str = "",
    unit: UUID | None = None,
    parties: Collection[UUID] | None = None,
    files: Collection[UUID] | None = None,
    seen: int,
    key: str,
) -> Recorded:
    """Open `into` below this matter. Without `text` the words of the opening go along as they are; `parties` and
    `files` of this matter go along, all unless said. The matter itself stays as open as it was."""
    view, on = read(matter), day or today()
    if into not in ways_on(view):
        raise Refused((refusal("leads_to", "这件事不能转入所选的程序。", f"cannot be handed on to {into}", "into"),))
    goes = [one for one in view.parties if parties is None or one in parties]
    taken = [one for one in carried_files(view) if files is None or one in files]
    page = rulebook().page(into, on)
    body = dict(carried_words(view)) | ({"text": text} if text else {})
    opening = Act(page.opens_with, on, fields=dict(fields or {}), body=body, files=tuple(taken), parties=tuple(goes))
    return record(
        actor,
        matter,
        KIND,
        day=on,
        fields={"into": into},
        body={"text": note} if note else {},
        seen=seen,
        key=key,
        child=Child(page, opening, unit),
    )
