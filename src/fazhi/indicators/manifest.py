"""The manifest of a lake: as of which position, which files with how many rows and which digest, by which pages."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

FORMAT = "fazhi-lake-1"
NAME = "manifest.json"


class BadLake(ValueError):
    """The folder is no lake, or not as it was written; the message says what to do."""


@dataclass(frozen=True, slots=True)
class LakeFile:
    """A file of the lake, by its path within the folder."""

    path: str
    rows: int
    digest: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a lake holds. The same position, written by the same writer, gives the same manifest."""

    position: int
    rows: int
    files: tuple[LakeFile, ...]
    writer: str

    @property
    def home(self) -> str:
        """The folder, within the lake, of all that was written as of this position."""
        return f"position-{self.position:012d}"

    @property
    def digest(self) -> str:
        """One digest of all files, to be written down elsewhere and compared."""
        lines = "".join(f"{one.digest} {one.rows} {one.path}\n" for one in self.files)
        return "sha256:" + hashlib.sha256(f"{FORMAT} {self.position}\n{lines}".encode()).hexdigest()

    def to_json(self) -> str:
        return json.dumps({"format": FORMAT, "digest": self.digest, **asdict(self)}, ensure_ascii=False, indent=1)


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a folder; BadLake where there is none, or it does not agree with itself."""
    path = folder / NAME
    if not path.is_file():
        raise BadLake(f"{folder} 里没有 {NAME}，不是数据湖。请用 fazhi lake export 导出后再读。")
    said = json.loads(path.read_text(encoding="utf-8"))
    if said.get("format") != FORMAT:
        raise BadLake(f"{path} 的格式不是 {FORMAT}，请用同一版本的程序重新导出。")
    files = tuple(LakeFile(**one) for one in said["files"])
    found = Manifest(said["position"], said["rows"], files, said["writer"])
    if found.digest != said["digest"]:
        raise BadLake(f"{path} 被改动过：摘要应为 {said['digest']}，算得 {found.digest}。请重新导出。")
    return found


def check_files(folder: Path, manifest: Manifest) -> None:
    """BadLake names the first file that is missing or other than it was written."""
    for one in manifest.files:
        path = folder / one.path
        if not path.is_file():
            raise BadLake(f"数据湖缺少文件 {one.path}，请重新导出。")
        if file_digest(path) != one.digest:
            raise BadLake(f"数据湖的文件 {one.path} 被改动过，请重新导出。")


def file_digest(path: Path) -> str:
    with path.open("rb") as stream:
        return "sha256:" + hashlib.file_digest(stream, "sha256").hexdigest()
