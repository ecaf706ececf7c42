"""What the office owes a citizen and by when, in sentences."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from fazhi.law import Title
from fazhi.tracking.plain import WHETHER
from fazhi.web.faces.intake import term_of
from fazhi.web.faces.words import day_words, in_english, said

ANSWERS = ("handle", "answer", "handle_forwarded")
DECIDES = ("decide", "decide_simplified", "decide_joint", "award", "decide_objection", "decide_renewal")
RECHECK = "ask_recheck"
AFTER = (*ANSWERS, *DECIDES)


def promise_words(rule: str, title: Title, due: date | None, *, late: bool = False) -> str:
    """`最迟12月7日告诉您是否受理`; the term's own title where no sentence fits, nothing for a day that is past."""
    if due is None or late:
        return ""
    day = day_words(due)
    sentences = {
        **dict.fromkeys(WHETHER, _("最迟%(day)s告诉您是否受理。")),
        **dict.fromkeys(ANSWERS, _("最迟%(day)s给您答复。")),
        **dict.fromkeys(DECIDES, _("最迟%(day)s作出决定并告诉您。")),
        "forward": _("最迟%(day)s转给有权处理的单位。"),
        "mediate": _("最迟%(day)s调解完毕。"),
        "recheck": _("最迟%(day)s答复您的复查请求。"),
        "review": _("最迟%(day)s答复您的复核请求。"),
    }
    return sentences.get(rule, _("最迟%(day)s完成：%(what)s。")) % {"day": day, "what": said(title)}


def remedy(procedure: str, day: date) -> str:
    """What whoever does not agree with an answer may ask for, and within how long, as long as no day runs for it."""
    term = term_of(procedure, (RECHECK,), day)
    if term is None:
        return ""
    return _("不同意答复的，可以自收到书面答复之日起%(term)s内，向原办理单位的上一级机关请求复查。") % {
        "term": str(term) if in_english() else term.zh
    }


def term_words(rule: str, title: Title) -> str:
    """What the office owes within a term, said to the one whose matter it is; the rulebook says it to the office."""
    owed = {
        **dict.fromkeys(WHETHER, _("告诉您是否受理")),
        **dict.fromkeys(ANSWERS, _("给您答复")),
        **dict.fromkeys(DECIDES, _("作出决定并告诉您")),
    }
    return owed.get(rule) or said(title)


def afterwards(procedure: str, rule: str, day: date) -> str:
    """How long the answer takes once the matter is taken on, for whoever only waits for that yet."""
    if rule not in WHETHER:
        return ""
    term = term_of(procedure, AFTER, day)
    if term is None:
        return ""
    return _("受理以后，%(term)s内给您答复；依法延长的，会另行告诉您。") % {
        "term": str(term) if in_english() else term.zh
    }
