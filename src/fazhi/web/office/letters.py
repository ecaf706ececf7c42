"""Letters at a desk: one click makes one, what is missing is asked for by name, what was made is opened on record."""

import secrets
from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from fazhi import archive
from fazhi.desk import NoRight
from fazhi.ledger import Collision
from fazhi.letters import paper
from fazhi.letters.fill import Letter
from fazhi.letters.make import addressee, addressees, compose, make, personal
from fazhi.people.parties import Gone
from fazhi.rulebook.templates import Template
from fazhi.web.faces.values import Field
from fazhi.web.faces.words import said
from fazhi.web.office.gate import Here, acting, in_post, show
from fazhi.web.office.lost import lost_words
from fazhi.web.office.matter import find_page
from fazhi.web.office.papers import find_template, letter_entry, may_open, may_write, sheet, show_unopened
from fazhi.worklist.values import MatterPage

SLOT = "slot:"
EVERYONE = "everyone"


@never_cache
@require_http_methods(["GET", "POST"])
@in_post
def letter(request: HttpRequest, here: Here, identity: UUID, seq: int, name: str) -> HttpResponse:
    """One letter of one act: shown with names masked and gaps named; posted, it is made and kept."""
    page = find_page(here, identity)
    template = find_template(page, seq, name)
    if template is None or template.arrives or not may_write(page, here):
        raise Http404
    typed = {
        key.removeprefix(SLOT): str(value)
        for key, value in request.POST.items()
        if key.startswith(SLOT) and str(value).strip()
    }
    chosen = _addressees(page, template, request)
    draft = compose(page.view, here.actor, template, seq, typed, clear=False, to=chosen[0])
    if request.method == "GET" or (draft.gaps and not request.POST.get("anyway")):
        return _ask(request, here, page, template, seq, draft, status=422 if request.method == "POST" else 200)
    key = request.POST.get("key", "")
    try:
        for number, to in enumerate(chosen):
            own = f"{key}/{number}" if number else key
            reader = acting(here, page.view)
            made = make(page.view, here.actor, template, seq, typed, key=own, to=to, reader=reader)
    except NoRight as wrong:
        return _ask(request, here, page, template, seq, draft, wrong=str(wrong), status=403)
    except (Collision, Gone) as wrong:
        page = find_page(here, identity)
        text = lost_words(wrong, page) if isinstance(wrong, Collision) else str(wrong)
        return _ask(request, here, page, template, seq, draft, wrong=text, status=409)
    messages.success(request, _("已制作《%(letter)s》，存入卷宗，并记入经过。") % {"letter": template.name})
    if len(chosen) > 1:
        return redirect("office:matter", page.id)
    return redirect("office:kept", page.id, made.file)


def _addressees(page: MatterPage, template: Template, request: HttpRequest) -> tuple[UUID | None, ...]:
    """To whom it goes: one party, every one of several, or (None) whom the act names by itself."""
    known = addressees(page.view, template)
    said = request.POST.get("to", "")
    if said == EVERYONE and known:
        return known
    return tuple(one for one in known if str(one) == said) or (None,)


def _to_field(page: MatterPage, template: Template, seq: int, said: str) -> list[Field]:
    """A choice among several parties; the one that the act names is chosen until another is."""
    known = addressees(page.view, template)
    if not known:
        return []
    names = {party.id: party.name for party in page.parties}
    choices = [(str(one), names.get(one, "")) for one in known]
    choices.append((EVERYONE, _("每位当事人各一份")))
    now = said or str(addressee(page.view, seq) or "")
    return [Field("to", _("发给"), "select", now, required=True, choices=tuple(choices))]


def _ask(
    request: HttpRequest,
    here: Here,
    page: MatterPage,
    template: Template,
    seq: int,
    draft: Letter,
    *,
    wrong: str = "",
    status: int = 200,
) -> HttpResponse:
    values = {
        "name": template.name,
        "number": page.number,
        "back": reverse("office:matter", args=[page.id]),
        "action": reverse("office:letter", args=[page.id, seq, template.name]),
        "blocks": sheet(draft.blocks),
        "gaps": [said(gap.label) for gap in draft.gaps],
        "fields": [*_to_field(page, template, seq, request.POST.get("to", "")), *_gap_fields(draft, request.POST)],
        "personal": personal(page.view, template),
        "may_make": not personal(page.view, template) or "reveal" in acting(here, page.view).powers,
        "wrong": wrong,
        "key": request.POST.get("key") or secrets.token_hex(16),
    }
    return show(request, here, "office/letter.html", values, status)


def _gap_fields(draft: Letter, typed: Mapping[str, str]) -> list[Field]:
    """A field for each gap; what was typed before stays, so that nothing is typed twice."""
    again = [
        Field(key, key.removeprefix(SLOT), "text", str(value), extra={"type": "hidden"})
        for key, value in typed.items()
        if key.startswith(SLOT) and str(value).strip()
    ]
    return [*again, *(Field(f"{SLOT}{gap.slot}", said(gap.label), "long", extra={"rows": "2"}) for gap in draft.gaps)]


@never_cache
@require_safe
@in_post
def kept(request: HttpRequest, here: Here, identity: UUID, file: UUID) -> HttpResponse:
    """A letter as it was kept, to be read and printed; the look at its people is recorded first."""
    page = find_page(here, identity)
    entry = letter_entry(page, file)
    if entry is None:
        raise Http404
    if not may_open(page, here, entry):
        return show_unopened(request, here)
    try:
        stored = archive.open(file)
    except archive.Gone as gone:
        raise Http404 from gone
    values = {
        "name": stored.name.removesuffix(".docx"),
        "number": page.number,
        "back": reverse("office:matter", args=[page.id]),
        "file_href": reverse("office:file", args=[page.id, file]),
        "blocks": sheet(paper.read(stored.data)),
        "made": entry.recorded_at,
    }
    return show(request, here, "office/kept.html", values)
