"""The health of the database: version, shape, roles, and what is lost when roles share one address."""

from dataclasses import asdict, dataclass

from django.conf import settings
from django.db import connections

from fazhi.site.databases import shared_roles
from fazhi.site.migrate import pending

OLDEST = 14
_LOST = {
    "owner": "网页程序与表的所有者是同一角色：程序出错时可能改动表结构，数据库不能阻止篡改。",
    "public": "公众页面没有自己的角色：数据库不能保证公众只读到已公开的内容。",
    "sealer": "封存没有自己的角色：数据库不能区分封存与日常写入。",
}


@dataclass(frozen=True, slots=True)
class Health:
    """What was found; `lost` tells what one address for several roles gives up."""

    version: str
    new_enough: bool
    migrated: bool
    lost: tuple[str, ...]

    @property
    def good(self) -> bool:
        """Whether the platform may be served."""
        return self.new_enough and self.migrated

    def as_json(self) -> dict[str, object]:
        """For programs."""
        return asdict(self) | {"good": self.good}

    def lines(self) -> tuple[str, ...]:
        """For people."""
        return (
            f"PostgreSQL {self.version}：{'可用' if self.new_enough else f'版本过旧，至少需要 {OLDEST}'}",
            "数据库结构：当前版本" if self.migrated else "数据库结构：需要更新，请执行 fazhi database migrate",
            *(self.lost or ("四个数据库角色各有各的权限。",)),
        )


def read() -> Health:
    """Look at the database that the settings name."""
    with connections["default"].cursor() as cursor:
        cursor.execute("select current_setting('server_version'), current_setting('server_version_num')::int / 10000")
        version, major = cursor.fetchone()
    lost = tuple(_LOST[alias] for alias in shared_roles(settings.DATABASES) if alias in _LOST)
    return Health(version, major >= OLDEST, not pending(), lost)
