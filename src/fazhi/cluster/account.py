"""The account that the server runs as: oneself, or one without rights when started as root."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path

from fazhi.cluster import complaint

_WITHOUT_RIGHTS = ("fazhi", "postgres", "nobody")


@dataclass(frozen=True, slots=True)
class Account:
    """A user of this machine."""

    uid: int
    gid: int
    name: str

    @property
    def is_self(self) -> bool:
        """Whether no change of user is needed."""
        return self.uid == os.geteuid()

    def can_open(self, folder: Path) -> bool:
        """Whether this account may pass through to `folder` (an existing one)."""
        if self.is_self:
            return os.access(folder, os.X_OK)
        done = subprocess.run(
            ["test", "-x", str(folder)], user=self.uid, group=self.gid, extra_groups=[], cwd="/", check=False
        )
        return done.returncode == 0

    def can_run(self, program: Path) -> bool:
        """Whether this account may run `program`."""
        change = {} if self.is_self else {"user": self.uid, "group": self.gid, "extra_groups": []}
        try:
            done = subprocess.run(
                [str(program), "--version"], cwd="/", capture_output=True, check=False, timeout=30, **change
            )  # type: ignore[call-overload]
        except OSError:
            return False
        return bool(done.returncode == 0)


def named(uid: int) -> str:
    """The name of a user id, or the number where it has none."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def server_account(data: Path) -> Account:
    """Who the server of this data folder runs as; an existing folder keeps the account it belongs to."""
    if os.geteuid() != 0:
        if data.exists() and data.stat().st_uid != os.geteuid():
            raise complaint.foreign(data, named(data.stat().st_uid))
        return Account(os.geteuid(), os.getegid(), named(os.geteuid()))
    if data.exists() and data.stat().st_uid != 0:
        status = data.stat()
        return Account(status.st_uid, status.st_gid, named(status.st_uid))
    for name in _WITHOUT_RIGHTS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid, name)
    raise complaint.no_account()
