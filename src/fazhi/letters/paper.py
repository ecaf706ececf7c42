"""Letters as DOCX near GB/T 9704-2012: margins, type by level with named fall-backs; and read back from it."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any, cast, get_args

from docx import Document
from docx.document import Document as Paper
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

from fazhi.letters.fill import OPEN, SHUT, Block, Kind, Letter

SONG, FANG, HEI, XIAOBIAO = "宋体", "仿宋_GB2312", "黑体", "方正小标宋简体"
FALLBACKS = {
    XIAOBIAO: "华文中宋,STZhongsong,Noto Serif CJK SC,Source Han Serif SC",
    FANG: "仿宋,FangSong,STFangsong,Noto Serif CJK SC,Source Han Serif SC",
    HEI: "SimHei,Noto Sans CJK SC,Source Han Sans SC",
    SONG: "SimSun,Noto Serif CJK SC,Source Han Serif SC",
}
MARGINS = {"top_margin": 37, "left_margin": 28, "right_margin": 26, "bottom_margin": 35}
LINE = Pt(28.9)
"""22 lines on 225 mm."""
TYPE = {2: Pt(22), 3: Pt(16), 4: Pt(14)}
LEFT, CENTRE, RIGHT = WD_ALIGN_PARAGRAPH.JUSTIFY, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
STYLES: dict[str, tuple[str, str, int, WD_ALIGN_PARAGRAPH, int]] = {
    # kind: (style, font, size by number, alignment, indent of the first line in signs)
    "organ": ("发文机关", XIAOBIAO, 2, CENTRE, 0),
    "title": ("文书名称", XIAOBIAO, 2, CENTRE, 0),
    "number": ("发文字号", FANG, 3, CENTRE, 0),
    "to": ("主送", FANG, 3, LEFT, 0),
    "text": ("文书正文", FANG, 3, LEFT, 2),
    "rights": ("权利告知", FANG, 3, LEFT, 2),
    "hand": ("手签", FANG, 3, LEFT, 0),
    "signed": ("署名", FANG, 3, RIGHT, 0),
    "date": ("成文日期", FANG, 3, RIGHT, 0),
    "lacking": ("缺项", HEI, 4, LEFT, 0),
}
_KINDS = {style[0]: kind for kind, style in STYLES.items()}
GAP = re.compile(f"({OPEN}[^{SHUT}]*{SHUT})")
BLANK = "　" * 12


def write(letter: Letter) -> bytes:
    """The letter as a file that any office program opens."""
    paper = Document()
    _lay(paper)
    for block in letter.blocks:
        _form(paper, block) if block.kind == "form" else _paragraph(paper, block)
    paper.core_properties.author = ""
    paper.core_properties.title = letter.name
    out = BytesIO()
    paper.save(out)
    return out.getvalue()


def read(data: bytes) -> tuple[Block, ...]:
    """The blocks of a paper: of one of ours as they were written, of any other its paragraphs and tables."""
    paper = Document(BytesIO(data))
    found: list[Block] = []
    for one in paper.iter_inner_content():
        if isinstance(one, Table):
            found.append(Block("form", rows=tuple(_cells(row.cells) for row in one.rows)))
        elif one.text.strip():
            kind = cast(Kind, _KINDS.get(one.style.name if one.style else "", "text"))
            found.append(Block(kind, one.text.rstrip("　") if kind == "hand" else one.text.rstrip()))
    return tuple(found)


def _cells(cells: Any) -> tuple[str, str]:
    texts = [cell.text for cell in cells]
    return (texts[0] if texts else "", " ".join(dict.fromkeys(texts[1:])))


def _lay(paper: Paper) -> None:
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for side, width in MARGINS.items():
        setattr(section, side, Mm(width))
    section.footer_distance = Mm(35 - 7)
    section.different_first_page_header_footer = False
    paper.settings.odd_and_even_pages_header_footer = True
    _page_number(section.footer.paragraphs[0], RIGHT)
    _page_number(section.even_page_footer.paragraphs[0], WD_ALIGN_PARAGRAPH.LEFT)
    for name, font, size, align, indent in STYLES.values():
        style = cast(Any, paper.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH))
        style.base_style = None
        style.font.size, style.font.name = TYPE[size], font
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
        shape = style.paragraph_format
        shape.alignment, shape.line_spacing, shape.line_spacing_rule = align, LINE, WD_LINE_SPACING.EXACTLY
        shape.space_before = shape.space_after = Pt(0)
        shape.first_line_indent = TYPE[size] * indent
    _name_fallbacks(paper)


def _name_fallbacks(paper: Paper) -> None:
    """Say in the file's own table of fonts what stands in where a face is not installed."""
    rows = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/></w:font>'
        for name, others in FALLBACKS.items()
    )
    table = f"<w:fonts {nsdecls('w')}>{rows}</w:fonts>"
    for part in paper.part.package.iter_parts():
        if str(part.partname) == "/word/fontTable.xml":
            part._blob = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' + table.encode()


def _page_number(paragraph: Paragraph, align: WD_ALIGN_PARAGRAPH) -> None:
    paragraph.alignment = align
    for text in ("— ", None, " —"):
        run = paragraph.add_run(text or "")
        _face(run, SONG, 4)
        if text is None:
            field = OxmlElement("w:fldSimple")
            field.set(qn("w:instr"), "PAGE")
            field.append(parse_xml(f"<w:r {nsdecls('w')}><w:t>1</w:t></w:r>"))
            run._r.addnext(field)


def _face(run: Any, font: str, size: int) -> None:
    run.font.name, run.font.size = font, TYPE[size]
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _paragraph(paper: Paper, block: Block) -> None:
    paragraph = paper.add_paragraph(style=STYLES[block.kind][0])
    text = block.text + (BLANK if block.kind == "hand" else "　　　　" if block.kind == "date" else "")
    _runs(paragraph, text)


def _runs(paragraph: Paragraph, text: str) -> None:
    for piece in GAP.split(text):
        if piece:
            run = paragraph.add_run(piece)
            if piece.startswith(OPEN):
                run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def _form(paper: Paper, block: Block) -> None:
    table = paper.add_table(rows=0, cols=2)
    table.style = "Table Grid"
    for label, text in block.rows:
        cells = table.add_row().cells
        cells[0].width, cells[1].width = Mm(38), Mm(118)
        for cell, said in zip(cells, (label, text), strict=True):
            cell.paragraphs[0].style = paper.styles[STYLES["to"][0]]
            _runs(cell.paragraphs[0], said)


assert set(STYLES) | {"form"} == set(get_args(Kind))
