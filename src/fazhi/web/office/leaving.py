"""Leaving a long work to the background: asked for once, and on to the page that tells how far it is."""

import secrets
from collections.abc import Mapping
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fazhi.operations import keep
from fazhi.operations.values import CannotDo
from fazhi.web.office.gate import Here, show_refused

KEY: Final = 80


def leave(
    request: HttpRequest, here: Here, kind: str, title: str, given: Mapping[str, str], file: bytes = b"", name: str = ""
) -> HttpResponse:
    """Leave a work to the jobs process and go to its page; the same form sent twice asks for one."""
    key, language = request.POST.get("key", "")[:KEY] or secrets.token_hex(16), get_language() or "zh-hans"
    try:
        identity = keep.ask(here.actor, kind, title, given, key=key, language=language, file=file, name=name)
    except CannotDo as wrong:
        return show_refused(request, here, _("没有提出"), str(wrong), 409)
    return redirect("office:operation", identity)
