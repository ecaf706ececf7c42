"""Writes out a page of columns: lines that are entered, changed and removed, or what is held once and counted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fazhi.rulebook.pages import Page

WORDS = ("columns", "once", "planned", "valid")
UNTIL = "day"
OURS = "内部工作流程（不产生法定期限）"

_TITLES = {
    "entered": {"zh": "列入", "en": "Entered"},
    "changed": {"zh": "变更", "en": "Changed"},
    "renewed": {"zh": "续期", "en": "Renewed"},
    "removed": {"zh": "移出", "en": "Removed"},
    "expired": {"zh": "有效期届满", "en": "Expired"},
    "held": {"zh": "开展", "en": "Held"},
    "planned": {"zh": "列入计划", "en": "Planned"},
    "cancelled": {"zh": "取消", "en": "Cancelled"},
}
_VALID = {"zh": "有效期", "en": "Validity"}
_HOLD = {"zh": "按计划开展", "en": "Hold as planned"}
_DAY = {"zh": "有效期至", "en": "Valid until"}
_PLANNED_FOR = {"zh": "计划日期", "en": "Planned for"}


def is_list(page: Page) -> bool:
    """Whether the page says columns in place of facts."""
    return "columns" in page.table


def write_out(page: Page) -> Page:
    """The page with the facts and clocks that its columns stand for; what it says itself of them is laid over."""
    said = {word: value for word, value in page.table.items() if word not in WORDS}
    columns = {name: dict(column) for name, column in page.table["columns"].items()}
    made = _held(page.table, columns) if page.table.get("once") else _standing(page.table, columns)
    for word in ("facts", "clocks"):
        own = said.pop(word, {})
        names = dict.fromkeys((*made[word], *own))
        made[word] = {name: _laid_over(made[word].get(name, {}), own.get(name, {})) for name in names}
    made["register"] = {"columns": list(columns), **made["register"], **said.pop("register", {})}
    return Page(page.path, {"rolls": "never", **made, **said}, page.texts)


def _laid_over(made: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """What the page says itself goes before what was made; the fields of a fact are put together."""
    fields = {**made.get("fields", {}), **own.get("fields", {})}
    return {**made, **own, **({"fields": fields} if fields else {})}


def _fact(name: str, **words: Any) -> dict[str, Any]:
    return {"title": _TITLES[name], **words}


def _standing(table: Mapping[str, Any], columns: dict[str, Any]) -> dict[str, Any]:
    """Lines that stand until they are removed or, where the page has [valid], until that ends."""
    valid = table.get("valid", {})
    if valid and "term" not in valid:
        day = {"title": valid.get("title", _DAY), "kind": "day", "required": valid.get("required", False)}
        columns[UNTIL] = day
    looser = {name: {**column, "required": False} for name, column in columns.items()}
    facts = {
        "entered": _fact("entered", fields=columns),
        "changed": _fact("changed", after=["entered"], repeats=True, fields=looser),
        "removed": _fact("removed", after=["entered"], closes=True),
    }
    made: dict[str, Any] = {"opens_with": "entered", "facts": facts, "clocks": {}}
    made["register"] = {"enters": "entered", "leaves": ["removed"]}
    if valid:
        facts["expired"] = _fact("expired", after=["entered"], closes=True)
        made["register"]["leaves"] = ["removed", "expired"]
        made["clocks"] = {"valid": _validity(table, valid)}
        if "term" in valid:
            facts["renewed"] = _fact("renewed", after=["entered"], repeats=True)
    return made


def _validity(table: Mapping[str, Any], valid: Mapping[str, Any]) -> dict[str, Any]:
    counted = {"starts": "entered", "restarts": "renewed"} if "term" in valid else {"before": ["entered", "changed"]}
    clock = {
        "title": _VALID,
        "stops": "removed",
        "term": valid.get("term", "same day"),
        "deems": "expired",
        "source": valid.get("source", table.get("source", OURS)),
        "status": valid.get("status", table.get("status", "CONVENTION")),
    }
    return {**counted, **clock, **({"warns": valid["warns"]} if "warns" in valid else {})}


def _held(table: Mapping[str, Any], columns: dict[str, Any]) -> dict[str, Any]:
    """What is held once and counted, from the day it is held; where it is planned, it is waited for until then."""
    made: dict[str, Any] = {"opens_with": "held", "register": {"enters": "held"}, "clocks": {}}
    if "planned" not in table:
        return {**made, "facts": {"held": _fact("held", closes=True, fields=columns)}}
    named = {name: {**columns[name], "required": False} for name in table["planned"]}
    day = {UNTIL: {"title": _PLANNED_FOR, "kind": "day"}}
    made["facts"] = {
        "planned": _fact("planned", repeats=True, fields={**day, **named}),
        "held": _fact("held", closes=True, fields=columns),
        "cancelled": _fact("cancelled", after=["planned"], closes=True),
    }
    made["opens_with"] = "planned"
    made["clocks"] = {
        "hold": {
            "title": _HOLD,
            "before": "planned",
            "stops": "held",
            "term": "same day",
            "source": OURS,
            "status": "CONVENTION",
        }
    }
    return made
