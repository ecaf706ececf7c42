"""Beside each page of a served site, which template files it was made of; and one address that always breaks."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.base import Template

HEADER = "X-Templates"
BREAKS = "/breaks/"
_made_of = threading.local()
_render = Template._render


def _watched(self: Template, context: Any) -> Any:
    if self.origin.template_name:
        getattr(_made_of, "names", set()).add(str(self.origin.template_name))
    return _render(self, context)


Template._render = _watched  # type: ignore[method-assign]


def tell_templates(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware around all others: the names of the templates in a header of the answer."""

    def told(request: HttpRequest) -> HttpResponse:
        _made_of.names = set()
        response = answer(request)
        response.headers[HEADER] = " ".join(sorted(_made_of.names))
        return response

    return told


def break_there(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware within: what nobody foresaw, at one address."""

    def broken(request: HttpRequest) -> HttpResponse:
        if request.path == BREAKS:
            raise RuntimeError("this address breaks so that the page of a failure can be looked at")
        return answer(request)

    return broken
