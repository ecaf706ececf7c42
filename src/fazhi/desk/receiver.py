"""The unit that receives what citizens hand in."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings

from fazhi.ledger import today
from fazhi.people import units

NAMED = "信访"


class NoReceiver(LookupError):
    """There is no unit yet that could receive."""


def receiving_unit() -> UUID:
    """The unit named in FAZHI_PORTAL_UNIT (name or id), else the first office of letters and visits, else the root."""
    tree = units.tree_on(today())
    wanted = settings.FAZHI_PORTAL_UNIT
    named = (line.id for line in tree.units.values() if wanted and wanted in (str(line.id), line.name))
    offices = (line.id for line in tree.units.values() if NAMED in line.name)
    for unit in (*named, *offices, *tree.children.get(None, ())):
        return unit
    raise NoReceiver("还没有设置受理单位，请联系管理员。")
