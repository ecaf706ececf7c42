"""Short texts of many places and years, with every figure that they state and none besides."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

import pytest

from fazhi.report.claims import Claim, Kind, Qualifier
from fazhi.report.read import read_text

TEXTS: list[dict[str, Any]] = [
    {**text, "file": page.stem}
    for page in sorted((Path(__file__).parent / "golden").glob("*.toml"))
    for text in tomllib.loads(page.read_text("utf-8"))["text"]
]


def told(claim: Claim, wanted: str) -> str:
    """The claim in the words of the golden file, as far as these say something."""
    value = "?" if claim.value is None else f"{claim.value:f}"
    parts = [value, claim.unit or "-"]
    for word in wanted.split()[2:]:
        if word in get_args(Qualifier):
            parts.append(claim.qualifier)
        elif word in get_args(Kind):
            parts.append(claim.kind)
        else:
            parts.append(claim.indicator or "-")
    return " ".join(parts)


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: f"{text['file']}-{text['name']}")
def test_states_these_figures_and_no_others(text: dict[str, Any]) -> None:
    claims = read_text(text["text"]).claims
    wanted = text["claims"]
    padded = [*wanted, *["-"] * (len(claims) - len(wanted))]
    assert [told(claim, want) for claim, want in zip(claims, padded, strict=False)] == wanted
    assert len(claims) == len(wanted)


def test_there_are_enough_texts() -> None:
    assert len(TEXTS) >= 40


def test_values_are_exact_and_multiplied_out() -> None:
    (claim,) = read_text("全年投入资金1.49亿元。").claims
    assert (claim.value, claim.unit, claim.amount, claim.measure) == (
        Decimal("1.49"),
        "亿元",
        Decimal(149_000_000),
        "元",
    )


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("新登记市场主体3,412户，其中企业1,020户、个体工商户2,492户。", ["新登记市场主体", "企业", "个体工商户"]),
        ("个体工商户1,020户占比73%。", ["占比", "个体工商户1,020户占比"]),
        ("登记企业1,020户,个体工商户2,492户。", ["登记企业", "个体工商户"]),
    ],
)
def test_the_comma_inside_a_number_parts_no_words(text: str, subjects: list[str]) -> None:
    assert [claim.subject for claim in read_text(text).claims] == subjects
