"""What can go wrong with the embedded server, said in Chinese and in English, with what to do."""

from pathlib import Path


class ClusterError(Exception):
    """The embedded server cannot run; the text says why and what to do, in Chinese and then in English."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh}\n{en}")
        self.zh = zh
        self.en = en


class ClusterBusy(ClusterError):
    """Another process owns this data folder."""


# what the server's own log says → what a person can do about it
_KNOWN = (
    (
        "No space left on device",
        "磁盘空间已满，数据库停止以保护数据。请清理磁盘后重新启动，已提交的内容不会丢失。",
        "The disk is full and the database stopped to protect its data. Free some space and start again; "
        "nothing committed is lost.",
    ),
    (
        "is not compatible with this version",
        "数据目录由另一版本的 PostgreSQL 建立，数据未被改动。请用原版本的程序导出后再导入。",
        "The data folder was made by another version of PostgreSQL and was left as it is. "
        "Dump it with that version and restore it here.",
    ),
    (
        "has invalid permissions",
        "数据目录的权限过宽，拒绝启动。请执行 chmod 700。",
        "The data folder can be opened by other accounts. Run chmod 700 on it.",
    ),
    (
        "could not create shared memory segment",
        "共享内存不足，数据库无法启动。请检查 /dev/shm 的大小。",
        "There is too little shared memory for the database. Look at the size of /dev/shm.",
    ),
    (
        "could not create any Unix-domain sockets",
        "数据库的连接套接字已被占用或无法建立。请检查是否有另一个数据库使用同一目录。",
        "The socket of the database is in use or cannot be made. See whether another database uses the same folder.",
    ),
    (
        "another server might be running",
        "另一个数据库进程正在使用同一数据目录，数据未被改动。",
        "Another database process uses the same data folder. The data was left as it is.",
    ),
    (
        "could not locate a valid checkpoint record",
        "数据目录不完整，无法恢复。请从备份恢复（fazhi restore），不要删除原目录。",
        "The data folder is incomplete and cannot be recovered. Restore a backup (fazhi restore) and keep this folder.",
    ),
)


def from_log(log: Path, since: int = 0) -> ClusterError:
    """What the server's log tells, from byte `since` on."""
    with log.open("rb") as file:
        file.seek(since)
        text = file.read().decode("utf-8", "replace")
    for sign, zh, en in _KNOWN:
        if sign in text:
            return ClusterError(f"{zh}（日志：{log}）", f"{en} (log: {log})")
    tail = "\n".join(text.splitlines()[-5:])
    return ClusterError(
        f"数据库没有启动成功。日志 {log} 的最后几行：\n{tail}",
        "The database did not start; the last lines of its log are above.",
    )


def busy(folder: Path, owner: str) -> ClusterBusy:
    """Another process holds the lock of this folder."""
    return ClusterBusy(
        f"数据目录 {folder} 正被另一个进程使用（{owner}）。请先结束它，或换一个 FAZHI_HOME。",
        f"Another process is using {folder} ({owner}). End it first, or choose another FAZHI_HOME.",
    )


def other_version(data: Path, found: str, wanted: str) -> ClusterError:
    """The data folder was made by another major version."""
    return ClusterError(
        f"数据目录 {data} 由 PostgreSQL {found} 建立，本程序带的是 {wanted}。数据未被改动；请用 {found} 导出后再导入。",
        f"{data} was made by PostgreSQL {found}, this program brings {wanted}. Nothing was changed; "
        f"dump it with {found} and restore it here.",
    )


def too_open(path: Path, mode: int, wanted: int) -> ClusterError:
    """A private folder or file that other accounts may open."""
    return ClusterError(
        f"{path} 的权限为 {mode:04o}，其他账户可以打开，拒绝使用。请执行：chmod {wanted:o} '{path}'",
        f"{path} has mode {mode:04o} and other accounts may open it. Run: chmod {wanted:o} '{path}'",
    )


def foreign(path: Path, owner: str) -> ClusterError:
    """A folder that belongs to another account."""
    return ClusterError(
        f"{path} 属于账户 {owner}，当前账户不能使用。请用该账户或 root 启动，或换一个 FAZHI_HOME。",
        f"{path} belongs to {owner}. Start as that account or as root, or choose another FAZHI_HOME.",
    )


def closed(folder: Path, account: str, gate: Path) -> ClusterError:
    """Data lie in a folder to which the server's account can no longer go."""
    return ClusterError(
        f"数据在 {folder}，但数据库账户 {account} 不能进入它上面的 {gate}（权限可能被改过）。"
        f"数据未被改动，也没有另建空库。请执行：chmod o+x '{gate}'，然后重新启动；"
        f"不愿开放该目录的，请把数据移到别处，再用 FAZHI_HOME 指明。",
        f"The data lie in {folder}, but the account {account} may not pass {gate} above it. Nothing was changed and "
        f"no empty database was made. Run: chmod o+x '{gate}' and start again, or move the data and point FAZHI_HOME "
        f"to where they are.",
    )


def two_places(here: Path, there: Path, note: Path) -> ClusterError:
    """Data lie both in the folder asked for and in the one that the note names."""
    return ClusterError(
        f"{here} 和 {there} 都有数据，无法判断用哪一处，两处都未被改动。要用前者，请移走 {note}；"
        f"要用后者，请移走 {here / 'postgres'}。然后重新启动。移走的请先保存，核对后再删除。",
        f"There are data in {here} and in {there}, and both were left as they are. To use the first, move {note} away; "
        f"to use the second, move {here / 'postgres'} away. Start again; keep what you move until you have looked.",
    )


def lost_place(there: Path, note: Path) -> ClusterError:
    """The note names a folder in which there are no data."""
    return ClusterError(
        f"数据应在 {there}（见 {note}），但那里没有数据，可能被移走或磁盘没有挂载。没有另建空库。"
        f"请找回该目录，或用 fazhi restore 从备份恢复到新的 FAZHI_HOME；确要从头开始的，请移走 {note}。",
        f"The data should lie in {there} (says {note}), but none are there: moved away, or a disk is not mounted? No "
        f"empty database was made. Bring the folder back, or restore a backup into a new FAZHI_HOME; to begin anew, "
        f"move {note} away.",
    )


def lost_note(folder: Path, there: Path, note: Path) -> ClusterError:
    """Data of this folder lie elsewhere, and the note that says so is gone."""
    return ClusterError(
        f"{folder} 的数据在 {there}，但指明这一点的文件 {note} 不见了。没有另建空库。"
        f"要用这些数据，请执行：echo '{there}' > '{note}'；确要从头开始的，请先移走 {there}。",
        f"The data of {folder} lie in {there}, but the file {note} that says so is gone. No empty database was made. "
        f"To use them, run: echo '{there}' > '{note}'; to begin anew, move {there} away first.",
    )


def no_space(place: Path, free: int, wanted: int) -> ClusterError:
    """Too little room on the disk to start."""
    return ClusterError(
        f"{place} 所在磁盘只剩 {free // 2**20} MB，至少需要 {wanted // 2**20} MB。请清理磁盘后再启动。",
        f"Only {free // 2**20} MB are left on the disk of {place}; {wanted // 2**20} MB are needed (no space left). "
        "Free some space and start again.",
    )


def no_account() -> ClusterError:
    """Started as root, and there is no account without rights to run the server as."""
    return ClusterError(
        "以 root 启动时需要一个无特权账户运行数据库，但没有找到 fazhi、postgres 或 nobody。"
        "请执行：useradd --system fazhi",
        "Started as root, the database runs as an account without rights, but none of fazhi, postgres, nobody exists. "
        "Run: useradd --system fazhi",
    )


def no_programs(folder: Path) -> ClusterError:
    """The programs of the server are not there or cannot be run."""
    return ClusterError(
        f"数据库程序无法在 {folder} 运行（可能是 noexec 挂载或文件不全）。"
        "请重新执行 make install，或用 DATABASE_URL 指向自有服务器。",
        f"The database programs cannot be run in {folder} (mounted noexec, or incomplete). Run make install again, "
        "or point DATABASE_URL at a server of your own.",
    )


def lost_password(path: Path) -> ClusterError:
    """The password file no longer fits the data folder."""
    return ClusterError(
        f"密码文件 {path} 与数据目录不符（可能被删除或替换）。请从备份取回该文件；数据未被改动。",
        f"The password file {path} does not fit the data folder (removed or replaced?). "
        "Bring the file back from a backup; the data was left as it is.",
    )


def not_data(data: Path) -> ClusterError:
    """A folder stands where the data should be, and is none."""
    return ClusterError(
        f"{data} 已存在，但不是数据库的数据目录（缺少 PG_VERSION）。请移走该目录或从备份恢复；其中内容未被改动。",
        f"{data} exists but is not a data folder (PG_VERSION is missing). Move it away or restore a backup; "
        "nothing in it was changed.",
    )


def missing_key(path: Path) -> ClusterError:
    """A key is gone or damaged while others are there: a new one would make what was written unreadable."""
    return ClusterError(
        f"缺少密钥文件 {path}，或其长度不是32字节。请从密钥备份恢复；程序不会另造密钥，以免已有内容无法读取。",
        f"The key file {path} is missing or is not 32 bytes long. Bring it back from the backup of the keys; "
        "a new one is not made, since what was written before could not be read with it.",
    )
