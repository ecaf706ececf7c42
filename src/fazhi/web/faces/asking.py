"""Asking the library, for both faces: the question read, answered, kept, and made ready to show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from fazhi.answers.ask import MOST_QUESTION, answer
from fazhi.answers.english import answer_english, in_english
from fazhi.answers.examples import examples
from fazhi.answers.keep import keep
from fazhi.answers.terms import keyed, page_of
from fazhi.answers.told import refusal_words, version_words
from fazhi.answers.values import Answer, Quote
from fazhi.law import Procedure
from fazhi.ledger import rulebook
from fazhi.library import look
from fazhi.library.index import opened, stamp_at
from fazhi.library.place import index_folder
from fazhi.library.resolve import Resolved
from fazhi.library.values import Head
from fazhi.rulebook.guide import TermRow, guide_of
from fazhi.rulebook.sentence import sentence
from fazhi.web.faces import words
from fazhi.web.faces.dates import read_day
from fazhi.web.faces.guides import found
from fazhi.web.faces.intake import calendar
from fazhi.web.faces.shelves import document_link
from fazhi.web.faces.values import Field
from fazhi.web.faces.words import day_words, said, today

EARLIER = 3
"""Questions before this one that are kept in the form, nowhere else."""


@dataclass(frozen=True, slots=True)
class Asking:
    """What the form said."""

    question: str
    day: date
    typed_day: str
    earlier: tuple[str, ...]
    wrong_day: str = ""


def read_form(request: HttpRequest) -> Asking:
    """The question, its day and the questions before it; a day that is none is told."""
    typed_day = request.POST.get("on", "").strip()
    earlier = tuple(one[:MOST_QUESTION] for one in request.POST.getlist("before") if one.strip())[-EARLIER:]
    day, wrong = today(), ""
    if typed_day:
        try:
            day = read_day(typed_day, today(), calendar())
        except ValueError as error:
            wrong = str(error)
    if request.POST.get("fresh"):
        earlier = ()
    return Asking(request.POST.get("question", ""), day, typed_day, earlier, wrong)


def ask(asking: Asking, face: str, using: str) -> Answer:
    """The answer, kept with what it rests on."""
    shelf, passages = look.kept(using), opened(index_folder())
    if in_english(asking.question):
        told = answer_english(asking.question, asking.day, shelf, passages, rulebook(), asking.earlier)
    else:
        told = answer(asking.question, asking.day, shelf, passages, asking.earlier, rulebook())
    keep(told, face)
    return told


def form_values(asking: Asking | None, using: str, question: str = "") -> dict[str, Any]:
    """One big field, the day for whoever asks about another one, and questions that can be asked as they stand."""
    stands = look.kept(using)
    stamp = (using, stands.stamp, stamp_at(index_folder()))
    english = rulebook() if words.in_english() else None
    return {
        "fields": form_fields(asking, question),
        "on": bool(asking and asking.typed_day),
        "examples": examples(today(), stands, opened(index_folder()), stamp, english),
        "examples_lang": "en" if english else "zh-Hans",
    }


def form_fields(asking: Asking | None, question: str = "") -> list[Field]:
    """The question and its day."""
    day = asking.typed_day if asking else ""
    return [
        Field(
            "question",
            _("您想问什么？"),
            "long",
            question,
            _("用一句话问，也可以直接写法规名和第几条。"),
            required=True,
            extra={"rows": "3"},
        ),
        Field("on", _("按哪一天的规定"), "day", day, _("不填就是今天"), error=asking.wrong_day if asking else ""),
    ]


def values_of(asking: Asking | None, told: Answer | None, using: str) -> dict[str, Any]:
    """Everything the page shows of a question and its answer."""
    if asking is None or told is None:
        typed = asking.question[:MOST_QUESTION] if asking else ""
        return {**form_values(asking, using, typed), "before": asking.earlier if asking else (), "answer": None}
    english = in_english(told.question)
    before = tuple(dict.fromkeys((*asking.earlier, told.question)))[-EARLIER:]
    return {
        **form_values(asking, using),
        "before": before if told.refused in ("", "no_support") else asking.earlier,
        "earlier": [one for one in asking.earlier if one != told.question],
        "answer": {
            "question": told.question,
            "context": told.asked if told.asked != told.question and not english else "",
            "translated": told.asked if english and told.quotes else "",
            "english": english,
            "day": told.day,
            "cut": MOST_QUESTION if told.cut else 0,
            "refusal": refusal_words(told) if told.refused else "",
            "near": [(one.title, document_link(one, day=told.day)) for one in told.near],
            "guides": [_guide(one, told.day) for one in told.guides],
            "quotes": [quote_values(one, told.day) for one in told.quotes],
            "after": None if told.after is None else [said(one) for one in told.after],
            "missing": told.missing,
            "unresolved": [_unresolved(one) for one in told.unresolved],
            "note": case_text(told),
            "offers": told.refused != "empty",
        },
    }


def quote_values(one: Quote, day: date) -> dict[str, Any]:
    """One passage with its source, and what it is: words of the law, of a guide, or our description of a term."""
    page, row = own_term(one)
    title, label, text = one.head.title, one.piece.label or "、".join(one.piece.headings), one.text
    if page is not None and row is not None:
        text = said(sentence(row))
        if words.in_english():
            title, label = _("%(business)s：办理期限") % {"business": said(page.title)}, said(row.title)
    return {
        "title": title,
        "label": label,
        "lang": "en" if row is not None and words.in_english() else "zh-Hans",
        "headings": "" if row is not None else " › ".join(one.piece.headings),
        "nature": nature(one),
        "version": "" if row is not None else version_words(one.head, day),
        "text": text,
        "whole": one.whole,
        "href": one.link(day),
        "assumed": one.head.assumed,
        "guide": one.head.link if one.head.kind == "rulebook" else "",
        "reply": one.head.kind == "reply",
    }


def nature(one: Quote) -> str:
    """What a passage is, said with it."""
    if one.head.kind == "rulebook":
        return _("这是期限说明，不是条文原文。")
    told = {
        "guide": _("办事指南原文，没有改写。"),
        "reply": _("公开答复原文，没有改写。"),
        "normative": _("文件原文，没有改写。"),
    }
    return told.get(one.head.kind, _("条文原文，没有改写。"))


def own_term(one: Quote) -> tuple[Procedure | None, TermRow | None]:
    """The page and the term that a passage of our own rules describes, where the rulebook still has them."""
    page = page_of(one.head, rulebook())
    if page is None:
        return None, None
    rows = zip(keyed(page), guide_of(page).terms, strict=True)
    return page, next((row for (key, _rule), row in rows if key == one.piece.key), None)


def _guide(head: Head, day: date) -> tuple[str, str, str]:
    """A guide by its title in the reader's language, with its address and the language of the title."""
    page = found(head.link.strip("/").split("/")[1]) if head.link.startswith("/guides/") else None
    if page is not None and page.title.en and words.in_english():
        return page.title.en, head.link, "en"
    return head.title, head.link or document_link(head, day=day), "zh-Hans"


def _unresolved(one: Resolved) -> dict[str, str]:
    return {"cited": one.citation.text, "why": one.why}


def case_text(told: Answer) -> str:
    """What a clerk is told: the question and what was quoted; the person may change it before it is sent."""
    lines = [_("想问：%(question)s") % {"question": told.question}]
    if told.quotes:
        sources = "；".join(f"《{one.head.title}》{one.piece.label}" for one in told.quotes)
        lines.append(_("系统引用了：%(sources)s") % {"sources": sources})
    else:
        lines.append(_("系统没有找到能回答的原文。"))
    lines.append(_("按%(day)s的规定。") % {"day": day_words(told.day)})
    return "\n".join(lines)


def changed_values(rows: Sequence[Any]) -> list[dict[str, Any]]:
    """Answers that rest on a changed document, as the office lists them."""
    words = {"withdrawn": _("文本已换下或撤下"), "replaced": _("已有新文本"), "repealed": _("已经废止")}
    return [
        {
            "at": row.at,
            "question": row.question,
            "source": f"《{row.title}》{row.label}",
            "version": row.version,
            "change": words[row.change],
            "why": row.head.why if row.head else "",
            "href": document_link(row.head, row.key) if row.head else "",
        }
        for row in rows
    ]
