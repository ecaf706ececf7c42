"""Bringing a drafted report to its signature: secrecy review, an answer to every finding, signed by another."""

from __future__ import annotations

from typing import Any

from fazhi import ledger
from fazhi.report import publish
from fazhi.report.checking import unexplained


def sign_off(drafter: Any, head: Any, matter: Any, report: Any, drafted: int) -> Any:
    """The signature of the draft recorded as `drafted`, with all that has to go before it."""
    seen = publish.screen(head, matter, drafted, "open", seen=drafted, key=f"{matter}-c").seq
    for place, one in enumerate(unexplained(ledger.read(matter), report)):
        done = publish.explain(drafter, matter, one.message, "示例文字从简。", seen=seen, key=f"{matter}-{place}")
        seen = done.seq
    return publish.sign(head, matter, drafted, seen=seen, key=f"{matter}-s")
