"""The library of the sample district: a few documents written for it, the terms of its business, its past replies."""

from importlib.resources import files

from fazhi.gazette import look as gazette
from fazhi.jobs.replies import build_index, reply_of
from fazhi.ledger import rulebook
from fazhi.library import keep
from fazhi.library.folder import FileRead, read_version
from fazhi.library.own import rulebook_documents
from fazhi.library.values import Version

KINDS = frozenset({"appeal", "hotline", "reconsideration", "major_decision", "normative_document"})
"""Business that happens in the sample; the rest comes with `fazhi library own`."""
REPLIES = 12


def bring_documents() -> int:
    """Bring them and build the index where anything was new; how many were new."""
    terms = [one for one in rulebook_documents(rulebook()) if _of_the_sample(one)]
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
    return read_version(content, name, {})


def _of_the_sample(read: FileRead) -> bool:
    return read.file.removeprefix("规则库 ").partition("/")[0] in KINDS
