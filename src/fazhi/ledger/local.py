"""The follower of local rules: one row for each page that a second person adopted and nobody repealed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import PurePosixPath
from typing import Any, ClassVar

from fazhi.law import Fact
from fazhi.ledger.view import MatterView
from fazhi.rulebook.proposed import text_digest

PROCEDURE = "local_page"


class LocalPages:
    """Rows of ledger_local_page. An adoption by whoever proposed the page, or of a text that is not the one whose
    digest stands on the line, counts for nothing."""

    name: ClassVar[str] = "local_pages"
    table: ClassVar[str] = "ledger_local_page"
    key: ClassVar[tuple[str, ...]] = ("matter",)
    heavy: ClassVar[bool] = False

    def rows(self, view: MatterView) -> Iterable[Mapping[str, Any]]:
        if view.procedure != PROCEDURE:
            return
        found = adopted(view)
        if found is None or any(fact.kind == "repealed" for fact in view.horizon.facts):
            return
        place = found.fields["page"]
        yield {
            "matter": view.id,
            "page": place,
            "in_force": in_force(place),
            "digest": found.fields["digest"],
            "text": text_of(view, found.entry),
        }


def adopted(view: MatterView) -> Fact | None:
    """The proposal that was adopted by a second person, if one was."""
    for fact in view.horizon.facts:
        if fact.kind == "adopted":
            proposal = proposal_of(view, int(fact.fields.get("entry", "0")))
            signer, author = view.entry(fact.entry), view.entry(proposal.entry) if proposal else None
            if proposal and signer and author and signer.account and author.account not in (None, signer.account):
                return proposal
    return None


def proposal_of(view: MatterView, entry: int) -> Fact | None:
    """The proposal recorded as this entry, if its text is whole."""
    found = next((fact for fact in view.horizon.facts if fact.kind == "proposed" and fact.entry == entry), None)
    if found is None or text_digest(text_of(view, entry)) != found.fields.get("digest"):
        return None
    return found


def text_of(view: MatterView, entry: int) -> str:
    """The page as it was proposed; empty if it was erased."""
    return (view.body(entry) or {}).get("text", "")


def in_force(place: str) -> date | None:
    """The day from which a page holds, as its place says; figures and calendars say none."""
    try:
        return date.fromisoformat(PurePosixPath(place).stem)
    except ValueError:
        return None


FOLLOWERS = (LocalPages(),)
