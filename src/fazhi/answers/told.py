"""An answer in words: where a passage stands, and why nothing is quoted."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from fazhi.answers.english import in_english
from fazhi.answers.values import Answer, Refusal
from fazhi.library.values import Head, Piece

_LABEL: Final = re.compile(r"(\d{4})年(公布|修正|修订|规则|公开)")
_LABELS: Final[dict[str, Callable[[], str]]] = {
    "公布": lambda: _("%(year)s年公布"),
    "修正": lambda: _("%(year)s年修正"),
    "修订": lambda: _("%(year)s年修订"),
    "规则": lambda: _("%(year)s年规则"),
    "公开": lambda: _("%(year)s年公开"),
}


def refusal_words(told: Answer) -> str:
    """Why there is no answer, and what to do; what nothing here speaks of is told what is answered here."""
    refused: Refusal = told.refused
    if refused in ("no_support", "no_words") and in_english(told.question):
        return _("文库是中文的。用英文提问，只能按办事指南里的英文名称查找；请改用中文问，或者直接看办事指南。")
    if refused == "no_support" and not (told.near or told.guides or told.unresolved):
        return _("这里只回答法律法规、办事指南和公开文件里写着的事；这个问题没有找到有关的内容，就不回答了。")
    words = {
        "empty": _("没有读到问题。请写下想问的事。"),
        "no_words": _("没有读懂问题。请用一句话写下想问的事。"),
        "no_library": _("文库里还没有文件，不能回答。"),
        "no_support": _("很抱歉，收入的文件里没有能回答这个问题的原文。怕说错，就不回答了。"),
    }
    return words.get(refused, "")


def source_words(head: Head, piece: Piece, day: date) -> str:
    """Document, article and version of a passage, and since when it holds."""
    name = f"《{head.title}》{piece.label or '、'.join(piece.headings)}"
    return f"{name}（{version_words(head, day)}）"


def label_words(label: str) -> str:
    """How a version is called among its versions, in the reader's language where it is one of the usual ways."""
    usual = _LABEL.fullmatch(label)
    return _LABELS[usual[2]]() % {"year": usual[1]} if usual else label


def version_words(head: Head, day: date) -> str:
    """The version of a document and the days it holds; a reply was made public and never comes into force."""
    if head.kind == "reply":
        return _("%(day)s公开") % {"day": _said(head.since)} if head.since else label_words(head.label)
    told = [label_words(head.label)] if head.label else []
    if head.kind == "guide" and head.since is None:
        return label_words(head.label) or _("没有写明日期")
    if head.since is None:
        told.append(_("施行日期不明"))
    elif head.assumed:
        told.append(_("%(day)s起施行，按公布日期推定") % {"day": _said(head.since)})
    else:
        told.append(_("%(day)s起施行") % {"day": _said(head.since)})
    if head.until is not None and head.until > day:
        told.append(_("%(day)s起不再有效") % {"day": _said(head.until)})
    return _("，").join(told)


def _said(day: date) -> str:
    return date_format(day, _("Y年n月j日"))
