"""A backup: the database, the files, the receipt it must answer to, the erasures; the keys only if asked for."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

from fazhi.cluster import binaries
from fazhi.cluster.passwords import make_private, write_private
from fazhi.jobs import erasures
from fazhi.ledger import keys, now
from fazhi.ledger.receipt import receipt
from fazhi.ledger.seal import seal_all

FORM = "fazhi-backup-1"
DUMP, RECEIPT, ERASURES, FILES, KEYS, MANIFEST = (
    "database.dump",
    "receipt.json",
    "erasures.json",
    "files",
    "keys",
    "manifest.json",
)
REPORTS = "reports"
"""The library of reports by others: plain files, whole or not there at all."""


class CannotBackUp(RuntimeError):
    """The backup cannot be made or used; the words say why and what to do."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds. `digests` are SHA-256 of its parts by path; the manifest is written last."""

    form: str
    made_at: str
    server: str
    matters: int
    entries: int
    body_key: str
    sealer: str
    with_keys: bool
    migrations: tuple[str, ...]
    digests: Mapping[str, str]


def back_up(folder: Path, *, with_keys: bool = False) -> Manifest:
    """Write a backup into a new or empty folder; what is recorded meanwhile is in it or not, whole by whole."""
    _prepare(folder)
    seal_all()
    slip = receipt()
    matters, entries, server = _counts()
    if slip is None and entries:
        raise CannotBackUp("还没有封存，备份没有可以比对的回执：另一个封存进程可能正在运行，请稍后再试。")
    write_private(folder / RECEIPT, (slip.as_json() if slip else "{}").encode())
    run_tool("pg_dump", "--format=custom", "--exclude-table-data=django_session", f"--file={folder / DUMP}")
    (folder / DUMP).chmod(0o600)
    erasures.note()
    write_private(folder / ERASURES, erasures.newest().as_json().encode())
    for name in (FILES, REPORTS):
        _copy(Path(settings.FAZHI_HOME) / name, folder / name)
    if with_keys:
        _copy(keys.folder(), folder / KEYS)
    manifest = Manifest(
        form=FORM,
        made_at=now().isoformat(timespec="seconds"),
        server=server,
        matters=matters,
        entries=entries,
        body_key=keys.body_key_id(),
        sealer=keys.fingerprint(keys.public_hex(keys.signer().public_key())),
        with_keys=with_keys,
        migrations=applied_migrations(),
        digests={str(path.relative_to(folder)): sha256(path) for path in parts(folder)},
    )
    write_private(folder / MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False, indent=1).encode())
    return manifest


def applied_migrations() -> tuple[str, ...]:
    """The shape of the database, as the names of its migrations."""
    return tuple(sorted(f"{app}.{name}" for app, name in MigrationRecorder(connections["owner"]).applied_migrations()))


def parts(folder: Path) -> list[Path]:
    """Every file of a backup but the manifest."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST)


def sha256(path: Path) -> str:
    """The digest of a file of any size."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def run_tool(program: str, *arguments: str) -> None:
    """Run a PostgreSQL program on the database as its owner; the password goes through the environment alone."""
    parameters = connections["owner"].get_connection_params()
    names = {"PGHOST": "host", "PGPORT": "port", "PGUSER": "user", "PGPASSWORD": "password", "PGDATABASE": "dbname"}
    told = {variable: str(parameters[name]) for variable, name in names.items() if parameters.get(name)}
    done = subprocess.run(
        [str(binaries.find(program)), "--no-password", *arguments],
        env=os.environ | told,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise CannotBackUp(f"{program} 没有成功：{done.stderr.strip()[-500:]}")


def _prepare(folder: Path) -> None:
    try:
        if folder.exists() and any(folder.iterdir()):
            raise CannotBackUp(f"{folder} 不是空的。每次备份请用一个新文件夹，例如 backup/2025-06-01。")
        make_private(folder)
        folder.chmod(0o700)
    except OSError as error:
        raise CannotBackUp(f"不能写入 {folder}：{error.strerror}。请换一个文件夹。") from error


def _counts() -> tuple[int, int, str]:
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "select (select count(*) from ledger_matter), (select count(*) from ledger_entry),"
            " current_setting('server_version')"
        )
        row = cursor.fetchone()
    assert row is not None
    return row[0], row[1], row[2]


def _copy(source: Path, target: Path) -> None:
    """Copy a private folder; a file that is erased while it is copied is left out."""
    make_private(target)
    for path in sorted(source.rglob("*")) if source.exists() else ():
        if path.is_file() and path.suffix != ".part":
            copy = target / path.relative_to(source)
            copy.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            try:
                shutil.copyfile(path, copy)
            except FileNotFoundError:
                continue
            copy.chmod(0o600)
