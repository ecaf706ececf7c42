"""The rooms of matters just opened, many in one statement; those of one course are told by the rows of the first."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from fazhi.ledger.follow import Follower, columns, fold, followers, plain, put
from fazhi.ledger.view import MatterView


def follow_new(courses: Iterable[Sequence[MatterView]], using: str) -> None:
    """Fill every light room with the rows of new matters. Those of one list hold the same lines, but for what names
    them: their id, their number, and what is drawn from these."""
    rooms = [one for one in followers() if not one.heavy]
    told: list[list[str]] = [[] for _ in rooms]
    for alike in courses:
        for texts, one in zip(told, rooms, strict=True):
            texts += _told(one, alike, using)
    said = [(one, [text for text in texts if text]) for one, texts in zip(rooms, told, strict=True)]
    said = [(one, texts) for one, texts in said if texts]
    if said:
        names = tuple((one.table, columns(one.table, using)) for one, _ in said)
        lists = (f"[{','.join(texts)}]" for _, texts in said)
        put(_statement(names), [f"[{','.join(lists)}]"], using)


def _told(one: Follower, alike: Sequence[MatterView], using: str) -> Iterator[str]:
    """The rows of each matter as JSON. Where those of the second are those of the first with its own names in place,
    the others are told so too; where they are not, each is folded."""
    first = alike[0]
    model = _rows(one, first, using)
    yield model
    same = len(alike) > 2 and _renamed(model, first, alike[1]) == _rows(one, alike[1], using)
    for view in alike[1:]:
        yield _renamed(model, first, view) if same else _rows(one, view, using)


def _rows(one: Follower, view: MatterView, using: str) -> str:
    return json.dumps(fold(one, view, using), default=plain)[1:-1]


def _renamed(text: str, first: MatterView, view: MatterView) -> str:
    text = text.replace(str(first.id), str(view.id))
    if first.number and view.number and first.number != view.number:
        text = text.replace(json.dumps(first.number)[1:-1], json.dumps(view.number)[1:-1])
    return text


@lru_cache(maxsize=64)
def _statement(rooms: tuple[tuple[str, tuple[str, ...]], ...]) -> str:
    """Rows of several tables in one: $1 has those of each in turn."""
    parts = [_filling(place, table, ", ".join(names)) for place, (table, names) in enumerate(rooms)]
    return f"with {', '.join(parts)} select"


def _filling(place: int, table: str, names: str) -> str:
    rows = f"jsonb_populate_recordset(null::{table}, $1::jsonb -> {place})"
    # names of tables and columns come from followers and the catalogue, never from outside
    return f"put{place} as (insert into {table} ({names}) select {names} from {rows})"  # noqa: S608
