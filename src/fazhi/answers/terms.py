"""The term of the rulebook that a passage of our own rules describes, how it is lengthened, and what follows it."""

from __future__ import annotations

from collections.abc import Iterator

from fazhi.law import ClockRule, Procedure, Title
from fazhi.library.values import Head
from fazhi.rulebook.guide import BY, titles_of
from fazhi.rulebook.load import Rulebook

OF_THE_PERSON = frozenset({"applicant", "option"})
"""Whose turn a term is where it is for who asks, and no duty of an office."""


def page_of(head: Head, book: Rulebook) -> Procedure | None:
    """The page whose terms a document of our own rules describes, where the rulebook still has it."""
    parts = head.link.strip("/").split("/")
    if head.kind != "rulebook" or len(parts) != 3:
        return None
    return next((page for page in book.procedures.get(parts[1], ()) if page.in_force.isoformat() == parts[2]), None)


def keyed(page: Procedure) -> Iterator[tuple[str, ClockRule]]:
    """The terms of a page with the keys of the passages that describe them."""
    return ((f"s{number}", rule) for number, rule in enumerate(page.clocks.values(), 1))


def term_of(head: Head, key: str, book: Rulebook) -> ClockRule | None:
    page = page_of(head, book)
    return dict(keyed(page)).get(key) if page is not None else None


def after_term(page: Procedure, rule: ClockRule) -> Title | None:
    """What the page knows of the time after a term: what is then deemed done, what term begins, what may be done."""
    told: list[Title] = []
    if rule.deems:
        deemed = titles_of(page, [rule.deems])[0]
        told.append(Title(f"期满视为{deemed.zh}", f"it is then deemed “{deemed.english}”"))
        told += [_begins(one) for one in page.clocks.values() if rule.deems in one.starts and one.term]
    if rule.opens:
        acts = titles_of(page, rule.opens)
        zh, en = "、".join(one.zh for one in acts), ", ".join(one.english for one in acts)
        told.append(Title(f"期满以后才可以{zh}", f"only then may follow: {en}"))
    if not told:
        return None
    zh, en = "；".join(one.zh for one in told), "; ".join(one.english for one in told)
    return Title(f"{rule.title.zh}：{zh}。", f"{rule.title.english}: {en}.")


def _begins(rule: ClockRule) -> Title:
    who = BY.get(rule.by, BY[""])
    zh, en = (rule.term.zh, rule.term.en) if rule.term else ("", "")
    return Title(
        f"从那天起，{who.zh}有{zh}：{rule.title.zh}", f"from then on {who.english} has {en}: {rule.title.english}"
    )
