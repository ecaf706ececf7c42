"""Requests: handed in as appeals, followed by number and code together, and listed where an answer was published."""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from fazhi.api.open311.formats import Value
from fazhi.api.open311.offered import Offer, asked, code_of, offered
from fazhi.desk import public
from fazhi.desk.receiver import receiving_unit
from fazhi.gazette import look as gazette
from fazhi.gazette.values import Item
from fazhi.ledger import lawful_day, read, today
from fazhi.ledger.day import SHANGHAI
from fazhi.people import holders, sealing, units
from fazhi.tracking import look as tracking
from fazhi.tracking.values import Tracking

MOST: Final = 1000
SPAN: Final = timedelta(days=90)
LONGEST: Final = 4000
DONE: Final = "closed"
OPEN: Final = "open"
HELD: Final = re.compile(r"(\d{14})-([0-9a-f]{20})")
ATTRIBUTE: Final = re.compile(r"attribute\[(\w{1,40})\](?:\[\])?")


class Bad(ValueError):
    """A request that cannot be taken as it is; `code` is the status of the answer."""

    def __init__(self, code: int, text: str) -> None:
        self.code = code
        super().__init__(text)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is asked for: days included, statuses, service codes."""

    start: date
    end: date
    statuses: frozenset[str]
    codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Taken:
    """What the sender is told: the identity to follow the request by, and number and code for the portal."""

    identity: str
    query_number: str
    code: str


def hand_in(typed: Mapping[str, str]) -> Taken:
    """Lodges an appeal. Bad with 400 or 404; Refused of the desk."""
    code = typed.get("service_code", "").strip()
    if not code:
        raise Bad(400, "service_code was not provided（缺少 service_code，请先取 services 列表）")
    service = offered().get(code)
    if service is None:
        raise Bad(404, f"service_code was not found（没有这一类服务：{code[:40]}）")
    done = public.lodge(
        receiving_unit(),
        _body(typed) | ({"topic": service.topic} if service.topic else {}),
        lodger=_lodger(typed),
        fields=_fields(service, typed),
        procedure=service.page.name,
        key=secrets.token_hex(16),
    )
    return Taken(identity_of(done.query_number), done.query_number, done.code)


def identity_of(query_number: str) -> str:
    """The number with 80 keyed bits: whoever has it may read the state, and do nothing; nobody can guess it.

    It travels in addresses, so it is not the code, by which a holder also acts.
    """
    digits = holders.plain_number(query_number)
    return f"{digits}-{sealing.mark('open311', digits, key='code').rpartition(':')[2][:20]}"


def _body(typed: Mapping[str, str]) -> dict[str, str]:
    text = typed.get("description", "").strip()
    if not text:
        raise Bad(400, "description was not provided（缺少 description，请写明发生了什么事）")
    if len(text) > LONGEST:
        raise Bad(400, f"description is longer than {LONGEST} characters（description 过长，请控制在{LONGEST}字以内）")
    more = [
        f"{name}：{typed[field].strip()[:500]}"
        for field, name in (("email", "电子邮箱"), ("media_url", "照片或文件的网址"))
        if typed.get(field, "").strip()
    ]
    return {"text": "\n".join((text, *more)), "place": _place(typed)}


def _place(typed: Mapping[str, str]) -> str:
    """The address as written, else the point: one of both has to be there."""
    written = (typed.get("address_string") or typed.get("address_id") or "").strip()
    latitude, longitude = (typed.get(name, "").strip() for name in ("lat", "long"))
    point = ""
    if latitude or longitude:
        try:
            north, east = float(latitude), float(longitude)
        except ValueError:
            raise Bad(400, "lat and long must both be decimal degrees（lat、long 须同时为十进制度数）") from None
        if not (-90 <= north <= 90 and -180 <= east <= 180):
            raise Bad(400, "lat or long is out of range（lat 或 long 超出范围）")
        point = f"北纬{north:.6f}，东经{east:.6f}"
    if not written and not point:
        raise Bad(400, "no location: give lat and long, address_string or address_id（缺少地点）")
    return "；".join(part for part in (written[:500], point) if part)


def _lodger(typed: Mapping[str, str]) -> public.Lodger:
    name = (typed.get("last_name", "").strip() + typed.get("first_name", "").strip())[:60]
    phone = typed.get("phone", "").strip()[:40]
    return public.Lodger(name or ("网络用户" if phone else ""), phone)


def _fields(service: Offer, typed: Mapping[str, str]) -> dict[str, str]:
    known = {one.name for one in asked(service.page)}
    said = {found.group(1): value for name, value in typed.items() if (found := ATTRIBUTE.fullmatch(name)) and value}
    if unknown := sorted(set(said) - known):
        raise Bad(400, f"unknown attribute（没有这一项：{'、'.join(unknown)}）")
    return said


def one(identity: str) -> Mapping[str, Value] | None:
    """A request by the identity that its sender was given, or by that of its publication; None for any other."""
    if held := HELD.fullmatch(identity):
        number = held.group(1)
        proven = hmac.compare_digest(identity_of(number), identity)
        matter = holders.matter_of(number)
        found = tracking.of_matter(matter) if proven and matter else None
        return _followed(identity, found, _topic(matter)) if found and matter else None
    item = gazette.item(identity)
    return _published(item) if item and not item.withdrawn and item.procedure.zh in _titles() else None


def listed(wanted: Wanted) -> Iterator[Mapping[str, Value]]:
    """Requests whose answer was published, newest first: nothing else about a request is public."""
    if DONE not in wanted.statuses:
        return
    left, after = MOST, ""
    while left > 0:
        page = gazette.page(after=after, limit=200)
        for item in page.items:
            if item.day < wanted.start:
                return
            told = _published(item) if _belongs(item, wanted) else None
            if told and left:
                left -= 1
                yield told
        after = page.after
        if not after:
            return


def read_wanted(typed: Mapping[str, str]) -> Wanted:
    """What is asked for; without days the last ninety. Bad with 400 if a day or a status is not one."""
    end = _day(typed.get("end_date", "")) or today()
    start = _day(typed.get("start_date", "")) or end - SPAN
    statuses = frozenset(part for part in typed.get("status", "").split(",") if part)
    if not statuses <= {OPEN, DONE}:
        raise Bad(400, "status must be open, closed or both（status 只能是 open、closed）")
    codes = frozenset(part.strip() for part in typed.get("service_code", "").split(",") if part.strip())
    return Wanted(start, end, statuses or frozenset({OPEN, DONE}), codes or frozenset(offered()))


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text.replace("Z", "+00:00").replace(" ", "+"))
    except ValueError:
        raise Bad(400, "a date must be like 2026-01-31T00:00:00+08:00（日期格式有误）") from None
    return lawful_day(moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI))


def _titles() -> dict[str, str]:
    return {one.page.title.zh: one.page.name for one in offered().values()}


def _belongs(item: Item, wanted: Wanted) -> bool:
    code = _titles().get(item.procedure.zh)
    return code in wanted.codes and item.day <= wanted.end and not item.withdrawn


def _published(item: Item) -> Mapping[str, Value] | None:
    """What the gazette tells of a request, with masks; the answer is published, so it is closed."""
    return _request(
        identity=item.id,
        status=DONE,
        notes=item.text,
        name=item.procedure.zh,
        code=_titles()[item.procedure.zh],
        description=item.title,
        unit=item.unit,
        updated=item.day,
    )


def _topic(matter: UUID) -> str:
    """The topic that the sender chose; empty once the text was erased."""
    return (read(matter).body(1) or {}).get("topic", "")


def _followed(identity: str, found: Tracking, topic: str) -> Mapping[str, Value]:
    """What the sender may be told: the state and its day, and the reply; never the words that came in."""
    due = found.next_due.due if found.next_due else None
    last = max((step.day for step in found.steps), default=found.opened)
    return _request(
        identity=identity,
        status=DONE if found.closed else OPEN,
        notes=found.reply or found.state.title.zh,
        name=found.title.zh,
        code=code_of(found.procedure, topic),
        description="",
        unit=found.unit,
        requested=found.opened,
        updated=last,
        expected=due,
    )


def _request(
    *,
    identity: str,
    status: str,
    notes: str,
    name: str,
    code: str,
    description: str,
    unit: UUID,
    updated: date,
    requested: date | None = None,
    expected: date | None = None,
) -> Mapping[str, Value]:
    return {
        "service_request_id": identity,
        "status": status,
        "status_notes": notes,
        "service_name": name,
        "service_code": code,
        "description": description,
        "agency_responsible": units.name_of(unit),
        "service_notice": "",
        "requested_datetime": _stamp(requested),
        "updated_datetime": _stamp(updated),
        "expected_datetime": _stamp(expected),
        "address": "",
        "address_id": "",
        "zipcode": "",
        "lat": None,
        "long": None,
        "media_url": "",
    }


def _stamp(day: date | None) -> str | None:
    """A lawful day as a moment: it began at midnight in China."""
    return datetime(day.year, day.month, day.day, tzinfo=SHANGHAI).isoformat() if day else None
