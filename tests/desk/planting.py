"""A matter whose lodger, texts and file hold strings that nothing else holds."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any
from uuid import UUID

PLANTED = ("欧阳锋甲乙", "13912345678", "白驼山路九十九号", "蛤蟆功密不外传", "绝密附件名称")


@dataclass(frozen=True)
class Planted:
    """Who may erase, the matter, its file, and what its holder was told."""

    clerk: Any
    matter: UUID
    file: UUID
    query_number: str
    code: str


def plant(district: Any) -> Planted:
    from fazhi import archive
    from fazhi.desk import public, record
    from fazhi.ledger.seal import seal_all
    from fazhi.people.actors import citizen

    clerk = district.hire(district.bureau, "record", "erase", "publish", "reveal")
    file = archive.put(BytesIO(PLANTED[3].encode()), f"{PLANTED[4]}.txt", citizen(district.bureau))
    lodger = public.Lodger(PLANTED[0], phone=PLANTED[1], address=PLANTED[2])
    text = {"title": PLANTED[0], "text": f"我叫{PLANTED[0]}，电话{PLANTED[1]}，住{PLANTED[2]}，{PLANTED[3]}"}
    done = public.lodge(district.bureau, text, lodger=lodger, files=[file], key="f")
    record(clerk, done.matter, "noted", body={"text": f"已联系{PLANTED[0]}"}, seen=2, key="n")
    record(clerk, done.matter, "accepted", seen=3, key="a")
    seal_all()
    return Planted(clerk, done.matter, file, done.query_number, done.code)


def found_in(text: str) -> set[str]:
    """The planted strings that stand in a text."""
    return {word for word in PLANTED if word in text}
