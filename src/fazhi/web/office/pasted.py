"""What a clerk pastes from a document or a chat, cut into the fields of the form of receipt."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

LABELS = {
    "party_name": ("姓名", "来信人", "来访人", "来电人", "反映人", "投诉人", "举报人", "信访人", "申请人", "联系人"),
    "party_phone": ("联系电话", "联系方式", "手机号码", "手机号", "手机", "电话号码", "电话"),
    "party_id_number": ("身份证号码", "身份证号", "身份证", "证件号码", "证件号"),
    "party_address": ("家庭住址", "住址", "联系地址", "通讯地址"),
    "place": ("事发地点", "发生地点", "地点", "地址"),
    "title": ("标题", "主题", "事由"),
    "text": ("反映内容", "投诉内容", "主要内容", "具体内容", "内容", "反映的问题", "诉求"),
}
_FIELD_OF = {label: field for field, labels in LABELS.items() for label in labels}
_LABEL = re.compile(rf"(?:(?<=[\s,，;；])|^)({'|'.join(sorted(_FIELD_OF, key=len, reverse=True))})\s*[:：]")
_PHONE = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|0\d{2,3}-?\d{7,8})(?!\d)")
_ID_NUMBER = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
_TIME = r"(?:[上下]午\s*)?\d{1,2}:\d{2}(?::\d{2})?"
_DAY = r"(?:(?:\d{4}[-/年.])?\d{1,2}[-/月.]\d{1,2}日?|昨天|今天|星期[一二三四五六日天])"
_NAME = r"(?P<name>[^\s\d:：(（][^\s:：(（]{0,19})(?:[(（][^)）]*[)）])?"
_HEADS = (re.compile(rf"{_NAME}\s+{_DAY}\s+{_TIME}\s*[:：]?"), re.compile(rf"{_DAY}\s+{_TIME}\s+{_NAME}\s*[:：]?"))
_SHORT_HEAD = re.compile(rf"{_NAME}\s+{_TIME}")
_RULE = re.compile(rf"[—–─=\-]{{2,}}\s*{_DAY}(?:\s+星期.)?(?:\s+{_TIME})?\s*[—–─=\-]{{2,}}")
_SPACES = str.maketrans({"\u00a0": " ", "\u3000": " ", "\x0b": "\n", "\x0c": "\n", "\u2028": "\n", "\u2029": "\n"})
_BULLET = re.compile(r"^[\uf000-\uf0ff•●◆■▪➢]\s*")
_TITLE_ENDS = re.compile(r"[。！？；，、：:!?;,]$")
TITLE = 40


def cut(pasted: str) -> dict[str, str]:
    """Values for the fields of the form that the text names or shows, and the rest as ``text``; no word is dropped
    but the heads of messages, rules between days, and what went into a field."""
    lines = _lines(pasted)
    found: dict[str, str] = {}
    said = list(_messages(lines))
    speakers = list(dict.fromkeys(name for name, _ in said if name))
    kept = [_labelled(line, found) for _, line in said]
    if speakers:
        found.setdefault("party_name", speakers[0])
    if len(speakers) > 1:
        kept = [f"{name}：{line}" if name and line else line for (name, _), line in zip(said, kept, strict=True)]
    text = [line for line in (*kept, found.pop("text", "")) if line]
    if not speakers:
        _title(text, found)
    found["text"] = "\n".join(text)
    _shown(found)
    return {name: value for name, value in found.items() if value}


def _lines(pasted: str) -> list[str]:
    """The text as lines, without the signs that word processors and telephones leave in it."""
    plain = pasted.replace("\r\n", "\n").replace("\r", "\n").replace("\x07", " ").translate(_SPACES)
    visible = "".join(sign for sign in plain if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cf"))
    return [_BULLET.sub("· ", re.sub(r"[ \t]+", " ", _row(line)).strip()) for line in visible.split("\n")]


def _row(line: str) -> str:
    """A row of a table as it is copied, cells apart by tabs: a cell that is a label names the one that follows it."""
    cells = line.split("\t")
    if len(cells) == 1:
        return line
    names = [re.sub(r"\s|[:：]", "", cell) for cell in cells]
    return "\t".join(f"{name}：" if name in _FIELD_OF else cell for name, cell in zip(names, cells, strict=True))


def _messages(lines: list[str]) -> Iterator[tuple[str, str]]:
    """Who said each line: empty before the first head of a message; heads and rules between days are left out.

    A name with an hour alone is a head only below such a rule: in running text it may be a word of the matter.
    """
    speaker = ""
    forms: tuple[re.Pattern[str], ...] = _HEADS
    for line in lines:
        head = next((match for form in forms if (match := form.fullmatch(line))), None)
        if head:
            speaker = head["name"]
        elif line and _RULE.fullmatch(line):
            forms = (*_HEADS, _SHORT_HEAD)
        else:
            yield speaker, line


def _labelled(line: str, found: dict[str, str]) -> str:
    """The line without the labelled values taken from it; whole where one is said twice."""
    places = list(_LABEL.finditer(line))
    if not places or places[0].start() > 0:
        return line
    ends = [*(match.start() for match in places[1:]), len(line)]
    taken = {
        _FIELD_OF[match[1]]: line[match.end() : end].strip(" ,，;；") for match, end in zip(places, ends, strict=True)
    }
    if len(taken) < len(places) or any(found.get(name) not in (None, "", value) for name, value in taken.items()):
        return line
    found.update({name: value for name, value in taken.items() if value})
    return ""


def _title(text: list[str], found: dict[str, str]) -> None:
    """A short first line without a stop at its end is the title of what follows."""
    first = text[0] if len(text) > 1 else ""
    if (
        first
        and "title" not in found
        and len(first) <= TITLE
        and not (_TITLE_ENDS.search(first) or _LABEL.match(first))
    ):
        found["title"] = text.pop(0)


def _shown(found: dict[str, str]) -> None:
    """A telephone or identity number that stands in the text alone, named by no label, is that of the person."""
    for name, form in (("party_phone", _PHONE), ("party_id_number", _ID_NUMBER)):
        numbers = set(form.findall(found["text"]))
        if name not in found and len(numbers) == 1:
            found[name] = numbers.pop()
