"""From a file by anyone to its text: told by its content, not by its name."""

from __future__ import annotations

from fazhi.library.files.documents import read_pdf, read_word
from fazhi.library.files.encoding import decode
from fazhi.library.files.unreadable import Unreadable
from fazhi.library.files.webpage import article_of, declared_charset, too_deep

MOST_BYTES = 64_000_000
MOST_TEXT = 1_000_000
"""Characters; a yearly report has some ten thousand, a code of law a hundred thousand."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")


def take_text(content: bytes, heading: str = "") -> tuple[str, str]:
    """The text of a file and its format, with the encoding where there was one to find.

    `heading` is a word by which the title of a web page is told where it stands outside the article.
    """
    if not content.strip(b"\x00 \r\n\t"):
        raise Unreadable("文件是空的；请确认给对了文件。")
    if content.startswith(b"%PDF") or b"%PDF-" in content[:1024]:
        return read_pdf(content), "pdf"
    if content.startswith(b"PK\x03\x04"):
        return read_word(content), "docx"
    if content.startswith(_OLE):
        raise Unreadable(_old_office(content))
    if content.startswith(_PICTURES):
        raise Unreadable("这是图片；请先用文字识别（OCR）转成文字，或取电子原件。")
    if content.startswith(b"{\\rtf"):
        raise Unreadable("这是 RTF 文件；请在 Word 或 WPS 中另存为 DOCX 再读。")
    return _take_plain(content, heading)


def _take_plain(content: bytes, heading: str) -> tuple[str, str]:
    if len(content) > MOST_TEXT * 8:
        raise Unreadable(too_much(f"{len(content) / 1_000_000:.0f} MB 文本", f"{MOST_TEXT} 字"))
    declared = declared_charset(content) if _is_page(content) else None
    decoded = _as_declared(content, declared) or decode(content)
    if decoded is None:
        raise Unreadable("认不出文字编码，也不像 DOCX、PDF；请另存为 UTF-8 编码的文本再读。")
    text, encoding = decoded
    if not _is_page(text.encode("utf-8", "replace")):
        return text, f"txt {encoding}"
    article = "" if too_deep(text) else article_of(text, heading)
    if not article:
        raise Unreadable("网页里没有成段的正文，可能由脚本另行载入；请在浏览器中打开后把正文复制为文本再读。")
    return article, f"html {encoding}"


def _is_page(content: bytes) -> bool:
    start = content[:4096].replace(b"\x00", b"").lower()
    return any(mark in start for mark in (b"<!doctype html", b"<html", b"<body", b"<head", b"<div", b"<p>"))


def _as_declared(content: bytes, charset: str | None) -> tuple[str, str] | None:
    """The text in the encoding that the page names, if it is in it; gb2312 pages are mostly in a wider one."""
    names = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs"}
    try:
        return (content.decode(names.get(charset, charset)), names.get(charset, charset)) if charset else None
    except (UnicodeDecodeError, LookupError):
        return None


def _old_office(content: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return "文件设有密码，不能读取；请取消密码后另存，再读一次。"
    if "WordDocument".encode("utf-16-le") in content:
        return "这是旧版 .doc 文件；请在 Word 或 WPS 中另存为 DOCX 再读。"
    return "这是旧版 Office 文件；请另存为 DOCX 或 PDF 再读。"


def too_much(given: str, most: str) -> str:
    """What a person is told whose file is too large."""
    return f"文件有 {given}，超过可读的 {most}；一份文件通常只有几万字，请只留正文再读。"
