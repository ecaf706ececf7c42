"""What a report has to hold: required contents, the eight systems, last year's shortcomings, this year's plan."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

import rjieba

from fazhi.report.check.finding import Finding
from fazhi.report.check.places import View
from fazhi.report.claims import ReadReport
from fazhi.rulebook.standards import Content, standards

_SHORT = re.compile(r"不足|存在问题|存在的问题|主要问题|短板|差距|薄弱")
_PLAN = re.compile(r"工作安排|工作计划|下一步|下一年度|主要安排|工作打算|工作思路|努力方向|明年")
_BOTH = re.compile(r"(?:不足|问题|短板).{0,12}(?:下一步|计划|安排|打算)")
_SHORT_TEXT = re.compile(
    r"(?:但|仍|还)[^。]{0,40}(?:不足|差距|短板|薄弱|问题)|存在(?:一些|以下|的)?[^。]{0,12}(?:不足|问题|短板)|需要进一步(?:提升|加强|强化|完善)|薄弱环节"
)
_PLAN_TEXT = re.compile(r"(?m)^\s*(?:下一步|明年|下一阶段|今后)|。\s*(?:下一步|明年|下一阶段)")
_ITEM = re.compile(r"(?:^|[：:。；;\s])(?:[一二三四五六七八九十]是|[（(][一二三四五六七八九十][）)])")
_ANSWER = re.compile(
    r"\s*(?:（[^）]{1,6}）)?对?(?:上年度|上一年度|去年|上年|20\d{2}年度?)(?:报告)?[^。：:]{0,12}(?:不足|问题|短板)"
    r"[^。：:]{0,12}(?:整改|改进)"
)
_ANSWERED = (
    r"(?:上年度|上一年度|去年|上年|{year}年度?)[^。]{{0,30}}(?:不足|问题|短板)[^。]{{0,60}}"
    r"(?:整改|改进|解决|完成|落实|提升)"
    r"|(?:针对|对)[^。]{{0,16}}(?:上年度|上一年度|去年|上年|{year}年)[^。]{{0,20}}(?:不足|问题|短板)"
    r"|(?:不足|问题)[^。]{{0,10}}(?:改进|整改)情况"
)
_ENOUGH = 2


@dataclass(frozen=True, slots=True)
class Chapters:
    """The text of a report by what it is for; empty where there is none."""

    work: str
    shortcomings: str
    plan: str


def chapters(report: ReadReport) -> Chapters:
    """Splits a report at the headings of its shortcomings and of its plan, else at the words that open them."""
    work: list[str] = []
    short: list[str] = []
    plan: list[str] = []
    for title, text in _blocks(report):
        if _BOTH.search(title):
            first, second = _cut(text)
            short.append(first)
            plan.append(second)
        elif _PLAN.search(title):
            first, second = _shortcomings_first(text)
            short.append(first)
            plan.append(second)
        elif _SHORT.search(title) and not re.search(r"改进情况|整改情况|整改落实", title):
            short.append(text)
        else:
            work.append(f"{title}\n{text}")
    told = Chapters("\n".join(work), "\n".join(short).strip(), "\n".join(plan).strip())
    if not told.shortcomings and (match := _SHORT_TEXT.search(told.work)):
        paragraph = told.work[told.work.rfind("\n", 0, match.start()) + 1 :].split("\n", 1)[0]
        told = Chapters(told.work, paragraph, told.plan)
    if not told.plan and (match := _PLAN_TEXT.search(report.text)):
        told = Chapters(told.work, told.shortcomings, report.text[match.start() :])
    return _with_answers(told)


def _with_answers(told: Chapters) -> Chapters:
    """What answers last year's shortcomings is work, though it stands among this year's shortcomings."""
    lines = told.shortcomings.splitlines()
    answers = [line for line in lines if _ANSWER.match(line)]
    if not answers or len(answers) == len(lines):
        return told
    rest = "\n".join(line for line in lines if line not in answers)
    return Chapters("\n".join([told.work, *answers]), rest, told.plan)


def _blocks(report: ReadReport) -> Iterator[tuple[str, str]]:
    """Chapters of the first level with their titles; what stands before them has none."""
    tops = [one for one in report.outline if one.level == 1] or list(report.outline)
    yield "", report.text[: tops[0].start if tops else len(report.text)]
    for place, heading in enumerate(tops):
        end = tops[place + 1].start if place + 1 < len(tops) else len(report.text)
        yield heading.title, report.text[heading.start : end]


def _cut(text: str) -> tuple[str, str]:
    """A chapter of shortcomings and plan together, cut where the plan begins."""
    match = re.search(r"(?m)^\s*(?:下一步|明年|20\d\d年[，,])", text)
    if match and match.start() > 40:
        return text[: match.start()], text[match.start() :]
    match = re.search(r"(?m)^\s*[（(]一[）)]", text)
    return (text[: match.start()], text[match.start() :]) if match else (text, text)


def _shortcomings_first(text: str) -> tuple[str, str]:
    """A plan that opens with its shortcomings in one sentence."""
    match = _SHORT_TEXT.search(text[:400])
    if match is None:
        return "", text
    end = text.find("。", match.end())
    start = max(text.rfind("。", 0, match.start()), text.rfind("\n", 0, match.start())) + 1
    return text[start : end + 1], text[end + 1 :]


def required_contents(view: View) -> Iterator[Finding]:
    """The contents that a yearly report has to hold."""
    held, told = standards(), chapters(view.report)
    if len(view.report.text) < 200:
        return
    for content in held.contents:
        if _has(content, view.report, told):
            continue
        zh, en = content.title.zh, content.title.en
        message = f"没有找到“{zh}”。年度报告应当写明这一项，请补写，并最好单设标题。"
        yield Finding(
            "required-contents",
            "note",
            message,
            f"No passage on {en} was found; the yearly report has to have one.",
            computed=zh,
            source=held.contents_source,
            status=held.contents_status,
        )


def _has(content: Content, report: ReadReport, told: Chapters) -> bool:
    text = told.shortcomings
    if content.within:
        headed = any(word in one.title for one in report.outline for word in content.headings)
        return headed or _explained(text) or any(word in text for word in content.text)
    if content.key == "shortcomings":
        return bool(text)
    if content.key == "plan":
        return bool(told.plan)
    return any(word in one.title for one in report.outline for word in content.headings) or any(
        word in report.text for word in content.text
    )


def _explained(text: str) -> bool:
    """Whether a shortcoming is followed by a sentence of its own, which may well be its cause."""
    return bool(
        re.search(r"[一二三四五六七八九十]是[^。]{4,40}。(?![一二三四五六七八九十]是|\s*[（(])[^。]{10,}", text)
    )


def system_chapters(view: View) -> Iterator[Finding]:
    """Which of the eight systems have no heading of their own."""
    report, held = view.report, standards()
    if report.year not in held.chapters_years or len(report.outline) < _ENOUGH + 1:
        return
    titles = list(_titles_of_work(report))
    missing = [one for one in held.chapters if not any(word in title for title in titles for word in one.words)]
    if not missing or len(missing) == len(held.chapters):
        return
    bare = [one for one in missing if not any(word in report.text for word in one.words)]
    names, names_en = "、".join(one.title.zh for one in missing), ", ".join(one.title.en for one in missing)
    also = (
        f"其中{'、'.join(one.title.zh for one in bare)}在全文中也没有提到。"
        if bare
        else "文中有零星内容，但没有单设章节。"
    )
    message = f"八个体系中，{names}没有标题。{also}请补写，或写明没有这方面的工作。"
    yield Finding(
        "system-chapters",
        "note",
        message,
        f"No chapter on {names_en}.",
        computed="、".join(one.key for one in missing),
        source=held.chapters_source,
        status="VERIFIED",
    )


def _titles_of_work(report: ReadReport) -> Iterator[str]:
    """Every title that does not stand in a chapter of shortcomings or plans."""
    aside = False
    for one in report.outline:
        if one.level == 1:
            aside = bool(_SHORT.search(one.title) or _PLAN.search(one.title))
        if not aside:
            yield one.title


def last_year_unanswered(view: View) -> Iterator[Finding]:
    """Last year's shortcomings have to be answered in this year's report."""
    report = view.report
    if report.year is None or len(report.text) < 200:
        return
    if re.search(_ANSWERED.format(year=report.year - 1), report.text) or any(
        "改进情况" in one.title or "整改情况" in one.title for one in report.outline
    ):
        return
    message = f"没有找到对{report.year - 1}年度报告所列不足的回应。请逐条写明整改了什么、结果如何。"
    yield Finding(
        "last-year-unanswered",
        "note",
        message,
        f"Nothing answers the shortcomings of {report.year - 1}.",
        source=standards().contents_source,
        status=standards().contents_status,
    )


def shortcomings(report: ReadReport) -> tuple[str, ...]:
    """This year's shortcomings, one by one; a bare list of fields (执法、普法等方面) is taken apart."""
    text = chapters(report).shortcomings
    places = [match.end() for match in _ITEM.finditer(text)]
    if places:
        outer = _outermost(text)
        cuts = [*(outer or places), len(text)]
        return tuple(text[a:b].strip(" ：:。；;\n（(一二三四五六七八九十是") for a, b in itertools.pairwise(cuts))
    match = re.search(r"在([^，,。]{2,60}(?:、[^，,。]{1,20})+?)等?(?:方面|领域)", text)
    if match:
        return tuple(part for part in re.split("、", match[1].removesuffix("等")) if part)
    return (text,) if text else ()


def _outermost(text: str) -> list[int]:
    """Where the items in brackets begin, if the text is cut by (一)(二) first."""
    return [match.end() for match in re.finditer(r"(?:^|\n)\s*[（(][一二三四五六七八九十][）)]", text)]


def told_pairs(text: str) -> frozenset[str]:
    """Pairs of characters inside the words that say what a text is about: 执法 in 行政执法."""
    words = [word for word in rjieba.cut(text) if len(word) > 1 and not word.isascii()]
    pairs = {word[place : place + 2] for word in words for place in range(len(word) - 1)}
    return frozenset(
        pair for pair in pairs if pair not in standards().dull and re.fullmatch(r"[\u4e00-\u9fff]{2}", pair)
    )


def pairs_in(text: str) -> frozenset[str]:
    """Every two characters that stand side by side."""
    return frozenset(text[place : place + 2] for place in range(len(text) - 1))


def shortcomings_without_plan(view: View) -> Iterator[Finding]:
    """A shortcoming of which no word comes back in the plan."""
    told = chapters(view.report)
    if not told.plan or not told.shortcomings:
        return
    plan = "\n".join(line for line in told.plan.splitlines() if re.search(r"[。；;，,]", line))  # without the signature
    planned = pairs_in(plan)
    for said in shortcomings(view.report):
        pairs = told_pairs(said)
        heading = re.split(r"[。，,；;：:]", said)[0][:30]
        if not pairs or pairs & planned:
            continue
        start = _place(view.report.text, told.shortcomings, said)
        message = f"不足“{heading}”在下一年度安排中没有看到对应的措施。请写明怎么改、谁来改、何时改完。"
        yield Finding(
            "shortcomings-without-plan",
            "note",
            message,
            f"The plan has no measure for the shortcoming “{heading}”.",
            stated=heading,
            sentence=said[:120],
            start=start,
            end=start + min(len(said), 60) if start >= 0 else -1,
        )


def _place(text: str, chapter: str, said: str) -> int:
    """Where a shortcoming stands: in its chapter, not where the same words came earlier; -1 if it cannot be told."""
    within = text.find(chapter[:60])
    return text.find(said[:20], within) if within >= 0 else -1
