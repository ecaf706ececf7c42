"""Penalties of the sample district: ordinary cases of one bureau, each published in time with its text."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from fazhi import desk, ledger
from fazhi.cli.sample.district import District, read
from fazhi.desk import Act
from fazhi.ledger import rulebook

UNIT = "city"
DECIDED, DELIVERED, PUBLISHED = 20, 22, 23
"""Days after the case was found."""


def make_penalties(laid: District, day: date) -> int:
    """Every penalty of the page, once; how many there are."""
    found = read("penalties.toml")["penalty"]
    for number, told in enumerate(found):
        _make(laid, told, day - timedelta(days=told["ago"]), f"sample:penalty:{number}")
    return len(found)


def _make(laid: District, told: Mapping[str, Any], begun: date, key: str) -> None:
    actor = laid.actor(UNIT)
    title = f"{told['party']}{told['conduct']}案"
    decided = {"kind": "fine", "fined": "yes", "fine": str(told["fine"])}
    acts = [
        Act("found", begun, fields={"origin": "inspection"}, body={"title": title, "text": f"{told['conduct']}。"}),
        Act("filed", begun + timedelta(days=2), fields={"rules": "general"}),
        Act("investigated", begun + timedelta(days=6)),
        Act("notified", begun + timedelta(days=10), fields={"hearing": "no"}),
        Act("statement_waived", begun + timedelta(days=12)),
        Act("decided", begun + timedelta(days=DECIDED), fields=decided),
        Act("delivered", begun + timedelta(days=DELIVERED)),
    ]
    page = rulebook().page("penalty", begun)
    matter = desk.enter(actor, page, acts, key=key, holder=False, unit=actor.unit).matter
    view = ledger.read(matter)
    seq = next(one.seq for one in view.entries if one.kind == "decided")
    text = (
        f"当事人：{told['party']}。违法行为：{told['conduct']}。处罚依据：{told['source']}。"
        f"处罚内容：罚款{told['fine']}元。作出决定的机关：示例区城市管理局。"
    )
    on = begun + timedelta(days=PUBLISHED)
    desk.publish(actor, matter, seq, text, title=title, seen=view.head, key=f"{key}:published", day=on)
