"""Files as people have them: every encoding and format, and a clear answer to what cannot be read."""

from __future__ import annotations

import io

import docx
import opencc
import pypdfium2
import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st

from fazhi.report.read import Unreadable, read_content, read_text

TEXT = (
    "清河县2023年法治政府建设年度报告\n"
    "2023年，清河县坚持以习近平法治思想为指导，深入推进依法行政，各项工作取得积极成效。\n"
    "全年受理行政复议案件86件，纠错率11.27%；开展执法培训28场次。\n"
    "清河县人民政府\n2024年1月15日\n"
)
FIGURES = ["86件", "11.27%", "28场次"]


def told(content: bytes, name: str = "") -> list[str]:
    return [claim.text for claim in read_content(content, name).claims]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_encoding(encoding: str):
    report = read_content(TEXT.encode(encoding))
    assert [claim.text for claim in report.claims] == FIGURES
    assert report.unit == "清河县人民政府"
    assert report.format.startswith("txt ")


def test_big5():
    traditional = opencc.OpenCC("s2tw").convert(TEXT).encode("big5")
    report = read_content(traditional)
    assert (report.format, [claim.text for claim in report.claims]) == ("txt big5", FIGURES)
    assert "清河县人民政府" in report.text


def test_the_name_of_the_file_does_not_matter():
    assert told(TEXT.encode("gbk"), "报告.pdf") == FIGURES


def portal_page() -> str:
    links = "".join(f'<li><a href="#">栏目{number}，公告、新闻。</a></li>' for number in range(60))
    lines = "".join(f"<p>　　{line}</p>" for line in TEXT.splitlines()[1:])
    return (
        '<!DOCTYPE html><html><head><meta charset="gb2312">'
        "<title>清河县2023年法治政府建设年度报告-清河县政府网</title></head>"
        f"<body><div><ul>{links}</ul></div><div class='main'><div>发布时间：2024-01-20　浏览次数：356次</div>"
        f"<div class='text'>{lines}</div></div>"
        "<div>版权所有：清河县人民政府，备案号05012345，共有1234567人次访问。</div>"
        "<script>var said = '全年办理99件，';</script></body></html>"
    )


def test_the_article_is_picked_out_of_a_portal_page():
    report = read_content(portal_page().encode("gbk"))
    assert [claim.text for claim in report.claims] == FIGURES
    assert report.title == "清河县2023年法治政府建设年度报告"
    assert str(report.dates.published) == "2024-01-20"
    assert "栏目" not in report.text and "版权" not in report.text


def test_lines_broken_by_br_are_lines():
    page = f"<html><body><div>{TEXT.replace(chr(10), '<br>')}</div></body></html>"
    report = read_content(page.encode())
    assert [claim.text for claim in report.claims] == FIGURES
    assert str(report.dates.signed) == "2024-01-15"


def word_file() -> bytes:
    document = docx.Document()
    for line in TEXT.splitlines():
        document.add_paragraph(line)
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "行政处罚", "1203件"
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_word_with_its_tables():
    assert told(word_file()) == [*FIGURES, "1203件"]


def test_pdf_lines_are_joined_to_sentences():
    content = typst.compile(
        f'#set text(font: "Noto Serif CJK SC", lang: "zh")\n{TEXT.replace(chr(10), chr(10) * 2)}'.encode()
    )
    report = read_content(content)
    assert report.format == "pdf"
    assert [claim.text for claim in report.claims] == FIGURES
    assert report.unit == "清河县人民政府"


def blank_pdf() -> bytes:
    document = pypdfium2.PdfDocument.new()
    document.new_page(595, 842)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "空的"),
        (b" \n\x00\n", "空的"),
        (b"<html><body><div id='app'></div></body></html>", "没有成段的正文"),
        (blank_pdf(), "扫描件"),
        (b"%PDF-1.4 broken", "损坏"),
        (word_file()[:3000], "损坏"),
        (OLE + "EncryptedPackage".encode("utf-16-le") + bytes(512), "密码"),
        (OLE + "WordDocument".encode("utf-16-le") + bytes(512), "旧版"),
        (b"\x89PNG\r\n\x1a\n" + bytes(64), "图片"),
        (b"{\\rtf1 text}", "RTF"),
        (TEXT.encode() * 60_000, "超过"),
        (TEXT.encode() * 10_000, "超过"),
        (bytes(range(128, 256)) * 200, "编码"),
        (b"<html>" + b"<div>" * 100_000 + "全年办理99件，".encode(), "没有成段的正文"),
    ],
)
def test_what_cannot_be_read_says_why(content: bytes, says: str):
    with pytest.raises(Unreadable, match=says):
        read_content(content)


def test_ten_thousand_numbers_are_all_read():
    listed = "全年办理行政复议案件" + "、".join(f"{number}件" for number in range(10_000)) + "。"
    assert len(read_text(listed).claims) == 10_000
    lines = "\n".join(f"第{number}类事项办理{number}件。" for number in range(10_000))
    assert sum(claim.unit == "件" for claim in read_text(lines).claims) == 10_000


@pytest.mark.parametrize("piece", ["9", "(", "“", "一", "?yún)", "率、", "全省", " ", "第", "<div>", "，", "\n", "1+"])
def test_text_made_to_take_long_comes_to_an_end(piece: str):
    assert len(read_text(piece * 50_000 + "办结3件。").claims) <= 1


@given(
    st.text(alphabet="全年办理一二十百万亿第%0123456789.,，。、；“”()（）?件个率余约超同比增长下降\n 區ū", max_size=200)
)
def test_no_text_breaks_the_reader_and_spans_hold(text: str):
    report = read_text(text)
    for claim in report.claims:
        assert 0 <= claim.start <= claim.end <= len(text)
        assert report.text[claim.clean_start : claim.clean_end] == claim.text
        assert claim.sentence in report.text
