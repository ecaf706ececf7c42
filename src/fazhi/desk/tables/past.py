"""A matter begun before this system, written down in a file: its old number, its parties and its facts in order."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, cast

from fazhi.desk.tables.times import When, read_when

_TOP = {"procedure", "unit", "old_number", "external_number", "name", "party", "fact"}
_FACT = {"kind", "day", "thread", "fields", "body", "text"}
_PARTY = {"kind", "name", "phone", "id_number", "address"}


class Unwritable(ValueError):
    """The file does not say what it must; one line for each thing to mend."""


@dataclass(frozen=True, slots=True)
class PastParty:
    """A party as the file names it."""

    kind: Literal["citizen", "firm", "organ"]
    name: str
    phone: str = ""
    id_number: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class WrittenFact:
    """One fact with its real day."""

    kind: str
    when: When
    thread: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PastMatter:
    """The matter as written; `key` is the same whenever the same matter is written again."""

    procedure: str
    unit: str
    old_number: str
    external_number: str
    name: str
    parties: tuple[PastParty, ...]
    facts: tuple[WrittenFact, ...]

    @property
    def key(self) -> str:
        return self.name or self.old_number or self.external_number


def read_past(path: Path) -> PastMatter:
    """Read a TOML or JSON file; raises Unwritable with everything that is wrong, not only the first."""
    page = _page(path)
    faults = [f"不认识“{name}”。可用：{'、'.join(sorted(_TOP))}。" for name in sorted(page.keys() - _TOP)]
    text = {
        name: str(page.get(name, "")).strip() for name in ("procedure", "unit", "old_number", "external_number", "name")
    }
    if not text["procedure"]:
        faults.append('缺少 procedure，例如 procedure = "reconsideration"（行政复议）或 "appeal"（信访）。')
    if not (text["old_number"] or text["external_number"] or text["name"]):
        faults.append('缺少 old_number（原案号）。没有案号的，写 name = "一个不重复的名字"，重复录入时凭它辨认。')
    parties = tuple(_party(number, one, faults) for number, one in enumerate(_tables(page, "party", faults), 1))
    written = _tables(page, "fact", faults)
    facts = tuple(fact for number, one in enumerate(written, 1) if (fact := _fact(number, one, faults)))
    if not written:
        faults.append('没有任何 [[fact]]。第一条应是开启事项的事实，例如 kind = "received"，day = 2023-12-01。')
    if faults:
        raise Unwritable("\n".join(faults))
    return PastMatter(**text, parties=parties, facts=facts)


def _page(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text(encoding="utf-8-sig")
        page = json.loads(text) if path.suffix.lower() == ".json" else tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise Unwritable("文件不是 UTF-8 编码，请另存为 UTF-8。") from error
    except (tomllib.TOMLDecodeError, json.JSONDecodeError) as error:
        raise Unwritable(f"写法有误：{error}。字符串要加引号，日期写成 2023-12-01。") from error
    if not isinstance(page, dict):
        raise Unwritable("文件应是一件事项：最外层是 procedure、old_number 和 fact。")
    return page


def _tables(page: Mapping[str, Any], name: str, faults: list[str]) -> list[Mapping[str, Any]]:
    found = page.get(name, [])
    if isinstance(found, list) and all(isinstance(one, dict) for one in found):
        return found
    faults.append(f"{name} 应写成若干个 [[{name}]]。")
    return []


def _party(number: int, one: Mapping[str, Any], faults: list[str]) -> PastParty:
    faults.extend(f"第 {number} 个 [[party]] 不认识“{name}”。" for name in sorted(one.keys() - _PARTY))
    text = {name: str(one.get(name, "")).strip() for name in _PARTY - {"kind"}}
    if one.get("kind") not in ("citizen", "firm", "organ"):
        faults.append(
            f"第 {number} 个 [[party]] 的 kind 应为 citizen（公民）、firm（法人、其他组织）或 organ（机关）。"
        )
    return PastParty(cast(Literal["citizen", "firm", "organ"], one.get("kind")), **text)


def _fact(number: int, one: Mapping[str, Any], faults: list[str]) -> WrittenFact | None:
    where = f"第 {number} 个 [[fact]]（{one.get('kind', '缺少 kind')}）"
    before = len(faults)
    faults.extend(f"{where}不认识“{name}”。可用：{'、'.join(sorted(_FACT))}。" for name in sorted(one.keys() - _FACT))
    if not one.get("kind"):
        faults.append(f'{where}没有说是什么事实，例如 kind = "accepted"。')
    when: When | None = None
    try:
        when = read_when(one.get("day"))
        if when is None:
            faults.append(
                f"{where}缺少 day：要写事实发生的那一天，例如 day = 2023-12-06，或带时刻 day = 2023-12-06T09:30:00。"
            )
    except ValueError as error:
        faults.append(f"{where}的 day {error}。")
    body = {"text": one["text"]} if one.get("text") else {}
    if len(faults) > before or when is None:
        return None
    return WrittenFact(
        kind=str(one["kind"]),
        when=when,
        thread=str(one.get("thread", "")),
        fields={name: str(value) for name, value in dict(one.get("fields", {})).items()},
        body=body | {name: str(value) for name, value in dict(one.get("body", {})).items()},
    )
