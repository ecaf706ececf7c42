"""Places in a text whose numbers state nothing: dates, section and document numbers, names, titles of documents."""

from __future__ import annotations

import re

from fazhi.report.read.words import load_words

_OPEN, _CLOSE = "“\"‘'「『", "”\"’'」』"
_YEAR = r"(?:19|20)\d{2}"
_CJK = "一二三四五六七八九十"

_ALWAYS = re.compile(
    "|".join(
        (
            r"《[^《》\n]{1,80}》",
            r"(?:https?://|www\.)[A-Za-z0-9_./?=&%:#-]+|[A-Za-z0-9_.-]+@[A-Za-z0-9_.-]+",
            # years, spans of years, months, days, hours
            rf"{_YEAR}\s*年?\s*[-–—~～至到]\s*{_YEAR}\s*(?:年度|年|学年)?",
            rf"{_YEAR}\s*[-/.]\s*\d{{1,2}}(?:\s*[-/.]\s*\d{{1,2}})?(?!\d)",
            rf"{_YEAR}\s*(?:年度|学年|年)(?:底|初|末|中|版|前|后|以来|上半年|下半年)?",
            rf"[“\"（(]?(?<!\d){_YEAR}(?=\s*(?:版|深圳|中国|全国|财年|届))",
            r"(?<![\d.])\d{1,2}\s*[-–—~～至到]\s*\d{1,2}\s*(?:月份|月|日|号)",
            r"(?<![\d.])\d{1,2}\s*月(?:份|底|初|末|中旬|上旬|下旬)?(?:\s*\d{1,2}\s*[日号])?",
            r"(?<![\d.])\d{1,2}\s*日(?!均|内|之内|以内|常)",
            r"\d{1,2}[:：]\d{2}(?:[:：]\d{2})?",
            r"\d{1,2}时(?:\d{1,2}分)?",
            rf"[{_CJK}〇零]{{4}}年(?:度)?|[{_CJK}]{{1,3}}月(?:份|底|初|末)?(?:[{_CJK}]{{1,3}}日)?",
            rf"[{_CJK}1234前]+季度|第[{_CJK}1234]季度|[上下]半年|[前后]三?季度",
            # articles, document numbers, sections
            rf"第\s*[\d{_CJK}百千零〇]+\s*[条款项章节编号页卷目]",
            r"[〔\[【﹝][12]\d{3}[〕\]】﹞]\s*(?:第)?\s*\d+\s*号?",
            r"[（(]\s*[12]\d{3}\s*[)）]\s*第?\s*[^\s，,。]{0,12}\d+\s*号",
            r"(?:第\s*)?\d+\s*号(?:令|文件|文|公告|通知|线|楼|院|地块|路|案|台风|线路)?",
            rf"[{_CJK}]+号(?:令|文件|文|公告|线|楼|院|案|台风)",
            r"(?m:^)[ ]*(?:\d{1,2}(?:\.\d{1,2})*[.．、](?!\d)|[（(]\d{1,2}[)）]|[①-⑳])",
            rf"(?m:^)[ ]*(?:[{_CJK}百]+[、.．]|[（(][{_CJK}]+[)）]|第[{_CJK}]+[，,、])",
            rf"[（(](?:\d{{1,2}}|[{_CJK}]{{1,3}})[)）]|[①-⑳]",
            rf"(?<![\d{_CJK}第连])[{_CJK}]{{1,2}}(?:是|要)(?=[^否非])|(?<![\u4e00-\u9fff])第[{_CJK}]+[，,]|其[一二三四五]",
            rf"(?<=[。；;：:，,、])[{_CJK}](?=、)",
            # formulas and names in quotes, models and standards
            r"[“\"‘'「]?\d+(?:\s*[+＋]\s*(?:\d+|[A-Za-z]+|[XNnx]+))+[”\"’'」]?",
            rf"[{_OPEN}]\s*(?!0[{_CLOSE}])[\dA-Za-z+＋×xX\-·.*/]+\s*[{_CLOSE}]",
            rf"(?<=[“‘「])[{_CJK}](?:[+＋·.][{_CJK}NnXx]+)+",
            r"\d+\s*[×xX*]\s*\d+(?:小时)?|\d+·\d+",
            r"24\s*小时(?=[自值在线不全热政监轮开服应备接“”])",
            r"\d+[A-Z](?![A-Z]*B\b)[A-Za-z]*|[A-Za-z][A-Za-z.-]*\d[A-Za-z0-9.-]*",
            r"\d{2}后",
            rf"(?<=党的)[{_CJK}]+大|十[五六七八九]大(?=精神|报告|以来|和|、|[，,。])|二十[一二]?大",
            rf"[{_CJK}两]个(?:一(?!等|级|批次)|不|必须|没有|坚持|确保)[\u4e00-\u9fff]?",
            r"(?<!\d)\d{3,4}-\d{7,8}(?!\d)|(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)0\d{9,11}(?!\d)",
            r"国道\d+|省道\d+|京\w{0,4}备\d+",
        )
    )
)
_PLANS = re.compile(
    rf"[“\"]?(?:[{_CJK}两\d]{{1,3}})(?:个)?年(?:期)?(?=[”\"]?(?:行动|规划|计划|攻坚|方案|专项|提升|滚动|实施|建设|发展规划|立法|任务|目标|普法|工作))"
)
_LINE = re.compile(r"(?<!\d)\d{3,6}(?=[^\d个件宗起次场份条项家名人位类万亿千余多%]|$)")
_ENACTED = re.compile(
    rf"{_OPEN[0]}[{_CJK}]五{_CLOSE[0]}|[“\"]?[{_CJK}]{{1,2}}五[”\"]?(?=普法|规划|期间|时期|收官|开局|法治)"
)


def masked(text: str, start: int, end: int) -> list[bool]:
    """For each character from `start` to `end` whether it belongs to what states no figure; one more for the end."""
    words = load_words()
    covered = [False] * (end - start + 1)
    for pattern in (_ALWAYS, _PLANS, _ENACTED):
        for match in pattern.finditer(text, start, end):
            _cover(covered, match.start() - start, match.end() - start)
    for match in _LINE.finditer(text, start, end):
        if match[0] in words.lines:
            _cover(covered, match.start() - start, match.end() - start)
    for match in words.names.finditer(text, start, end):
        if not _opens_number(text, match):
            _cover(covered, match.start() - start, match.end() - start)
    return covered


def _cover(covered: list[bool], start: int, end: int) -> None:
    covered[start:end] = [True] * (end - start)


def _opens_number(text: str, match: re.Match[str]) -> bool:
    """Whether the word was cut out of a longer number: 十五五 in 二十五五, 三公 in 三公里, 一线 in 第一线."""
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    return (
        (match[0] == "三公" and after == "里")
        or (before in "零一二三四五六七八九十百千" and before != "" and match[0][0] in "零一二三四五六七八九十百千万")
        or (match[0] == "万一" and before.isdigit())
        or (before.isdigit() and match[0][0] in "百千万亿")
    )
