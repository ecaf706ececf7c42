"""The library of the sample district: documents written for it, the terms of all business, its past replies."""

from importlib.resources import files

from fazhi.gazette import look as gazette
from fazhi.jobs.replies import build_index, reply_of
from fazhi.ledger import rulebook
from fazhi.library import keep
from fazhi.library.folder import FileRead, read_version
from fazhi.library.own import rulebook_documents
from fazhi.library.values import Version

REPLIES = 12
_GUIDE = "指南"


def bring_documents() -> int:
    """Bring them and build the index where anything was new; how many were new."""
    terms = rulebook_documents(rulebook())
    replies = [read for one in gazette.page(using="default").items if (read := reply_of(one)) is not None]
    told = keep.bring([*_written(), *terms, *replies[:REPLIES]])
    new = sum(one.outcome == "new" for one in told)
    if new:
        build_index()
    return new


def _written() -> list[FileRead]:
    found = sorted(files("fazhi.cli.sample").joinpath("library").iterdir(), key=lambda file: file.name)
    return [FileRead(one.name, _read(one.read_bytes(), one.name)) for one in found if one.name.endswith(".txt")]


def _read(content: bytes, name: str) -> Version:
    return read_version(content, name, {} if _GUIDE in name else {"kind": "normative"})
