"""People at intake: who comes, and the others that the page knows by their part: co-applicant, third party, agent."""

from collections.abc import Mapping
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from fazhi.law import FieldKind, Procedure
from fazhi.people import parties
from fazhi.people.parties import BadParty
from fazhi.web.faces.values import Field
from fazhi.web.faces.words import said
from fazhi.web.office.asking import person_label
from fazhi.worklist.values import MatterPage


class BadPerson(ValueError):
    """What was typed of a person cannot be so; `place` is the field of the form."""

    def __init__(self, place: str, message: str) -> None:
        super().__init__(message)
        self.place = place


def roles_of(page: Procedure) -> list[FieldKind]:
    """The parts that people can have beside the first, as the opening fact names them."""
    return [one for one in page.facts[page.opens_with].fields.values() if one.kind == "party"]


def person_fields(prefix: str, typed: Mapping[str, str], errors: Mapping[str, str]) -> list[Field]:
    kinds = (("citizen", _("个人")), ("firm", pgettext("当事人", "单位")))
    labels = {"name": _("姓名或名称"), "phone": _("电话"), "id_number": _("证件号"), "address": _("住址")}
    kind = typed.get(f"{prefix}_kind", "citizen")
    texts = [
        Field(
            f"{prefix}_{name}", label, value=typed.get(f"{prefix}_{name}", ""), error=errors.get(f"{prefix}_{name}", "")
        )
        for name, label in labels.items()
    ]
    return [Field(f"{prefix}_kind", _("个人还是单位"), "radio", kind, choices=kinds, required=True), *texts]


def register_person(typed: Mapping[str, str], prefix: str) -> UUID | None:
    """The person typed in, kept as a party; None if no name was given. BadPerson names the field that is wrong."""
    if not typed.get(f"{prefix}_name", "").strip():
        return None
    kind: parties.Kind = "firm" if typed.get(f"{prefix}_kind") == "firm" else "citizen"
    values = [typed.get(f"{prefix}_{name}", "") for name in ("name", "phone", "id_number", "address")]
    try:
        return parties.register(kind, *values)
    except BadParty as bad:
        raise BadPerson(f"{prefix}_{bad.field}", str(bad)) from bad


def parts_played(page: MatterPage) -> dict[UUID, str]:
    """What each party of a matter is called, by its part where an entry names one."""
    found: dict[UUID, str] = {}
    for line in page.view.entries:
        kind = page.view.page.kind(line.kind)
        for one in kind.fields.values() if kind else ():
            if one.kind == "party" and (value := line.fields.get(one.name)):
                found.setdefault(UUID(value), said(one.title))
    first = next((party.id for party in page.parties if party.id not in found), None)
    if first is not None:
        found[first] = person_label(page.view.page)
    return found
