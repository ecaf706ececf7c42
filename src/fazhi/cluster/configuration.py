"""The server's own settings: private, in Chinese time, durable, and silent about what people wrote."""

import os
from collections.abc import Mapping
from pathlib import Path

_HOSTS = """\
# Written by fazhi at every start. Nobody is trusted, no network address is listened on.
local   all             all             scram-sha-256
local   replication     fazhi_super     scram-sha-256
"""

_HEADER = """\
# Written by fazhi at every start; settings of your own go into local.conf beside this file.
"""


def _quoted(value: str) -> str:
    return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'"


def shared_buffers() -> str:
    """An eighth of the machine's memory, between 64 and 512 MB, so that an idle start stays small."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    return f"{max(64, min(512, memory // 8))}MB"


def settings(socket_folder: Path) -> dict[str, str]:
    """The settings of a start."""
    return {
        "listen_addresses": "",
        "port": "5432",
        "unix_socket_directories": str(socket_folder),
        "unix_socket_permissions": "0700",
        "password_encryption": "scram-sha-256",
        "max_connections": "80",
        "shared_buffers": shared_buffers(),
        "work_mem": "16MB",
        "maintenance_work_mem": "128MB",
        "max_wal_size": "2GB",
        "wal_level": "replica",
        "max_wal_senders": "4",
        "jit": "off",
        "random_page_cost": "1.1",
        "timezone": "Asia/Shanghai",
        "log_timezone": "Asia/Shanghai",
        "datestyle": "iso, ymd",
        "lc_messages": "C",
        "idle_in_transaction_session_timeout": "60s",
        # errors of statements may quote what a person wrote: they go to the program, not to the log
        "log_min_messages": "log",
        "log_min_error_statement": "panic",
        "log_error_verbosity": "terse",
        "log_statement": "none",
        "log_min_duration_statement": "-1",
        "log_autovacuum_min_duration": "-1",
        "log_line_prefix": "%m [%p] ",
        "logging_collector": "off",
        "log_destination": "stderr",
    }


def write(data: Path, socket_folder: Path, more: Mapping[str, str]) -> None:
    """Write postgresql.conf and pg_hba.conf into the data folder, `more` last."""
    chosen = settings(socket_folder) | dict(more)
    lines = [f"{name} = {_quoted(value)}\n" for name, value in chosen.items()]
    (data / "postgresql.conf").write_text(_HEADER + "".join(lines) + "include_if_exists 'local.conf'\n", "utf-8")
    (data / "pg_hba.conf").write_text(_HOSTS, "utf-8")
