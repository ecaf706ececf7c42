"""Run a program as another account, so that it ends when the one who started it is gone (run as a file)."""

import ctypes
import os
import signal
import sys

_SET_PARENT_DEATH_SIGNAL = 1


def launch(uid: int, gid: int, parent: int, death: int, command: list[str]) -> None:
    """Become the account, ask for `death` when `parent` ends, and turn into `command`."""
    if os.geteuid() == 0 and uid != 0:
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
    os.umask(0o077)
    if death and sys.platform == "linux":  # after the change of user, which would clear it
        ctypes.CDLL(None).prctl(_SET_PARENT_DEATH_SIGNAL, death)
        if os.getppid() != parent:
            sys.exit(1)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGPIPE):
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    os.execv(command[0], command)  # noqa: S606 — no shell is wanted


if __name__ == "__main__":
    uid, gid, parent, death = map(int, sys.argv[1:5])
    launch(uid, gid, parent, death, sys.argv[5:])
