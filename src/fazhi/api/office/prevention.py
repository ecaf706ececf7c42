"""The calls by which a bank tells what prepaid shops hold in escrow: one report a day, safe to send again."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router

from fazhi.api.office.gate import caller_of
from fazhi.api.office.values import BalanceIn, BalanceOut, BalancesIn, BalancesOut, RaisedOut
from fazhi.prevention.balances import SHOPS, Balance, shops, tell
from fazhi.prevention.rising import apply, rising
from fazhi.reach.ask import visible
from fazhi.rulebook.watches import watches

router = Router()


@router.post("/balances", response=BalancesOut, summary="报送预付余额", operation_id="tell_balances")
def tell_balances(request: HttpRequest, sent: BalancesIn) -> Any:
    """Each row is recorded, found to be told before, or refused by itself; then the rules judge the shops that told
    something new. Shops outside the rights of the post are not known here."""
    caller = caller_of(request)
    caller.must("balances")
    listed = shops(caller.scope.units, caller.day)
    seen = visible(caller.scope, [line for lines in listed.values() for line in lines])
    known = {name: [line for line in lines if line in seen] for name, lines in listed.items()}
    told, new = [], set()
    for row in sent.rows:
        done = tell(known, _balance(row), caller.day, actor=caller.actor)
        told.append(BalanceOut(shop=row.shop, day=row.day, came=done.came, why=done.why))
        if done.came == "recorded" and done.line is not None:
            new.add(done.line)
    watch = watches()[SHOPS]
    raised = [
        RaisedOut(
            shop=one.name,
            level=one.judged.level,
            rules=[str(rule.title) for rule in one.judged.rules],
            task=apply(watch, one, caller.day),
        )
        for one in (rising(watch, caller.scope.units, caller.day, new) if new else ())
    ]
    return BalancesOut(rows=told, raised=raised)


def _balance(row: BalanceIn) -> Balance:
    balance, escrow = (("" if sum is None else f"{sum:f}") for sum in (row.balance, row.escrow))
    return Balance(row.shop, row.day, balance, escrow)
