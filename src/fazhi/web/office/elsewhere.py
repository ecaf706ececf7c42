"""What a matter's page tells of its numbers in other systems, and of other registrations of the same matter."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from fazhi.exchange.links import pages
from fazhi.exchange.look import duplicates_of
from fazhi.ledger.elsewhere import numbers_elsewhere, system_title
from fazhi.ledger.joined import original_of
from fazhi.people import sameness
from fazhi.reach.ask import visible
from fazhi.web.faces.values import Field
from fazhi.web.faces.words import said
from fazhi.web.office.alike import matter_lines
from fazhi.web.office.gate import Here, may_do
from fazhi.worklist.values import MatterPage


def elsewhere_values(page: MatterPage, here: Here) -> dict[str, Any]:
    """What the card of numbers and duplicates shows of a matter."""
    may = may_do(here, page.view)
    facts = page.view.horizon.facts
    first, second = original_of(facts), duplicates_of(page.id)
    seen = visible(here.scope, [one for one in (first, *second) if one])
    return {
        "elsewhere": [(said(system_title(system)), number) for system, number in numbers_elsewhere(facts)],
        "original": next(iter(matter_lines(here, [first] if first in seen else [])), {"number": ""}) if first else None,
        "duplicates": matter_lines(here, [one for one in second if one in seen]),
        "may_number": may,
        "may_duplicate": may and not page.closed and not page.view.page.standing,
        "number_fields": number_fields({}, {}),
        "first_field": first_field(),
        "several_people": any(len(sameness.same_as([party.id])) > 1 for party in page.parties if not party.erased),
    }


def number_fields(typed: Mapping[str, str], errors: Mapping[str, str]) -> tuple[Field, ...]:
    """What is asked to put a number of another system on a matter."""
    systems = tuple((name, said(one.title)) for name, one in pages().items())
    asked = (("system", _("哪个系统"), "select", systems), ("number", _("在那里的编号"), "text", ()))
    return tuple(
        Field(
            name,
            label,
            shape,  # type: ignore[arg-type]
            typed.get(name, ""),
            error=errors.get(name, ""),
            required=True,
            choices=choices,
            id=f"f-elsewhere-{name}",
            extra={"data": "yes"} if name == "number" else {},
        )
        for name, label, shape, choices in asked
    )


def first_field(typed: str = "", error: str = "") -> Field:
    hint = _("文号、查询编号或外部编号")
    return Field("first", _("收到在先的一件"), value=typed, hint=hint, error=error, required=True, id="f-first")
