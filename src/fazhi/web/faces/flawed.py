"""What was wrong with a form, gathered from the fields of a page, so that it stands above them with a way to each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import HttpRequest

from fazhi.web.faces.values import Act, Field

DEEP = 5


def flawed_values(request: HttpRequest, values: Mapping[str, Any]) -> dict[str, list[Field]]:
    """The fields with a fault, for the shell; a page that nothing was typed for has none and is not looked through."""
    if request.method != "POST" and not request.GET:
        return {}
    found = {field.key: field for field in _fields(values, DEEP) if field.error}
    return {"flawed": list(found.values())}


def _fields(value: object, deep: int) -> Iterator[Field]:
    if isinstance(value, Field):
        yield value
    elif isinstance(value, Act):
        yield from value.fields
    elif deep and isinstance(value, Mapping):
        for one in value.values():
            yield from _fields(one, deep - 1)
    elif deep and isinstance(value, list | tuple):
        for one in value:
            yield from _fields(one, deep - 1)
