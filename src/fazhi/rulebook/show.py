"""Prints pages as text that a person reads: one page, and the reference documents."""

from __future__ import annotations

from collections.abc import Mapping

from fazhi.law import ClockRule, FactKind, Procedure, Source
from fazhi.rulebook.figures import Indicator, Outline
from fazhi.rulebook.load import Rulebook

STATUS_ZH = {"VERIFIED": "已核条文", "SECONDARY": "转述", "CONVENTION": "惯例", "UNVERIFIED": "未核"}
ROLLS_ZH = {"law": "法定顺延", "analogy": "类推顺延", "never": "不顺延"}
BY_ZH = {
    "": "机关", "office": "机关", "applicant": "申请人（信访人）", "respondent": "被申请人", "other": "其他机关、单位",
    "option": "可以不用的权利", "figures": "只供统计",
}  # fmt: skip


def show_status(source: Source | None) -> str:
    """The status in words, with the parts that stand less firmly."""
    if source is None:
        return "未写依据"
    parts = (("天数", source.amount_status), ("单位", source.unit_status), ("末日", source.roll_status))
    less = "，".join(f"{part}为{STATUS_ZH[status]}" for part, status in parts if status)
    return STATUS_ZH[source.status] + (f"（{less}）" if less else "")


def show_term(rule: ClockRule) -> str:
    """The limit as an official would write it."""
    told = [rule.term.zh if rule.term else "", f"至少{rule.at_least.zh}" if rule.at_least else ""]
    if rule.soft:
        told.append("弹性，不作逾期论")
    if rule.or_term:
        told.append(f"另一解释为{rule.or_term.term.zh}")
    if rule.extension:
        told.append(f"可延长{rule.extension.zh}")
    return "，".join(one for one in told if one) or "及时（只计用时）"


def show_procedure(page: Procedure) -> str:
    """A page of a procedure as Markdown: what may happen, and which clocks run."""
    lines = [
        f"# {page.title}（自 {page.in_force} 起）",
        "",
        f"依据：{page.source}。末日遇假：{ROLLS_ZH[page.rolls]}。",
        "",
    ]
    lines += [
        f"`{page.name}` · {page.digest}",
        "",
        "## 期限",
        "",
        "| 期限 | 由谁 | 起算 | 时限 | 完成 | 扣除、延长 | 依据 | 效力 |",
    ]
    lines.append("|---|---|---|---|---|---|---|---|")
    lines += [_clock_row(page, rule) for rule in page.clocks.values()]
    lines += ["", "## 事实", "", "| 事实 | 代码 | 先有 | 登记项 | 结束事项 | 依据 |", "|---|---|---|---|---|---|"]
    lines += [_fact_row(page, kind) for kind in page.facts.values()]
    return "\n".join(lines) + "\n"


def _clock_row(page: Procedure, rule: ClockRule) -> str:
    pauses = [
        f"{_name(page, begin)}至{'、'.join(_name(page, one) for one in ends)}" for begin, ends in rule.pauses.items()
    ]
    longer = [f"延长：{_name(page, one)}" for one in rule.extended_by]
    deems = [f"期满视为{_name(page, rule.deems)}"] if rule.deems else []
    starts = [*(_name(page, one) for one in rule.starts), *(f"{_name(page, one)}所定之日倒算" for one in rule.before)]
    cells = (
        str(rule.title), BY_ZH.get(rule.by, rule.by), "、".join(starts), show_term(rule),
        "、".join(_name(page, one) for one in rule.stops), "；".join([*pauses, *longer, *deems]),
        str(rule.source or ""), show_status(rule.source),
    )  # fmt: skip
    return f"| {' | '.join(cells)} |"


def _fact_row(page: Procedure, kind: FactKind) -> str:
    after = "；".join("或".join(_name(page, one) for one in group) for group in kind.after)
    fields = "；".join(f"{field.title.zh or name}" for name, field in kind.fields.items())
    cells = (str(kind.title), f"`{kind.name}`", after, fields, "是" if kind.closes else "", str(kind.source or ""))
    return f"| {' | '.join(cells)} |"


def _name(page: Procedure, fact: str) -> str:
    kind = page.kind(fact)
    return str(kind.title) if kind else fact


def show_indicators(indicators: Mapping[str, Indicator]) -> str:
    """Every figure with its definition, as Markdown."""
    lines = [
        "# 指标",
        "",
        "| 指标 | 代码 | 类型 | 单位 | 小数 | 依据 | 效力 | 说明 |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name, indicator in indicators.items():
        cells = (
            str(indicator.title), f"`{name}`", indicator.kind, indicator.unit, str(indicator.round),
            str(indicator.source), show_status(indicator.source), indicator.note,
        )  # fmt: skip
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def show_outline(outline: Outline) -> str:
    """An outline as Markdown: its headings, sentences, and what a person is asked to write."""
    lines = [f"# {outline.title}", "", f"依据：{outline.source}（{show_status(outline.source)}）", ""]
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
    documents = {
        f"procedure-{page.name}-{page.in_force}.md": show_procedure(page)
        for versions in rulebook.procedures.values()
        for page in versions
    }
    documents |= {f"outline-{name}.md": show_outline(outline) for name, outline in rulebook.outlines.items()}
    documents |= {"indicators.md": show_indicators(rulebook.indicators), "glossary.md": show_glossary(rulebook)}
    return documents
