"""What a person has typed into a form and not sent: kept sealed for that person alone, and given up after two weeks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from fazhi.people import sealing
from fazhi.people.models import Unsent

DAYS = 14
LONGEST = 200_000
MOST = 100
"""Forms that one person may leave unsent; the oldest gives way to a new one."""


class TooLong(ValueError):
    """More was typed than a draft can hold."""

    def __init__(self) -> None:
        super().__init__("写的内容太长，没有存为草稿；请先提交一部分，或者另存到文档里。")


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed, by field, and when it was kept."""

    form: str
    kept: datetime
    typed: Mapping[str, str]


def keep(account: UUID, form: str, typed: Mapping[str, str]) -> datetime | None:
    """Keep what stands in a form in place of what was kept before; None where nothing stands in it. TooLong."""
    said = {name: value for name, value in typed.items() if value.strip()}
    if not said:
        return None
    text = json.dumps(said, ensure_ascii=False).encode()
    if len(text) > LONGEST:
        raise TooLong
    now = timezone.now()
    sealed = sealing.seal(_key(), text, _owner(account, form))
    Unsent.objects.update_or_create(account_id=account, form=form, defaults={"sealed": sealed, "kept": now})
    beyond = Unsent.objects.filter(account=account).order_by("-kept").values_list("pk", flat=True)[MOST:]
    Unsent.objects.filter(pk__in=list(beyond)).delete()
    return now


def find(account: UUID, form: str) -> Draft | None:
    """What this person kept of the form, unless it is too old."""
    row = Unsent.objects.filter(account=account, form=form, kept__gt=_oldest()).first()
    if row is None:
        return None
    text = sealing.unseal(_key(), bytes(row.sealed), _owner(account, form))
    return Draft(form, row.kept, json.loads(text))


def begun(account: UUID, start: str = "") -> tuple[tuple[str, datetime], ...]:
    """The forms that this person left unsent, the last first; `start` is how their names begin."""
    rows = Unsent.objects.filter(account=account, form__startswith=start, kept__gt=_oldest()).order_by("-kept")
    return tuple(rows.values_list("form", "kept"))


def drop(account: UUID | None, form: str) -> None:
    """Give up what was kept of a form: it was sent, or its writer wants it no longer."""
    Unsent.objects.filter(account=account, form=form).delete()


def drop_about(matter: UUID) -> None:
    """Give up what anybody wrote and did not send about a matter of which something was erased."""
    Unsent.objects.filter(form__contains=str(matter)).delete()


def forget_old() -> int:
    """Erase what is older than two weeks; how much that was."""
    return Unsent.objects.filter(kept__lte=_oldest()).delete()[0]


def _oldest() -> datetime:
    return timezone.now() - timedelta(days=DAYS)


def _key() -> bytes:
    return sealing.derived("unsent")


def _owner(account: UUID, form: str) -> bytes:
    return account.bytes + form.encode()
