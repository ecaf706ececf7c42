"""The four addresses of one database: owner, web, public and sealer, read from the environment."""

from collections.abc import Mapping
from typing import Any

from psycopg.conninfo import conninfo_to_dict

# alias → environment variable, and the alias whose address serves when it is not given
VARIABLES = {
    "default": ("DATABASE_URL", None),
    "owner": ("DATABASE_OWNER_URL", "default"),
    "public": ("DATABASE_PUBLIC_URL", "default"),
    "sealer": ("DATABASE_SEALER_URL", "default"),
}
_NONE = "postgresql://fazhi_web@/fazhi?host=%2Fnonexistent"


def databases(environment: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """The databases of the settings; with one address, every role uses it."""
    found: dict[str, dict[str, Any]] = {}
    for alias, (variable, instead) in VARIABLES.items():
        address = environment.get(variable) or (environment.get(VARIABLES[instead][0]) if instead else None)
        found[alias] = database(alias, address or _NONE)
    return found


# A page asks for a few rows: starting workers for that costs more than it saves. Refills and migrations may have them.
_ALONE = "-c max_parallel_workers_per_gather=0"


def database(alias: str, address: str) -> dict[str, Any]:
    """One entry of DATABASES from a URL or a connection string."""
    parts: dict[str, Any] = dict(conninfo_to_dict(address))
    if alias in ("default", "public"):
        parts["options"] = f"{parts.get('options', '')} {_ALONE}".strip()
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", ""),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        "OPTIONS": {"application_name": f"fazhi {alias}"} | parts,
        "TIME_ZONE": "Asia/Shanghai",
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "TEST": {"DEPENDENCIES": []},
    }


class Router:
    """Only the owner changes tables; the aliases are one database, so their rows may refer to each other."""

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == "owner"

    def allow_relation(self, left: object, right: object, **hints: Any) -> bool:
        return True
