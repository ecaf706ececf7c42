"""The due chip: one shape for every date that is due, its state in icon, words and colour."""

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fazhi.web.faces.words import day_words

DueState = Literal[
    "overdue", "today", "soon", "ahead", "paused", "waiting", "measured", "ripe", "met", "early", "late", "lapsed",
    "dropped", "disputed", "option",
]  # fmt: skip
SOON: Final = 3

ICONS: Final[dict[DueState, str]] = {
    "overdue": "alert", "today": "bell", "soon": "clock", "ahead": "clock", "paused": "pause", "waiting": "user",
    "measured": "clock", "ripe": "check", "met": "check", "early": "alert", "late": "alert", "lapsed": "alert",
    "dropped": "dash", "disputed": "question", "option": "info",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Due:
    """When something is due. `left`: days or working days still to go, below zero once past."""

    state: DueState
    day: date | None = None
    left: int | None = None
    working: bool = False
    provisional: bool = False
    ended: date | None = None

    @property
    def icon(self) -> str:
        return ICONS[self.state]

    @property
    def look(self) -> str:
        """The class that colours it; a provisional date that still runs looks provisional first."""
        return "provisional" if self.provisional and self.state in {"ahead", "soon"} else self.state

    @property
    def words(self) -> str:
        if self.state == "measured" and self.left is None:
            return _("应当及时办理")
        return _left_words(self.state, self.left or 0, self.working)

    @property
    def day_words(self) -> str:
        if self.ended is not None and self.day is not None and self.state in {"met", "late"}:
            return _("%(ended)s（限 %(due)s）") % {"ended": day_words(self.ended), "due": day_words(self.day)}
        return day_words(self.ended or self.day)


def due_state(left: int) -> DueState:
    """The state of an open term by the days it still has."""
    if left < 0:
        return "overdue"
    if left == 0:
        return "today"
    return "soon" if left <= SOON else "ahead"


def _left_words(state: DueState, left: int, working: bool) -> str:
    if state in {"soon", "ahead"}:
        return _remaining(left, working)
    if state == "overdue":
        return _beyond(-left, working)
    if state == "measured":
        return ngettext("及时办理，已 %(n)d 天", "及时办理，已 %(n)d 天", left) % {"n": left}
    return {
        "today": _("今天到期"), "paused": _("中止，暂不计期"), "waiting": _("等待他人"), "ripe": _("期限已满"),
        "met": _("按期完成"), "early": _("早于最短期限"), "late": _("逾期完成"), "lapsed": _("期满未办"),
        "dropped": _("不再适用"), "disputed": _("期限有两种算法"), "option": _("可以办理，不是必须"),
    }[state]  # fmt: skip


def _remaining(left: int, working: bool) -> str:
    if working:
        return ngettext("还剩 %(n)d 个工作日", "还剩 %(n)d 个工作日", left) % {"n": left}
    return ngettext("还剩 %(n)d 天", "还剩 %(n)d 天", left) % {"n": left}


def _beyond(left: int, working: bool) -> str:
    if working:
        return ngettext("超 %(n)d 个工作日", "超 %(n)d 个工作日", left) % {"n": left}
    return ngettext("超 %(n)d 天", "超 %(n)d 天", left) % {"n": left}
