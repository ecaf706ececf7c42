"""An outside service may polish what people wrote; what it changed in fact is refused, paragraph by paragraph."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

import rjieba

from fazhi.report.read.text import read_text

SECONDS = 20.0
LONGEST = 200_000
"""Bytes of an answer that are read."""
ASK = (
    "请润色下面这段年度报告文字，使其通顺、规范。不得增加、删除或者改动任何数字、单位、机构名称、人名、文件名称和日期，"
    "不得增加新的内容。只回复润色后的文字。"
)
_NAMED = re.compile(r"《[^》]+》|〔[^〕]+〕|“[^”]+”|[A-Za-z0-9]+")
_ORGANS = ("政府", "办公室", "委员会", "街道", "社区", "办事处", "局", "院", "厅", "委", "科", "队", "中心", "站", "所")
_NAMES = frozenset({"nr", "nrt", "nrfg", "ns", "nt", "nz"})
"""How the cutter marks people, places, organs and other names."""
_NOUNS = _NAMES | {"n", "vn", "b", "j"}


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where an OpenAI-compatible service answers, which model, and the key to it."""

    address: str
    model: str
    key: str = ""
    seconds: float = SECONDS


@dataclass(frozen=True, slots=True)
class Polished:
    """A paragraph before and after; `refused` says why the old words stay, empty where the new ones stand."""

    before: str
    after: str
    refused: str = ""

    @property
    def text(self) -> str:
        return self.before if self.refused else self.after


def endpoint() -> Endpoint | None:
    """The service that this installation names in FAZHI_POLISH_URL, None where it names none."""
    address = os.environ.get("FAZHI_POLISH_URL", "").strip()
    if not address:
        return None
    model, key = os.environ.get("FAZHI_POLISH_MODEL", "default"), os.environ.get("FAZHI_POLISH_KEY", "")
    return Endpoint(address.rstrip("/"), model, key)


def polish(texts: Iterable[str], by: Endpoint, year: int) -> tuple[Polished, ...]:
    """Each paragraph by itself; one that cannot be had, or came back changed in its facts, stays as it was."""
    return tuple(_one(text, by, year) for text in texts)


def _one(text: str, by: Endpoint, year: int) -> Polished:
    try:
        after = _asked(text, by)
    except (OSError, ValueError, LookupError, TypeError) as error:
        return Polished(text, text, f"润色服务没有给出可用的答复（{type(error).__name__}），保留原文。")
    return Polished(text, after, changed(text, after, year))


def _asked(text: str, by: Endpoint) -> str:
    if not by.address.startswith(("http://", "https://")):
        raise URLError("address")
    messages = [{"role": "system", "content": ASK}, {"role": "user", "content": text}]
    body = json.dumps({"model": by.model, "messages": messages, "temperature": 0}).encode()
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {by.key}"} if by.key else {})
    request = Request(f"{by.address}/chat/completions", body, headers)  # noqa: S310 - checked above
    with urlopen(request, timeout=by.seconds) as answer:  # noqa: S310 - checked above
        told: Any = json.loads(answer.read(LONGEST))
    said = told["choices"][0]["message"]["content"]
    if not isinstance(said, str) or not said.strip():
        raise ValueError("empty")
    return said.strip()


def changed(before: str, after: str, year: int) -> str:
    """Why the new words are refused: a figure, a unit or a name is not what it was. Empty where nothing is."""
    if re.search(r"\n\s*\n|^\s*[#*>`]", after) or len(after) > 2 * len(before) + 40:
        return "答复不是一段正文，保留原文。"
    for what, was, now in (
        ("数字或者单位", _figures(before, year), _figures(after, year)),
        ("数字", _digits(before), _digits(after)),
        ("名称", _names(before), _names(after)),
    ):
        if was != now:
            lost, new = "、".join((was - now).elements()), "、".join((now - was).elements())
            told = "，".join(part for part in (f"少了{lost}" if lost else "", f"多了{new}" if new else "") if part)
            return f"答复改动了{what}（{told}），保留原文。"
    return ""


def _figures(text: str, year: int) -> Counter[str]:
    """What our own reader reads: value and unit of every claim."""
    claims = read_text(f"{year}年法治政府建设年度报告\n{text}", "", "txt").claims
    return Counter(f"{claim.value}{claim.unit}" for claim in claims)


def _digits(text: str) -> Counter[str]:
    return Counter(re.findall(r"\d+(?:\.\d+)?\s*[%％]?[\u4e00-\u9fff]?", text))


def _names(text: str) -> Counter[str]:
    """Titles and quotations, people and places as the cutter marks them, and organs with the nouns before them."""
    found = Counter(_NAMED.findall(text))
    run = ""
    for word, mark in rjieba.tag(text):
        run = f"{run}{word}" if mark in _NOUNS else ""
        if run and word.endswith(_ORGANS):
            found[run] += 1
        elif mark in _NAMES:
            found[word] += 1
    return found
