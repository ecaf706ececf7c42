"""What a reminder says outside the house: a number and where to look, never what a matter is about or whose it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.conf import settings

from fazhi.ledger import read_many, rulebook
from fazhi.people import holders
from fazhi.reminders.models import Message

NAMED: Mapping[str, str] = {
    "urgent": "可能危及生命的诉求",
    "due": "期限将满",
    "overdue": "已经逾期",
    "returned": "退回",
    "approval": "待审批、会签",
    "decided": "送审有结果",
    "deputy": "代理岗位",
    "alert": "指标预警",
    "warning": "诉求预警",
    "moved": "日期变动",
    "ready": "有新的答复或文书",
}
OFFICE = "请登录办公系统查看。"


def texts_for(messages: Iterable[Message]) -> dict[UUID, str]:
    """The text of each message, by its id. Holders of a matter are told its query number, officials its number."""
    said = list(messages)
    views = read_many({one.matter for one in said if one.matter})
    numbers = {matter: view.number or "" for matter, view in views.items()}
    query = holders.numbers_of({one.matter for one in said if one.matter and one.party})
    return {one.id: _text(one, numbers, query) for one in said}


def _text(one: Message, numbers: Mapping[UUID, str], query: Mapping[UUID, str]) -> str:
    sign = f"【{settings.FAZHI_NAME or '法治平台'}】"
    if one.party:
        number = query.get(one.matter, "") if one.matter else ""
        told = "告知过您的日期有变动" if one.kind == "moved" else "有新的答复或文书"
        return f"{sign}您的事项{number}{told}，请凭查询编号和查询码在公众页面“查进度”查看，或到受理窗口询问。"
    if one.kind == "digest":
        return f"{sign}您有{digest_words(one.thing)}。{OFFICE}"
    number = (numbers.get(one.matter, "") if one.matter else "") or ("一件未编号的事项" if one.matter else "")
    when = f"，{one.due.month}月{one.due.day}日" if one.due and one.kind in ("due", "overdue") else ""
    urgent = "紧急：" if one.urgent else ""
    return f"{sign}{urgent}{number}{NAMED[one.kind]}{clock_words(one)}{when}。{OFFICE}"


def clock_words(one: Message) -> str:
    """The title of the term, which is the law's and nobody's."""
    if not one.clock or one.matter is None:
        return ""
    rules = (page.clocks.get(one.clock) for pages in rulebook().procedures.values() for page in pages[-1:])
    title = next((rule.title.zh for rule in rules if rule is not None), "")
    return f"（{title}）" if title else ""


def digest_of(kinds: Mapping[str, int]) -> str:
    """How many of each kind, as a summary keeps it."""
    return " ".join(f"{kind}={count}" for kind, count in sorted(kinds.items()))


def digest_words(kept: str) -> str:
    counts = [part.split("=") for part in kept.split()]
    return "、".join(f"{NAMED.get(kind, '提醒')}{count}件" for kind, count in counts)
