"""The library of the sample district: documents written for it, the terms of all business, its past replies."""

from datetime import date
from importlib.resources import files

from fazhi.answers import keep as answers
from fazhi.answers.ask import answer
from fazhi.gazette import look as gazette
from fazhi.jobs.replies import build_index, reply_of
from fazhi.ledger import rulebook
from fazhi.library import keep
from fazhi.library import look as library
from fazhi.library.folder import FileRead, read_version
from fazhi.library.index import opened
from fazhi.library.own import rulebook_documents
from fazhi.library.place import index_folder
from fazhi.library.values import Version

REPLIES = 12
LATER = ("示例区行政规范性文件管理办法-2024.txt",)
ASKED = (
    "规范性文件征求意见要公开多少天？",
    "规范性文件合法性审核要几个工作日？",
    "规范性文件的有效期最长几年？",
    "明天会下雨吗？",
)
"""What people asked before the later text came; the last finds nothing."""
_GUIDE = "指南"


def bring_documents(day: date) -> int:
    """Bring them and build the index where anything was new; how many were new. One was answered from before it was
    revised, so that the answers it changed can be seen."""
    terms = rulebook_documents(rulebook())
    replies = [read for one in gazette.page(using="default").items if (read := reply_of(one)) is not None]
    told = keep.bring([*_written(later=False), *terms, *replies[:REPLIES]])
    new = sum(one.outcome == "new" for one in told)
    if new:
        build_index()
        _ask(day)
    came = sum(one.outcome == "new" for one in keep.bring(_written(later=True)))
    if came:
        build_index()
    return new + came


def _ask(day: date) -> None:
    shelf, passages = library.kept("default"), opened(index_folder())
    for question in ASKED:
        answers.keep(answer(question, day, shelf, passages), "portal")


def _written(*, later: bool) -> list[FileRead]:
    """The documents written for the sample; `later` are those that came after people had asked."""
    found = sorted(files("fazhi.cli.sample").joinpath("library").iterdir(), key=lambda file: file.name)
    texts = [one for one in found if one.name.endswith(".txt") and (one.name in LATER) == later]
    return [FileRead(one.name, _read(one.read_bytes(), one.name)) for one in texts]


def _read(content: bytes, name: str) -> Version:
    return read_version(content, name, {} if _GUIDE in name else {"kind": "normative"})
