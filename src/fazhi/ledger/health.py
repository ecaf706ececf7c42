"""How the machinery fares: when each background job last succeeded, and which database roles are one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from fazhi.law import Title
from fazhi.ledger import query

ROLES = ("default", "owner", "public", "sealer")
HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class Watched:
    """A job that runs every so many seconds; after `late` seconds without a success something is wrong."""

    name: str
    title: Title
    every: float
    late: float


WATCHED = (
    Watched("seal", Title("封存记录", "Sealing the record"), 1, 60),
    Watched("follow", Title("更新指标台账", "Keeping the figures up to date"), 1, 300),
    Watched("warn", Title("期限预警", "Warning of terms about to end"), HOUR / 4, 2 * HOUR),
    Watched("alerts", Title("指标预警", "Alerts on figures"), HOUR, 4 * HOUR),
    Watched("remind", Title("汇集提醒", "Gathering reminders"), 60, HOUR),
    Watched("send", Title("发送提醒", "Sending reminders"), 30, HOUR),
    Watched("forget", Title("删除到期的旧提醒", "Deleting reminders past their term"), 6 * HOUR, 48 * HOUR),
    Watched("hotspots", Title("归并热点、发出诉求预警", "Working out hot events and warnings"), 6 * HOUR, 24 * HOUR),
    Watched("route", Title("自动分派有把握的来信", "Routing the letters that are sure"), 60, HOUR),
    Watched("exchange", Title("与其他系统交换文件", "Exchanging files with other systems"), 60, HOUR),
    Watched("replies", Title("从文库撤下收回的答复", "Taking withdrawn replies out of the library"), 10, 600),
    Watched("operations", Title("办理后台任务", "Doing long work that was asked for"), 1, HOUR),
    Watched("erasures", Title("更新清除清单", "Keeping the list of what was erased"), 5, 600),
    Watched("rooms", Title("升级后重建台账", "Refilling rooms after an upgrade"), 30, 24 * HOUR),
    Watched("second", Title("复制到第二存放处", "Copying to the second place"), 60, HOUR),
    Watched("tidy", Title("清理无主文件", "Removing files that belong to nothing"), 6 * HOUR, 48 * HOUR),
)
"""Every job of the background process, in the order in which they run."""


LOST = {
    "owner": Title(
        "网页程序与表的所有者是同一角色：程序出错时可能改动表结构，数据库不能阻止篡改。",
        "The pages work as the owner of the tables: a faulty program may change them, and the database cannot prevent "
        "tampering.",
    ),
    "public": Title(
        "公众页面没有自己的角色：数据库不能保证公众只读到已公开的内容。",
        "The public pages have no role of their own: the database cannot keep them to what is published.",
    ),
    "sealer": Title(
        "封存没有自己的角色：数据库不能区分封存与日常写入。",
        "Sealing has no role of its own: the database cannot tell it from daily writing.",
    ),
}
"""What is given up where a role shares its address with another."""


@dataclass(frozen=True, slots=True)
class LastRun:
    """When a job last succeeded and failed; `failure` is the kind of error, never its text."""

    name: str
    succeeded_at: datetime | None
    failed_at: datetime | None
    failure: str

    def is_late(self, watched: Watched, now: datetime) -> bool:
        """Whether the last success lies too far back, or there was none."""
        return self.succeeded_at is None or now - self.succeeded_at > timedelta(seconds=watched.late)


def last_runs(using: str = "default") -> dict[str, LastRun]:
    """Every job that ever ran, by name."""
    rows = query.fetch(using, "select name, succeeded_at, failed_at, failure from ledger_job")
    return {row[0]: LastRun(*row) for row in rows}


def shared_roles(databases: Mapping[str, Mapping[str, Any]]) -> tuple[str, ...]:
    """The aliases that have no role of their own, so that the database cannot tell them from another."""
    seen: dict[str, str] = {}
    return tuple(alias for alias in ROLES if seen.setdefault(str(databases[alias]["USER"]), alias) != alias)
