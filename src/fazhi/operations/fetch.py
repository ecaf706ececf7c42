"""Fetching the file of an operation: under the rights that its asker has now, and never after they were lost."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from fazhi import archive
from fazhi.ledger import today
from fazhi.operations import keep
from fazhi.operations.models import Operation as Row
from fazhi.operations.perform import performer
from fazhi.operations.values import Absent, CannotDo, Operation
from fazhi.people.actors import Actor, NoPost, actor_for
from fazhi.reach.ask import visible
from fazhi.reach.scope import scope_of


def fetch(operation: Operation) -> archive.Stored:
    """The file in the clear. Absent where there is none; CannotDo where its term is over, or where a right was lost
    since it was made: the file is erased then."""
    if operation.file is None or operation.state != "done":
        raise Absent
    if operation.expires is not None and operation.expires <= timezone.now():
        raise CannotDo(_("文件只保留%(n)d天，已经到期；需要的话请重新办理。") % {"n": keep.DAYS})
    if not _may_still(operation):
        why = _("做成以后您的岗位或查看范围有变化，文件里有您现在不能看的内容，已经删除。请按现在的权限重新办理。")
        keep.end(operation.id, "failed", why)
        raise CannotDo(why)
    try:
        return archive.open(operation.file)
    except archive.Gone:
        raise Absent from None
    except archive.BadFile as bad:
        raise CannotDo(str(bad)) from bad


def _may_still(operation: Operation) -> bool:
    try:
        actor = actor_for(operation.account, operation.post, today())
    except NoPost:
        return False
    return performer(operation.kind).may(actor) and _sees_all(actor, operation.id)


def _sees_all(actor: Actor, identity: UUID) -> bool:
    matters = set(Row.objects.values_list("matters", flat=True).get(pk=identity))
    return not matters or len(visible(scope_of(actor, today()), matters)) == len(matters)
