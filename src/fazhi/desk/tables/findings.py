"""What is said about one row of a table: where, what, why, and what to do."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Weight = Literal["refused", "note"]

HEADER = ("行", "列", "值", "结果", "原因", "处理办法", "依据")
WORDS: dict[str, str] = {"refused": "未导入", "note": "已导入，提示"}


@dataclass(frozen=True, slots=True)
class RowFinding:
    """`row` is the row as a spreadsheet shows it, the heading counted; `value` never holds free text or a name.
    `reason_en` is the reason where what gave it says it in English itself."""

    row: int
    column: str
    value: str
    reason: str
    advice: str
    weight: Weight = "refused"
    source: str = ""
    reason_en: str = ""

    def cells(self) -> tuple[str, ...]:
        """The finding as one line of the file of findings."""
        return (str(self.row), self.column, self.value, WORDS[self.weight], self.reason, self.advice, self.source)


def write_findings(path: Path, findings: Iterable[RowFinding]) -> int:
    """Write the findings as CSV that a spreadsheet opens in Chinese; the number of lines."""
    ordered = sorted(findings, key=lambda finding: (finding.weight != "refused", finding.row))
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        writer.writerows([_safe(cell) for cell in finding.cells()] for finding in ordered)
    return len(ordered)


def _safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return "'" + cell if cell[:1] in ("=", "+", "-", "@") else cell
