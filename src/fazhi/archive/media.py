"""What a file is by its first bytes, and images without what their makers did not mean to tell."""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO

UNKNOWN = "application/octet-stream"
JPEG, PNG = "image/jpeg", "image/png"
_SIGNS = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"%PDF-", "application/pdf"),
    (b"GIF8", "image/gif"),
    (b"PK\x03\x04", "application/zip"),
    (b"\xd0\xcf\x11\xe0", "application/x-ole-storage"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"OggS", "audio/ogg"),
    (b"#!AMR", "audio/amr"),
    (b"\x1aE\xdf\xa3", "video/webm"),
)
_OFFICE = {"word/": "wordprocessingml.document", "xl/": "spreadsheetml.sheet", "ppt/": "presentationml.presentation"}
_PNG_KEPT = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"pHYs", b"bKGD", b"sBIT"}
_ORIENTATION = 0x0112


class Malformed(ValueError):
    """The bytes are not what they begin as."""


def media_of(data: bytes) -> str:
    """A media type by content; names and claims of the sender count for nothing."""
    for sign, media in _SIGNS:
        if data.startswith(sign):
            return _office(data) if media == "application/zip" else media
    if data[4:8] == b"ftyp":
        return "audio/mp4" if data[8:11] == b"M4A" else "video/mp4"
    if data.startswith(b"RIFF") and data[8:12] == b"WAVE":
        return "audio/wav"
    try:
        data[:4096].decode("utf-8", errors="strict" if len(data) <= 4096 else "ignore")
    except UnicodeDecodeError:
        return UNKNOWN
    return UNKNOWN if b"\0" in data[:4096] else "text/plain"


def unpacked_size(data: bytes) -> int:
    """Bytes a package would unpack to, as its own index says; 0 if it is no package."""
    if not data.startswith(b"PK\x03\x04"):
        return 0
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            return sum(member.file_size for member in package.infolist())
    except zipfile.BadZipFile as error:
        raise Malformed from error


def stripped(data: bytes, media: str) -> bytes:
    """The image without its metadata but the way it is turned; other files as they are."""
    try:
        if media == JPEG:
            return _jpeg(data)
        return _png(data) if media == PNG else data
    except (struct.error, IndexError, ValueError) as error:
        raise Malformed from error


def _office(data: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            names = package.namelist()
    except zipfile.BadZipFile:
        return "application/zip"
    for folder, kind in _OFFICE.items():
        if any(name.startswith(folder) for name in names):
            return f"application/vnd.openxmlformats-officedocument.{kind}"
    return "application/zip"


def _png(data: bytes) -> bytes:
    kept, at = [data[:8]], 8
    while at < len(data):
        size, name = struct.unpack_from(">I4s", data, at)
        chunk = data[at : at + 12 + size]
        if len(chunk) < 12 + size:
            raise ValueError
        if name in _PNG_KEPT:
            kept.append(chunk)
        at += 12 + size
        if name == b"IEND":
            return b"".join(kept)
    raise ValueError


def _jpeg(data: bytes) -> bytes:
    kept, at, turned = [data[:2]], 2, 0
    while data[at] == 0xFF and data[at + 1] != 0xDA:
        marker, size = data[at + 1], struct.unpack_from(">H", data, at + 2)[0]
        segment = data[at : at + 2 + size]
        if marker == 0xE1 and segment[4:10] == b"Exif\0\0":
            turned = turned or _turned(segment[10:])
        if not (0xE1 <= marker <= 0xED or marker in (0xEF, 0xFE)):
            kept.append(segment)
        at += 2 + size
    end = data.find(b"\xff\xd9", at)
    if end < 0 or data[at] != 0xFF:
        raise ValueError
    if turned > 1:
        kept.insert(1, _only_turned(turned))
    return b"".join([*kept, data[at : end + 2]])


def _turned(exif: bytes) -> int:
    order = "<" if exif[:2] == b"II" else ">"
    (start,) = struct.unpack_from(order + "I", exif, 4)
    (count,) = struct.unpack_from(order + "H", exif, start)
    for place in range(min(count, 64)):
        tag, _, _, value = struct.unpack_from(order + "HHIH", exif, start + 2 + 12 * place)
        if tag == _ORIENTATION:
            return int(value) if 1 <= value <= 8 else 0
    return 0


def _only_turned(value: int) -> bytes:
    exif = b"Exif\0\0II*\0" + struct.pack("<IHHHIHHI", 8, 1, _ORIENTATION, 3, 1, value, 0, 0)
    return b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif
