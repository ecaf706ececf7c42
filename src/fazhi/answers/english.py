"""A question in English: the library is Chinese, so it is looked for by the kind of business that it speaks of."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from fazhi.answers.ask import answer, read_question
from fazhi.answers.values import Answer
from fazhi.law import Procedure
from fazhi.library.index import Passages
from fazhi.library.shelf import Shelf
from fazhi.rulebook.load import Rulebook
from fazhi.rulebook.sought import spoken_of

_CHINESE = re.compile(r"[㐀-鿿]")
_MORE = re.compile(r"\bexten(?:d|ded|sion)|\blonger\b|\bmore time\b|prolong", re.I)
_AFTER = re.compile(
    r"\bmiss(?:ed|es)?\b|too late|expire|run(?:s|ning)? out|overdue"
    r"|(?:after|past|beyond) (?:the|that|this|its) (?:deadline|time|term|limit|period|days?)",
    re.I,
)
_LETTERS = re.compile(r"[A-Za-z]{2}")
_TERM = re.compile(r"how (?:many|long|soon|much time)|when|deadline|time limit|within|until|days?\b|months?\b", re.I)
_RESULT = re.compile(r"result|decision (?:take|come)|decided|answer|reply|take\b|takes\b|finish|process", re.I)
_COSTS = re.compile(r"cost|fees?\b|(?:have|need) to pay|charge", re.I)
_PAPERS = re.compile(r"bring|papers|documents do|documents needed|materials", re.I)
MOST = 3


def in_english(question: str) -> bool:
    """Whether a question has words of Latin letters and no Chinese sign."""
    return _CHINESE.search(question) is None and _LETTERS.search(question) is not None


def answer_english(
    raw: str, day: date, shelf: Shelf, passages: Passages | None, book: Rulebook, earlier: Sequence[str] = ()
) -> Answer:
    """The answer that the question has in Chinese; without one a refusal with the guides to what it speaks of. One
    that names no kind of business goes on from the last of the `earlier` ones that names one."""
    question, cut = read_question(raw)
    pages, before = kinds_asked(question, book, day), ""
    for one in () if pages else reversed(earlier):
        if found := kinds_asked(one, book, day):
            pages, before = found if in_chinese(question, found[0], one) else [], one
            break
    chinese = in_chinese(question, pages[0], before) if pages else ""
    told = answer(chinese, day, shelf, passages, book=book) if chinese else None
    if told is not None and told.quotes:
        return replace(told, question=question, cut=cut, missing=())
    links = [f"/guides/{page.name}/{page.in_force}/" for page in pages]
    heads = {head.link: head for head in shelf.guides if head.link in links}
    guides = tuple(heads[link] for link in links if link in heads)
    return Answer(question, day, refused="no_support", asked=question, cut=cut, guides=guides)


def kinds_asked(question: str, book: Rulebook, day: date) -> list[Procedure]:
    """The kinds of business on a day that an English question speaks of, those that citizens bring first."""
    pages = {
        name: page
        for name, versions in book.procedures.items()
        if (page := next((one for one in reversed(versions) if one.in_force <= day), None)) is not None
    }
    return [pages[name] for name in spoken_of(question, _brought(pages))][:MOST]


def _brought(pages: Mapping[str, Procedure]) -> Mapping[str, Procedure]:
    return {name: page for name, page in pages.items() if page.intake.brought and page.source is not None}


def in_chinese(question: str, page: Procedure, before: str = "") -> str:
    """What an English question about a kind of business asks, in the words in which the library is searched; `before`
    is the question that it goes on from."""
    if _AFTER.search(question):
        return f"{(before and in_chinese(before, page)) or _to_apply(page)} 过了这个期限怎么办？"
    if _MORE.search(question):
        return f"{page.title.zh}期限可以延长多少天？"
    if _COSTS.search(question):
        return f"{page.title.zh}收费吗？"
    if _PAPERS.search(question):
        return f"{page.title.zh}带什么材料？"
    if not _TERM.search(question):
        return ""
    return f"{page.title.zh}多久出结果？" if _RESULT.search(question) else _to_apply(page)


def _to_apply(page: Procedure) -> str:
    return f"申请{page.title.zh}要在多少天内提出？"
