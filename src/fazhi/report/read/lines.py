"""Lines, headings and sentences of a report, and the furniture of the page it was found on."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from fazhi.report.claims import Heading, Sentence

_CJK = "一二三四五六七八九十"
_MARKS = (
    (1, re.compile(rf"(?:第[{_CJK}]+[章部]分?|[{_CJK}]{{1,3}}[、.．])\s*")),
    (2, re.compile(rf"[（(][{_CJK}]{{1,3}}[)）]\s*、?")),
    (3, re.compile(r"\d{1,2}[.．、](?!\d)\s*")),
    (4, re.compile(r"[（(]\d{1,2}[)）]\s*|[①-⑳]\s*")),
)
_RUN_IN = re.compile(rf"(?:^|(?<=[。；;：:，,]))([{_CJK}]{{1,2}}是)(?!否|非)", re.MULTILINE)
_ENDS = re.compile(r"[。！？；;!]+[”’」』\"）)]*|\n")
_LONGEST_TITLE = 60
LONGEST_SENTENCE = 600
"""Characters; keeps the time for one number within bounds."""
_TITLE_ENDS = re.compile(r"[。\n；;]")


def find_headings(text: str) -> tuple[Heading, ...]:
    """Every heading and every 一是 inside a paragraph, in order, with its path."""
    found: list[tuple[int, int, str, int]] = []
    for line in re.finditer(r"^.+$", text, re.MULTILINE):
        for level, mark in _MARKS:
            if match := mark.match(text, line.start()):
                found.append((match.start(), level, match[0].strip(), match.end()))
                break
    found += [(match.start(1), 5, match[1], match.end()) for match in _RUN_IN.finditer(text)]
    found.sort()
    return tuple(_with_paths(text, found))


def _with_paths(text: str, found: list[tuple[int, int, str, int]]) -> list[Heading]:
    headings: list[Heading] = []
    above: dict[int, str] = {}
    for start, level, mark, end in found:
        above = {other: name for other, name in above.items() if other < level} | {level: mark.strip("、.． ")}
        stop = _TITLE_ENDS.search(text, end)
        title = text[end : min(stop.start() if stop else len(text), end + _LONGEST_TITLE)]
        headings.append(Heading(level, mark, title.strip(), "/".join(above[key] for key in sorted(above)), start))
    return headings


def find_sentences(text: str, headings: tuple[Heading, ...]) -> tuple[Sentence, ...]:
    """The text cut at 。；！？ and at ends of lines, each piece with the path it stands under."""
    starts = [heading.start for heading in headings]
    sentences: list[Sentence] = []
    paragraph = 0
    for start, end, ends_line in _pieces(text):
        piece = text[start:end].strip()
        if piece:
            first = start + len(text[start:end]) - len(text[start:end].lstrip())
            last = bisect_right(starts, first) - 1
            path = headings[last].path if last >= 0 else ""
            sentences.append(Sentence(piece, first, first + len(piece), path, paragraph))
        paragraph += ends_line
    return tuple(sentences)


def _pieces(text: str) -> Iterator[tuple[int, int, bool]]:
    """Where the sentences lie and whether a line ends with them; endless ones are cut at a comma."""
    at = 0
    for match in [*_ENDS.finditer(text), None]:
        end = match.end() if match else len(text)
        while end - at > LONGEST_SENTENCE:
            comma = max(text.rfind(mark, at + 1, at + LONGEST_SENTENCE) for mark in "，,、 ")
            stop = comma + 1 if comma > at else at + LONGEST_SENTENCE
            yield at, stop, False
            at = stop
        yield at, end, bool(match and match[0] == "\n")
        at = end


@dataclass(frozen=True, slots=True)
class Body:
    """Which lines are the report: `title` −1 where there is none; `head` and `foot` hold what surrounds it."""

    lines: tuple[tuple[int, int], ...]
    title: int
    first: int
    last: int


_TITLE = re.compile(r"(?:法治政府建设|依法行政|法治建设|依法治\w{1,3}).{0,20}(?:报告|总结|情况)\s*$")
SIGNATURE = re.compile(
    r"(?:人民政府|政府办公室|办公室|委员会|办事处|[局厅委办院队处站]|中心|公司|大学|学校)\s*(?:[（(].{1,12}[)）])?$"
)
DATED = re.compile(
    rf"^\s*(?:(?:19|20)\d{{2}}\s*年\s*\d{{1,2}}\s*月(?:\s*\d{{1,2}}\s*日)?|[{_CJK}〇○零]{{4}}年[{_CJK}]{{1,3}}月[{_CJK}]{{1,3}}日)\s*$"
)
_FURNITURE = re.compile(
    r"扫一扫|打印|关闭|字[体号]|分享|收藏|上一[篇条]|下一[篇条]|版权所有|主办|承办|ICP|网站标识码|公网安备|联系我们|网站地图|返回|首页|当前位置|您的位置|"
    r"来源|发布时间|发布日期|信息来源|浏览次数|阅读|点击|索引号|发布机构|发文|主题词|无障碍|登录|注册|搜索|纠错|附件下载|相关(?:信息|链接|阅读|稿件|文章)|"
    r"知识图谱|专题专栏|繁体|English|长者|适老|责任编辑|编辑[:：]|审核[:：]|作者[:：]|朗读|二维码|微信|微博|Copyright|技术支持|网站声明|成文日期|公开方式|文号|有效性|标题[:：]|名称[:：]"
)


_GOES_ON = re.compile(r"\s*(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)])|.*。\s*$")
"""A short line below the last long one that is text of the report all the same: a heading, or a sentence."""


def find_body(text: str) -> Body:
    """The lines of the report without what a portal puts above and below it."""
    lines = tuple((match.start(), match.end()) for match in re.finditer(r"^.+$", text, re.MULTILINE))
    said = [text[start:end] for start, end in lines]
    long = [at for at, line in enumerate(said) if _speaks(line)]
    if not long:
        return Body(lines, -1, 0, len(lines) - 1)
    titles = [at for at, line in enumerate(said[: long[0]]) if len(line) < _LONGEST_TITLE and _TITLE.search(line)]
    title = titles[-1] if titles else -1
    first = title if titles else next((at for at in range(long[0] + 1) if not _FURNITURE.search(said[at])), long[0])
    last = long[-1]
    for at in range(long[-1] + 1, len(said)):
        signed = DATED.match(said[at]) or (SIGNATURE.search(said[at]) and not _FURNITURE.search(said[at]))
        if signed or _GOES_ON.match(said[at]):
            last = at
        elif at - last > 2:
            break
    return Body(lines, title, first, last)


def _speaks(line: str) -> bool:
    """Whether a line is text of a report: a sentence, not a menu."""
    return (
        len(line) > 25
        and bool(re.search(r"[。；，,]", line))
        and not re.match(r"(?:首页|当前位置|您的位置)", line)
        and not (len(line) < 80 and _FURNITURE.search(line) and "。" not in line)
    )


def furniture_between(text: str, body: Body) -> list[tuple[int, int]]:
    """Spans of the lines that are no part of the report: before the title, the date line under it, after the end."""
    taken: list[tuple[int, int]] = []
    said = [text[start:end] for start, end in body.lines]
    firm = next((at for at in range(max(body.first, 0), len(said)) if _speaks(said[at])), 0)
    for at, (start, end) in enumerate(body.lines):
        before, after = at < body.first, at > body.last
        under = body.title < at < firm and (len(said[at]) < 80 and bool(_FURNITURE.search(said[at])))
        if before or after or under:
            taken.append((start, min(end + 1, len(text))))
    return taken
