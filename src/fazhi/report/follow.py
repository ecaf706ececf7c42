"""Folds a published report into the row that anyone may read; what people wrote is masked on the way out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from fazhi.law import Fact
from fazhi.ledger.view import MatterView
from fazhi.people import masks
from fazhi.report.keep import digest

PROCEDURE = "annual_report"


class Publishing:
    """The fold of a matter of the yearly report into what was published of it."""

    name = "report"
    table = "report_published"
    key = ("id",)
    heavy = False

    def rows(self, view: MatterView) -> Iterable[Mapping[str, Any]]:
        if view.procedure != PROCEDURE:
            return
        facts = view.horizon.facts
        signed = {fact.fields.get("entry") for fact in facts if fact.kind == "signed"}
        taken_back = {fact.fields.get("entry"): fact for fact in facts if fact.kind == "unpublished"}
        for fact in facts:
            if fact.kind == "published" and fact.fields.get("entry") in signed:
                row = _row(view, fact, taken_back.get(str(fact.entry)))
                if row is not None:
                    yield row


def _row(view: MatterView, fact: Fact, taken_back: Fact | None) -> dict[str, Any] | None:
    text = (view.body(int(fact.fields["entry"])) or {}).get("report")
    if not text:
        return None
    values = _masked(json.loads(text))
    return {
        "id": digest(f"{view.id} {fact.entry}")[-20:],
        "matter": view.id,
        "entry": fact.entry,
        "unit": values["unit"],
        "year": values["year"],
        "title": values["title"],
        "values": None if taken_back else values,
        "digest": digest(text),
        "seal": values["imprint"]["seal"],
        "seal_root": values["imprint"]["root"],
        "day": fact.day,
        "withdrawn": taken_back.day if taken_back else None,
        "reason": masks.free_text((view.body(taken_back.entry) or {}).get("reason", "")) if taken_back else "",
    }


def _masked(values: dict[str, Any]) -> dict[str, Any]:
    for section in values["sections"]:
        for paragraph in section["paragraphs"]:
            if paragraph["written"]:
                paragraph["parts"] = [masks.free_text(part) for part in paragraph["parts"]]
    return values


FOLLOWERS = (Publishing(),)
