"""How often one caller may do a thing, counted in the database: the same for every process that serves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpRequest
from django.utils import timezone

from fazhi.people import sealing
from fazhi.people.models import Use


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` times in `seconds`. Only a keyed mark of the caller is kept, and no longer than that."""

    name: str
    most: int
    seconds: int

    def take(self, caller: str) -> bool:
        """Counts one use; False once there were too many, which do not count. Call it outside a transaction that
        may be undone."""
        since, mark = timezone.now() - timedelta(seconds=self.seconds), sealing.mark("use", caller)
        Use.objects.filter(name=self.name, at__lte=since).delete()
        if Use.objects.filter(name=self.name, mark=mark)[: self.most].count() >= self.most:
            return False
        Use(name=self.name, mark=mark).save(force_insert=True)
        return True


def origin(request: HttpRequest) -> str:
    """Whence a request came; used for limits only and never kept."""
    return str(request.META.get("REMOTE_ADDR", ""))
