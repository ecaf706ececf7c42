"""One term of a page in a plain sentence, in two languages: who does what within how long, from when, by what."""

from __future__ import annotations

import re

from fazhi.law import Title
from fazhi.rulebook.guide import NOBODYS, PROMPTLY, TermRow

_WITHIN = re.compile(r"(\d+(?:日|天|个工作日|个月|月|年|小时))(，.*)?")


def sentence(row: TermRow) -> Title:
    """A description in our own words, never the words of the statute that it names."""
    who = "" if row.by in NOBODYS else row.by.zh
    head = f"{row.title.zh}：{who}" if who else f"{row.title.zh}（{row.by.zh}）："
    firm_zh, firm_en = _standing(row)
    zh = f"{head}{_limit(row)}。{''.join(_further(one.zh) for one in row.more)}依据：{row.source}{firm_zh}。"
    more = "".join(f" {one.english[:1].upper()}{one.english[1:]}." for one in row.more)
    en = f"{row.title.english} ({row.by.english}): {_limit_en(row)}.{more} Legal basis: {row.source}{firm_en}."
    return Title(zh, en)


def _limit(row: TermRow) -> str:
    starts = "或者".join(one.zh.removeprefix(row.by.zh) for one in row.starts)
    begins = f"自{starts}之日起" if starts and not row.back else f"从{starts}" if starts else ""
    if row.term == PROMPTLY:
        return f"{begins}应当及时，没有写明天数"
    if row.term.zh == "当日" and begins.endswith("之日起"):
        return f"在{starts}的当日"
    simple = _WITHIN.fullmatch(row.term.zh)
    if row.back:
        return f"{begins}，提前{row.term.zh}"
    if simple and begins:
        return f"{begins}{simple[1]}内{simple[2] or ''}"
    return f"{begins}，{row.term.zh}" if begins else row.term.zh


def _limit_en(row: TermRow) -> str:
    begins = " or ".join(f"“{one.english}”" for one in row.starts)
    if row.term == PROMPTLY:
        return f"promptly after {begins}, no number of days is given" if begins else "promptly"
    if row.back:
        return f"{row.term.english}, counted {' or '.join(one.english for one in row.starts)}"
    term, _comma, further = row.term.english.partition(", ")
    return f"{term} from {begins}{', ' if further else ''}{further}" if begins else row.term.english


def _standing(row: TermRow) -> tuple[str, str]:
    """How firmly a term stands, where it does not stand in the article as it is."""
    zh, en = (one.removeprefix(whole) for one, whole in ((row.status.zh, "已核条文"), (row.status.en, "verified")))
    if row.status.zh.startswith("已核条文"):
        return zh, en
    return f"（{zh}）", f" ({en})"


def _further(told: str) -> str:
    """A pause says from what to what time does not count; what lengthens or is deemed speaks for itself."""
    return f"{told}。" if told.startswith(("延长：", "期满视为")) else f"{told}的时间不算在内。"
