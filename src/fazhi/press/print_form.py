"""Forms as PDF, set by typst, and as DOCX, with the page, faces and page numbers of official paper."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from io import BytesIO
from pathlib import Path

from docx import Document
from docx.document import Document as Sheet
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from fazhi.press import measures as m
from fazhi.press.as_docx import add_style, lay
from fazhi.press.faces import faces
from fazhi.press.form import Form
from fazhi.press.typeset import typeset

SHEET = Path(__file__).with_name("form.typ")
LABEL, TEXT = 32, 124
"""Shares of a ruled row."""
STYLES = {
    "title": ("表单名称", m.XIAOBIAO, 2, WD_ALIGN_PARAGRAPH.CENTER),
    "heading": ("表单小标题", m.HEI, 4, WD_ALIGN_PARAGRAPH.LEFT),
    "text": ("表单正文", m.FANG, 4, WD_ALIGN_PARAGRAPH.JUSTIFY),
    "label": ("表单栏目", m.HEI, 12, WD_ALIGN_PARAGRAPH.LEFT),
    "cell": ("表单内容", m.FANG, 12, WD_ALIGN_PARAGRAPH.LEFT),
    "foot": ("表单附注", m.FANG, 9, WD_ALIGN_PARAGRAPH.LEFT),
}


def pdf(form: Form) -> bytes:
    """The form as PDF. NoFont if the machine has no Chinese face."""
    told = asdict(form) | {"fonts": faces(), "fact_widths": (LABEL, TEXT)}
    return typeset(SHEET.read_bytes(), {"file.json": json.dumps(told, ensure_ascii=False).encode()})


def docx(form: Form) -> bytes:
    """The form as a file that any office program opens."""
    sheet = Document()
    lay(sheet)
    for name, face, size, align in STYLES.values():
        add_style(sheet, name, face, size, align, 0)
    for line in (form.organ, form.title):
        _say(sheet, line, "title")
    _say(sheet, "", "text")
    _table(sheet, form.facts, (LABEL, TEXT), labels=1)
    for heading, text in form.texts:
        _say(sheet, heading, "heading").paragraph_format.keep_with_next = True
        for line in text.splitlines():
            _say(sheet, line, "text")
    _say(sheet, "", "text")
    _table(sheet, (form.head, *form.rows), form.widths, headed=True)
    for note in form.foot:
        _say(sheet, note, "foot")
    sheet.core_properties.author = ""
    sheet.core_properties.title = form.title
    out = BytesIO()
    sheet.save(out)
    return out.getvalue()


def _say(sheet: Sheet, text: str, style: str) -> Paragraph:
    return sheet.add_paragraph(text, style=STYLES[style][0])


def _table(
    sheet: Sheet, rows: Sequence[Sequence[str]], widths: Sequence[int], *, labels: int = 0, headed: bool = False
) -> None:
    """Ruled rows that stand whole on a page; the first `labels` cells of each, or the first row, are labels."""
    table = sheet.add_table(rows=0, cols=len(widths))
    table.style, table.autofit = "Table Grid", False
    wide = [Mm(m.TEXT_WIDTH * share / sum(widths)) for share in widths]
    for column, width in zip(table.columns, wide, strict=True):
        column.width = width
    for place, row in enumerate(rows):
        line = table.add_row()
        line._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        if headed and not place:
            line._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for at, (cell, text) in enumerate(zip(line.cells, row, strict=True)):
            cell.width = wide[at]
            said = "label" if at < labels or (headed and not place) else "cell"
            cell.paragraphs[0].style = STYLES[said][0]
            cell.paragraphs[0].add_run(text)
