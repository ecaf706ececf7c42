"""Pages: a matter is read under the page of its opening for good, whatever becomes of the rulebook."""

from datetime import date

import psycopg
import pytest

from fazhi.ledger import Draft, append, open_matter, query, read, rulebook
from fazhi.ledger import pages as kept_pages
from fazhi.ledger.verify import verify

DAY = date(2025, 3, 3)


def all_pages():
    return [page for dated in rulebook().procedures.values() for page in dated]


@pytest.mark.parametrize("page", all_pages(), ids=lambda page: f"{page.name} {page.in_force}")
def test_a_page_comes_back_from_its_kept_text(page):
    text = kept_pages.text_of(page)
    again = kept_pages.parse(page.name, page.in_force, text)
    assert again.digest == page.digest

    def words(one):
        facts = {name: (kind.after, kind.needs, kind.closes, sorted(kind.fields)) for name, kind in one.facts.items()}
        clocks = {name: (rule.starts, rule.stops, rule.term, rule.pauses) for name, rule in one.clocks.items()}
        return facts, clocks, one.transition, one.register, one.numbered_by, one.opens_with

    assert words(again) == words(page)


def test_a_matter_outlives_a_change_of_its_page(db, clerk, appeal, monkeypatch):
    first = open_matter(appeal, Draft("received", DAY, fields={"channel": "web"}), clerk, key="a")
    before = [(clock.name, clock.due) for clock in read(first.matter).horizon.clocks]
    changed = {digest: page for digest, page in rulebook().digests.items() if digest != appeal.digest}
    monkeypatch.setitem(vars(rulebook()), "digests", changed)
    view = read(first.matter)
    assert view.page is not appeal and view.page.digest == appeal.digest
    assert [(clock.name, clock.due) for clock in view.horizon.clocks] == before
    assert append(first.matter, Draft("noted", DAY), clerk, seen=1, key="n").seq == 2


def test_a_changed_text_of_a_page_is_found(fresh_database, clerk, appeal):
    open_matter(appeal, Draft("received", DAY, fields={"channel": "web"}), clerk, key="a")
    with psycopg.connect(fresh_database.addresses.superuser) as boss:
        boss.execute("set session_replication_role = replica")
        boss.execute("update ledger_page set text = replace(text, 'received', 'receivd')")
    assert [one.what for one in verify().wrong] == ["page"]
    assert query.fetch("default", "select count(*) from ledger_page") == [(1,)]
