"""Answers of GeoReport v2 as XML or JSON: the same values, with the element names that the specification gives."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias
from xml.etree import ElementTree

from django.http import HttpResponse

Value: TypeAlias = "str | int | bool | float | Sequence[Value] | Mapping[str, Value] | None"

TYPES: Final = {"xml": "text/xml; charset=utf-8", "json": "application/json; charset=utf-8"}
MEMBER: Final = {
    "services": "service",
    "attributes": "attribute",
    "values": "value",
    "service_requests": "request",
    "errors": "error",
    "endpoints": "endpoint",
    "formats": "format",
}
"""How one member of a list is named in XML."""
ANY: Final = {"Access-Control-Allow-Origin": "*"}


def answer(root: str, value: Value, form: str, status: int = 200) -> HttpResponse:
    """The value under its root element; JSON has no root. Read from any site: nothing here depends on a cookie."""
    if form == "json":
        text = json.dumps(value, ensure_ascii=False)
    else:
        body = ElementTree.tostring(_element(root, value), encoding="unicode")
        text = f'<?xml version="1.0" encoding="UTF-8"?>\n{body}'
    return HttpResponse(text, status=status, content_type=TYPES[form], headers=dict(ANY))


def refuse(code: int, description: str, form: str) -> HttpResponse:
    """An error as the specification words it: its code and what to do."""
    return answer("errors", [{"code": code, "description": description}], form, code)


def _element(name: str, value: Value) -> ElementTree.Element:
    element = ElementTree.Element(name)
    if isinstance(value, Mapping):
        for key, held in value.items():
            element.append(_element(key, held))
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for held in value:
            element.append(_element(MEMBER[name], held))
    elif isinstance(value, bool):
        element.text = "true" if value else "false"
    elif value is not None:
        element.text = _plain(str(value))
    return element


def _plain(text: str) -> str:
    """Without the control signs that XML cannot hold."""
    return "".join(sign for sign in text if sign in "\t\n\r" or (sign >= " " and sign not in "\ufffe\uffff"))
