"""How each kind of long work is done, and which lists may be taken along in the background."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from django.http import Http404
from django.utils.translation import gettext as _

from fazhi.operations.perform import Performer, Progress
from fazhi.operations.values import CannotDo, Outcome
from fazhi.people.actors import Actor
from fazhi.web.office import audit, counting, exchange, looks, readings, register_tables, search, todo, years
from fazhi.web.office.exporting import EXPORT, Reader, asked_again, export
from fazhi.web.office.gate import here_of


@dataclass(frozen=True, slots=True)
class Export:
    """How a list is read, and who may have it at all."""

    table_of: Reader
    may: Callable[[Actor], bool] = lambda _actor: True


EXPORTS: Final[Mapping[str, Export]] = {
    "matters": Export(search.table_of),
    "desk": Export(todo.table_of),
    "register": Export(register_tables.table_of),
    "audit": Export(audit.table_of, audit.may),
    "looks": Export(looks.table_of, looks.may),
}


def _export(one: Export) -> Callable[[Actor, Mapping[str, str], Progress], Outcome]:
    def perform(actor: Actor, given: Mapping[str, str], progress: Progress) -> Outcome:
        try:
            table = one.table_of(asked_again(given["query"]), here_of(actor), given["of"])
        except Http404:
            raise CannotDo(_("这份清单现在不在您的查看范围内，没有导出。")) from None
        return export(table, given["form"], progress)

    return perform


PERFORMERS: Final[Mapping[str, Performer]] = {
    **{f"{EXPORT}{name}": Performer(_export(one), one.may) for name, one in EXPORTS.items()},
    register_tables.BRING: Performer(register_tables.perform_bring),
    readings.READ: Performer(readings.perform_reading),
    exchange.TAKE: Performer(exchange.perform_take),
    years.CLOSE: Performer(years.perform_closing),
    counting.COUNT: Performer(counting.perform_count),
}
