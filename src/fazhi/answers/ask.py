"""A question answered: read, looked for with what went before, ranked, quoted word for word, or refused."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date

import rjieba

from fazhi.answers.everyday import legal_words
from fazhi.answers.guided import asks_after, asks_term, extensions, guided, subject_heads, under_article
from fazhi.answers.rank import Ranked, rank
from fazhi.answers.terms import after_term, page_of, term_of
from fazhi.answers.values import Answer, Quote, Refusal
from fazhi.law import Title
from fazhi.library.index import Passages
from fazhi.library.resolve import FOUND, Resolved, resolve
from fazhi.library.shelf import Shelf
from fazhi.library.words import STOP, asked, plain
from fazhi.rulebook.load import Rulebook, load

THRESHOLD = 8.6
"""Support below which nothing is quoted; found where the documentation tells."""
MARGIN = 1.6
"""How much less support than the best a further passage may have."""
FAR = 5.5
"""Support below which a passage is not even near to what was asked."""
MOST_QUOTES = 4
MOST_QUESTION = 1_000
MOST_QUOTED = 420
_FOLLOWS = re.compile(
    r"^(?:那|那么|还有|另外|如果|要是|它|他|她|这|其中|然后|再|呢|所以|超过|不满意|过了|逾期|错过|误了|过期|期满|到期|能延|可以延|能不能延)|呢[？?。]?$"
)
_TAG = re.compile(r"<[^<>]{0,300}>")
_CITED = re.compile(r"第\s*[0-9０-９零一二三四五六七八九十百千]+\s*条")


def read_question(raw: str) -> tuple[str, bool]:
    """A question as plain text without marks of pages and signs that nobody sees; whether it was cut."""
    text = "".join(" " if unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co") else sign for sign in raw[:200_000])
    text = " ".join(_TAG.sub(" ", text).split())
    return text[:MOST_QUESTION], len(text) > MOST_QUESTION


def answer(
    raw: str,
    day: date,
    shelf: Shelf,
    passages: Passages | None,
    earlier: Sequence[str] = (),
    book: Rulebook | None = None,
) -> Answer:
    """The answer to a question on a day; `earlier` are the questions before it, the last one last; `book` is the
    rulebook whose terms the library describes, the national one unless it is given."""
    book = load() if book is None else book
    question, cut = read_question(raw)
    if not question:
        return Answer(question, day, refused="empty")
    cited = _cited(question, shelf, day)
    quotes = tuple(_whole(one, shelf) for one in cited if one.status == "found" and one.head is not None)
    unresolved = tuple(one for one in cited if one.status not in FOUND)
    if quotes or (unresolved and _CITED.search(question)):
        if not quotes and passages is not None:
            quotes = tuple(_quote(one, question) for one in under_article(question, day, shelf, passages))
        refused: Refusal = "" if quotes else "no_support"
        guides = () if quotes else tuple(subject_heads(question, day, shelf))
        return Answer(question, day, quotes[:MOST_QUOTES], (), unresolved, refused, 0.0, question, cut, (), guides)
    looked = in_context(question, earlier if _of_here(question, passages) else ())
    if not any(asked(looked)):
        return Answer(question, day, refused="no_words", cut=cut, asked=looked)
    if passages is None or passages.size == 0:
        return Answer(question, day, refused="no_library", cut=cut, asked=looked)
    ranked = rank(looked, day, shelf, passages)
    best = ranked[0].support if ranked else 0.0
    chosen = [one for one in ranked if one.support >= max(THRESHOLD, best - MARGIN)][:MOST_QUOTES]
    by_guide = extensions(looked, day, shelf, book)
    if not by_guide and (not chosen or chosen[0].head.kind == "rulebook"):
        by_guide = guided(looked, day, shelf, passages, book)
    if not (chosen or by_guide):
        near = tuple({one.head.title: one.head for one in ranked[:3] if one.support >= FAR}.values())
        guides = tuple(subject_heads(looked, day, shelf))
        return Answer(question, day, (), (), unresolved, "no_support", best, looked, cut, near, guides)
    quotes = tuple(_quote(one, looked) for one in by_guide or chosen)
    missing = () if by_guide else _missing(looked, quotes)
    after = _after(quotes, book) if asks_after(question) else None
    return Answer(question, day, quotes, missing, unresolved, "", best, looked, cut, after=after)


def _after(quotes: Sequence[Quote], book: Rulebook) -> tuple[Title, ...] | None:
    """What follows the terms that are quoted, as far as the rulebook knows; None where others are quoted beside."""
    rules = [(page_of(one.head, book), term_of(one.head, one.piece.key, book)) for one in quotes]
    if not all(page and rule for page, rule in rules):
        return None
    return tuple(told for page, rule in rules if page and rule and (told := after_term(page, rule)))


def _of_here(question: str, passages: Passages | None) -> bool:
    """Whether a question can go on from the one before: none of 明天会下雨吗 is a word of the library."""
    if passages is None or asks_term(question) or _FOLLOWS.search(question):
        return True
    return any(passages.has(word) for word in asked(question)[0])


def in_context(question: str, earlier: Sequence[str]) -> str:
    """A question that leans on the one before, together with it; any other as it is."""
    leans = _FOLLOWS.search(question) is not None or len(asked(question)[0]) < 3
    if not earlier or not leans:
        return question
    return f"{in_context(read_question(earlier[-1])[0], earlier[:-1])} {question}"


def _cited(question: str, shelf: Shelf, day: date) -> tuple[Resolved, ...]:
    return resolve(question, shelf, day) if _CITED.search(question) or "《" in question else ()


def _whole(one: Resolved, shelf: Shelf) -> Quote:
    """The place that a question names itself."""
    piece = shelf.piece(one.head, one.key) if one.head is not None else None
    if one.head is None or piece is None:
        raise LookupError(f"{one.label}不在文库里")
    return Quote(one.head, piece, one.text, whole=one.text == piece.text, support=0.0)


def _quote(one: Ranked, question: str) -> Quote:
    """A short article whole; of a long one the paragraphs that speak of the question."""
    text = one.piece.text
    if len(text) <= MOST_QUOTED:
        return Quote(one.head, one.piece, text, whole=True, support=one.support)
    words = {*asked(question)[0], *asked(" ".join(legal_words(question).values()))[0]}
    paragraphs = [paragraph.whole for paragraph in one.piece.paragraphs()]
    order = sorted(range(len(paragraphs)), key=lambda at: -sum(word in paragraphs[at] for word in words))
    kept: list[int] = []
    length = 0
    for at in order:
        if not kept or length + len(paragraphs[at]) <= MOST_QUOTED:
            kept.append(at)
            length += len(paragraphs[at])
    quoted = "\n".join(paragraphs[at] for at in sorted(kept))
    return Quote(one.head, one.piece, quoted, whole=len(kept) == len(paragraphs), support=one.support)


def _missing(question: str, quotes: Sequence[Quote]) -> tuple[str, ...]:
    """Words of the question that stand in no quoted passage, nor the law's words for them."""
    told = plain(" ".join(f"{one.head.title} {' '.join(one.piece.headings)} {one.piece.text}" for one in quotes))
    meant = legal_words(question)
    known = {said for said, law in meant.items() if any(word in told for word in law.split())}
    words = [word for word in rjieba.cut(plain(question)) if len(word) > 1 and word not in STOP and word.isalnum()]
    absent = [word for word in words if word not in told and not any(word in said or said in word for said in known)]
    return tuple(dict.fromkeys(absent))[:6]
