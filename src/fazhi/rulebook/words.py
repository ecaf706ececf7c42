"""The words of a page: what may stand behind each of them, and how it is understood."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, cast, get_args

from fazhi.law import (
    Consult,
    FieldKind,
    Intake,
    PublicCourse,
    PublicStep,
    Register,
    Retention,
    Source,
    Term,
    Title,
    Total,
    Transition,
)
from fazhi.law.procedure import Consulted, FieldType
from fazhi.law.source import UNTITLED, Status

Read = Callable[[Any], Any]
STATUSES: tuple[str, ...] = get_args(Status)
FIELD_TYPES: tuple[str, ...] = get_args(FieldType)
CONSULTED: tuple[str, ...] = get_args(Consulted)


class WordFault(ValueError):
    """A word says something it cannot say; the message is Chinese, `en` the same in English."""

    def __init__(self, message: str, en: str) -> None:
        super().__init__(message)
        self.en = en


def text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise WordFault(f"应为非空文字，现为 {value!r}", f"should be text, is {value!r}")
    return value


def flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise WordFault(f"应为 true 或 false，现为 {value!r}", f"should be true or false, is {value!r}")
    return value


def names(value: Any) -> tuple[str, ...]:
    """One name, or a list of names."""
    found = (value,) if isinstance(value, str) else value
    if not isinstance(found, list | tuple) or not all(isinstance(name, str) for name in found):
        raise WordFault(f"应为名称或名称列表，现为 {value!r}", f"should be a name or a list of names, is {value!r}")
    return tuple(found)


def one_name(value: Any) -> str:
    return text(value)


def groups(value: Any) -> tuple[tuple[str, ...], ...]:
    """Each entry is one condition; "a | b" says either."""
    return tuple(tuple(name.strip() for name in group.split("|")) for group in names(value))


def cases(value: Any) -> dict[str, tuple[str, ...]]:
    if not isinstance(value, dict):
        raise WordFault(f"应为 {{ 字段 = 值 }}，现为 {value!r}", f"should be {{ field = value }}, is {value!r}")
    return {key: names(given) for key, given in value.items()}


def settings(value: Any) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(given, str) for given in value.values()):
        raise WordFault(f"应为 {{ 名称 = 名称 }}，现为 {value!r}", f"should be {{ name = name }}, is {value!r}")
    return dict(value)


def title(value: Any) -> Title:
    """Chinese text, or a table with zh and en."""
    if isinstance(value, str):
        return Title(text(value))
    if isinstance(value, dict) and "zh" in value and not set(value) - {"zh", "en"}:
        return Title(text(value["zh"]), text(value["en"]) if "en" in value else "")
    raise WordFault("应为文字或 { zh = …, en = … }", "should be text or { zh = …, en = … }")


def term(value: Any) -> Term:
    try:
        return Term.parse(text(value))
    except ValueError as fault:
        raise WordFault(
            str(fault), f"{value!r} is no term: write 5 working days, 60 days, 3 months, by 03-31 …"
        ) from None


def times(value: Any) -> int | None:
    if value == "any":
        return None
    if isinstance(value, int) and not isinstance(value, bool) and value > 0:
        return value
    raise WordFault(f'应为次数或 "any"，现为 {value!r}', f'should be a number or "any", is {value!r}')


def number(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise WordFault(f"应为非负整数，现为 {value!r}", f"should be a whole number, is {value!r}")
    return value


def one_of(*allowed: str) -> Read:
    """A reader that takes one of these words."""

    def read(value: Any) -> str:
        if value not in allowed:
            raise WordFault(f"应为 {'、'.join(allowed)} 之一，现为 {value!r}", f"should be one of {', '.join(allowed)}")
        return str(value)

    return read


def status(value: Any) -> str | dict[str, str]:
    """One status for all, or a table that gives amount, unit and roll their own."""
    read = one_of(*STATUSES)
    if not isinstance(value, dict):
        return str(read(value))
    if set(value) - {"text", "amount", "unit", "roll"}:
        raise WordFault("表中只能有 text、amount、unit、roll", "only text, amount, unit and roll may stand here")
    return {key: str(read(given)) for key, given in value.items()}


def day(value: Any) -> date:
    if isinstance(value, date):
        return value
    raise WordFault(f"应为日期，如 2024-01-01，现为 {value!r}", f"should be a day like 2024-01-01, is {value!r}")


def fields(value: Any) -> dict[str, FieldKind]:
    if not isinstance(value, dict):
        raise WordFault("应为字段表", "should be a table of fields")
    return {name: field_kind(name, given) for name, given in value.items()}


def field_kind(name: str, given: Any) -> FieldKind:
    """A type, a list of choices, or a table with kind, title, choices, required, when."""
    table = {"choices": given} if isinstance(given, list) else {"kind": given} if isinstance(given, str) else given
    if not isinstance(table, dict) or set(table) - {"kind", "title", "choices", "required", "when"}:
        raise WordFault(f"字段 {name} 只能有 kind、title、choices、required、when", f"field {name} has an unknown word")
    choices: Any = table.get("choices", {})
    titles: dict[str, Any] = {code: Title(code) for code in choices} if isinstance(choices, list) else choices
    kind = table.get("kind", "choice" if choices else "text")
    if kind not in FIELD_TYPES:
        raise WordFault(
            f"字段 {name} 的 kind 应为 {'、'.join(FIELD_TYPES)} 之一", f"field {name}: no such kind {kind!r}"
        )
    if (kind == "choice") != bool(titles):
        raise WordFault(
            f"字段 {name}：kind 为 choice 的须列出 choices，其他不得列出", f"field {name}: kind and choices differ"
        )
    only = cases(table.get("when", {}))
    asked = flag(table.get("required", name != "lasts"))
    return FieldKind(
        name=name,
        kind=cast(FieldType, kind),
        choices=tuple(titles),
        title=title(table["title"]) if "title" in table else UNTITLED,
        required=asked and not only,
        when=only,
        needed=asked and bool(only),
        choice_titles={code: given if isinstance(given, Title) else title(given) for code, given in titles.items()},
    )


_OF_REGISTER = {"enters", "leaves", "columns", "public", "group", "find", "private", "plain", "key", "total"}


def register(value: Any) -> Register:
    if not isinstance(value, dict) or "enters" not in value or set(value) - _OF_REGISTER:
        told = "、".join(sorted(_OF_REGISTER - {"enters"}))
        raise WordFault(f"须有 enters，可有 {told}", f"needs enters; may have {', '.join(sorted(_OF_REGISTER))}")
    return Register(
        enters=names(value["enters"]),
        leaves=names(value.get("leaves", [])),
        columns=names(value.get("columns", [])),
        public=flag(value.get("public", False)),
        group=text(value["group"]) if "group" in value else "",
        find=names(value.get("find", [])),
        private=names(value.get("private", [])),
        plain=names(value.get("plain", [])),
        key=names(value.get("key", [])),
        total=total(value["total"]) if "total" in value else None,
    )


_OF_TOTAL = {"of", "by", "at_least", "weight", "less"}


def total(value: Any) -> Total:
    if not isinstance(value, dict) or not {"of", "by"} <= set(value) or set(value) - _OF_TOTAL:
        raise WordFault(
            "须有 of 和 by，可有 at_least、weight、less", "needs of and by; may have at_least, weight, less"
        )
    more = {word: text(value[word]) for word in ("of", "by", "weight", "less") if word in value}
    return Total(at_least=number(value["at_least"]) if "at_least" in value else None, **more)


_OF_CONSULT = {"register", "by", "where", "personal", "contains", "within", "takes", "fills", "told", "excused_by"}
_OF_CONSULT |= {"source", "status"}


def consults(value: Any) -> tuple[Consult, ...]:
    """A list of tables: `{ register = …, by = { field = column }, within = { field = [least, most] }, … }`."""
    if not isinstance(value, list):
        raise WordFault("应为 [[facts.….consults]]", "should be a list of tables")
    return tuple(_consult(one) for one in value)


def _consult(value: Any) -> Consult:
    if not isinstance(value, dict) or set(value) - _OF_CONSULT:
        raise WordFault(f"只能有 {'、'.join(sorted(_OF_CONSULT))}", "has an unknown word")
    if ("register" in value) == bool(value.get("personal")) or not any(map(value.get, ("by", "contains", "personal"))):
        raise WordFault(
            "须有 register 和 by 或 contains；或者有 personal", "needs register with by or contains, or personal"
        )
    article = text(value["source"]) if "source" in value else ""
    contains = next(iter(settings(value.get("contains", {})).items()), ("", ""))
    within = next(((name, *_bounds(ends)) for name, ends in value.get("within", {}).items()), ("", "", ""))
    return Consult(
        register=value.get("register", ""),
        personal=value.get("personal", ""),
        where=tuple(settings(value.get("where", {})).items()),
        by=tuple(settings(value.get("by", {})).items()),
        contains=contains,
        within=cast(tuple[str, str, str], within),
        takes=tuple(settings(value.get("takes", {})).items()),
        fills=value.get("fills", ""),
        told=tuple(one_of(*CONSULTED)(one) for one in value.get("told", [])),
        excused_by=value.get("excused_by", ""),
        source=source_of("", article, status(value.get("status", "CONVENTION"))) if article else None,
    )


def _bounds(value: Any) -> tuple[str, str]:
    if not isinstance(value, list) or len(value) != 2 or not all(isinstance(one, str) for one in value):
        raise WordFault('within 应写作 { fine = ["least", "most"] }', 'within is written { fine = ["least", "most"] }')
    return value[0], value[1]


def transition(value: Any) -> Transition:
    if not isinstance(value, dict) or set(value) - {"unless"}:
        raise WordFault("只能有 unless", "may only have unless")
    return Transition(names(value.get("unless", [])))


_OF_INTAKE = {"text", "place", "person", "also", "usual", "points", "anyone", "ex_officio"}


def intake(value: Any) -> Intake:
    if not isinstance(value, dict) or set(value) - _OF_INTAKE:
        told = "、".join(sorted(_OF_INTAKE))
        raise WordFault(f"只能有 {told}", f"may only have {', '.join(sorted(_OF_INTAKE))}")
    parts = {part: title(value[part]) for part in ("text", "place", "person") if part in value}
    usual = tuple(settings(value.get("usual", {})).items())
    anyone, ex_officio = flag(value.get("anyone", False)), flag(value.get("ex_officio", False))
    also, points = names(value.get("also", [])), names(value.get("points", []))
    return Intake(**parts, also=also, usual=usual, points=points, anyone=anyone, ex_officio=ex_officio)


_OF_COURSE = {"steps", "draft", "final", "comments", "until", "last_day"}


def course(value: Any) -> PublicCourse:
    """`steps` are tables with a title and facts, in order; the rest are names of facts, and of a kind of business."""
    if not isinstance(value, dict) or set(value) - _OF_COURSE or not isinstance(value.get("steps"), list):
        told = "须有 steps，可有 draft、final、comments、until、last_day"
        raise WordFault(told, f"may have {', '.join(sorted(_OF_COURSE))}")
    steps = []
    for one in value["steps"]:
        if not isinstance(one, dict) or set(one) != {"title", "facts"}:
            raise WordFault("steps 的每一步须有 title 和 facts", "each step needs a title and facts")
        steps.append(PublicStep(title(one["title"]), names(one["facts"])))
    more = {word: one_name(value[word]) for word in ("draft", "final", "comments", "last_day") if word in value}
    return PublicCourse(tuple(steps), until=names(value.get("until", [])), **more)


def retention(value: Any) -> Retention:
    """`{ term = "30 years", source = …, status = … }`, or `permanent = true` in place of the term."""
    if not isinstance(value, dict) or set(value) - {"term", "permanent", "source", "status"} or "source" not in value:
        raise WordFault("须有 source，和 term 或 permanent 中的一个", "needs a source, and term or permanent")
    if ("term" in value) == bool(value.get("permanent", False)):
        raise WordFault("须有 term 和 permanent 中的一个", "needs either term or permanent")
    length = term(value["term"]) if "term" in value else None
    if length is not None and (length.unit != "years" or length.yearly):
        raise WordFault('保管期以年计，如 "30 years"', 'kept for whole years, such as "30 years"')
    return Retention(length, Source(text(value["source"]), one_of(*STATUSES)(value.get("status", "VERIFIED"))))


def source_of(page_source: str, article: str, given: str | Mapping[str, str]) -> Source:
    """The statute in full with the article; what is no bare article (第…条) stands alone."""
    full = f"{page_source}{article}" if article.startswith("第") else article
    if isinstance(given, str):
        return Source(full or page_source, given)  # type: ignore[arg-type]
    parts = {f"{part}_status": given[part] for part in ("amount", "unit", "roll") if part in given}
    return Source(full or page_source, given.get("text", "VERIFIED"), **parts)  # type: ignore[arg-type]


PAGE_WORDS: Mapping[str, Read] = {
    "title": title, "source": text, "status": status, "rolls": one_of("law", "analogy", "never"),
    "every": one_of("year", "quarter", "month"), "opens_with": one_name, "numbered_by": one_name,
    "number_word": text, "facts": dict, "clocks": dict, "common": dict, "register": register,
    "transition": transition, "intake": intake, "retention": retention, "course": course,
    "overlays": one_name, "without": names,
}  # fmt: skip
FACT_WORDS: Mapping[str, Read] = {
    "title": title, "after": groups, "needs": groups, "unless": names, "when": cases, "fields": fields,
    "sets": settings, "repeats": flag, "closes": flag, "by": text, "letters": names, "publishes": text,
    "leads_to": names, "hears": settings, "consults": consults, "source": text, "status": status,
}  # fmt: skip
CLOCK_WORDS: Mapping[str, Read] = {
    "title": title, "starts": names, "before": names, "when": cases, "term": term, "or_term": dict,
    "at_least": term, "rolls": one_of("law", "analogy", "never"), "stops": names, "drops": names,
    "restarts": names, "pauses": cases, "extended_by": names, "extension": term, "times": times,
    "deems": one_name, "deems_on": one_of("end", "start"), "opens": names, "outlives": flag, "warns": term,
    "soft": flag, "by": text, "source": text, "status": status,
}  # fmt: skip
