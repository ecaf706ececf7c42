"""Letters as DOCX near GB/T 9704-2012: margins, type by level with named fall-backs; and read back from it."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any, cast, get_args

from docx import Document
from docx.document import Document as Paper
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.shared import Mm
from docx.table import Table
from docx.text.paragraph import Paragraph

from fazhi.letters.fill import OPEN, SHUT, Block, Kind, Letter
from fazhi.press.as_docx import add_style, lay
from fazhi.press.measures import FANG, HEI, XIAOBIAO

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
    lay(paper)
    for name, face, size, align, indent in STYLES.values():
        add_style(paper, name, face, size, align, indent)
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
