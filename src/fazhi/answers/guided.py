"""What our own guides and local rules say where support is thin: the guide a question names, the term it asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from fazhi.answers.everyday import expected, legal_words
from fazhi.answers.rank import Ranked, rank
from fazhi.library.citations import cite, read_places
from fazhi.library.index import Passages
from fazhi.library.names import plain_name
from fazhi.library.shelf import Shelf
from fazhi.library.values import Head
from fazhi.library.words import words

OWN = ("rulebook", "guide", "normative")
"""Kinds of documents that this house writes; statutes are answered by their support alone."""
MOST = 3
NEAR = 0.35
"""How much less a further passage may fit than the best."""
LEAST = 0.3
DEEP = 200
"""Passages looked through for an article that is cited in them."""
_TERM = re.compile(r"多久|几[天日]|多少[天日]|多长时间|期限|时限|时效|什么时候|哪一?天|起算|几个月")
_HOUR = re.compile(r"几点|几时")
_AT_AN_HOUR = re.compile(r"[0-9零一二三四五六七八九十]+(?:时|点)(?!间)")
_BY_OFFICE = re.compile(r"：(?:机关|其他机关|被申请人|监督机关|系统管理员|安全管理员)|（只供统计）")
_ASKS_OF_OFFICE = re.compile(r"出结果|办完|办结|办好|作出|答复|回复|下来|受理|审查|告知|公开|通知")
_ANSWERED = re.compile(r"答复|回复|出结果|下来")
_PROMPTLY = re.compile(r"应当及时，没有写明天数")
_SUBJECT = re.compile(r"办理期限$|(?:申请|办理|办事)?指南$|(?:管理)?(?:暂行)?(?:办法|规定|细则|规程)$")
_PLACE = re.compile(r"^.{2,6}?(?:省|市|区|县)")
SHARED = 4
"""Signs at the head of a local rule's subject that a question must have."""


def guided(question: str, day: date, shelf: Shelf, passages: Passages) -> list[Ranked]:
    """Passages of our own documents that a question names by subject, the best first; none where it names none."""
    spoken = _spoken(question)
    found = rank(question, day, shelf, passages, DEEP, lambda head: _may_fit(head, question) and _named(head, spoken))
    longest = max((len(_subject(one.head)) for one in found if one.head.kind == "rulebook"), default=0)
    fits = [
        (_fit(one, question, spoken), one)
        for one in found
        if one.head.kind != "rulebook" or len(_subject(one.head)) == longest
    ]
    ordered = sorted(((fit, one) for fit, one in fits if fit >= LEAST), key=lambda pair: (-pair[0], -pair[1].support))
    return [one for fit, one in ordered if fit >= ordered[0][0] - NEAR][:MOST]


def under_article(question: str, day: date, shelf: Shelf, passages: Passages) -> list[Ranked]:
    """Passages of our own rules that rest on the article which a question cites."""
    places = {place.article for at in _articles(question) for place in read_places(question, at, len(question))[0]}
    found = rank(question, day, shelf, passages, DEEP, lambda head: head.kind == "rulebook")
    return [one for one in found if _rests(one, question, places - {0})][:MOST]


def subject_heads(question: str, day: date, shelf: Shelf) -> list[Head]:
    """The guides in force on a day whose subject a question speaks of, the longest name first."""
    spoken = _spoken(question)
    heads = [one for one in shelf.guides if _named(one, spoken)]
    holding = [one for one in heads if one.standing(day) == "in_force"]
    return sorted(holding, key=lambda one: (-len(_subject(one)), one.title))[:MOST]


def asks_term(question: str) -> bool:
    """Whether a question asks how long, until when or from when."""
    return _TERM.search(question) is not None


def _spoken(question: str) -> str:
    """A question with the law's words for what it says; who waits for an answer asks when the matter ends."""
    ends = "办结" if _ANSWERED.search(question) else ""
    return " ".join([question, *legal_words(question).values(), ends])


def _articles(question: str) -> Iterator[int]:
    return (found.start() for found in re.finditer("第", question))


def _rests(one: Ranked, question: str, articles: set[int]) -> bool:
    """Whether a passage cites one of the articles of a document that the question names."""
    return any(
        place.article in articles
        for citation in cite(one.piece.text)
        if len(name := plain_name(citation.title)) > 1 and name in question
        for place in citation.places
    )


def _subject(head: Head) -> str:
    """What a document is about, by its title without place and sort."""
    return _SUBJECT.sub("", _PLACE.sub("", plain_name(head.title)))


def _named(head: Head, spoken: str) -> bool:
    subject = _subject(head)
    if head.kind not in OWN or len(subject) < 2:
        return False
    return subject in spoken or (head.kind == "normative" and len(subject) >= SHARED and subject[:SHARED] in spoken)


def _may_fit(head: Head, question: str) -> bool:
    """Whether any passage of a document can fit: a local rule answers an hour alone, the rulebook a term alone."""
    if head.kind == "normative":
        return _HOUR.search(question) is not None
    return head.kind != "rulebook" or asks_term(question)


def _fit(one: Ranked, question: str, spoken: str) -> float:
    """How well a passage fits: the share of its heading that the question speaks of; a term needs a term asked for."""
    kind = one.head.kind
    if kind == "normative":
        return 1.0 if _HOUR.search(question) and _AT_AN_HOUR.search(one.piece.text) else 0.0
    if kind == "rulebook":
        if _PROMPTLY.search(one.piece.text):
            return 0.0
        of_applicant = _BY_OFFICE.search(one.piece.text) is None
        if not asks_term(question) or of_applicant == (_ASKS_OF_OFFICE.search(question) is not None):
            return 0.0
    elif asks_term(question) and not all(told.search(one.piece.text) for told in expected(question)):
        return 0.0
    return _share(words(" ".join(one.piece.headings)), spoken)


def _share(heading: Sequence[str], spoken: str) -> float:
    return sum(word in spoken for word in heading) / len(heading) if heading else 0.0
