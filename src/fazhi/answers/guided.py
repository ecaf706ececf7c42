"""What our own guides and local rules say where support is thin: the guide a question names, the term it asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from fazhi.answers.everyday import expected, legal_words
from fazhi.answers.rank import Ranked, rank
from fazhi.answers.terms import OF_THE_PERSON, keyed, page_of, term_of
from fazhi.library.citations import cite, read_places
from fazhi.library.index import Passages
from fazhi.library.names import plain_name
from fazhi.library.shelf import Shelf
from fazhi.library.values import Head
from fazhi.library.words import words
from fazhi.rulebook.guide import PROMPTLY, term_words
from fazhi.rulebook.load import Rulebook

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
_ASKS_OF_OFFICE = re.compile(r"出结果|办完|办结|办好|作出|答复|回复|下来|受理|审查|告知|公开|通知")
_ANSWERED = re.compile(r"答复|回复|出结果|下来")
_EXTENDS = re.compile(r"延长|延期|延多久|宽限")
_TO_APPLY = re.compile(r"(?:申请|起诉|提出|请求)(?:的)?(?:期限|时限|时间)|提出")
_AFTER = re.compile(
    r"(?:过了|超过|逾期|错过|误了|过期|期满|届满|到期).{0,10}(?:怎么办|怎样|会怎|怎么样|如何|后果|还能|还可以|算什么)"
)
_SUBJECT = re.compile(r"办理期限$|(?:申请|办理|办事)?指南$|(?:管理)?(?:暂行)?(?:办法|规定|细则|规程)$")
_PLACE = re.compile(r"^.{2,6}?(?:省|市|区|县)")
SHARED = 4
"""Signs at the head of a local rule's subject that a question must have."""


def guided(question: str, day: date, shelf: Shelf, passages: Passages, book: Rulebook) -> list[Ranked]:
    """Passages of our own documents that a question names by subject, the best first; none where it names none."""
    spoken = _spoken(question)
    found = rank(question, day, shelf, passages, DEEP, lambda head: _may_fit(head, question) and _named(head, spoken))
    longest = max((len(_subject(one.head)) for one in found if one.head.kind == "rulebook"), default=0)
    fits = [
        (_fit(one, question, spoken, book), one)
        for one in found
        if one.head.kind != "rulebook" or len(_subject(one.head)) == longest
    ]
    ordered = sorted(((fit, one) for fit, one in fits if fit >= LEAST), key=lambda pair: (-pair[0], -pair[1].support))
    return [one for fit, one in ordered if fit >= ordered[0][0] - NEAR][:MOST]


def extensions(question: str, day: date, shelf: Shelf, book: Rulebook) -> list[Ranked]:
    """The terms that may be lengthened, of the business that a question about lengthening names; the most apt first."""
    spoken, to_apply = _spoken(question), _TO_APPLY.search(question) is not None
    heads = (
        [one for one in subject_heads(question, day, shelf) if one.kind == "rulebook"] if asks_more(question) else []
    )
    found: list[tuple[float, Ranked]] = []
    for head in heads[:1]:
        page = page_of(head, book)
        for key, rule in keyed(page) if page is not None else ():
            piece = shelf.piece(head, key)
            if rule.extension and piece and (rule.by in OF_THE_PERSON) == to_apply:
                found.append((_share(words(rule.title.zh), spoken), Ranked(head, piece, 0.0)))
    return [one for _, one in sorted(found, key=lambda pair: -pair[0])][:MOST]


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


def asks_more(question: str) -> bool:
    """Whether a question asks if or by how much a term is lengthened."""
    return _EXTENDS.search(question) is not None


def asks_after(question: str) -> bool:
    """Whether a question asks what comes when a term is over."""
    return _AFTER.search(question) is not None


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


def _fit(one: Ranked, question: str, spoken: str, book: Rulebook) -> float:
    """How well a passage fits: the share of its heading that the question speaks of; a term needs a term asked for."""
    kind = one.head.kind
    if kind == "normative":
        return 1.0 if _HOUR.search(question) and _AT_AN_HOUR.search(one.piece.text) else 0.0
    if kind == "rulebook":
        rule = term_of(one.head, one.piece.key, book)
        if rule is None or rule.by == "figures" or term_words(rule) == PROMPTLY or not asks_term(question):
            return 0.0
        if (rule.by in OF_THE_PERSON) == (_ASKS_OF_OFFICE.search(question) is not None):
            return 0.0
    elif asks_term(question) and not all(told.search(one.piece.text) for told in expected(question)):
        return 0.0
    return _share(words(" ".join(one.piece.headings)), spoken)


def _share(heading: Sequence[str], spoken: str) -> float:
    return sum(word in spoken for word in heading) / len(heading) if heading else 0.0
