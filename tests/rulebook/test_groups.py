"""Every kind of business stands under a group that has a name."""

from fazhi.rulebook import load
from fazhi.rulebook.groups import grouped_figures, groups_of_procedures


def test_every_kind_of_business_has_a_group_and_every_group_a_name() -> None:
    book, groups = load(), groups_of_procedures()
    kinds = {name for name, pages in book.procedures.items() if pages[-1].opens_with and not pages[-1].standing}
    assert not kinds - groups.keys(), "procedures/groups.toml 没有写这些种类的分组"
    assert not groups.keys() - book.procedures.keys(), "procedures/groups.toml 写了没有的种类"
    assert set(groups.values()) <= book.groups.keys()


def test_every_figure_is_found_under_a_group() -> None:
    book = load()
    grouped = grouped_figures(book, book.indicators.values())
    assert set(grouped) <= set(book.groups)
    assert sorted(page.name for pages in grouped.values() for page in pages) == sorted(book.indicators)
