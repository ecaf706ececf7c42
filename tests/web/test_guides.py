"""Guides in both faces: every page opens, in both languages, and says its terms, articles, statuses and letters."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from fazhi.rulebook import load
from fazhi.rulebook.diagram import draw, states, walk, wrap
from fazhi.rulebook.guide import guide_of, is_register

BOOK = load()
PAGES = [versions[-1] for versions in BOOK.procedures.values()]


def text_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_every_guide_opens_in_the_office(at_desk: Any) -> None:
    client = at_desk("信访员")
    listing = client.get("/office/guides/").content.decode()
    for page in PAGES:
        assert f'href="/office/guides/{page.name}/"' in listing
        answer = client.get(f"/office/guides/{page.name}/{page.in_force}/")
        assert answer.status_code == 200, page.name
        assert page.title.zh in text_of(answer)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_guide_says_terms_articles_statuses_and_letters(db: Any, language: str) -> None:
    client = Client(headers={"accept-language": language})
    text = text_of(client.get("/guides/reconsideration/"))
    english = language == "en"
    assert ("60 days" if english else "60日") in text
    assert "第六十二条第一款" in text
    assert ("last day: convention" if english else "末日为惯例") in text
    assert "受理通知书" in text
    assert ("State diagram" if english else "流程") in text or "state diagram" in text
    assert ("Application received" if english else "收到行政复议申请") in text


def test_a_guide_begins_with_how_long_and_when_it_ends(db: Any) -> None:
    text = text_of(Client().get("/guides/reconsideration/")).partition("全部期限、文书和流程")[0]
    assert "谁可以提出" not in text  # "the applicant" would not tell who may be one
    assert "谁可以提出 消费者" in text_of(Client().get("/guides/consumer_complaint/"))
    for words in (
        "60日 自“知道或者应当知道行政行为”起",
        "第二十条",
        "60日，可延长30日 自“受理”起",
        "行政复议申请书",
    ):
        assert words in text, words
    assert "目前不能在本平台网上提出" in text
    assert "目前不能在本平台网上提出" not in text_of(Client().get("/guides/appeal/"))
    english = text_of(Client(headers={"accept-language": "en"}).get("/guides/"))
    assert "Petition (letters and visits)" in english
    assert (
        english.index("Challenge a decision")
        < english.index("Complain or report")
        < english.index("Matters within organs")
    )


def test_guides_are_searched_by_name(db: Any) -> None:
    listing = Client().get("/guides/", {"q": "复议"}).content.decode()
    assert "/guides/reconsideration/" in listing
    assert "/guides/legal_aid/" not in listing
    for words in ("罚款", "fine", "challenge fine"):
        assert "/guides/reconsideration/" in Client().get("/guides/", {"q": words}).content.decode()
    assert "没有这样的指南" in text_of(Client().get("/guides/", {"q": "没有这样的事"}))


def test_older_versions_are_a_click_away(db: Any) -> None:
    answer = Client().get("/guides/reconsideration/").content.decode()
    assert "/guides/reconsideration/1999-10-01/" in answer
    older = text_of(Client().get("/guides/reconsideration/1999-10-01/"))
    assert "10日" in older
    assert Client().get("/guides/reconsideration/1999-10-02/").status_code == 404
    assert Client().get("/guides/nothing/").status_code == 404


def test_the_portal_shows_no_private_register_and_no_private_column(db: Any) -> None:
    listing = Client().get("/guides/").content.decode()
    registers = [page for page in PAGES if is_register(BOOK, page)]
    hidden = [page for page in registers if page.register and not page.register.public]
    assert hidden
    for page in hidden:
        assert f"/guides/{page.name}/" not in listing
        assert Client().get(f"/guides/{page.name}/").status_code == 404
    for page in (one for one in registers if one.register and one.register.public and one.register.private):
        text = text_of(Client().get(f"/guides/{page.name}/"))
        for row in guide_of(page).fields:
            assert not row.private or f" {row.title.zh} " not in text, page.name


def test_a_register_says_its_fields(at_desk: Any) -> None:
    text = text_of(at_desk("信访员").get("/office/guides/power_item/"))
    for words in ("事项编码", "权力类型", "行政许可", "必填"):
        assert words in text


@pytest.mark.parametrize(
    "page", [p for v in BOOK.procedures.values() for p in v], ids=lambda p: f"{p.name}-{p.in_force}"
)
def test_each_state_is_drawn_once_below_what_it_comes_after(page: Any) -> None:
    nodes = states(page)
    order = list(walk(nodes, page))
    assert sorted(order) == sorted(page.facts)
    for name, node in nodes.items():
        if node.parent:
            assert order.index(node.parent) < order.index(name)
            assert any(node.parent in group for group in page.facts[name].after)
    for language in ("zh", "en"):
        drawn = draw(page, language, alone=True)
        assert drawn.count('class="state-box') == len(nodes) + sum(one.kind.closes for one in nodes.values())
        assert "http" not in drawn.replace("http://www.w3.org/2000/svg", "")
        assert "prefers-color-scheme:dark" in drawn


def test_unverified_terms_say_so_in_the_diagram() -> None:
    assert "（惯例）" in draw(BOOK.procedures["appeal"][-1])
    assert "(convention)" in draw(BOOK.procedures["appeal"][-1], "en")


def test_lines_break_where_they_must() -> None:
    assert wrap("一二三四五六", 39, 13) == ["一二三", "四五六"]
    assert wrap("one two three", 60, 13) == ["one two", "three"]
    assert wrap("", 60, 13) == []
