"""Reading a file as a table of cells: XLSX, CSV and TSV, in the encodings that offices really send."""

import csv
import hashlib
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from python_calamine import CalamineError, load_workbook

UNPACKED_MOST = 512 * 1024 * 1024
ENCODINGS = ("utf-8-sig", "gb18030")

FORMS = {".xlsx": "XLSX", ".xlsm": "XLSX", ".csv": "CSV", ".tsv": "TSV", ".txt": "TSV", ".tab": "TSV"}

Cell = str | int | float | bool | date | datetime | None


class Unreadable(ValueError):
    """The file cannot be read as a table; the words say what to do."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """All rows of a file: (row as a spreadsheet numbers it, cells); empty rows are left out."""

    name: str
    form: str
    encoding: str
    digest: str
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]


def read_sheet(path: Path, sheet: str = "") -> Sheet:
    """Read one sheet of a file; raises Unreadable."""
    form = FORMS.get(path.suffix.lower())
    if form is None:
        raise Unreadable(
            f"不认识的文件类型“{path.suffix or '（无扩展名）'}”。"
            "可以导入 .xlsx、.csv、.tsv；旧的 .xls 请先在表格软件里另存为 .xlsx。"
        )
    content = _bytes(path)
    digest = hashlib.sha256(content).hexdigest()
    if form == "XLSX":
        name, rows = _workbook(content, sheet)
        return Sheet(name, form, "", digest, tuple(rows))
    text, encoding = decode(content)
    return Sheet(path.stem, form, encoding, digest, tuple(_numbered(_separated(text, form))))


def decode(content: bytes) -> tuple[str, str]:
    """Text and the encoding that fitted; raises Unreadable."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16"), "utf-16"
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding), "utf-8" if encoding == "utf-8-sig" else encoding
        except UnicodeDecodeError:
            continue
    raise Unreadable("文件的编码既不是 UTF-8 也不是 GB18030（GBK）。请在表格软件里另存为“CSV UTF-8”后再导入。")


def _bytes(path: Path) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Unreadable(f"读不了文件 {path.name}：{error.strerror}。请检查路径和权限。") from error
    if not content.strip():
        raise Unreadable(f"文件 {path.name} 是空的。")
    return content


def _workbook(content: bytes, wanted: str) -> tuple[str, list[tuple[int, tuple[Cell, ...]]]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > UNPACKED_MOST:
                raise Unreadable("工作簿解开后超过 512 MB。请拆成几个文件分别导入。")
        book = load_workbook(io.BytesIO(content))
        if wanted and wanted not in book.sheet_names:
            raise Unreadable(f"没有名为“{wanted}”的工作表。这个文件里有：{'、'.join(book.sheet_names)}。")
        name = wanted or book.sheet_names[0]
        cells = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except (zipfile.BadZipFile, CalamineError) as error:
        raise Unreadable("打不开这个 XLSX 文件：它可能已损坏，或有打开密码。请另存一份再导入。") from error
    return name, list(_numbered([[_cell(value) for value in row] for row in cells]))


def _cell(value: object) -> Cell:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str | int | float | bool | date | datetime):
        return value
    return value.isoformat() if isinstance(value, time) else (None if value is None else str(value))


def _separated(text: str, form: str) -> list[list[str]]:
    csv.field_size_limit(16 * 1024 * 1024)
    first = text.split("\n", 1)[0]
    tabs = form == "TSV" or ("\t" in first and "," not in first)
    mark = "\t" if tabs else ("," if first.count(",") >= first.count(";") else ";")
    quoted = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
    if not tabs:
        return quoted
    # Some programs quote cells in tables with tabs, others write them raw: the reading with even rows is right.
    raw = [line.split("\t") for line in text.splitlines()]
    swallowed = sum("\t" in cell for row in quoted for cell in row)
    return quoted if _odd(quoted) + swallowed <= _odd(raw) else [list(row) for row in raw]


def _odd(rows: Sequence[Sequence[str]]) -> int:
    """How many rows do not have the width of the heading."""
    filled = [row for row in rows if any(row)]
    return sum(len(row) != len(filled[0]) for row in filled) if filled else 0


def _numbered(rows: Sequence[Sequence[Cell]]) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    for number, row in enumerate(rows, 1):
        if any(cell is not None and str(cell).strip() for cell in row):
            yield number, tuple(row)
