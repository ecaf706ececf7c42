"""Renewing rooms that another version of the program or of the calendar filled, beside the work that goes on."""

from __future__ import annotations

import threading

from django.db import connections

from fazhi.jobs.job import log
from fazhi.jobs.retell import retell
from fazhi.ledger.refill import RefillRunning, refill
from fazhi.ledger.versions import outdated

_running: list[threading.Thread] = []


def renew() -> int:
    """How many rooms are out of date. They are refilled in a thread of their own, for sealing must not wait; one that
    fails, or is cut off by the end of the program, is begun again."""
    _running[:] = [one for one in _running if one.is_alive()]
    old = outdated()
    if old and not _running:
        log.info("台账由另一版本或者另一日历写成，正在重建：%s", "、".join(one.name for one in old))
        thread = threading.Thread(target=_refill, args=([one.name for one in old],), daemon=True)
        _running.append(thread)
        thread.start()
    return len(old)


def wait() -> None:
    """Until what was begun is done."""
    for thread in list(_running):
        thread.join()


def _refill(names: list[str]) -> None:
    try:
        told = retell()  # before the rooms are right again: what is cut off here is begun again
        if told:
            log.info("放假安排改变后，已重新告知 %s 项届满日", told)
        rows = refill([one for one in outdated() if one.name in names], workers=1)
        log.info("台账已重建：%s", "、".join(f"{name} {count}行" for name, count in rows.items()))
    except RefillRunning:
        return
    except Exception as error:  # the next round tries again, and the log says what it was
        log.error("重建台账失败：%s", type(error).__name__)
    finally:
        connections.close_all()
