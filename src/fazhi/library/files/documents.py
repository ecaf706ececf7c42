"""The text of Word files and of PDF, paragraph by paragraph."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import docx
import pypdfium2
from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table
from docx.text.paragraph import Paragraph

from fazhi.library.files.unreadable import Unreadable

_MOST_XML = 40_000_000
_MOST_PAGES = 1_000
_MOST_TEXT = 1_000_000
_FULL = 0.8
"""Share of the longest lines from which a line of a page is taken to run on into the next."""
_STOPS = ("。", "！", "？", "；", "：")
_STARTS = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.．、]\D)"
)
_PAGE_NUMBER = re.compile(r"\s*(?:[-–—－·]?\s*\d{1,4}\s*[-–—－·]?|第\s*\d+\s*页.{0,10}|\d+\s*/\s*\d+)\s*")


def read_word(content: bytes) -> str:
    """Paragraphs and table rows of a DOCX in their order."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            size = sum(info.file_size for info in archive.infolist() if info.filename.endswith((".xml", ".rels")))
            encrypted = any(info.flag_bits & 1 for info in archive.infolist())
    except zipfile.BadZipFile as error:
        raise Unreadable("文件已损坏，不是完整的 DOCX；请在 Word 或 WPS 中打开后另存一次再读。") from error
    if encrypted:
        raise Unreadable("文件设有密码，不能读取；请取消密码后另存，再读一次。")
    if "OFD.xml" in names:
        raise Unreadable("这是 OFD 版式文件；请在阅读器中导出为 PDF 或文本再读。")
    if "word/document.xml" not in names:
        raise Unreadable("这个压缩文件里没有 Word 正文；请给出 DOCX、PDF、HTML 或 TXT 文件。")
    if size > _MOST_XML:
        raise Unreadable(
            f"文件展开后有 {size // 1_000_000} MB 文字数据，超过 {_MOST_XML // 1_000_000} MB；请只留正文再读。"
        )
    try:
        document = docx.Document(io.BytesIO(content))
        return "\n".join(_paragraphs(document))
    except (PackageNotFoundError, KeyError, ValueError, SyntaxError) as error:
        raise Unreadable("文件已损坏，不能按 DOCX 读出；请在 Word 或 WPS 中打开后另存一次再读。") from error


def _paragraphs(document: Document) -> Iterator[str]:
    for item in document.iter_inner_content():
        if isinstance(item, Paragraph):
            yield item.text
        elif isinstance(item, Table):
            for row in item.rows:
                yield "，".join(
                    dict.fromkeys(cell.text.strip().replace("\n", "") for cell in row.cells if cell.text.strip())
                )


def read_pdf(content: bytes) -> str:
    """The text of a PDF, its lines joined to paragraphs; a scanned one is refused in words."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise Unreadable("PDF 设有密码，不能读取；请取消密码后另存，再读一次。") from error
        raise Unreadable("文件已损坏，不能按 PDF 读出；请重新导出 PDF，或改用 DOCX、HTML、TXT。") from error
    try:
        pages = len(document)
        if pages > _MOST_PAGES:
            raise Unreadable(f"PDF 有 {pages} 页，超过 {_MOST_PAGES} 页；请只留要读的部分再读。")
        texts, size = [], 0
        for number in range(pages):
            texts.append(_page(document, number))
            size += len(texts[-1])
            if size > _MOST_TEXT:
                raise Unreadable(f"到第 {number + 1} 页已有 {size} 字，超过 {_MOST_TEXT} 字；请只留要读的部分再读。")
    finally:
        document.close()
    if sum(len(text.strip()) for text in texts) < 10 * max(pages, 1):
        raise Unreadable(
            f"PDF 的 {pages} 页里没有文字，看来是扫描件；请先用文字识别（OCR）转成可复制文字的 PDF，或取电子原件。"
        )
    heads = _running_heads(texts)
    return "\n".join(_joined([line for line in text.splitlines() if line.strip() not in heads]) for text in texts)


def _running_heads(texts: list[str]) -> set[str]:
    """First and last lines that stand on most pages."""
    edges = Counter(line for text in texts for line in {*_edges(text)})
    return {line for line, count in edges.items() if len(texts) > 2 and count > len(texts) / 2}


def _edges(text: str) -> list[str]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return [*lines[:1], *lines[-1:]]


def _page(document: pypdfium2.PdfDocument, number: int) -> str:
    page = document[number]
    try:
        text = page.get_textpage()
        try:
            return str(text.get_text_bounded())
        finally:
            text.close()
    finally:
        page.close()


def _joined(lines: list[str]) -> str:
    """Lines of a page as paragraphs: a full line runs on unless the next begins a heading; page numbers go."""
    kept = [line.rstrip() for line in lines if line.strip() and not _PAGE_NUMBER.fullmatch(line)]
    if not kept:
        return ""
    widths = sorted(len(line) for line in kept)
    width = widths[int(len(widths) * 0.9)] if len(widths) > 3 else 10_000
    pieces = [kept[0]]
    for before, line in pairwise(kept):
        full = len(before) >= width * _FULL and not before.endswith(_STOPS)
        runs_on = full and not _STARTS.match(line) and not line.startswith(("  ", "\u3000"))
        pieces.append(line if runs_on else "\n" + line)
    return "".join(pieces)
