"""Putting, opening and erasing files. Their names never reach a path; a lost key is a lost file, on purpose."""

from __future__ import annotations

import hashlib
import json
import os
import time
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from fazhi.archive import media
from fazhi.archive.models import File
from fazhi.people import sealing
from fazhi.people.actors import Actor

LARGEST = 20 * 2**20
UNPACKED = 200 * 2**20
NAME = 200
STALE = 24 * 3600


class BadFile(ValueError):
    """The file cannot be kept; the text says why and what would do."""


class Gone(LookupError):
    """The file was erased, or never was."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A file in the clear, to be served as a download only. `digest` is `sm3:<hex>` of `data`."""

    id: UUID
    name: str
    media: str
    data: bytes
    digest: str


def put(stream: BinaryIO, name: str, actor: Actor) -> UUID:
    """Keep a file; BadFile if it is empty, larger than LARGEST, or unpacks beyond all measure."""
    return put_bytes(stream.read(LARGEST + 1), name, actor)


def put_bytes(data: bytes, name: str, actor: Actor) -> UUID:
    """The same for bytes at hand. The content is on disk before the row, so a row is never without its file."""
    kind = _checked(data)
    try:
        data = media.stripped(data, kind)
    except media.Malformed as error:
        raise BadFile("图片文件已损坏，无法读取：请重新导出或另存后再上传。") from error
    return _keep(data, kind, name, actor)


def put_made(data: bytes, name: str, actor: Actor) -> UUID:
    """Keep a file that the program made itself, as it is and as long as it is."""
    return _keep(data, media.media_of(data), name, actor)


def _keep(data: bytes, kind: str, name: str, actor: Actor) -> UUID:
    row = File(id=uuid.uuid4(), digest=_digest(data), size=len(data), media=kind)
    row.account, row.unit = actor.account, actor.unit
    key = sealing.new_key()
    row.key = sealing.wrap(key, key_owner(row.id))
    row.name = sealing.seal(key, json.dumps(_plain_name(name)).encode(), _owner(row.id, "name"))
    _write(_path(row.id), sealing.seal(key, data, _owner(row.id, "content")))
    row.save(force_insert=True)
    return row.id


def open(file: UUID) -> Stored:
    """The file in the clear; Gone if erased, BadFile if its bytes are no longer those that were kept."""
    row = File.objects.filter(pk=file).first()
    if row is None or row.key is None or row.name is None:
        raise Gone("该文件已依法清除或不存在。")
    try:
        key = sealing.unwrap(bytes(row.key), key_owner(file))
        data = sealing.unseal(key, _path(file).read_bytes(), _owner(file, "content"))
        name = json.loads(sealing.unseal(key, bytes(row.name), _owner(file, "name")))
    except FileNotFoundError as error:
        raise BadFile(f"文件 {file} 的内容不在数据目录中：请从备份恢复 files 目录。") from error
    except (InvalidTag, ValueError) as error:
        raise BadFile(f"文件 {file} 与登记时不一致，可能被改动或损坏：请从备份恢复并核查。") from error
    if _digest(data) != row.digest:
        raise BadFile(f"文件 {file} 的内容与登记的摘要不符：请从备份恢复并核查。")
    return Stored(file, name, row.media, data, row.digest)


def erase(file: UUID) -> bool:
    """Destroy key, name and content; the content leaves the disk when the transaction commits."""
    live = File.objects.filter(pk=file, key__isnull=False)
    if not live.update(key=None, name=None, erased_at=timezone.now()):
        return False
    transaction.on_commit(lambda: _path(file).unlink(missing_ok=True))
    return True


def check() -> tuple[UUID, ...]:
    """Files whose content is missing or altered."""
    bad: list[UUID] = []
    for file in File.objects.filter(key__isnull=False).values_list("pk", flat=True).iterator():
        try:
            open(file)
        except BadFile:
            bad.append(file)
    return tuple(bad)


def tidy() -> int:
    """Remove contents that no row owns any more: of acts that failed, and of erasures cut short."""
    removed = 0
    for path in _folder().glob("*/*"):
        if time.time() - path.stat().st_mtime < STALE and not _erased(path.name):
            continue
        if not File.objects.filter(pk=path.name[:36], key__isnull=False).exists():
            path.unlink(missing_ok=True)
            removed += 1
    return removed


def _erased(name: str) -> bool:
    return File.objects.filter(pk=name[:36], erased_at__isnull=False).exists()


def _checked(data: bytes) -> str:
    if not data:
        raise BadFile("文件是空的：请检查后重新选择。")
    if len(data) > LARGEST:
        raise BadFile(f"文件超过{LARGEST // 2**20} MB：请压缩图片或拆分后上传。")
    try:
        unpacked = media.unpacked_size(data)
    except media.Malformed as error:
        raise BadFile("压缩包或文档已损坏，无法读取：请重新保存后再上传。") from error
    if unpacked > UNPACKED:
        raise BadFile(f"文件解压后超过{UNPACKED // 2**20} MB：请拆分后上传。")
    return media.media_of(data)


def _plain_name(name: str) -> str:
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(sign for sign in last if sign.isprintable())[:NAME] or "文件"


def _digest(data: bytes) -> str:
    return "sm3:" + hashlib.new("sm3", data).hexdigest()


def key_owner(file: UUID) -> bytes:
    """What the data key of a file is bound to."""
    return _owner(file, "key")


def _owner(file: UUID, what: str) -> bytes:
    return b"fazhi.archive." + what.encode() + file.bytes


def _folder() -> Path:
    return Path(settings.FAZHI_HOME) / "files"


def _path(file: UUID) -> Path:
    return _folder() / file.hex[:2] / str(file)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    part.replace(path)
