"""What a citizen may do at the portal: lodge, add, withdraw, rate. All but the first prove who holds the matter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from fazhi.desk.act import Act, Received, Recorded, Refused, refusal
from fazhi.desk.opening import receive
from fazhi.desk.recording import record_all
from fazhi.ledger import Collision, read
from fazhi.ledger import act as transaction
from fazhi.people import holders, parties
from fazhi.people.actors import citizen
from fazhi.people.parties import Kind

Holder = tuple[str, str]
TRIES = 5
SATISFACTION = {1: "unsatisfied", 2: "unsatisfied", 3: "basically", 4: "satisfied", 5: "satisfied"}


class NotProven(PermissionError):
    """Number and code do not belong together; which of them is wrong is not said."""


@dataclass(frozen=True, slots=True)
class Lodger:
    """Who lodges. Anonymous if nothing is given."""

    name: str = ""
    phone: str = ""
    id_number: str = ""
    address: str = ""
    kind: Kind = "citizen"


def lodge(
    unit: UUID,
    body: Mapping[str, str],
    *,
    lodger: Lodger | None = None,
    fields: Mapping[str, str] | None = None,
    files: Sequence[UUID] = (),
    procedure: str = "appeal",
    key: str,
) -> Received:
    """Lodge with `unit`; `body` has title and text. The answer holds number and code, told this once."""
    if not body.get("text", "").strip():
        message = "请写明您反映的情况和请求。"
        raise Refused((refusal("field", message, "say what happened and what you ask for", "text"),))
    with transaction("default"):
        known: tuple[UUID, ...] = ()
        if lodger and lodger.name.strip():
            who = (lodger.name, lodger.phone, lodger.id_number, lodger.address)
            known = (parties.register(lodger.kind, *who),)
        done = receive(
            citizen(unit),
            procedure,
            fields=fields,
            body=body,
            parties=known,
            files=files,
            key=key,
            channel="web",
            unit=unit,
        )
        if done.repeated:
            for party in known:
                parties.erase(party)
        return done


def add(holder: Holder, text: str, *, files: Sequence[UUID] = (), key: str, origin: str = "") -> Recorded:
    """Add to what was lodged."""
    return _record(holder, Act("supplemented", body={"text": text}, files=tuple(files)), key, origin)


def withdraw(holder: Holder, reason: str = "", *, key: str, origin: str = "") -> Recorded:
    """Withdraw the matter; it is closed, not removed."""
    return _record(holder, Act("withdrawn", body={"text": reason}), key, origin)


def rate(holder: Holder, stars: int, text: str = "", *, key: str, origin: str = "") -> Recorded:
    """Rate the answer, one to five stars."""
    if stars not in SATISFACTION:
        raise Refused((refusal("field", "请选择一至五星。", "choose one to five stars", "stars"),))
    said = {"stars": str(stars), "satisfaction": SATISFACTION[stars]}
    return _record(holder, Act("rated", fields=said, body={"text": text}), key, origin)


def _record(holder: Holder, act: Act, key: str, origin: str) -> Recorded:
    matter = holders.prove(*holder, origin=origin)
    if matter is None:
        raise NotProven("查询编号或查询码不正确，请核对后再试。")
    collision: Collision | None = None
    for _ in range(TRIES):  # a citizen saw no number of an entry, so an official's act meanwhile is no collision
        view = read(matter)
        try:
            return record_all(citizen(view.unit), matter, [act], seen=view.head, key=key, proven=True)
        except Collision as error:
            collision = error
    assert collision is not None
    raise collision
