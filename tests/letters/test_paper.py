"""The paper itself: measures of GB/T 9704-2012, faces with named fall-backs, gaps that are seen, one PDF of all."""

from __future__ import annotations

import io
import zipfile

import pypdfium2
import pytest
from docx import Document
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from fazhi.letters import bind, paper
from fazhi.letters.fill import Block, Letter
from fazhi.press import faces

LETTER = Letter(
    "补正通知书",
    (
        Block("organ", "示例区人民政府"),
        Block("title", "补正行政复议申请通知书"),
        Block("number", "示复〔2025〕7号"),
        Block("to", "赵小满："),
        Block("text", "请补正：【待补：“一次性通知补正”的“内容”】。"),
        Block("form", rows=(("当事人", "赵小满"), ("事由", "【待补：事由】"))),
        Block("rights", "可以起诉。"),
        Block("hand", "当事人（签名）："),
        Block("signed", "示例区人民政府"),
        Block("date", "2025年3月5日"),
        Block("lacking", "制作时尚缺：内容。"),
    ),
)


@pytest.fixture(scope="module")
def data() -> bytes:
    return paper.write(LETTER)


def test_the_sheet_has_the_measures_of_the_standard(data: bytes) -> None:
    section = Document(io.BytesIO(data)).sections[0]
    sides = (section.page_width, section.page_height, section.top_margin, section.left_margin)
    assert [side / Mm(1) for side in sides] == pytest.approx([210, 297, 37, 28], abs=0.05)
    text = (section.page_width - section.left_margin - section.right_margin) / Mm(1)
    assert text == pytest.approx(156, abs=0.2)
    assert (section.page_height - section.top_margin - section.bottom_margin) / Mm(1) == pytest.approx(225, abs=0.2)


def test_each_level_has_its_face_size_and_line(data: bytes) -> None:
    made = {one.text: one for one in Document(io.BytesIO(data)).paragraphs}

    def look(text: str) -> tuple[str, Pt]:
        style = made[text].style
        return style.element.rPr.rFonts.get(qn("w:eastAsia")), style.font.size

    assert look("补正行政复议申请通知书") == ("方正小标宋简体", Pt(22))
    assert look("可以起诉。") == ("仿宋_GB2312", Pt(16))
    assert look("制作时尚缺：内容。") == ("黑体", Pt(14))
    shape = made["可以起诉。"].style.paragraph_format
    assert shape.first_line_indent == Pt(32)
    assert 22 * shape.line_spacing <= Mm(225)


def test_the_file_names_what_stands_in_for_a_face(data: bytes) -> None:
    table = zipfile.ZipFile(io.BytesIO(data)).read("word/fontTable.xml").decode()
    for face, instead in (("仿宋_GB2312", "Noto Serif CJK SC"), ("黑体", "Noto Sans CJK SC")):
        row = table.partition(f'w:name="{face}"')[2].partition("</w:font>")[0]
        assert instead in row


def test_a_gap_is_marked_where_it_stands(data: bytes) -> None:
    made = Document(io.BytesIO(data))
    cells = [cell.paragraphs[0] for row in made.tables[0].rows for cell in row.cells]
    marked = [
        run.text
        for paragraph in (*made.paragraphs, *cells)
        for run in paragraph.runs
        if run.font.highlight_color == WD_COLOR_INDEX.YELLOW
    ]
    assert marked == ["【待补：“一次性通知补正”的“内容”】", "【待补：事由】"]


def test_pages_are_numbered_odd_right_and_even_left(data: bytes) -> None:
    made = Document(io.BytesIO(data))
    assert made.settings.odd_and_even_pages_header_footer
    section = made.sections[0]
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    assert "PAGE" in odd._p.xml
    assert "PAGE" in even._p.xml
    assert odd.alignment != even.alignment


def test_nothing_of_the_maker_stays_in_the_file(data: bytes) -> None:
    assert Document(io.BytesIO(data)).core_properties.author == ""


def told(**more: object) -> dict[str, object]:
    return {
        "title": "行政复议卷宗",
        "number": "示复〔2025〕7号",
        "cover": [{"kind": "title", "text": "卷宗封面", "rows": []}],
        "course": [["2025年3月5日", "受理", "正文", "示例区司法局"]],
        "clocks": [["作出决定", "2025年3月5日", "2025年5月4日", "进行中", "第六十二条"]],
        "papers": [],
        "list": [],
        "closing": "本卷共有文件0份。",
        **more,
    }


def texts(pdf: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]


def test_the_bound_file_has_contents_and_numbered_pages() -> None:
    two = texts(bind.bind(told(), {}))
    short = two[0:3]
    assert "卷宗封面" in short[0]
    assert "办理经过" in short[1]
    assert "3" in short[1].partition("办理经过")[2].split("\n")[0]
    inner = bind.bind(told(), {})
    page = {"title": "票据.pdf", "note": "附件", "kind": "pages", "file": "a.pdf", "pages": 2}
    more = texts(bind.bind(told(papers=[page]), {"a.pdf": inner}))
    assert len(more) == len(two) + 2
    assert "票据.pdf" in more[1]
    assert f"— {len(more)} —" in more[-1]


def test_a_broken_picture_is_seen_before_it_spoils_the_file() -> None:
    assert bind.shows(bind.bind(told(), {}), "application/pdf")
    assert not bind.shows(b"%PDF-1.7 broken", "application/pdf")
    assert not bind.shows(b"\x89PNG broken", "image/png")
    assert not bind.shows(b"PK", "application/zip")


def test_a_machine_without_a_chinese_face_is_told_what_to_install() -> None:
    with pytest.raises(faces.NoFont, match="fonts-noto-cjk"):
        faces.chosen(["DejaVu Sans"])
    assert faces.chosen(["Noto Sans CJK SC"])["serif"] == ["Noto Sans CJK SC"]
    assert faces.chosen(["SimHei", "FangSong", "Noto Serif CJK SC"])["serif"] == ["FangSong", "Noto Serif CJK SC"]
