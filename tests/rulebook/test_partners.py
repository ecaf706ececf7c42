"""Pages of partners: those we ship are sound, a faulty one is told with its line, a local one goes before ours."""

from __future__ import annotations

from pathlib import Path

import pytest

from fazhi.rulebook import Rulebook
from fazhi.rulebook.load import NATIONAL
from fazhi.rulebook.partners import check_partners, partners

GOOD = (NATIONAL / "partners" / "hotline.toml").read_text("utf-8")


def local(folder: Path, text: str) -> Path:
    (folder / "partners").mkdir()
    (folder / "partners" / "hotline.toml").write_text(text, "utf-8")
    return folder


def test_every_page_we_ship_is_sound(rulebook: Rulebook) -> None:
    assert set(partners()) >= {"court", "credit", "enforcement", "hotline"}
    assert not list(check_partners(rulebook, NATIONAL))


@pytest.mark.parametrize(
    ("was", "now", "what"),
    [
        ('fact = "received"', 'fact = "reborn"', "reborn"),
        ("[steps.rated]", "[steps.praised]", "praised"),
        ('"支持" = "supported"', '"支持" = "yes"', "yes"),
        ('procedure = "hotline"', 'procedure = "coldline"', "coldline"),
        ('encoding = "gb18030"', 'encoding = "big5"', "encoding"),
        ("(?P<day>", "(?P<tag>", "day"),
        ('number = "工单编号"', 'numero = "工单编号"', "number"),
        ('"环节" = "step"', '"环节" = "stage"', "stage"),
        ('person = { name = "诉求人"', 'person = { nom = "诉求人"', "nom"),
        ("fields.satisfaction = {", "fields.mood = {", "satisfaction"),
    ],
)
def test_a_fault_is_told_with_its_file_and_line(
    rulebook: Rulebook, tmp_path: Path, was: str, now: str, what: str
) -> None:
    assert was in GOOD
    found = list(check_partners(rulebook, local(tmp_path, GOOD.replace(was, now, 1))))
    assert any(what in finding.message for finding in found)
    assert all(finding.where.endswith("hotline.toml") and finding.line for finding in found)


def test_a_local_page_goes_before_ours(tmp_path: Path) -> None:
    root = local(tmp_path, GOOD.replace("工单编号", "流水号"))
    assert partners(root)["hotline"].number == "流水号" and partners()["hotline"].number == "工单编号"
    assert partners(root)["court"] == partners()["court"]
