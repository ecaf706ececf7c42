"""When a version was made, from which day it holds and until when: read from its head, its last article and others."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from fazhi.library.days import days_in, first_day
from fazhi.library.names import plain_name
from fazhi.library.values import Head, Piece, Version
from fazhi.rulebook.standards import standards

_MADE = ("修正", "修订", "修改", "通过", "公布", "发布", "批准", "印发")
_HOLDS = re.compile(r"自\s*(?P<day>[12一二][^自，。；]{6,14}日)\s*起\s*(?:施行|实施|生效|执行)")
_AT_ONCE = re.compile(r"自\s*(?:公布|发布|通过|印发|颁布)之日起\s*(?:施行|实施|生效|执行)")
_STATED = re.compile(r"(?P<name>[^\s:：]{2,8})\s*[:：]\s*(?P<value>.+)")
_FILE_DAY = re.compile(r"[（(_\s-]?([12]\d{3}-\d{2}-\d{2})[)）]?")
_SENTENCE = re.compile(r"[^。；\n]+")
_ENDS = re.compile(r"(?:同时|即行|予以|随之)\s*废止")
_TITLE = re.compile(r"《(?P<title>(?:[^《》]|《[^《》]*》){2,80})》(?!\s*第)")
_OVER = ("已废止", "失效", "废止", "已失效")


@dataclass(frozen=True, slots=True)
class Dates:
    """The days of one version and how it is called among its versions (2023年修订)."""

    passed: date | None
    since: date | None
    assumed: bool
    label: str
    until: date | None
    ended: bool
    first: date | None
    notes: tuple[str, ...]


def read_dates(head: Sequence[str], pieces: Sequence[Piece], file: str) -> Dates:
    """The days of a version from its head, its text and the day in its file's name."""
    stated = {match["name"]: match["value"] for line in head if (match := _STATED.fullmatch(line))}
    events = _events(head)
    named = first_day(match[1]) if (match := _FILE_DAY.search(file)) else None
    last, word = max(((day, word) for day, word in events if word != "施行"), default=(None, ""))
    passed = named or last or first_day(stated.get("公布日期", stated.get("发布日期", "")))
    notes: tuple[str, ...] = ()
    if named and last and last > named:
        notes = (f"文件名上的日期{named}早于文中最后一次制定或修改的{last}，按文件名",)
    since, assumed = _since(stated, events, pieces, passed)
    ended = stated.get("时效性", stated.get("效力", "")).strip() in _OVER
    until = first_day(stated.get("废止日期", stated.get("失效日期", stated.get("有效期至", ""))))
    first = min((day for day, word in events if word), default=passed)
    label = f"{passed.year}年{_word(word, passed, last)}" if passed else ""
    return Dates(passed, since, assumed, label, until, ended and until is None, first, notes)


def _word(word: str, passed: date, last: date | None) -> str:
    return word if word in ("修正", "修订") and last is not None and last.year == passed.year else "公布"


def _events(head: Sequence[str]) -> list[tuple[date, str]]:
    """Days of the head with what happened on each."""
    found = []
    for line in head:
        days = list(days_in(line))
        for number, (_, end, day) in enumerate(days):
            until = days[number + 1][0] if number + 1 < len(days) else len(line)
            rest = re.sub(r"《.*?》", "", line[end:until])
            word = next((word for word in ("施行", *_MADE) if word in rest), "")
            found.append((day, word))
    return found


def _since(
    stated: dict[str, str], events: list[tuple[date, str]], pieces: Sequence[Piece], passed: date | None
) -> tuple[date | None, bool]:
    """From which day it holds, and whether that is only taken from its date."""
    if day := first_day(stated.get("施行日期", stated.get("实施日期", ""))):
        return day, False
    told = [day for piece in pieces[-6:] for match in _HOLDS.finditer(piece.text) if (day := first_day(match["day"]))]
    told += [day for day, word in events if word == "施行"]
    later = [day for day in told if passed is None or day >= passed]
    if later:
        return later[-1], False
    at_once = any(_AT_ONCE.search(piece.text) for piece in pieces[-6:])
    return passed, not (at_once and not told)


def read_repeals(pieces: Sequence[Piece]) -> tuple[tuple[str, str], ...]:
    """Titles that a text ends as a whole (《…》同时废止), each with the article that says so."""
    found = []
    for piece in pieces:
        if "废止" not in piece.text:
            continue
        for sentence in _SENTENCE.findall(piece.text):
            if end := _ENDS.search(sentence):
                found += [(match["title"], piece.label) for match in _TITLE.finditer(sentence[: end.start()])]
    return tuple(found)


def settle(versions: Iterable[tuple[Head, Sequence[tuple[str, str]]]]) -> tuple[Head, ...]:
    """Each version with the day on which a later version of itself or another document ended it.

    `until` of a head that is given is what the document says of itself.
    """
    given = list(versions)
    ended: dict[str, list[tuple[date, str, str]]] = defaultdict(list)
    by_name: dict[str, list[Head]] = defaultdict(list)
    for head, repeals in given:
        by_name[plain_name(head.title)].append(head)
        for title, article in repeals if head.since else ():
            if plain_name(title) != plain_name(head.title) and head.since:
                ended[plain_name(title)].append((head.since, f"《{head.title}》{article}", head.identity))
    settled = {}
    for name, heads in by_name.items():
        order = sorted(heads, key=lambda one: (one.since or date.min, one.passed or date.min))
        for number, head in enumerate(order):
            later = order[number + 1] if number + 1 < len(order) else None
            known = head if head.until or later or ended[name] else _known_end(head)
            settled[head.identity] = _end(known, later, ended[name])
    return tuple(settled[head.identity] for head, _ in given)


def _known_end(head: Head) -> Head:
    """A statute that no text here ends, with the end that the rulebook knows: some are replaced without a word."""
    days = standards().laws.get(plain_name(head.title)) if head.kind == "statute" else None
    if days is None or days.until is None or (head.since and head.since >= days.until):
        return head
    unsure = "" if standards().laws_status == "VERIFIED" else "（日期未与公报核对）"
    return replace(head, until=days.until, why=f"由《{days.by}》代替{unsure}")


def ended_by(versions: Iterable[tuple[Head, Sequence[tuple[str, str]]]]) -> dict[str, tuple[date, str]]:
    """By plain name, when a document was ended and by what: those that are not kept are known so too."""
    found: dict[str, tuple[date, str]] = {}
    for head, repeals in versions:
        for title, article in repeals if head.since else ():
            if head.since is not None:
                told = (head.since, f"《{head.title}》{article}")
                found[plain_name(title)] = min(told, found.get(plain_name(title), told))
    return found


def _end(head: Head, later: Head | None, ended: Sequence[tuple[date, str, str]]) -> Head:
    """The earliest end of a version: what it says itself, a later version, or the repeal by another document."""
    ends: list[tuple[date, str, bool]] = []
    if head.until:
        ends.append((head.until, head.why or "文件自己载明", False))
    if later is not None and later.since is not None and not (head.ended and not head.until):
        ends.append((later.since, f"由{later.label or later.since}文本代替", True))
    ends += [(day, f"被{by}废止", False) for day, by, _ in ended if head.since is None or day > head.since]
    if not ends:
        return replace(head, until=None, why=head.why if head.ended else "", replaced=False)
    day, why, replaced = min(ends)
    return replace(head, until=day, why=why, replaced=replaced)


def settle_versions(versions: Sequence[Version]) -> tuple[Version, ...]:
    """The same versions with their heads settled among each other."""
    heads = settle((one.head, one.repeals) for one in versions)
    return tuple(replace(version, head=head) for version, head in zip(versions, heads, strict=True))
