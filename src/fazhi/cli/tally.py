"""What an import tells: the columns it understood, how far it is, how many rows, and why rows were refused."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from fazhi.desk.tables.bring import Brought
from fazhi.desk.tables.columns import Columns
from fazhi.desk.tables.findings import RowFinding, write_findings
from fazhi.desk.tables.read import Sheet

SHOWN_REASONS = 12


@dataclass
class Tally:
    """What one run of an import did."""

    states: Counter[str] = field(default_factory=Counter)
    findings: list[RowFinding] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def rows(self) -> int:
        return sum(self.states.values())

    def rows_with(self, weight: str) -> int:
        return len({finding.row for finding in self.findings if finding.weight == weight})

    def reasons(self, weight: str) -> list[tuple[str, int]]:
        """Reasons with the number of rows each met, most frequent first, equals by their words."""
        rows = {(finding.reason, finding.row) for finding in self.findings if finding.weight == weight}
        met = Counter(_without_values(reason) for reason, _ in rows)
        return sorted(met.items(), key=lambda one: (-one[1], one[0]))


def choice_of(text: str) -> tuple[str, str]:
    """A heading and its role as the command line says them."""
    heading, sign, role = text.partition("=")
    if not sign or not heading.strip():
        raise click.BadParameter(f"“{text}”应写成 列名=用途，例如 来信日期=received。", param_hint="--column")
    return heading.strip(), role.strip() or "-"


def with_bar(console: Console, brought: Iterator[Brought], total: int) -> Iterator[Brought]:
    look = (TextColumn("导入"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*look, console=console, disable=console.quiet) as progress:
        task = progress.add_task("导入", total=total)
        for one in brought:
            progress.advance(task)
            yield one


def write_findings_beside(file: Path, wanted: Path | None, findings: list[RowFinding]) -> Path | None:
    """The file of findings, beside the table or, where that folder cannot be written, in the current one."""
    if not findings:
        return None
    beside = file.with_name(f"{file.name}.问题清单.csv")
    for path in (wanted,) if wanted else (beside, Path.cwd() / beside.name):
        try:
            write_findings(path, findings)
        except OSError as error:
            failure = error
        else:
            return path
    raise click.ClickException(f"问题清单写不出来：{failure.strerror}。请用 --findings 指明可写的位置。")


def show_columns(console: Console, sheet: Sheet, columns: Columns) -> None:
    table = Table(title=f"{sheet.form} {sheet.encoding}，表头在第 {columns.heading_row} 行", title_justify="left")
    for heading in ("列", "用途"):
        table.add_column(heading)
    roles = {place: role for role, place in columns.at.items()}
    for place, heading in enumerate(columns.headings):
        if heading:
            role = roles.get(place)
            table.add_row(heading, f"{columns.titles[role]}（{role}）" if role else "不导入")
    console.print(table)


def tell(console: Console, tally: Tally, name: str, dry_run: bool, written: Path | None) -> None:
    states = tally.states
    if dry_run:
        good, refused = states["good"], states["refused"]
        told = f"检查 {tally.rows} 行：可以导入 {good} 行，不能导入 {refused} 行。没有写入任何内容。"
    else:
        speed = f"，{tally.rows / tally.seconds:.0f} 行/秒" if tally.seconds else ""
        told = (
            f"共 {tally.rows} 行，用时 {tally.seconds:.1f} 秒{speed}：新登记 {states['entered']} 行，"
            + (f"变更 {states['changed']} 行，" if states["changed"] else "")
            + f"此前已登记 {states['already']} 行，未导入 {states['refused']} 行。"
        )
    console.print(told, highlight=False, soft_wrap=True)
    for weight, title in (("refused", "未导入的原因"), ("note", "提示")):
        reasons = tally.reasons(weight)
        if sum(rows for _, rows in reasons) > tally.rows_with(weight):
            console.print(f"  同一行可以有几个{title}，各行数相加会多于总行数。", highlight=False, soft_wrap=True)
        for reason, rows in reasons[:SHOWN_REASONS]:
            console.print(f"  {title}：{reason}　{rows} 行", highlight=False, soft_wrap=True)
    if written:
        console.print(f"逐行的说明写在 {written}", highlight=False, soft_wrap=True)
    if states["refused"] and not dry_run:
        console.print(f"改正后用同一个名字再导入，已登记的行不会重复：--name '{name}'", highlight=False, soft_wrap=True)


def _without_values(reason: str) -> str:
    """A reason without the values of its row, so that like reasons are counted together."""
    plain = re.sub(r"（\d{4}-\d\d-\d\d）", "", reason)
    return re.sub(r"第 \d+ 行", "另一行", re.sub(r"\d{4}-\d\d-\d\d", "某日", plain))
