"""`fazhi report`: the yearly report composed from the record; `fazhi indicators`: its figures by themselves."""

from __future__ import annotations

import json
import tomllib
from datetime import date, datetime
from pathlib import Path

import click

from fazhi.cli.commands import fazhi
from fazhi.indicators.values import END_OF_CHAIN, Reading, Span
from fazhi.ledger import today
from fazhi.people import units
from fazhi.report import paper, polish
from fazhi.report.gather import compose_report, read_figures
from fazhi.report.keep import to_values
from fazhi.report.render import plain_text, print_page

DAY = click.DateTime(["%Y-%m-%d"])
UNIT = click.option("--unit", required=True, help="单位的名称，含其下属单位。")
YEAR = click.option("--year", required=True, type=click.IntRange(1990, 2200), help="报告年度。")
CUTOFF = click.option("--cutoff", type=DAY, help="统计截止日，如 2024-11-30；默认年末。")
OUTLINE = click.option("--outline", default="district", show_default=True, help="报告提纲。")
POSITION = click.option("--position", type=click.IntRange(0), default=END_OF_CHAIN, help="计至哪一位；默认最新。")
JSON = click.option("--json", "as_json", is_flag=True, help="给程序读的JSON。")


def unit_named(name: str, day: date) -> units.UnitLine:
    """The unit of this name on the day; says which names come near if there is none or more than one."""
    tree = units.tree_on(day).units.values()
    found = [line for line in tree if line.name == name] or [line for line in tree if name in line.name]
    if len(found) == 1:
        return found[0]
    names = "、".join(line.name for line in found[:8])
    raise click.ClickException(f"“{name}”对应多个单位：{names}，请写全称。" if found else f"没有名为“{name}”的单位。")


def last_day(year: int, cutoff: datetime | None) -> date:
    return cutoff.date() if cutoff else min(date(year, 12, 31), max(today(), date(year, 1, 1)))


@fazhi.group()
def report() -> None:
    """年度报告：由业务记录生成。

    \b
    例：fazhi report compose --unit 示例区人民政府 --year 2024 --html 报告.html
    """


@report.command()
@UNIT
@YEAR
@CUTOFF
@OUTLINE
@POSITION
@click.option("--written", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="撰写的文字，TOML。")
@click.option("--polish", "polished", is_flag=True, help="请 FAZHI_POLISH_URL 指明的服务润色文字；改动事实的退回。")
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), help="写成可打印的网页文件。")
@click.option("--docx", type=click.Path(dir_okay=False, path_type=Path), help="写成 DOCX 公文。")
@click.option("--pdf", type=click.Path(dir_okay=False, path_type=Path), help="写成 PDF 公文。")
@click.option("--internal", is_flag=True, help="内部稿：不隐去涉及个人、少于5的数字。")
@JSON
def compose(
    unit: str,
    year: int,
    cutoff: datetime | None,
    outline: str,
    position: int,
    written: Path | None,
    polished: bool,
    html: Path | None,
    docx: Path | None,
    pdf: Path | None,
    internal: bool,
    as_json: bool,
) -> None:
    """生成一个单位一年的报告；没有数据的段落会写明。

    \b
    例：fazhi report compose --unit 示例区人民政府 --year 2024 --cutoff 2024-11-30 --html 报告.html
        fazhi report compose --unit 示例区松风街道办事处 --year 2024 --outline subdistrict --docx 报告.docx
    """
    last = last_day(year, cutoff)
    named = unit_named(unit, last)
    try:
        texts = {name: str(text) for name, text in tomllib.loads(written.read_text("utf-8")).items()} if written else {}
        texts = _polished(texts, year) if polished else texts
        composed = compose_report(outline, named.id, year, last, position, texts, public=not internal)
        files = ((html, lambda one: print_page(one).encode()), (docx, paper.docx), (pdf, paper.pdf))
        for file, make in files:
            if file:
                file.write_bytes(make(composed))
                click.echo(f"已写入 {file}；待撰写 {len(composed.missing)} 段。", err=True)
    except (LookupError, ValueError) as error:
        raise click.ClickException(str(error)) from error
    for gap in composed.unanswered:
        click.echo(gap, err=True)
    if as_json:
        click.echo(json.dumps(to_values(composed), ensure_ascii=False, indent=2))
    elif not (html or docx or pdf):
        click.echo(plain_text(composed))


def _polished(texts: dict[str, str], year: int) -> dict[str, str]:
    by = polish.endpoint()
    if by is None:
        raise click.ClickException(
            "没有指明润色服务：请设置 FAZHI_POLISH_URL（和 FAZHI_POLISH_MODEL、FAZHI_POLISH_KEY）。"
        )
    told = dict(zip(texts, polish.polish(texts.values(), by, year), strict=True))
    for name, one in told.items():
        if one.refused:
            click.echo(f"{name}：{one.refused}", err=True)
    return {name: one.text for name, one in told.items()}


@fazhi.group()
def indicators() -> None:
    """指标：每个数都有口径、分子、分母和截止日。

    \b
    例：fazhi indicators read --unit 示例区人民政府 --year 2024
    """


@indicators.command()
@UNIT
@YEAR
@CUTOFF
@OUTLINE
@POSITION
@JSON
def read(unit: str, year: int, cutoff: datetime | None, outline: str, position: int, as_json: bool) -> None:
    """读出一份提纲的全部指标。

    \b
    例：fazhi indicators read --unit 示例区人民政府 --year 2024 --json
    """
    last = last_day(year, cutoff)
    named = unit_named(unit, last)
    try:
        span, readings = read_figures(outline, named.id, year, last, position)
    except (LookupError, ValueError) as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        click.echo(json.dumps([_as_json(reading, span) for reading in readings], ensure_ascii=False, indent=2))
        return
    click.echo(f"{named.name} {span.start} 至 {span.cutoff}，计至第{span.position}位")
    for reading in readings:
        parts = (
            f"{_amount(reading.numerator)}/{_amount(reading.denominator)}" if reading.denominator is not None else ""
        )
        click.echo(
            f"{reading.title}\t{reading.text}{reading.unit_told}\t{parts}\t{reading.source}（{reading.source.weakest}）"
        )


def _as_json(reading: Reading, span: Span) -> dict[str, str | int | None]:
    return {
        "name": reading.name,
        "title": str(reading.title),
        "value": _amount(reading.value),
        "unit": reading.unit,
        "numerator": _amount(reading.numerator),
        "denominator": _amount(reading.denominator),
        "start": span.start.isoformat(),
        "cutoff": span.cutoff.isoformat(),
        "position": span.position,
        "page": reading.page_digest,
        "fingerprint": reading.fingerprint,
        "source": str(reading.source),
        "status": reading.source.weakest,
    }


def _amount(amount: object) -> str | None:
    return None if amount is None else f"{amount:f}"
