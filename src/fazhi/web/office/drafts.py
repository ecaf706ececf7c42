"""Drafts of a report as they were kept, and the fields for what a person has to write."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from fazhi.ledger import rulebook
from fazhi.report.compose import asks_in
from fazhi.report.keep import from_json
from fazhi.report.values import Report
from fazhi.web.faces.values import Field
from fazhi.web.faces.words import said
from fazhi.worklist.values import MatterPage

PREFIX = "write-"


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft with the entry it was kept in."""

    seq: int
    day: date
    who: str
    report: Report

    @property
    def written(self) -> dict[str, str]:
        """What people wrote, by the key of its place."""
        written = [one for section in self.report.sections for one in section.paragraphs if one.written and one.slot]
        return {one.slot: one.text for one in written}


def drafts_of(page: MatterPage) -> list[Draft]:
    """Drafts in order; one whose text was erased, or struck out, is left out."""
    found = []
    for entry in page.course:
        if entry.kind == "drafted" and not entry.struck_by and not entry.strikes:
            text = (page.view.body(entry.seq) or {}).get("report")
            if text:
                found.append(Draft(entry.seq, entry.day, entry.post or entry.unit, from_json(text)))
    return found


def written_in(typed: Mapping[str, str]) -> dict[str, str]:
    """What was typed into the fields of `section_fields`."""
    return {name[len(PREFIX) :]: text for name, text in typed.items() if name.startswith(PREFIX) and text.strip()}


def section_fields(outline: str, written: Mapping[str, str]) -> list[Field]:
    """One field for each paragraph that only a person can write."""
    return [
        Field(
            f"{PREFIX}{chapter.key}.{place}",
            said(chapter.title),
            "long",
            written.get(f"{chapter.key}.{place}", ""),
            slot.asks,
            extra={"rows": "3"},
        )
        for chapter in rulebook().outlines[outline].sections
        for place, slot in asks_in(chapter)
    ]
