"""The health of the database: version, shape, roles, and what is lost when roles share one address."""

from dataclasses import asdict, dataclass

from django.conf import settings
from django.db import connections

from fazhi.ledger.health import LOST, shared_roles
from fazhi.site.migrate import pending

OLDEST = 14


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
    lost = tuple(LOST[alias].zh for alias in shared_roles(settings.DATABASES))
    return Health(version, major >= OLDEST, not pending(), lost)
