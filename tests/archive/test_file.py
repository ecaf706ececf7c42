"""Files as evidence: sealed on disk, named nowhere, told apart when altered, gone when erased."""

import struct
import zipfile
import zlib
from io import BytesIO
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import transaction

from fazhi import archive
from fazhi.archive import media
from fazhi.ledger import query
from fazhi.people.actors import Actor, citizen

NAME = "举报材料 张三丰.txt"
TEXT = "东街路灯坏了".encode()


@pytest.fixture
def clerk() -> Actor:
    return citizen(UUID(int=7))


def path_of(file: UUID) -> Path:
    (found,) = (Path(settings.FAZHI_HOME) / "files").rglob(str(file))
    return found


def test_a_file_comes_back_as_it_was_put(db, clerk):
    file = archive.put(BytesIO(TEXT), NAME, clerk)
    kept = archive.open(file)
    assert (kept.data, kept.name, kept.media) == (TEXT, NAME, "text/plain")
    assert kept.digest.startswith("sm3:")


def test_neither_name_nor_content_can_be_read_on_disk_or_in_the_row(db, clerk):
    file = archive.put(BytesIO(TEXT), NAME, clerk)
    path = path_of(file)
    assert TEXT not in path.read_bytes() and "张三丰" not in str(path)
    assert path.stat().st_mode & 0o077 == 0
    row = query.fetch("default", "select name, key from archive_file where id = %s", [file])[0]
    assert "张三丰".encode() not in bytes(row[0])


def test_names_from_outside_reach_no_path(db, clerk):
    file = archive.put(BytesIO(TEXT), "../../../etc/pass\0wd", clerk)
    assert archive.open(file).name == "passwd"
    assert path_of(file).name == str(file)


def test_an_altered_file_is_told_and_not_served(db, clerk):
    file = archive.put(BytesIO(TEXT), NAME, clerk)
    path = path_of(file)
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    with pytest.raises(archive.BadFile, match="不一致"):
        archive.open(file)
    assert file in archive.check()


def test_two_files_cannot_be_exchanged(db, clerk):
    one, two = (archive.put(BytesIO(TEXT + end), NAME, clerk) for end in (b"1", b"2"))
    path_of(one).write_bytes(path_of(two).read_bytes())
    with pytest.raises(archive.BadFile):
        archive.open(one)


def test_an_erased_file_is_gone_for_good(fresh_database, clerk):
    with transaction.atomic():
        file = archive.put(BytesIO(TEXT), NAME, clerk)
    path = path_of(file)
    with pytest.raises(RuntimeError), transaction.atomic():
        archive.erase(file)
        raise RuntimeError
    assert archive.open(file).data == TEXT, "an erasure that failed takes nothing away"
    with transaction.atomic():
        assert archive.erase(file)
    assert not path.exists() and not archive.erase(file)
    with pytest.raises(archive.Gone):
        archive.open(file)
    with pytest.raises(archive.Gone):
        archive.open(uuid4())


@pytest.mark.parametrize("data", [b"", b"x" * (archive.LARGEST + 1)], ids=["empty", "too large"])
def test_empty_and_overlarge_files_are_refused(db, clerk, data):
    with pytest.raises(archive.BadFile):
        archive.put(BytesIO(data), NAME, clerk)


def test_a_package_that_unpacks_beyond_measure_is_refused(db, clerk):
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("a", b"\0" * (201 * 2**20))
    with pytest.raises(archive.BadFile, match="解压"):
        archive.put(BytesIO(packed.getvalue()), "a.zip", clerk)


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def exif(turned: int) -> bytes:
    place = b"GPS 22.5N 114.0E"
    tiff = b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, 0x0112, 3, 1, turned, 0, 0) + place
    return b"\xff\xe1" + struct.pack(">H", len(tiff) + 8) + b"Exif\0\0" + tiff


def test_pictures_lose_place_and_device_but_not_the_way_they_are_turned():
    frame = b"\xff\xe0\x00\x10JFIF\0\1\1\0\0\1\0\1\0\0"
    scan = b"\xff\xda\x00\x03\x01ab\xff\x00cd\xff\xd9"
    jpeg = b"\xff\xd8" + frame + exif(6) + b"\xff\xfe\x00\x09camera!" + scan + b"hidden tail"
    clean = media.stripped(jpeg, media.media_of(jpeg))
    assert b"GPS" not in clean and b"camera" not in clean and b"hidden" not in clean
    assert media._turned(clean[clean.index(b"Exif\0\0") + 6 :]) == 6
    assert clean.endswith(scan)
    png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", b"1" * 13) + chunk(b"tEXt", b"Author\0me") + chunk(b"IDAT", b"x")
    png += chunk(b"IEND", b"")
    clean = media.stripped(png, media.media_of(png))
    assert b"Author" not in clean and b"IDAT" in clean


@pytest.mark.parametrize("cut", [9, 20, 40])
def test_a_broken_picture_is_refused_with_advice(db, clerk, cut):
    png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", b"1" * 13) + chunk(b"IDAT", b"x")
    with pytest.raises(archive.BadFile, match="重新"):
        archive.put(BytesIO(png[:cut]), "a.png", clerk)
