"""Balances of prepaid shops, told by a table or by a bank: each row recorded once, or refused with what to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final, Literal
from uuid import UUID

from fazhi.desk import NoRight, Refused
from fazhi.desk.watching import tell_line
from fazhi.ledger import Collision
from fazhi.people.actors import Actor
from fazhi.registers import look

SHOPS: Final = "prepaid_shop"
Came = Literal["recorded", "repeated", "refused"]


@dataclass(frozen=True, slots=True)
class Balance:
    """What a shop held on a day: prepaid by customers, and in escrow; empty where nothing is told of it."""

    shop: str
    day: date | None
    balance: str = ""
    escrow: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one row; `why` teaches where it was refused."""

    came: Came
    line: UUID | None = None
    why: str = ""


def shops(units: Iterable[UUID], today: date) -> dict[str, list[UUID]]:
    """Standing lines of these units by the name of the shop; a name may stand more than once."""
    found: dict[str, list[UUID]] = {}
    for line in look.lines_in(SHOPS, units, today):
        if line.matter is not None and line.stands(today) and line.data.get("shop"):
            found.setdefault(line.data["shop"].strip(), []).append(line.matter)
    return found


def tell(
    known: Mapping[str, list[UUID]], row: Balance, today: date, *, actor: Actor | None = None, dry_run: bool = False
) -> Outcome:
    """Record one row, as the unit of the line or as `actor`; a row that is wrong changes nothing."""
    try:
        line, said = _line(known, row.shop.strip()), _said(row)
        if row.day is None or row.day > today:
            raise ValueError("日期是空的，或者在今天以后。")
        if dry_run:
            return Outcome("recorded", line)
        new = tell_line(line, said, row.day, actor=actor)
    except (ValueError, Refused, NoRight, Collision) as fault:
        return Outcome("refused", why=str(fault))
    return Outcome("recorded" if new else "repeated", line)


def _line(known: Mapping[str, list[UUID]], shop: str) -> UUID:
    lines = known.get(shop, [])
    if not lines:
        raise ValueError(f"名录里没有“{shop}”，请核对名称，或先登记这家商户。")
    if len(lines) > 1:
        raise ValueError(f"名录里有 {len(lines)} 家“{shop}”，分不清是哪一家，请先在名录里改成不同的名称。")
    return lines[0]


def _said(row: Balance) -> dict[str, str]:
    told = (("balance", row.balance), ("escrow", row.escrow))
    said = {name: f"{amount(text):.2f}" for name, text in told if text.strip()}
    if not said:
        raise ValueError("预付余额和存管余额都是空的。")
    return said


def amount(text: str) -> Decimal:
    """A sum of money; ValueError says how it is written."""
    try:
        found = Decimal(text.strip().replace(",", "").removesuffix("元"))
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or not 0 <= found < Decimal("1e12"):
        raise ValueError(f"“{text[:40]}”不是金额，请写数字，如 1200.50。")
    return found
