"""Performing operations: one after the other, the share done told meanwhile, taken up again where a process ended."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Event
from time import monotonic
from typing import Final

from django.db import InterfaceError, OperationalError
from django.utils import translation
from django.utils.translation import gettext as _

from fazhi import archive
from fazhi.ledger import query, today
from fazhi.operations import keep
from fazhi.operations.models import Operation as Row
from fazhi.operations.values import Cancelled, CannotDo, Interrupted, Operation, Outcome
from fazhi.people.actors import Actor, NoPost, actor_for

log = logging.getLogger("fazhi.jobs")
TRIES: Final = 3
EVERY: Final = 0.5
"""Seconds between two tellings of the share done."""

# Whatever still runs while nobody holds the lock of the job was cut off with its process: it comes first.
_TAKE = """
update operations_operation set state = 'running', began = now(), tries = tries + 1, done = 0, total = null
where id = (
    select id from operations_operation where state in ('running', 'waiting')
    order by state = 'waiting', asked, id limit 1 for update skip locked
) returning id
"""
_TOLD = """
update operations_operation set done = %s, total = %s where id = %s and state = 'running' and not stopping
returning id
"""
_ERASED = """
select exists (select from ledger_entry where kind = 'erased' and recorded_at >= %s and matter = any(%s::uuid[]))
"""


@dataclass
class Progress:
    """What a performer tells while it works, and by which it learns that it is to stop."""

    operation: Operation
    stop: Event = field(default_factory=Event)
    at: float = 0.0
    done: int = 0
    keeps: bool = False
    """Whether what is done stays when it is cancelled."""

    def told(self, done: int, total: int | None = None) -> None:
        """So much is done; call it often, outside of any transaction. Raises Cancelled or Interrupted."""
        self.done = done
        if self.stop.is_set():
            raise Interrupted
        if monotonic() - self.at < EVERY:
            return
        if not query.fetch("default", _TOLD, [done, total, self.operation.id]):
            raise Cancelled
        self.at = monotonic()

    def brought(self) -> bytes:
        """The file that came with the work."""
        try:
            if self.operation.brought is not None:
                return archive.open(self.operation.brought).data
        except archive.BadFile as bad:
            raise CannotDo(str(bad)) from bad
        except archive.Gone:
            pass
        raise CannotDo(_("随任务交来的文件已经不在，请重新上传。"))


@dataclass(frozen=True, slots=True)
class Performer:
    """How a kind of operation is done, by whom it may be had, and whether a cut-off one may simply be done again."""

    perform: Callable[[Actor, Mapping[str, str], Progress], Outcome]
    may: Callable[[Actor], bool] = lambda _actor: True


_named: dict[str, Performer] = {}
_load: list[Callable[[], Mapping[str, Performer]]] = []


def perform_with(load: Callable[[], Mapping[str, Performer]]) -> None:
    """Where the performers are had from, once one is needed."""
    _load[:] = [load]
    _named.clear()


def performer(kind: str) -> Performer:
    """How this kind is done; CannotDo for one that this version does not know."""
    if not _named:
        _named.update({name: one for load in _load for name, one in load().items()})
    if kind not in _named:
        raise CannotDo(_("这一版程序不会办这类任务，请重新提出。"))
    return _named[kind]


def carry_out(stop: Event | None = None) -> int:
    """The next one to its end; how many that were. Only under the lock of the job: it runs nowhere else then."""
    taken = query.fetch("default", _TAKE)
    if not taken:
        return 0
    one = keep.read(Row.objects.get(pk=taken[0][0]))
    with translation.override(one.language):
        if one.stopping:
            keep.end(one.id, "cancelled", "")
        elif one.tries > TRIES:
            keep.end(
                one.id,
                "failed",
                _("办理时程序%(n)d次中断，没有办成。请缩小范围再试，或请系统管理员查看。") % {"n": TRIES},
            )
        else:
            _carry_out(one, Progress(one, stop or Event()))
    return 1


def _carry_out(one: Operation, progress: Progress) -> None:
    try:
        done = performer(one.kind)
        actor = actor_for(one.account, one.post, today())
        if not done.may(actor):
            raise CannotDo(_("您的岗位现在没有办理这项任务的权限，请改选岗位后重新提出。"))
        outcome = done.perform(actor, one.given, progress)
        if outcome.matters and query.fetch("default", _ERASED, [one.began, list(outcome.matters)])[0][0]:
            _put_back(one)  # something of it was erased meanwhile, and may stand in the file
        elif not keep.finish(one, outcome, actor):
            raise Cancelled
    except Cancelled:
        keep.end(one.id, "cancelled", _kept(progress))
    except Interrupted:
        _put_back(one)
    except (CannotDo, NoPost) as wrong:
        keep.end(one.id, "failed", str(wrong))
    except (OperationalError, InterfaceError):
        raise  # the database is gone: it stays as it is, and is taken up when there is one again
    except Exception as error:
        log.error("后台任务 %s 没有办成：%s", one.kind, type(error).__name__)
        keep.end(
            one.id, "failed", _("程序出错（%(what)s），没有办成，请系统管理员查看。") % {"what": type(error).__name__}
        )


def _put_back(one: Operation) -> None:
    Row.objects.filter(pk=one.id).update(state="waiting", tries=one.tries - 1)


def _kept(progress: Progress) -> str:
    """How far it came, where that much of it stays."""
    if not progress.keeps or not progress.done:
        return ""
    return _("取消以前已经办了%(n)s行，这些行保留。") % {"n": f"{progress.done:,}"}
