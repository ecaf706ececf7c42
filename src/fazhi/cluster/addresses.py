"""The addresses by which the roles reach a database, as URLs with the password inside."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

ROLES = ("fazhi_owner", "fazhi_web", "fazhi_public", "fazhi_sealer")
SUPERUSER = "fazhi_super"
DATABASE = "fazhi"


@dataclass(frozen=True, slots=True)
class Addresses:
    """One URL a role, all of the same database; `superuser` is for backup, restore and tests only."""

    owner: str
    web: str
    public: str
    sealer: str
    superuser: str

    def __repr__(self) -> str:
        return "Addresses(…)"  # the passwords must not reach a log


def url(role: str, password: str, socket_folder: Path, database: str) -> str:
    """The address of one role."""
    host = quote(str(socket_folder), safe="")
    return f"postgresql://{role}:{quote(password, safe='')}@/{quote(database, safe='')}?host={host}&port=5432"


def addresses(passwords: dict[str, str], socket_folder: Path, database: str = DATABASE) -> Addresses:
    """The addresses of every role in `database`."""
    owner, web, public, sealer, superuser = (
        url(role, passwords[role], socket_folder, database) for role in (*ROLES, SUPERUSER)
    )
    return Addresses(owner, web, public, sealer, superuser)
