"""What may be asked for through Open311: appeals and hotline orders, each with the attributes its opening asks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from fazhi.api.open311.formats import Value
from fazhi.law import FieldKind, Procedure, Title
from fazhi.ledger import rulebook, today

KINDS: Final = ("appeal", "hotline")
DATATYPES: Final = {"choice": "singlevaluelist", "text": "text", "day": "datetime", "number": "number"}
KEYWORDS: Final = {"appeal": "投诉,求助,建议,咨询,complaint", "hotline": "12345,热线,求助,咨询,hotline"}


def pages() -> dict[str, Procedure]:
    """The pages of today by service code."""
    book = rulebook()
    return {name: book.page(name, today()) for name in KINDS if name in book.procedures}


def services(english: bool) -> list[Value]:
    """The list of services."""
    return [_service(page, english) for page in pages().values()]


def definition(code: str, english: bool) -> Mapping[str, Value] | None:
    """The attributes of a service; None for a code that there is not."""
    page = pages().get(code)
    if page is None:
        return None
    return {"service_code": code, "attributes": [_attribute(at, one, english) for at, one in enumerate(asked(page), 1)]}


def asked(page: Procedure) -> tuple[FieldKind, ...]:
    """What may be said with a request beyond its words: the choices of the opening that a citizen can make."""
    kind = page.facts[page.opens_with]
    return tuple(one for one in kind.fields.values() if one.kind in DATATYPES and one.name not in OFFICE)


OFFICE: Final = frozenset({"channel", "receiver", "contact"})
"""What the office says of how something came in."""


def _service(page: Procedure, english: bool) -> Mapping[str, Value]:
    title = page.title.english if english else page.title.zh
    return {
        "service_code": page.name,
        "service_name": title,
        "description": page.source.text if page.source else title,
        "metadata": bool(asked(page)),
        "type": "realtime",
        "keywords": KEYWORDS[page.name],
        "group": "Appeals" if english else "诉求",
    }


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
