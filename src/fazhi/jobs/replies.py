"""Published replies in the library: what is withdrawn or erased leaves it, its pieces and its index at once."""

from __future__ import annotations

from fazhi.gazette import look as gazette
from fazhi.gazette.values import Item
from fazhi.library import index, keep, look
from fazhi.library.folder import FileRead
from fazhi.library.own import reply_document
from fazhi.library.place import index_folder

PUBLISHED_AT = "/gazette/"


def reply_of(item: Item) -> FileRead | None:
    """A publication as a document of the library; None unless it is a reply to an appeal that still stands."""
    if item.withdrawn is not None or item.procedure.zh != "信访" or not item.text:
        return None
    title = f"{item.title}（{item.number or item.id}）"
    return reply_document(item.id, title, item.text, item.day, f"{PUBLISHED_AT}{item.id}/")


def drop_gone() -> int:
    """Takes out every reply whose publication says something else now, or nothing; how many. What was corrected comes
    again in its new words."""
    kept = {
        digest: link.removeprefix(PUBLISHED_AT).rstrip("/")
        for digest, link in look.replies("default").items()
        if link.startswith(PUBLISHED_AT)
    }
    shown = gazette.items(kept.values(), "default") if kept else {}
    gone, corrected = [], []
    for digest, identity in kept.items():
        now = reply_of(shown[identity]) if identity in shown else None
        if now is None or now.version is None:
            gone.append(digest)
        elif now.version.head.identity != digest:
            gone.append(digest)
            corrected.append(now)
    if gone:
        keep.forget(gone)
        keep.bring(corrected, over=True)
        build_index()
    return len(gone)


def build_index() -> int:
    """The index built anew from what the database holds; how many passages."""
    return index.rebuild(index_folder(), look.every_piece("default"), str(look.stamp_of("default")))
