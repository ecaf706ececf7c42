"""Each figure that reports state is defined by one page."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from fazhi.report.read.indicate import load_lexicon
from fazhi.rulebook import Rulebook, page_of


def test_a_name_belongs_to_one_page(rulebook: Rulebook) -> None:
    names = Counter(name for page in rulebook.indicators.values() for name in {page.name, *page.aliases})
    assert [name for name, count in names.items() if count > 1] == []


def test_a_variant_stands_beside_the_figure_that_it_differs_from(rulebook: Rulebook) -> None:
    aliases = {alias for page in rulebook.indicators.values() for alias in page.aliases}
    alone = {alias for alias in aliases if "@" in alias and alias.partition("@")[0] not in aliases}
    assert alone == set()


def test_a_page_is_found_by_name_alias_and_variant(rulebook: Rulebook) -> None:
    pages = rulebook.indicators.values()
    concluded = page_of(pages, "reconsideration.correction_rate")
    assert page_of(pages, concluded.name) is concluded
    assert page_of(pages, "reconsideration.correction_rate", "accepted").digest != concluded.digest
    with pytest.raises(LookupError, match="@accepted"):
        page_of(pages, "reconsideration.correction_rate", "unheard_of")


def test_every_figure_of_the_annotated_reports_has_its_page(rulebook: Rulebook, shared: Path) -> None:
    with (shared / "seeds_annotated" / "figures.csv").open(encoding="utf-8") as file:
        asked = {row["indicator_id"] for row in csv.DictReader(file)}
    without = sorted(name for name in asked if not _pages(rulebook, name))
    assert (len(asked), without) == (235, [])
    assert [name for name in asked if len(_pages(rulebook, name)) > 1] == []


def test_the_reader_of_reports_names_figures_that_pages_define(rulebook: Rulebook) -> None:
    assert sorted(one.indicator for one in load_lexicon() if not _pages(rulebook, one.indicator)) == []


def _pages(book: Rulebook, name: str) -> list[str]:
    return [page.name for page in book.indicators.values() if name in page.aliases]
