"""What may be asked for through Open311: appeals and hotline orders, each with the attributes its opening asks."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final

from fazhi.api.open311.formats import Value
from fazhi.law import FieldKind, Procedure, Title
from fazhi.ledger import rulebook, today
from fazhi.triage.topics import tree

KINDS: Final = ("appeal", "hotline")
BY_TOPIC: Final = "appeal"
DATATYPES: Final = {"choice": "singlevaluelist", "text": "text", "day": "datetime", "number": "number"}
KEYWORDS: Final = {"appeal": "投诉,求助,建议,咨询,complaint", "hotline": "12345,热线,求助,咨询,hotline"}


@dataclass(frozen=True, slots=True)
class Offer:
    """What may be asked for under a code: a page, and the topic that the sender names by choosing it."""

    code: str
    page: Procedure
    topic: str = ""
    topic_en: str = ""


def offered() -> dict[str, Offer]:
    """The services of today by code: the pages themselves, then appeals by topic."""
    book = rulebook()
    found = {name: Offer(name, book.page(name, today())) for name in KINDS if name in book.procedures}
    if appeal := found.get(BY_TOPIC):
        for code, told in topics().items():
            found[code] = Offer(code, appeal.page, told["topic"], told["en"])
    return found


@lru_cache(maxsize=1)
def topics() -> Mapping[str, Mapping[str, str]]:
    """Topics of the first level by service code."""
    data = tomllib.loads(files("fazhi.api.open311").joinpath("services.toml").read_text(encoding="utf-8"))
    return {code: {name: str(value) for name, value in one.items()} for code, one in data.items()}


def code_of(procedure: str, topic: str) -> str:
    """The code of the service that an appeal of this topic was asked for by."""
    named = (code for code, told in topics().items() if told["topic"] == topic)
    return next(named, procedure) if procedure == BY_TOPIC else procedure


def services(english: bool) -> list[Value]:
    """The list of services."""
    return [_service(one, english) for one in offered().values()]


def definition(code: str, english: bool) -> Mapping[str, Value] | None:
    """The attributes of a service; None for a code that there is not."""
    found = offered().get(code)
    if found is None:
        return None
    attributes = [_attribute(at, one, english) for at, one in enumerate(asked(found.page), 1)]
    return {"service_code": code, "attributes": attributes}


def asked(page: Procedure) -> tuple[FieldKind, ...]:
    """What may be said with a request beyond its words: the choices of the opening that a citizen can make."""
    kind = page.facts[page.opens_with]
    return tuple(one for one in kind.fields.values() if one.kind in DATATYPES and one.name not in OFFICE)


OFFICE: Final = frozenset({"channel", "receiver", "contact"})
"""What the office says of how something came in."""


def _service(one: Offer, english: bool) -> Mapping[str, Value]:
    page = one.page
    title = page.title.english if english else page.title.zh
    name = f"{title}: {one.topic_en}" if english and one.topic else f"{title}：{one.topic}" if one.topic else title
    return {
        "service_code": one.code,
        "service_name": name,
        "description": page.source.text if page.source else title,
        "metadata": bool(asked(page)),
        "type": "realtime",
        "keywords": _keywords(one),
        "group": "Appeals" if english else "诉求",
    }


def _keywords(one: Offer) -> str:
    """Words to find a service by: of a topic, the topics below it."""
    if not one.topic:
        return KEYWORDS[one.code]
    return ",".join(second for first, second in tree().seconds if first == one.topic)


def _attribute(order: int, one: FieldKind, english: bool) -> Mapping[str, Value]:
    title = one.title.english if english else one.title.zh
    said: dict[str, Value] = {
        "variable": True,
        "code": one.name,
        "datatype": DATATYPES[one.kind],
        "required": False,
        "datatype_description": "",
        "order": order,
        "description": title,
    }
    if one.kind == "choice":
        words = {name: one.choice_titles.get(name, Title(name)) for name in one.choices}
        said["values"] = [{"key": name, "name": word.english if english else word.zh} for name, word in words.items()]
    return said
