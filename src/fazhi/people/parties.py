"""Parties: citizens, firms and organs in matters, encrypted one by one, found by keyed marks, read on record."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Literal, cast
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError

from fazhi.people import masks, name_parts, sameness, sealing
from fazhi.people.actors import Actor
from fazhi.people.models import Look
from fazhi.people.models import Party as Row

Kind = Literal["citizen", "firm", "organ"]


class BadParty(ValueError):
    """The particulars cannot be those of a party; `field` names which, the text says how to mend it."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class Gone(LookupError):
    """The party was erased, or never was."""


class MayNotReveal(PermissionError):
    """The post does not include reading personal data in the clear."""


@dataclass(frozen=True, slots=True)
class Party:
    """Personal data in the clear."""

    id: UUID
    kind: Kind
    name: str
    phone: str = ""
    id_number: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class MaskedParty:
    """What may stand on a page without a stated purpose; `erased` parties show no value at all."""

    id: UUID
    kind: Kind
    name: str
    phone: str = ""
    id_number: str = ""
    address: str = ""
    erased: bool = False


def register(kind: Kind, name: str, phone: str = "", id_number: str = "", address: str = "") -> UUID:
    """Keep a party under a key of its own; BadParty teaches what is wrong with a number."""
    name, phone = " ".join(name.split()), _phone(phone)
    if not name:
        raise BadParty("name", "请填写姓名或单位名称；不愿署名的，可填“匿名”。")
    number = _number(kind, id_number)
    values = {"name": name, "phone": phone, "id_number": number, "address": address.strip()}
    key = sealing.new_key()
    row = Row(kind=kind, name_mark=_mark("name", name), phone_mark=_mark("phone", phone))
    row.number_mark, row.name_parts = _mark("number", number), name_parts.parts_of(name)
    row.key = sealing.wrap(key, row.pk.bytes)
    row.sealed = sealing.seal(key, json.dumps(values, ensure_ascii=False).encode(), row.pk.bytes)
    row.save(force_insert=True)
    return row.pk


def reveal(party: UUID, actor: Actor, purpose: str, *, matter: UUID | None = None) -> Party:
    """The party in the clear; the look is recorded first. Callers have checked that the actor sees the matter."""
    if "reveal" not in actor.powers:
        raise MayNotReveal("本岗位无权查看当事人的完整信息；需要时请由有此职权的同事查看，查看会留下记录。")
    if not purpose.strip():
        raise BadParty("purpose", "查看当事人的完整信息须说明用途，例如“电话核实诉求”。")
    with transaction.atomic():
        row = Row.objects.filter(pk=party).first()
        opened = _open(row) if row else None
        if opened is None:
            raise Gone("该当事人的信息已清除。")
        look = Look(party_id=party, matter=matter, account=actor.account, post=actor.post, unit=actor.unit)
        look.face, look.purpose = actor.face, purpose.strip()[:200]
        look.save(force_insert=True)
    return opened


def read_texts(matter: UUID, actor: Actor, purpose: str) -> None:
    """Record that the actor reads the texts of a matter unmasked. Callers have checked that the actor sees it."""
    if "reveal" not in actor.powers:
        raise MayNotReveal("本岗位无权查看未隐去的原文；需要时请由有此职权的同事查看，查看会留下记录。")
    if not purpose.strip():
        raise BadParty("purpose", "查看未隐去的原文须说明用途，例如“电话核实诉求”。")
    look = Look(party_id=None, matter=matter, account=actor.account, post=actor.post, unit=actor.unit)
    look.face, look.purpose = actor.face, purpose.strip()[:200]
    look.save(force_insert=True)


def masked(party: UUID) -> MaskedParty:
    """The party with masks; Gone if there never was one."""
    found = masked_many([party])
    if party not in found:
        raise Gone("没有这位当事人。")
    return found[party]


def masked_many(parties: Iterable[UUID]) -> dict[UUID, MaskedParty]:
    """Masked parties by id, one query."""
    return {row.pk: _mask(row) for row in Row.objects.filter(pk__in=list(parties))}


def clear_many(parties: Iterable[UUID]) -> dict[UUID, Party]:
    """Parties in the clear for letters, search rows and followers, which keep no plain copy; not for pages."""
    opened = (_open(row) for row in Row.objects.filter(pk__in=list(parties)))
    return {party.id: party for party in opened if party is not None}


def told(parties: Iterable[UUID], *, places: bool = True) -> tuple[str, ...]:
    """Every value that names one of these persons or firms, for masking it wherever it stands in a text."""
    return values_of(clear_many(parties).values(), places=places)


def values_of(found: Iterable[Party], *, places: bool = True) -> tuple[str, ...]:
    """What `told` tells, of parties that were read already; without `places` no address."""
    named = [party for party in found if party.kind != "organ"]
    values = [value for one in named for value in (one.name, one.phone, one.id_number, one.address if places else "")]
    return tuple(value for value in values if value)


def find(*, name: str = "", phone: str = "", id_number: str = "") -> tuple[UUID, ...]:
    """Parties with exactly this name, phone or number (any one of those given), at most 1,000, newest first."""
    wanted = Q(pk__in=[])
    for field, text in (("name", name), ("phone", phone), ("number", id_number.upper())):
        if mark := _mark(field, text):
            wanted |= Q(**{f"{field}_mark": mark})
    return tuple(Row.objects.filter(wanted).order_by("-created", "pk").values_list("pk", flat=True)[:1000])


def find_part(text: str) -> tuple[UUID, ...]:
    """Parties whose names hold this part of at least two signs, at most 1,000, newest first. For those who may read
    names: whoever may not could find a name out part by part."""
    plain = "".join(text.split()).casefold()
    found = clear_many(held := name_parts.holding(text))
    return tuple(one for one in held if one in found and plain in "".join(found[one].name.split()).casefold())


def mark_older(most: int = 2000) -> int:
    """Mark the parts of names kept before there were such marks; how many parties."""
    rows = list(Row.objects.filter(name_parts=None, key__isnull=False)[:most])
    for row in rows:
        opened = _open(row)
        row.name_parts = name_parts.parts_of(opened.name) if opened else []
        row.save(update_fields=["name_parts"])
    return len(rows)


def alike(parties: Iterable[UUID]) -> tuple[UUID, ...]:
    """Parties registered elsewhere with the same number of a document, or the same name and telephone, or found to be
    the same by people; newest first, at most 1,000. Not those found to be somebody else: a name alone makes nobody
    the same."""
    own = list(parties)
    same, apart = sameness.same_as(own), sameness.different_from(own)
    wanted = Q(pk__in=[])
    for row in Row.objects.filter(pk__in=own, key__isnull=False):
        if row.number_mark:
            wanted |= Q(number_mark=row.number_mark)
        if row.name_mark and row.phone_mark:
            wanted |= Q(name_mark=row.name_mark, phone_mark=row.phone_mark)
    wanted |= Q(pk__in=same)
    found = Row.objects.filter(wanted).exclude(pk__in=[*own, *(apart - same)]).order_by("-created", "pk")
    return tuple(found.values_list("pk", flat=True)[:1000])


def phone_number(text: str) -> str:
    """A telephone number as it is kept: digits alone; BadParty for what is none."""
    return _phone(text)


def erase(party: UUID) -> bool:
    """Destroy the key, the data and the marks of a party; whether there was anything left to destroy."""
    gone = Row.objects.filter(pk=party, key__isnull=False).update(
        key=None,
        sealed=None,
        name_mark=None,
        phone_mark=None,
        number_mark=None,
        name_parts=None,
        erased_at=timezone.now(),
    )
    return bool(gone)


def looks(parties: Sequence[UUID], limit: int = 50, *, matter: UUID | None = None) -> tuple[Look, ...]:
    """Who looked at these parties, or at the texts of the matter, in the clear; newest first."""
    wanted = Q(party__in=list(parties))
    if matter is not None:
        wanted |= Q(matter=matter, party=None)
    return tuple(Look.objects.filter(wanted).order_by("-at", "-pk")[:limit])


def _open(row: Row) -> Party | None:
    if row.key is None or row.sealed is None:
        return None
    key = sealing.unwrap(bytes(row.key), row.pk.bytes)
    values = cast(Mapping[str, str], json.loads(sealing.unseal(key, bytes(row.sealed), row.pk.bytes)))
    return Party(id=row.pk, kind=cast(Kind, row.kind), **values)


def _mask(row: Row) -> MaskedParty:
    party = _open(row)
    if party is None:
        return MaskedParty(id=row.pk, kind=cast(Kind, row.kind), name="（已清除）", erased=True)
    if party.kind == "organ":
        return MaskedParty(**asdict(party) | {"phone": masks.phone(party.phone)})
    return MaskedParty(
        id=party.id,
        kind=party.kind,
        name=masks.name(party.name) if party.kind == "citizen" else masks.firm(party.name),
        phone=masks.phone(party.phone),
        id_number=masks.id_number(party.id_number),
        address=masks.address(party.address),
    )


def _mark(field: str, text: str) -> str | None:
    plain = "".join(text.split()).casefold()
    return sealing.mark("party." + field, plain) if plain else None


def _phone(text: str) -> str:
    digits = text.translate(_WIDE)
    for sign in " -—–‑.()（）\u3000\u00a0":
        digits = digits.replace(sign, "")
    if digits.startswith(("+86", "0086")):
        digits = digits.removeprefix("+86").removeprefix("0086")
    if not digits:
        return ""
    mobile = len(digits) == 11 and digits[0] == "1" and digits[1] in "3456789"
    landline = 7 <= len(digits) <= 12 and digits[0] != "1"
    if digits.startswith("+") and digits[1:].isdigit() and ABROAD[0] <= len(digits[1:]) <= ABROAD[1]:
        return digits  # the sign sets a foreign number apart from one of the country
    if not digits.isdigit() or not (mobile or landline):
        raise BadParty("phone", "电话号码应为11位手机号、带区号的固定电话，或以 + 和国家代码开头的境外号码，请核对。")
    return digits


def _number(kind: Kind, text: str) -> str:
    number = "".join(text.translate(_WIDE).split()).upper()
    if not number:
        return ""
    if kind != "citizen":
        try:
            return str(uscc.validate(number))
        except ValidationError as error:
            raise BadParty("id_number", "统一社会信用代码应为18位且校验位相符（无I、O、S、V、Z），请核对。") from error
    if number[0].isalpha():
        return number
    try:
        return str(ric.validate(number))
    except ValidationError as error:
        raise BadParty("id_number", "居民身份证号码应为18位且校验位相符，请核对；护照等其他证件以字母开头。") from error


ABROAD = (7, 15)
"""Digits of a number of another country, with its code."""
_WIDE = str.maketrans("０１２３４５６７８９＋－Ｘｘ", "0123456789+-XX")
