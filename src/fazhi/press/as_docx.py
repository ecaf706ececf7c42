"""Official paper as DOCX: page, grid, faces and page numbers of GB/T 9704-2012, the imprint on the last even page."""

from __future__ import annotations

from io import BytesIO
from typing import Any, cast

from docx import Document
from docx.document import Document as Sheet
from docx.enum.section import WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section, _Footer
from docx.shared import Mm, Pt, Twips
from docx.text.paragraph import Paragraph

from fazhi.press import measures as m
from fazhi.press.official import Annex, End, Imprint, Paper

LINE = Twips(579)
"""22 lines on 225 mm."""
IMPRINT_LINE = 21.0
"""Points from line to line of the imprint."""
SQUEEZE = -5
"""Twips between signs of size 3, so that 28 stand on 156 mm."""
JUSTIFY, CENTRE, RIGHT, LEFT = (
    WD_ALIGN_PARAGRAPH.JUSTIFY,
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.RIGHT,
    WD_ALIGN_PARAGRAPH.LEFT,
)
Look = tuple[str, int, WD_ALIGN_PARAGRAPH, int]
"""Face, size by number, alignment, indent of the first line in signs."""
STYLES: dict[str, tuple[str, Look]] = {
    "title": ("公文标题", (m.XIAOBIAO, 2, CENTRE, 0)),
    "first": ("一级标题", (m.HEI, 3, JUSTIFY, 2)),
    "second": ("二级标题", (m.KAI, 3, JUSTIFY, 2)),
    "text": ("公文正文", (m.FANG, 3, JUSTIFY, 2)),
    "signed": ("公文署名", (m.FANG, 3, LEFT, 0)),
    "annex": ("附件标记", (m.HEI, 3, LEFT, 0)),
    "head": ("表头", (m.HEI, 9, LEFT, 0)),
    "cell": ("表内文字", (m.FANG, 9, LEFT, 0)),
    "imprint": ("版记", (m.FANG, 4, LEFT, 0)),
}


def write(paper: Paper, end: End) -> bytes:
    """The paper as a file that any office program opens; `end` tells whether a blank page goes before the imprint."""
    sheet = Document()
    lay(sheet)
    for name, (face, size, align, indent) in STYLES.values():
        add_style(sheet, name, face, size, align, indent)
    _text(sheet, paper)
    if paper.annex:
        _annex(sheet, paper.annex)
    _imprint(sheet, paper.imprint, end)
    sheet.core_properties.author = ""
    sheet.core_properties.title = "".join(paper.title)
    out = BytesIO()
    sheet.save(out)
    return out.getvalue()


def lay(sheet: Sheet) -> None:
    """Page, type area, grid and page numbers of the first section, and what stands in for faces that are missing."""
    section = sheet.sections[0]
    section.page_width, section.page_height = Mm(m.PAGE[0]), Mm(m.PAGE[1])
    section.top_margin, section.left_margin = Mm(m.TOP), Mm(m.LEFT)
    section.right_margin, section.bottom_margin = Mm(m.RIGHT), Mm(m.BOTTOM)
    section.footer_distance = Mm(m.BOTTOM - m.NUMBER_BELOW - 2.8)
    section.different_first_page_header_footer = False
    sheet.settings.odd_and_even_pages_header_footer = True
    _page_number(section.footer, RIGHT)
    _page_number(section.even_page_footer, LEFT)
    _grid(section)
    _name_fallbacks(sheet)


def add_style(sheet: Sheet, name: str, face: str, size: int, align: WD_ALIGN_PARAGRAPH, indent: int) -> None:
    """A paragraph style on the grid; `size` is one of the numbered sizes, or points for the cells of a table."""
    style = cast(Any, sheet.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH))
    style.base_style = None
    points = m.SIZES.get(size, size)
    style.font.size = Pt(points)
    _face(style, style.element.get_or_add_rPr(), face)
    if size == 3:
        style.element.get_or_add_rPr().append(parse_xml(f'<w:spacing {nsdecls("w")} w:val="{SQUEEZE}"/>'))
    shape = style.paragraph_format
    line = LINE if size in m.SIZES else Pt(points * 13 / 9)
    shape.alignment, shape.line_spacing, shape.line_spacing_rule = align, line, WD_LINE_SPACING.EXACTLY
    shape.space_before = shape.space_after = Pt(0 if size in m.SIZES else 1.5)
    shape.first_line_indent = Pt(points * indent)
    shape.widow_control = False
    for word in ("w:overflowPunct", "w:autoSpaceDE", "w:autoSpaceDN", "w:snapToGrid"):
        _set(style.element.get_or_add_pPr(), word)


def _set(properties: Any, word: str) -> None:
    """Switch a property of paragraphs off; the schema wants these before spacing and indents."""
    off = OxmlElement(word)
    off.set(qn("w:val"), "0")
    later = ("w:spacing", "w:ind", "w:jc")
    place = next((one for one in properties if one.tag in {qn(name) for name in later}), None)
    if place is None:
        properties.append(off)
    else:
        place.addprevious(off)


def _face(of: Any, properties: Any, face: str) -> None:
    of.font.name = face
    properties.get_or_add_rFonts().set(qn("w:eastAsia"), face)
    properties.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="en-US" w:eastAsia="zh-CN"/>'))


def _grid(section: Section) -> None:
    found = section._sectPr.find(qn("w:docGrid"))
    if found is not None:
        section._sectPr.remove(found)
    section._sectPr.append(parse_xml(f'<w:docGrid {nsdecls("w")} w:type="lines" w:linePitch="{LINE.twips}"/>'))


def _page_number(footer: _Footer, align: WD_ALIGN_PARAGRAPH) -> None:
    """— 1 — in size 4, one sign from the outer edge."""
    paragraph = footer.paragraphs[0]
    shape = paragraph.paragraph_format
    shape.alignment, shape.line_spacing, shape.line_spacing_rule = align, Pt(16), WD_LINE_SPACING.EXACTLY
    shape.space_before = shape.space_after = Pt(0)
    shape.right_indent = shape.left_indent = Pt(m.SIZES[4])
    for text in ("— ", None, " —"):
        run = paragraph.add_run(text or "")
        run.font.size = Pt(m.SIZES[4])
        _face(run, run._r.get_or_add_rPr(), m.SONG)
        if text is None:
            field = OxmlElement("w:fldSimple")
            field.set(qn("w:instr"), "PAGE")
            shown = parse_xml(f"<w:r {nsdecls('w')}><w:t>1</w:t></w:r>")
            shown.insert(0, parse_xml(run._r.rPr.xml))
            field.append(shown)
            run._r.addnext(field)


def _name_fallbacks(sheet: Sheet) -> None:
    """Say in the file's own table of fonts what stands in where a face is not installed."""
    rows = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{",".join(others)}"/><w:charset w:val="86"/></w:font>'
        for name, others in m.FALLBACKS.items()
    )
    table = f"<w:fonts {nsdecls('w')}>{rows}</w:fonts>"
    for part in sheet.part.package.iter_parts():
        if str(part.partname) == "/word/fontTable.xml":
            part._blob = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' + table.encode()


def _text(sheet: Sheet, paper: Paper) -> None:
    for line in paper.title:
        sheet.add_paragraph(line, style=STYLES["title"][0])
    sheet.add_paragraph("", style=STYLES["text"][0])
    for block in paper.blocks:
        made = sheet.add_paragraph(block.text, style=STYLES[block.level][0])
        made.paragraph_format.keep_with_next = block.level != "text" or block is paper.blocks[-1]
    noted = ["", f"附件：{paper.annex.title}"] if paper.annex else []
    for text in (*noted, ""):  # the signature never stands on a page without text
        sheet.add_paragraph(text, style=STYLES["text"][0]).paragraph_format.keep_with_next = True
    for text, begins in zip((paper.signer, paper.day), paper.signature, strict=True):
        made = sheet.add_paragraph(text, style=STYLES["signed"][0])
        made.paragraph_format.left_indent = Mm(m.TEXT_WIDTH * begins / m.SIGNS)
        made.paragraph_format.keep_with_next = text == paper.signer


def _annex(sheet: Sheet, annex: Annex) -> None:
    """附件 on the first line of a new page, its title on the third."""
    sheet.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)
    mark = sheet.add_paragraph("附件", style=STYLES["annex"][0])
    mark.paragraph_format.page_break_before = False
    sheet.add_paragraph("", style=STYLES["text"][0])
    sheet.add_paragraph(annex.title, style=STYLES["title"][0])
    sheet.add_paragraph("", style=STYLES["text"][0])
    for note in annex.notes:
        sheet.add_paragraph(note, style=STYLES["text"][0])
    table = sheet.add_table(rows=0, cols=len(annex.head))
    table.style, table.autofit = "Table Grid", False
    widths = [Mm(m.TEXT_WIDTH * share / sum(annex.widths)) for share in annex.widths]
    for column, wide in zip(table.columns, widths, strict=True):
        column.width = wide
    for place, row in enumerate((annex.head, *annex.rows)):
        line = table.add_row()
        line._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        if not place:
            line._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for cell, text, wide in zip(line.cells, row, widths, strict=True):
            cell.width = wide
            cell.paragraphs[0].style = STYLES["cell" if place else "head"][0]
            cell.paragraphs[0].add_run(text)


def _imprint(sheet: Sheet, imprint: Imprint, end: End) -> None:
    """A box at the foot of the type area of an even page of its own: each program breaks the text a little otherwise,
    and the section that begins on an even page holds in all of them."""
    section = sheet.add_section(WD_SECTION.EVEN_PAGE)
    if end != "next":
        for footer in (section.footer, section.even_page_footer):
            footer.is_linked_to_previous = False
    lines = (*imprint.lines, (f"　{imprint.issuer}\t{imprint.issued}印发", True))
    anchor = sheet.add_paragraph("", style=STYLES["imprint"][0])
    anchor.paragraph_format.line_spacing = Pt(1)
    height = Pt(IMPRINT_LINE * len(lines)) + Mm(2 * m.THICK + m.THIN * sum(ruled for _, ruled in lines[1:]))
    top = Mm(m.TOP + m.TEXT_HEIGHT) - height
    anchored = parse_xml(_BOX.format(width=Mm(m.TEXT_WIDTH), height=height, top=top))
    content = next(anchored.iter(qn("w:txbxContent")))
    for place, (text, ruled) in enumerate(lines):
        line = sheet.add_paragraph(style=STYLES["imprint"][0])
        content.append(line._p)
        thick = None if not ruled else not place
        _imprint_line(line, text, thick, last=place == len(lines) - 1)
    anchor.add_run()._r.append(anchored)


def _imprint_line(paragraph: Paragraph, text: str, thick: bool | None, *, last: bool) -> None:
    paragraph._p.get_or_add_pPr().insert(1, parse_xml(_rules(thick, last=last)))
    shape = paragraph.paragraph_format
    shape.line_spacing, shape.line_spacing_rule = Pt(IMPRINT_LINE), WD_LINE_SPACING.EXACTLY
    shape.tab_stops.add_tab_stop(Mm(m.TEXT_WIDTH) - Pt(m.SIZES[4]), WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run(text)


def _rules(thick: bool | None, *, last: bool) -> str:
    """A rule above, thick or thin, and the thick one at the very end."""
    sizes = {True: round(m.points(m.THICK) * 8), False: round(m.points(m.THIN) * 8)}
    shape = '<w:{} w:val="single" w:sz="{}" w:space="0" w:color="000000"/>'
    top = "" if thick is None else shape.format("top", sizes[thick])
    return f"<w:pBdr {nsdecls('w')}>{top}{shape.format('bottom', sizes[True]) if last else ''}</w:pBdr>"


_DRAWN = "http://schemas.openxmlformats.org/drawingml/2006"
_WORD = "http://schemas.microsoft.com/office/word/2010"
_BOX = (
    f'<mc:AlternateContent {nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    f' xmlns:wps="{_WORD}/wordprocessingShape" xmlns:wp="{_DRAWN}/wordprocessingDrawing" xmlns:a="{_DRAWN}/main">'
    '<mc:Choice Requires="wps"><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0"'
    ' relativeHeight="1" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
    '<wp:positionH relativeFrom="margin"><wp:align>left</wp:align></wp:positionH>'
    '<wp:positionV relativeFrom="page"><wp:posOffset>{top}</wp:posOffset></wp:positionV>'
    '<wp:extent cx="{width}" cy="{height}"/><wp:wrapNone/><wp:docPr id="1" name="版记"/><wp:cNvGraphicFramePr/>'
    f'<a:graphic><a:graphicData uri="{_WORD}/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr>'
    '<a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>'
    "<wps:txbx><w:txbxContent/></wps:txbx>"
    '<wps:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="b"><a:noAutofit/></wps:bodyPr>'
    "</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice></mc:AlternateContent>"
)
