"""A report as JSON without markup, and back; its digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from fazhi.report.values import Figure, Imprint, Number, Paragraph, Part, Report, Section

FORMAT = "fazhi-report-1"


def to_json(report: Report) -> str:
    """Sorted and without spaces, so that equal reports are equal texts."""
    return json.dumps(to_values(report), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def to_values(report: Report) -> dict[str, Any]:
    values: dict[str, Any] = _plain(report)
    return {"format": FORMAT, **values}


def digest(text: str) -> str:
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def from_json(text: str) -> Report:
    return from_values(json.loads(text))


def from_values(values: Mapping[str, Any]) -> Report:
    """The report that was kept; ValueError if the format is another."""
    if values.get("format") != FORMAT:
        raise ValueError(f"报告的保存格式不是 {FORMAT}，无法打开。")
    said = {name: value for name, value in values.items() if name != "format"}
    imprint = dict(said["imprint"])
    imprint["composed"] = date.fromisoformat(imprint["composed"])
    said["unit"] = UUID(said["unit"])
    said["start"], said["cutoff"] = date.fromisoformat(said["start"]), date.fromisoformat(said["cutoff"])
    said["sections"] = tuple(_section(one) for one in said["sections"])
    said["figures"] = tuple(_figure(one) for one in said["figures"])
    said["imprint"] = Imprint(**imprint)
    said["missing"] = tuple(said["missing"])
    said["unanswered"] = tuple(said.get("unanswered", ()))
    return Report(**said)


def _section(values: Mapping[str, Any]) -> Section:
    paragraphs = tuple(
        Paragraph(**{**one, "parts": tuple(_part(part) for part in one["parts"])}) for one in values["paragraphs"]
    )
    return Section(**{**values, "paragraphs": paragraphs})


def _part(value: str | Mapping[str, str]) -> Part:
    return value if isinstance(value, str) else Number(**value)


def _figure(values: Mapping[str, Any]) -> Figure:
    amounts = {name: None if values[name] is None else Decimal(values[name]) for name in ("numerator", "denominator")}
    return Figure(**{**values, **amounts})


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {name: _plain(getattr(value, name)) for name in asdict(value)}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, UUID | date):
        return str(value)
    return f"{value:f}" if isinstance(value, Decimal) else value
