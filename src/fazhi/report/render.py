"""A report as an HTML fragment, as a page to print, and as plain text. Every number is a link to its figure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from fazhi.report.charts import charts
from fazhi.report.values import ANNEX, Figure, Paragraph, Part, Report, Section, plain

Link = Callable[[str], str]

STATUS = {
    "VERIFIED": "已核对原文",
    "SECONDARY": "据转述，未见原文",
    "CONVENTION": "通行口径，无条文",
    "UNVERIFIED": "未经核实",
}

PRINT = """
@page { size: A4; margin: 25mm 22mm }
body { font: 12pt/1.75 "FangSong", "Noto Serif CJK SC", serif; color: #1b2430 }
body { max-width: 40em; margin: 0 auto }
h1 { text-align: center; font-size: 20pt } h2 { font-size: 15pt } h3 { font-size: 13pt }
p { text-indent: 2em; text-align: justify } .signature { text-align: right } a { color: inherit; text-decoration: none }
.to-write, .no-data { color: #6b5b8a }
table { border-collapse: collapse; width: 100%; font-size: 9pt; line-height: 1.4 }
th, td { text-align: left; vertical-align: top; padding: 3pt 6pt 3pt 0; border-bottom: .5pt solid #cfc9bd }
td.n { text-align: right; white-space: nowrap } footer { font-size: 9pt; overflow-wrap: anywhere }
"""


def anchor(name: str) -> str:
    """The default way from a number to its figure: the table at the end of the same page."""
    return f"#figure-{name}"


def fragment(report: Report, link: Link = anchor) -> SafeString:
    """The report for a page that has its own frame; `link` gives the address of a figure by its name."""
    sections = format_html_join("\n", "{}", ((_section(section, link),) for section in report.sections))
    return format_html(
        '<article class="report" lang="zh-Hans"><h1>{}</h1>\n<p class="report-span">统计期间：{} 至 {}</p>\n'
        '{}\n<div class="signature"><p>{}</p><p>{}</p></div>\n{}\n{}</article>',
        report.title,
        _day(report.start),
        _day(report.cutoff),
        sections,
        *signature(report),
        _table(report),
        _imprint(report),
    )


def print_page(report: Report) -> str:
    """A page of its own, to be printed on A4."""
    return format_html(
        '<!doctype html>\n<html lang="zh-Hans"><head><meta charset="utf-8"><title>{}</title><style>{}</style></head>'
        "<body>\n{}\n</body></html>\n",
        report.title,
        mark_safe(PRINT),  # noqa: S308 - a constant of this file
        fragment(report),
    )


def plain_text(report: Report) -> str:
    """The report without links."""
    lines = [report.title]
    for section in report.sections:
        lines += ["", section.title, *(paragraph.text for paragraph in section.paragraphs if paragraph.parts)]
    return "\n".join([*lines, "", *signature(report)])


def signature(report: Report) -> tuple[str, str]:
    """Who signs, and the day on which the text was composed."""
    return report.unit_name, _day(report.imprint.composed)


def _section(section: Section, link: Link) -> SafeString:
    heading = "h2" if section.level == 1 else "h3"
    shape = f'<section id="{escape(section.key)}"><{heading}>{{}}</{heading}>\n{{}}</section>'
    paragraphs = format_html_join("\n", "{}", ((_paragraph(one, link),) for one in section.paragraphs if one.parts))
    return format_html(shape, section.title, paragraphs)


def _paragraph(paragraph: Paragraph, link: Link) -> SafeString:
    kind = "to-write" if paragraph.missing else "no-data" if paragraph.no_data else ""
    parts = format_html_join("", "{}", ((_part(part, link),) for part in paragraph.parts))
    return format_html('<p class="{}">{}</p>', kind, parts) if kind else format_html("<p>{}</p>", parts)


def _part(part: Part, link: Link) -> str | SafeString:
    if isinstance(part, str):
        return part
    return format_html('<a href="{}" data-reading="{}">{}</a>', link(part.figure), part.figure, part.text)


def _table(report: Report) -> SafeString:
    rows = format_html_join("\n", "{}", ((_row(figure),) for figure in report.figures))
    head = "<tr><th>指标</th><th>数值</th><th>分子</th><th>分母</th><th>口径和依据</th></tr>"
    table = f"<table><thead>{head}</thead><tbody>\n{{}}</tbody></table>"
    shape = f'<section class="figures"><h2>{{}}</h2>\n{{}}{table}</section>'
    drawn = mark_safe("".join(f"<figure>{one}</figure>" for one in charts(report)))  # noqa: S308 - escaped there
    return format_html(shape, ANNEX, drawn, rows)


def _row(figure: Figure) -> SafeString:
    return format_html(
        '<tr id="figure-{}"><th scope="row">{}</th><td class="n">{}</td><td class="n" data-label="分子">{}</td>'
        '<td class="n" data-label="分母">{}</td><td>{}</td></tr>',
        figure.name,
        figure.title,
        figure.text + figure.unit_told,
        _amount(figure.numerator) if figure.denominator is not None else "",
        _amount(figure.denominator),
        "；".join(definition(figure)),
    )


def definition(figure: Figure) -> Iterator[str]:
    yield f"{figure.source}（{STATUS[figure.status]}）"
    if figure.note:
        yield figure.note


def _amount(amount: Decimal | None) -> str:
    return "" if amount is None else plain(amount)


def _imprint(report: Report) -> SafeString:
    imprint = report.imprint
    sealed = f"第{imprint.seal}号封存，根摘要 {imprint.root}" if imprint.seal else "尚无封存回执"
    return format_html(
        '<footer class="imprint"><p>依据：{}（{}）</p>'
        "<p>本报告数据取自业务记录，编成日期：{}。</p>"
        "<details><summary>供核对的编号和摘要</summary><p>计至第{}位；{}。提纲摘要：{}</p></details></footer>",
        report.source,
        STATUS[report.status],
        _day(imprint.composed),
        imprint.position,
        sealed,
        imprint.outline_digest,
    )


def _day(day: object) -> str:
    return f"{day:%Y年%-m月%-d日}"
