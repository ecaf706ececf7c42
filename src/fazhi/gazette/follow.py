"""Folds what a matter published into items that anyone may read, with personal data masked once more on writing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from fazhi.law import Fact, Title
from fazhi.ledger.view import MatterView
from fazhi.people import masks

PUBLISHED = "published"
WITHDRAWN = "unpublished"
ERASED = "（内容已依法删除）"


class Publishing:
    """The fold of one matter into published items.

    Only a person's act of publishing makes an item: it names the entry it publishes and carries the public text. What a
    page says must be published is a duty, not yet a publication.
    """

    name = "gazette"
    table = "gazette_item"
    key = ("id",)
    heavy = False

    def rows(self, view: MatterView) -> Iterable[Mapping[str, Any]]:
        facts = view.horizon.facts
        published = [fact for fact in facts if fact.kind == PUBLISHED]
        if not published:
            return
        taken_back = {_named(fact): fact for fact in facts if fact.kind == WITHDRAWN}
        for fact in published:
            root = root_of(view, fact.entry)
            yield _item(view, fact, root, taken_back.get(root) or taken_back.get(fact.entry))


def _item(view: MatterView, fact: Fact, root: int, taken_back: Fact | None) -> dict[str, Any]:
    act = next((one for one in view.horizon.facts if one.entry == _named(fact)), None)
    kind = view.matter.page.kind(act.kind) if act else None
    title = kind.title if kind else Title("")
    source = kind.source if kind and kind.source else view.page.source
    body = view.body(fact.entry)
    said = body if body is not None else {"title": ERASED}
    return {
        "id": public_id(view.id, root),
        "matter": view.id,
        "entry": root,
        "list": fact.fields.get("list") or (kind.publishes if kind else "") or PUBLISHED,
        "procedure": view.procedure,
        "procedure_title": view.page.title.zh,
        "procedure_title_en": view.page.title.en,
        "fact_title": title.zh,
        "fact_title_en": title.en,
        "unit": view.unit,
        "number": view.number or "",
        "title": masks.free_text(said.get("title", "")) or title.zh or view.page.title.zh,
        "text": "" if taken_back else masks.free_text(said.get("text", "")),
        "happened": act.day if act else None,
        "day": fact.day,
        "source": str(source) if source else "",
        "status": source.weakest if source else "",
        "withdrawn": taken_back.day if taken_back else None,
        "reason": _reason(view, taken_back) if taken_back else "",
    }


def _reason(view: MatterView, fact: Fact) -> str:
    return masks.free_text((view.body(fact.entry) or {}).get("reason", ""))


def _named(fact: Fact) -> int:
    number = fact.fields.get("entry", "")
    return int(number) if number.isdecimal() else 0


def root_of(view: MatterView, seq: int) -> int:
    """The first entry of a chain of corrections: what is corrected keeps its address."""
    while (line := view.entry(seq)) is not None and line.corrects:
        seq = line.corrects
    return seq


def public_id(matter: UUID, entry: int) -> str:
    """An address that leads back to no matter and to no other item."""
    return hashlib.sha256(b"gazette" + matter.bytes + entry.to_bytes(4, "big")).hexdigest()[:20]


FOLLOWERS = (Publishing(),)
