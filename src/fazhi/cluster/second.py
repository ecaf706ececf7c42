"""A second place: the log of every change copied there as it is written, base copies of the data, and the way back."""

import os
import shlex
import shutil
import subprocess
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from fazhi.cluster import binaries, complaint
from fazhi.cluster.addresses import SUPERUSER
from fazhi.cluster.guests import socket_of
from fazhi.cluster.passwords import make_private, write_private
from fazhi.cluster.place import Place, known, remember, settle

LATEST = 60
"""Seconds after which the log goes over even when little was written."""
KEPT = 3
_STAMP = "%Y%m%dT%H%M%S"
_SHANGHAI = ZoneInfo("Asia/Shanghai")


def settings(second: Path) -> dict[str, str]:
    """What the server is told: each part of the log is copied whole under another name first, then named."""
    log = _for_shell(second)
    put = f"cp %p {log}/%f.part && sync {log}/%f.part && mv {log}/%f.part {log}/%f"
    command = f"if test -f {log}/%f; then cmp -s %p {log}/%f; else {put}; fi"
    return {"archive_mode": "on", "archive_timeout": str(LATEST), "archive_command": command}


def prepare(second: Path, place: Place) -> None:
    """Make the folder of the log, private to the account of the server; ClusterError if it cannot go there."""
    second.mkdir(mode=0o711, parents=True, exist_ok=True)
    make_private(second / "log")
    place.give(second / "log")
    if not place.account.can_open(second):
        raise complaint.ClusterError(
            f"第二存放处 {second} 对运行数据库的账号 {place.account.name} 关闭。请让它能够进入，例如 chmod 711。",
            f"The second place {second} is closed to {place.account.name}, who runs the database. Let it pass.",
        )


def copy_base(second: Path, cluster: Path) -> Path:
    """Copy the whole data of the running server, with what its superuser needs to come in; older copies and the log
    before them go once there are more than KEPT."""
    folder = known(cluster.absolute())
    socket = socket_of(folder)
    if socket is None:
        raise complaint.ClusterError("数据库没有运行，不能复制。", "The database is not running.")
    word = (folder / "passwords" / SUPERUSER).read_text("ascii").strip()
    base = second / "base"
    make_private(base)
    for unfinished in base.glob("*.part"):
        shutil.rmtree(unfinished)
    made = base / datetime.now(_SHANGHAI).strftime(_STAMP)
    part = made.with_suffix(".part")
    make_private(part)
    options = ["--pgdata", str(part / "data"), "--wal-method=fetch", "--checkpoint=fast", "--no-password"]
    done = subprocess.run(
        [str(binaries.find("pg_basebackup")), *options, "--host", str(socket), "--username", SUPERUSER],
        env=os.environ | {"PGPASSWORD": word, "LC_ALL": "C"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        shutil.rmtree(part, ignore_errors=True)
        raise complaint.ClusterError(f"没有复制成功：{done.stderr[-400:]}", f"The copy failed: {done.stderr[-400:]}")
    write_private(part / "password", word.encode())
    part.rename(made)
    _forget_old(second)
    return made


def bases(second: Path) -> list[tuple[datetime, Path]]:
    """The whole copies by the moment at which they were begun, the oldest first."""
    found = sorted(path for path in (second / "base").glob("*T*") if not path.suffix)
    return [(datetime.strptime(path.name, _STAMP).replace(tzinfo=_SHANGHAI), path) for path in found]


def lay(second: Path, cluster: Path, until: datetime | None) -> None:
    """Lay the newest base copy before `until` as the data of a cluster that has none, to be followed by the log up to
    that moment when it starts. ClusterError if there is nothing to lay, or something is there already."""
    place = settle(cluster)
    if place.data.exists():
        raise complaint.ClusterError(
            f"{place.data} 已有数据，只能恢复到空的数据目录。请换一个 FAZHI_HOME。",
            f"There are data in {place.data} already. Restore into another FAZHI_HOME.",
        )
    usable = [path for made, path in bases(second) if until is None or made <= until]
    if not usable:
        raise complaint.ClusterError(
            f"{second} 里没有这个时刻以前的完整副本，不能恢复到那时。", f"{second} has no base copy before that moment."
        )
    part = place.folder / "postgres.part"
    shutil.rmtree(part, ignore_errors=True)
    shutil.copytree(usable[-1] / "data", part)
    for name in ("postmaster.pid", "postmaster.opts"):
        (part / name).unlink(missing_ok=True)
    (part / "postgresql.auto.conf").write_text(_recovery(second, until), "utf-8")
    (part / "recovery.signal").touch()
    for path in (part, *part.rglob("*")):
        place.give(path)
        path.chmod(0o700 if path.is_dir() else 0o600)
    make_private(place.passwords)
    write_private(place.passwords / SUPERUSER, (usable[-1] / "password").read_bytes())
    part.rename(place.data)
    remember(cluster, place)


def settled(cluster: Path) -> None:
    """The recovery is over: the next start is one like any other."""
    (known(cluster.absolute()) / "postgres" / "postgresql.auto.conf").write_text("", "utf-8")


def _recovery(second: Path, until: datetime | None) -> str:
    """Nobody is let in before the moment is reached; from then on the data go their own way."""
    log = _for_shell(second)
    said = {
        "restore_command": f"cp {log}/%f %p",
        "hot_standby": "off",
        "recovery_target_timeline": "latest",
        "archive_mode": "off",
    }
    if until is not None:
        moment = until.astimezone(_SHANGHAI)
        said |= {"recovery_target_time": moment.isoformat(sep=" "), "recovery_target_action": "promote"}
    return "".join(f"{name} = '{value.replace(chr(39), chr(39) * 2)}'\n" for name, value in said.items())


def _for_shell(second: Path) -> str:
    """The folder of the log inside a command of the server, to which % means something of its own."""
    return shlex.quote(str(second / "log").replace("%", "%%"))


def _forget_old(second: Path) -> None:
    every = [path for _, path in bases(second)]
    for path in every[:-KEPT]:
        shutil.rmtree(path)
    label = (every[max(0, len(every) - KEPT)] / "data" / "backup_label").read_text("ascii")
    first = label.partition("(file ")[2].partition(")")[0]
    subprocess.run([str(binaries.find("pg_archivecleanup")), str(second / "log"), first], check=False)
