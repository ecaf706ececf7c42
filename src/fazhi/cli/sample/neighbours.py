"""Files exchanged with the hotline platform of the sample: taken in, given back and receipted, both sides compared."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from fazhi import desk
from fazhi.cli.sample.district import District, read
from fazhi.exchange import comparing, giving, links, look
from fazhi.exchange.entering import matter_of
from fazhi.exchange.links import Linked
from fazhi.exchange.taking import take
from fazhi.ledger.seal import seal_all

PARTNER = "hotline"
NOT_THEIRS = "这张工单已由其他承办单位签收"
SETTLED = "已请对方补送漏掉的工单。"


def exchange_files(laid: District, day: date) -> None:
    """Both files in, what the district did with them out, the partner's receipt for it, and its list held against
    ours; what was done before is not done again."""
    told = read("neighbours.toml")
    page = links.page_of(PARTNER)
    links.link(page, laid.units[PARTNER])
    one = links.linked(PARTNER)
    for file in told["file"]:
        on = day - timedelta(days=file["ago"])
        take(one, _sheet(one, file["row"], day, one.partner.columns), f"12345工单_{on:%Y%m%d}_1.txt")
    for own in told["own"]:
        _send_on(laid, one, own, day)
    seal_all()
    if not look.files(one, "out", 1):
        _give(one, day)
    if not look.comparisons(one):
        _compare(laid, one, told["list"], day)


def _send_on(laid: District, one: Linked, own: Mapping[str, str], day: date) -> None:
    view = matter_of(one.partner.name, own["number"])
    assert view is not None, own
    acts = [
        desk.Act("assigned", day - timedelta(days=2), fields={"unit": str(laid.units[own["to"]])}),
        desk.Act("forwarded", day - timedelta(days=2)),
    ]
    actor, key = laid.actor(PARTNER), f"sample:exchange:{own['number']}"
    desk.record_all(actor, view.id, acts, seen=view.head, key=key)


def _give(one: Linked, day: date) -> None:
    """Our file of yesterday, and their receipt, which refuses its last row."""
    given = giving.give(one, day=day - timedelta(days=1))
    lines = [{"row": given.rows + 1, "state": "refused", "reason": NOT_THEIRS}] if given.rows else []
    said = {"file_digest": given.digest, "rows": given.rows, "lines": lines}
    giving.receive_receipt(one, json.dumps(said, ensure_ascii=False))


def _compare(laid: District, one: Linked, rows: Iterable[Mapping[str, str]], day: date) -> None:
    """Their list of the days in which the files came; one of the differences is settled."""
    data = _sheet(one, rows, day, ("工单编号", "受理时间", "渠道", "工单状态"))
    done = comparing.compare(one, data, "示例清单.txt", day - timedelta(days=4), day)
    found = look.differences(done.id)
    comparing.settle(laid.actor(PARTNER), found[0].id, "asked", SETTLED)


def _sheet(one: Linked, rows: Iterable[Mapping[str, str]], day: date, columns: Iterable[str]) -> bytes:
    heading = list(columns)
    lines = [heading, *([_cell(row.get(name, ""), day) for name in heading] for row in rows)]
    return "".join(one.partner.delimiter.join(cells) + "\r\n" for cells in lines).encode(one.partner.encoding)


def _cell(value: str, day: date) -> str:
    if value[:1] == "-" and value[1:].isdecimal():
        return (day - timedelta(days=int(value[1:]))).isoformat()
    return value
