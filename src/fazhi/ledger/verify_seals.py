"""Verification of positions and seals, in themselves and against a receipt from outside."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from fazhi.ledger import digest, keys, query
from fazhi.ledger.receipt import Receipt, signed
from fazhi.ledger.seal import seal_digest
from fazhi.ledger.wrong import Wrong

_POSITIONS = """
select p.seal, p.position, p.digest, e.id from ledger_position p left join ledger_entry e on e.id = p.entry
order by p.seal, p.position
"""
_SEALS = "select n, first, last, root, prev, closed_at, digest, signature, signer from ledger_seal order by n"


def check_seals(wrong: list[Wrong], using: str) -> tuple[int, int]:
    """Every seal over its positions; how many seals and positions there are."""
    seals = {row[0]: row for row in query.fetch(using, _SEALS)}
    _check_chain(list(seals.values()), wrong)
    positions = 0
    held: set[int] = set()
    for n, rows in groupby(query.stream(using, _POSITIONS), key=lambda row: row[0]):
        found = list(rows)
        positions += len(found)
        held.add(n)
        if n in seals:
            _check_seal(seals[n], found, wrong)
        else:
            message = f"位置{found[0][1]}至{found[-1][1]}所属的第{n}号封存不存在。"
            wrong.append(Wrong("seal", message, position=found[0][1], seal=n))
    for n in seals.keys() - held:
        first, last = seals[n][1:3]
        wrong.append(Wrong("position", f"第{n}号封存的位置{first}至{last}全部不见了。", position=first, seal=n))
    return len(seals), positions


def _check_chain(seals: list[tuple[Any, ...]], wrong: list[Wrong]) -> None:
    public = keys.public_hex(keys.signer().public_key())
    own_name = keys.fingerprint(public)
    before: tuple[int, int, str] = (0, 0, "")
    for n, first, last, root, prev, closed_at, own, signature, signer in seals:
        if n != before[0] + 1 or first != before[1] + 1 or prev != before[2]:
            wrong.append(Wrong("seal", f"第{n}号封存与第{before[0]}号不相接。", position=first, seal=n))
        if seal_digest(n, first, last, root, prev, closed_at) != own:
            wrong.append(Wrong("seal", f"第{n}号封存的内容与其摘要不符。", position=first, seal=n))
        if signer != own_name:
            message = f"第{n}号封存署名的密钥不是本机的密钥：换过密钥时请用当时的密钥核验，否则即为伪造。"
            wrong.append(Wrong("signature", message, position=first, seal=n))
        elif not signed(public, own, signature):
            message = f"第{n}号封存的签名无效：封存被无钥者重做，位置{first}至{last}不可信。"
            wrong.append(Wrong("signature", message, position=first, seal=n))
        before = (n, last, own)


def _check_seal(seal: tuple[Any, ...], rows: list[tuple[Any, ...]], wrong: list[Wrong]) -> None:
    n, first, last, root = seal[:4]
    for _, position, _, entry in rows:
        if entry is None:
            wrong.append(Wrong("missing", f"位置{position}的记录被删除。", position=position, seal=n))
    there = [row[1] for row in rows]
    for position in sorted(set(range(first, last + 1)) - set(there)):
        wrong.append(Wrong("position", f"位置{position}不见了。", position=position, seal=n))
    leaves = [digest.leaf(position, own) for _, position, own, _ in rows]
    if len(there) == last - first + 1 and digest.merkle(leaves) != root:
        message = f"位置{first}至{last}之中有改动：它们的摘要合不成第{n}号封存的根。"
        wrong.append(Wrong("root", message, position=first, seal=n))


def check_against(receipt: Receipt, wrong: list[Wrong], using: str) -> None:
    """The record against a seal that left the house."""
    wanted = [receipt.seal, *map(int, receipt.heads)]
    found: dict[int, str] = {}
    found.update(query.fetch(using, "select n, digest from ledger_seal where n = any (%s)", [wanted]))
    newest, last = query.fetch(using, "select coalesce(max(n), 0), coalesce(max(last), 0) from ledger_seal")[0]
    if newest < receipt.seal:
        message = (
            f"库中只到第{newest}号封存（位置{last}），回执为第{receipt.seal}号（位置{receipt.positions}）："
            f"位置{last + 1}至{receipt.positions}被删去，或库被换成了旧的备份。"
        )
        wrong.append(Wrong("cut", message, position=last + 1, seal=newest + 1))
    if found.get(receipt.seal, receipt.digest) == receipt.digest and _agree(receipt, found):
        return
    known = {**receipt.heads, str(receipt.seal): receipt.digest}
    same = [int(n) for n, own in known.items() if found.get(int(n)) == own]
    parted = [int(n) for n, own in known.items() if int(n) in found and found[int(n)] != own]
    message = f"第{max(same, default=0)}号封存之后、第{min(parted)}号封存或更早处，库与回执不再一致：记录被整体重做。"
    wrong.append(Wrong("parted", message, seal=max(same, default=0) + 1))


def _agree(receipt: Receipt, found: dict[int, str]) -> bool:
    return all(found.get(int(n), own) == own for n, own in receipt.heads.items())
