"""Prints pages as text that a person reads: one page, and the reference documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from fazhi.law import FactKind, Procedure, Title
from fazhi.rulebook.diagram import draw
from fazhi.rulebook.figures import Indicator, Outline
from fazhi.rulebook.groups import grouped_figures
from fazhi.rulebook.guide import ROLLS, FieldRow, TermRow, guide_of, is_register, status_words
from fazhi.rulebook.load import Rulebook


def show_procedure(page: Procedure) -> str:
    """A page of a procedure as Markdown: its states, terms, letters, publications, and what may happen."""
    guide = guide_of(page)
    lines = [
        f"# {page.title}（自 {page.in_force} 起）",
        "",
        f"依据：{page.source}（{status_words(page.source)}）。末日遇假：{ROLLS[page.rolls]}。",
        "",
        f"`{page.name}` · {page.digest}",
        "",
        f"![{page.title}状态图]({name_of(page)}.svg)",
        *_table("期限", "期限 由谁 起算 时限 完成 扣除、延长 依据 效力", map(_term_cells, guide.terms)),
        *_table("文书", "文书 由哪一步 依据", ((one.name, str(one.act), one.source) for one in guide.letters)),
        *_table("公开", "栏目 由哪一步 依据", ((one.name, str(one.act), one.source) for one in guide.publications)),
        *_table("事实", "事实 代码 先有 登记项 结束事项 依据", (_fact_cells(page, one) for one in page.facts.values())),
    ]
    return "\n".join(lines) + "\n"


def name_of(page: Procedure) -> str:
    """Under which name a page is printed."""
    return f"procedure-{page.name}-{page.in_force}"


def _table(heading: str, columns: str, rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A heading with its table; nothing at all without rows."""
    names = columns.split()
    cells = [f"| {' | '.join(one.replace('|', '／') for one in row)} |" for row in rows]
    if cells:
        yield from ("", f"## {heading}", "", f"| {' | '.join(names)} |", "|" + "---|" * len(names), *cells)


def _term_cells(row: TermRow) -> Sequence[str]:
    starts, stops, more = (_joined(one) for one in (row.starts, row.stops, row.more))
    return str(row.title), str(row.by), starts, str(row.term), stops, more, row.source, str(row.status)


def _joined(titles: Iterable[Title]) -> str:
    return "、".join(map(str, titles))


def _fact_cells(page: Procedure, kind: FactKind) -> Sequence[str]:
    after = "；".join("或".join(_name(page, one) for one in group) for group in kind.after)
    fields = "；".join(f"{field.title.zh or name}" for name, field in kind.fields.items())
    return str(kind.title), f"`{kind.name}`", after, fields, "是" if kind.closes else "", str(kind.source or "")


def show_registers(pages: Sequence[Procedure], groups: Mapping[str, Title]) -> str:
    """Every register with its fields, group by group, as Markdown."""
    lines = ["# 名录和台账", "", f"共 {len(pages)} 种。"]
    known = dict.fromkeys([*groups, *(page.register.group for page in pages if page.register)])
    for group in known:
        mine = [page for page in pages if page.register and page.register.group == group]
        lines += ["", f"## {groups.get(group, Title('其他'))}"] if mine else []
        for page in mine:
            assert page.register is not None
            face = "公开" if page.register.public else "不公开"
            told = f"{face}。依据：{page.source}（{status_words(page.source)}）。自 {page.in_force} 起。"
            lines += ["", f"### {page.title}", "", f"`{page.name}` · {told}", ""]
            lines += [
                "| 栏目 | 类型 | 必填 | 可选内容 |",
                "|---|---|---|---|",
                *map(_field_line, guide_of(page).fields),
            ]
    return "\n".join(lines) + "\n"


def _field_line(row: FieldRow) -> str:
    private = "（不公开）" if row.private else ""
    must = "是" if row.required else ""
    if row.case.zh:
        must = f"{row.case}时" if row.required else f"{row.case}时，可不填"
    return f"| {row.title}{private} | {row.shape} | {must} | {_joined(row.choices)} |"


def _name(page: Procedure, fact: str) -> str:
    kind = page.kind(fact)
    return str(kind.title) if kind else fact


def show_indicators(rulebook: Rulebook) -> str:
    """Every figure group by group with its definition, and the names under which reports state it, as Markdown."""
    lines = ["# 指标", ""]
    for group, pages in grouped_figures(rulebook, rulebook.indicators.values()).items():
        lines += [f"## {rulebook.groups[group] if group else '其他'}", ""]
        lines += ["| 指标 | 代码 | 又名 | 类型 | 单位 | 小数 | 依据 | 效力 | 说明 |", f"|{'---|' * 9}"]
        lines += [*(f"| {' | '.join(_figure_cells(page))} |" for page in pages), ""]
    return "\n".join(lines)


def _figure_cells(page: Indicator) -> tuple[str, ...]:
    places = f"{page.round}（只舍不入）" if page.rounding == "down" else str(page.round)
    also = "、".join(f"`{name}`" for name in page.aliases)
    told = (page.kind, page.unit, places, str(page.source), str(status_words(page.source)), page.note)
    return (str(page.title), f"`{page.name}`", also, *told)


def show_outline(outline: Outline) -> str:
    """An outline as Markdown: its headings, sentences, and what a person is asked to write."""
    lines = [f"# {outline.title}", "", f"依据：{outline.source}（{status_words(outline.source)}）", ""]
    for section in outline.sections:
        mark = section.required or section.system
        lines += [f"{'#' * (section.level + 1)} {section.title}{f'（{mark}）' if mark else ''}", ""]
        lines += [f"- {one.text or f'请填写：{one.asks}'}" for one in section.paragraphs]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def show_glossary(rulebook: Rulebook) -> str:
    """The one Chinese term of each word, as Markdown."""
    lines = ["# 词汇表", "", "| 代码用词 | 中文 | 含义 |", "|---|---|---|"]
    lines += [f"| `{word}` | {term.zh} | {term.en} |" for word, term in rulebook.glossary.items()]
    return "\n".join(lines) + "\n"


def reference(rulebook: Rulebook) -> dict[str, str]:
    """The reference documents by file name, printed from the pages themselves."""
    pages = [page for versions in rulebook.procedures.values() for page in versions]
    procedures = [page for page in pages if not is_register(rulebook, page)]
    registers = [page for page in pages if is_register(rulebook, page)]
    documents = {f"{name_of(page)}.md": show_procedure(page) for page in procedures}
    documents |= {f"{name_of(page)}.svg": draw(page, alone=True) for page in procedures}
    documents |= {f"outline-{name}.md": show_outline(outline) for name, outline in rulebook.outlines.items()}
    documents |= {"registers.md": show_registers(registers, rulebook.groups)}
    documents |= {"indicators.md": show_indicators(rulebook), "glossary.md": show_glossary(rulebook)}
    return documents
