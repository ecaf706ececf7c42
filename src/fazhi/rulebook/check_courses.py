"""Rules for public courses: steps and texts of facts that the page has, comments by a page that says of which draft."""

from __future__ import annotations

from collections.abc import Iterable

from fazhi.law import Finding
from fazhi.rulebook.check_pages import Checked

DRAFT, CLAUSE, ADOPTION = "draft", "clause", "adoption"


def lost_steps(it: Checked) -> Iterable[Finding]:
    """A course that names facts which its page does not have, or which publish nothing though a text is looked for."""
    course = it.procedure.course
    if course is None:
        return
    named = [("steps", fact) for step in course.steps for fact in step.facts]
    named += [("until", fact) for fact in course.until]
    named += [(word, fact) for word in ("draft", "final") if (fact := getattr(course, word))]
    for word, fact in named:
        kind = it.procedure.facts.get(fact)
        if kind is None:
            zh = f"course 的 {word} 写了 {fact}，本页没有这个事实"
            yield it.fault("unknown-fact", ("course", word), zh, f"course.{word}: there is no fact {fact}")
        elif word in ("draft", "final") and not kind.publishes:
            zh = f"course 的 {word} 写了 {fact}，这个事实没有 publishes，不会有公开的文本"
            yield it.fault("unpublished", ("course", word), zh, f"course.{word}: {fact} publishes nothing")
    draft = it.procedure.facts.get(course.draft)
    field = draft.fields.get(course.last_day) if draft else None
    if course.last_day and (field is None or field.kind != "day"):
        zh = f"course 的 last_day 写了 {course.last_day}，{course.draft or '草案'}没有这样一个日期字段"
        yield it.fault("unknown-field", ("course", "last_day"), zh, f"course.last_day: no such day, {course.last_day}")
