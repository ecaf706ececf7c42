"""Restoring a backup into an empty database: checked, erased again, refilled, and held against a receipt."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connections

from fazhi import archive
from fazhi.cluster.passwords import make_private, write_private
from fazhi.jobs import backup, erasures
from fazhi.jobs.backup import CannotBackUp, Manifest
from fazhi.jobs.erasures import Erasures
from fazhi.jobs.rotate import recall
from fazhi.ledger import followers, keys
from fazhi.ledger.heavy import follow_sealed
from fazhi.ledger.receipt import Receipt
from fazhi.ledger.refill import compare, refill
from fazhi.ledger.seal import seal_all
from fazhi.ledger.verify import VerifyReport, verify

Tell = Callable[[str], None]

_TAKEN = """
select (select count(*) from ledger_matter) + (select count(*) from people_unit) + (select count(*) from people_account)
"""
_OTHERS = """
select count(*) from pg_stat_activity
where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'
"""


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore found. `differs` is empty when all is as it was; only then is the restore good."""

    manifest: Manifest
    report: VerifyReport
    erased_again: int
    rooms: dict[str, int]
    differs: tuple[str, ...]


def restore(folder: Path, *, newest: Path | None = None, receipt: Path | None = None, tell: Tell = print) -> Restored:
    """Restore into the database at hand, which must be empty.

    `newest` is a list of erasures kept elsewhere; `receipt` is one kept outside the house, instead of the backup's own.
    CannotBackUp, before anything is touched, says what is missing.
    """
    manifest = read_manifest(folder)
    slip = _receipt(receipt or folder / backup.RECEIPT)
    gone = _erasures(folder, newest)
    _refuse_taken()
    _settle_keys(folder, manifest)
    tell("恢复数据库…")
    _restore_database(folder)
    restore_files(folder / backup.FILES)
    restore_files(folder / backup.REPORTS, backup.REPORTS)
    return finish(manifest, gone, slip, tell)


def finish(manifest: Manifest, gone: Erasures, slip: Receipt | None, tell: Tell = print) -> Restored:
    """What every restore ends with: erased again, sealed, refilled, verified."""
    tell("重放清除清单…")
    erased_again = erasures.replay(gone)
    erasures.note()
    tell("封存并重建各处台账…")
    seal_all()
    rooms = refill(followers())
    follow_sealed()
    tell("核验…")
    return _judged(Restored(manifest, verify(slip), erased_again, rooms, ()), gone)


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a whole and unaltered backup; CannotBackUp if it is not."""
    try:
        said = json.loads((folder / backup.MANIFEST).read_text(encoding="utf-8"))
        manifest = Manifest(**{**said, "migrations": tuple(said["migrations"])})
    except FileNotFoundError as error:
        raise CannotBackUp(
            f"{folder} 不是完整的备份：没有 {backup.MANIFEST}。它最后写成，没有它就是备份中途断了。"
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise CannotBackUp(f"{folder / backup.MANIFEST} 读不懂，可能已损坏。请换一份备份。") from error
    if manifest.form != backup.FORM:
        raise CannotBackUp(f"备份的格式 {manifest.form} 不是本程序认识的 {backup.FORM}。")
    there = {str(path.relative_to(folder)): path for path in backup.parts(folder)}
    if missing := sorted(manifest.digests.keys() - there.keys()):
        raise CannotBackUp(f"备份缺少：{'、'.join(missing[:5])}。请换一份备份。")
    if altered := [name for name, digest in manifest.digests.items() if backup.sha256(there[name]) != digest]:
        raise CannotBackUp(f"备份里的文件与写下时不同：{'、'.join(altered[:5])}。请换一份备份。")
    return manifest


def _receipt(path: Path) -> Receipt | None:
    text = path.read_text(encoding="utf-8")
    return None if text.strip() == "{}" else Receipt.from_json(text)


def _erasures(folder: Path, newest: Path | None) -> Erasures:
    """The backup's own list, the one beside the data, and the one named: whatever any of them holds goes again."""
    found = Erasures.from_json((folder / backup.ERASURES).read_text(encoding="utf-8")).joined(erasures.newest())
    return found.joined(Erasures.from_json(newest.read_text(encoding="utf-8"))) if newest else found


def _refuse_taken() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(_TAKEN)
        taken = cursor.fetchone()
        for alias in connections:
            if alias != "owner":
                connections[alias].close()
        cursor.execute(_OTHERS)
        others = cursor.fetchone()
    if taken and taken[0]:
        raise CannotBackUp(
            "目标数据库里已有单位、账号或事项，只能恢复到空的数据库。请换一个 FAZHI_HOME 或 DATABASE_URL。"
        )
    if others and others[0]:
        raise CannotBackUp("目标数据库正被其他程序使用。请先停止平台（Ctrl-C）再恢复。")


def _settle_keys(folder: Path, manifest: Manifest) -> None:
    """The keys under which the bodies are: those in the backup, else those at hand must be the same."""
    if keys.body_key_id() == manifest.body_key or recall(manifest.body_key):
        return
    if not manifest.with_keys:
        raise CannotBackUp(
            f"密钥不符：备份的正文由密钥 {manifest.body_key} 加密，现有的是 {keys.body_key_id()}。"
            f"请把当时的密钥文件夹（*.key，权限 0600）放到 {keys.folder()} 后再恢复；没有它，正文无法读出。"
        )
    replaced = keys.folder() / "replaced"
    make_private(replaced)
    for path in (folder / backup.KEYS).glob("*.key"):
        here = keys.folder() / path.name
        if here.exists():
            here.replace(replaced / path.name)
        write_private(here, path.read_bytes())


def _restore_database(folder: Path) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("drop schema public cascade")
        cursor.execute("create schema public")
    for alias in connections:
        connections[alias].close()
    backup.run_tool("pg_restore", "--exit-on-error", "--single-transaction", "--dbname=", str(folder / backup.DUMP))
    call_command("migrate", database="owner", interactive=False, verbosity=0)


def restore_files(source: Path, name: str = backup.FILES) -> None:
    """A folder of files from a backup: those of matters, still in cipher, or the library of reports."""
    target = Path(settings.FAZHI_HOME) / name
    make_private(target)
    for path in source.rglob("*") if source.exists() else ():
        if path.is_file():
            copy = target / path.relative_to(source)
            copy.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
            copy.chmod(0o600)


def _judged(found: Restored, gone: Erasures) -> Restored:
    """Everything that is not as it was, in words."""
    differs = [one.message for one in found.report.wrong]
    if found.report.matters < found.manifest.matters or found.report.entries < found.manifest.entries:
        differs.append(f"备份时至少有 {found.manifest.entries} 条记录，恢复后只有 {found.report.entries} 条。")
    if found.report.compared is None and found.manifest.entries:
        differs.append("没有回执可以比对。")
    for room in followers():
        if rows := compare(room):
            differs.append(f"台账“{room.name}”与记录不一致：{len(rows)} 处。")
    differs += [f"文件 {file} 缺失或被改动。" for file in archive.check()]
    if left := sorted(set(gone.parties) - set(erasures.collect().parties) - _absent_parties(gone)):
        differs.append(f"{len(left)} 名当事人的信息应已清除，却仍在。")
    return replace(found, differs=tuple(differs))


def _absent_parties(gone: Erasures) -> set[str]:
    """Parties erased after the backup that the backup never held."""
    with connections["default"].cursor() as cursor:
        cursor.execute("select id::text from people_party where id = any (%s::uuid[])", [list(gone.parties)])
        return set(gone.parties) - {row[0] for row in cursor.fetchall()}
