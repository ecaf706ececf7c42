"""Our own reader and checker on our own reports, of three levels and in every form: nothing is lost, nothing found."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from importlib.resources import files
from typing import Any

import pytest

from district import District, lay
from fazhi.ledger.heavy import follow_sealed
from fazhi.ledger.seal import seal_once
from fazhi.report import paper
from fazhi.report.check import check
from fazhi.report.gather import compose_report
from fazhi.report.read import read_content
from fazhi.report.render import plain_text, print_page
from fazhi.report.values import Number, Report

WRITTEN = {
    name: str(text)
    for name, text in tomllib.loads(files("fazhi.cli.sample").joinpath("report.toml").read_text("utf-8")).items()
} | {  # what the sample keeps in its register
    "shortcomings.1": "（示例）一是部分来信临近期限才告知，原因是节假日前后集中到达、值班人手不足；"
    "二是个别复议案件审理时间较长，原因是勘验排期靠后。",
    "shortcomings.2": "（示例）对上一年度报告所列不足逐条整改：针对街道执法人员力量不足，分批培训、统一审核，有改进；"
    "针对热线回访不足，回访改为逐件进行，已解决。",
    "plan.1": "（示例）一是调整节假日来信值守，压缩告知时间；"
    "二是勘验提前预约，缩短复议案件审理时间；三是按季度公布办理情况。",
}
LEVELS = {"district": "区政府", "department": "城管局", "subdistrict": "莲花街道"}
FORMS = {
    "txt": lambda one: plain_text(one).encode(),
    "html": lambda one: print_page(one).encode(),
    "docx": paper.docx,
    "pdf": paper.pdf,
}


@pytest.fixture
def district(fresh_database: Any) -> District:
    district = lay()
    for unit, count, last in (("城管局", 9, 2), ("莲花街道", 6, 1)):
        for year in (2023, 2024):
            for at in range(count - (year == 2023) * last):
                done = district.receive(unit, day=date(year, 3, 1))
                district.record(done.matter, "accepted", unit, date(year, 3, 4))
                if at:
                    day = date(year, 4, 1) if at > 1 else date(year, 9, 1)
                    district.record(done.matter, "answered", unit, day, outcome="explained")
    seal_once("sealer")
    follow_sealed()
    return district


def numbers(report: Report) -> Counter[Decimal]:
    """Every number that a sentence shows."""
    parts = [part for section in report.sections for one in section.paragraphs for part in one.parts]
    shown = [re.search(r"\d+(?:\.\d+)?", part.text) for part in parts if isinstance(part, Number)]
    return Counter(Decimal(match[0]) for match in shown if match)


def test_every_figure_comes_back_and_nothing_is_found_at_three_levels_in_four_forms(district: District) -> None:
    for outline, name in LEVELS.items():
        report = compose_report(outline, district.units[name], 2024, written=WRITTEN)
        report = replace(report, imprint=replace(report.imprint, composed=date(2025, 2, 20)))
        wanted = numbers(report)
        assert wanted, name
        for form, make in FORMS.items():
            told = read_content(make(report), f"{name}.{form}")
            read = Counter(abs(claim.value) for claim in told.claims if claim.value is not None)
            assert not wanted - read, (name, form)
            assert told.year == 2024 and (told.unit or "").startswith(name[:2]), (name, form)
            assert [one.message for one in check(told)] == [], (name, form)
