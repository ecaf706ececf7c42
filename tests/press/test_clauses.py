"""GB/T 9704-2012 clause by clause on printed pages: of our PDF, and of the DOCX as an office program prints it."""

from __future__ import annotations

import itertools
import statistics
from typing import Any

import pytest

from fazhi.press import as_docx, as_pdf
from fazhi.press.official import Annex, Block, Imprint, Paper
from press.printed import Page, Sign, office, pages_of, steps, text_of

SIGN = 156 / 28
BODY = "全年受理申请，逐件登记，按期办结，依法公开，接受监督。"
IMPRINT = Imprint(
    ("区委", "区人大常委会", "市人民政府"),
    ("数据封存：第12号封存，计至第4321位，根摘要 sm3:" + "0a1b2c3d" * 8 + "。",),
    "示例区人民政府办公室",
    "2026年2月20日",
)
ANNEX = Annex("指标口径", ("口径如下。",), ("指标", "口径"), (("受理数", "第三十条"), ("审结数", "第六十二条")), (1, 3))


def paper(sentences: int, annex: Annex | None = None) -> Paper:
    blocks = [
        Block("first", "一、主要举措和成效"),
        Block("text", "法" * 100),
        Block("second", "（一）健全机构职能体系"),
    ]
    blocks += [Block("text", BODY * 2) for _ in range(sentences)]
    title = ("示例区人民政府", "2025年法治政府建设年度报告")
    return Paper(title, tuple(blocks), "示例区人民政府", "2026年2月20日", IMPRINT, annex)


PAPERS = {"odd": paper(4), "room": paper(10), "full": paper(14), "annexed": paper(4, ANNEX)}


@pytest.fixture(scope="module", params=["pdf", "docx"])
def printed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Page]]:
    if request.param == "pdf":
        return {name: pages_of(as_pdf.write(one)) for name, one in PAPERS.items()}
    made = {name: as_docx.write(one, as_pdf.end_of(one)) for name, one in PAPERS.items()}
    return {name: pages_of(pdf) for name, pdf in office(made, tmp_path_factory.mktemp("office")).items()}


def line_with(pages: list[Page], text: str) -> list[Sign]:
    return next(line for page in pages for line in page.lines() if text in text_of(line))


def near(value: float, slack: float = 1.0) -> Any:
    return pytest.approx(value, abs=slack)


def test_5_2_1_the_type_area_is_156_by_225_and_stands_37_below_28_in(printed: dict[str, list[Page]]) -> None:
    body = [one for line in printed["full"][1].lines() for one in line]
    assert min(one.left for one in body) == near(28)
    assert max(one.right for one in body if one.text not in "。，") <= 28 + 156 + 0.6  # a mark may hang
    assert 37 <= min(one.top for one in body) <= 37 + 5
    assert max(one.foot for one in body) <= 37 + 225


def test_5_2_2_a_page_holds_22_lines_of_28_signs(printed: dict[str, list[Page]]) -> None:
    first = printed["full"][0]
    assert len(first.lines()) + 1 == 22  # one line below the title is free
    feet = [statistics.median(one.foot for one in line) for line in printed["full"][0].lines()[3:]]
    assert statistics.median(b - a for a, b in itertools.pairwise(feet)) == near(225 / 22, 0.1)
    whole = [line for line in first.lines() if set(text_of(line)) == {"法"} and line[0].left < 32]
    assert [len(line) for line in whole][:2] == [28, 28]
    assert statistics.median(steps(whole[0])) == near(SIGN, 0.1)


def test_7_3_1_the_title_is_of_size_2_centred_line_by_line(printed: dict[str, list[Page]]) -> None:
    for line in printed["full"][0].lines()[:2]:
        assert {round(one.size) for one in line} == {22}
        assert (line[0].left + line[-1].right) / 2 == near(28 + 78, 2)


def test_7_3_3_each_level_has_its_face_in_size_3(printed: dict[str, list[Page]]) -> None:
    pages = printed["full"]
    faces = {word: line_with(pages, word)[0] for word in ("主要举措", "健全机构", "全年受理")}
    assert {round(one.size) for one in faces.values()} == {16}
    assert "Sans" in faces["主要举措"].face and "Serif" in faces["全年受理"].face
    assert "Kai" in faces["健全机构"].face or "Serif" in faces["健全机构"].face


def test_7_3_3_a_paragraph_begins_two_signs_in_and_goes_on_at_the_edge(printed: dict[str, list[Page]]) -> None:
    lines = [line for line in printed["full"][0].lines() if set(text_of(line)) == {"法"}]
    assert [line[0].left - 28 for line in lines] == [near(2 * SIGN, 0.6)] + [near(0, 0.6)] * (len(lines) - 1)


def test_7_3_5_the_day_stands_under_the_signer_two_signs_further_in(printed: dict[str, list[Page]]) -> None:
    lines = [line for page in printed["odd"] for line in page.lines()]
    at = next(place for place, line in enumerate(lines) if text_of(line) == "2026年2月20日")
    signer, day = lines[at - 1], lines[at]
    assert text_of(signer) == "示例区人民政府"
    assert 28 + 156 - max(signer[-1].right, day[-1].right) >= 1.8 * SIGN
    assert day[0].left - signer[0].left == near(2 * SIGN, 0.8 * SIGN)


def test_7_3_5_the_signature_never_stands_on_a_page_without_text(printed: dict[str, list[Page]]) -> None:
    for name, pages in printed.items():
        page = next(one for one in pages if any(text_of(line) == "2026年2月20日" for line in one.lines()))
        assert "监督。" in text_of([one for line in page.lines() for one in line]), name


def test_7_3_4_an_annex_is_named_below_the_text_and_begins_a_page(printed: dict[str, list[Page]]) -> None:
    pages = printed["annexed"]
    assert line_with(pages, "附件：指标口径")[0].left == near(28 + 2 * SIGN)
    page = next(one for one in pages if text_of(one.lines()[0]) == "附件")
    mark, title = page.lines()[0], page.lines()[1]
    assert mark[0].left == near(28) and "Sans" in mark[0].face
    assert (text_of(title), round(title[0].size)) == ("指标口径", 22)
    assert title[0].foot - mark[0].foot == near(2 * 225 / 22, 3)
    assert "第六十二条" in text_of([one for line in page.lines() for one in line])


def test_7_5_the_number_stands_outside_7_below_the_type_area(printed: dict[str, list[Page]]) -> None:
    for place, page in enumerate(printed["full"][:2], 1):
        assert page.number == f"—{place}—"
        signs = [one for line in page.lines(264, 276) for one in line]
        assert {round(one.size) for one in signs} == {14}
        dashes = [one for one in signs if one.text == "—"]
        assert (dashes[0].top + dashes[0].foot) / 2 == near(37 + 225 + 7, 1.2)
        one_sign = 14 * 25.4 / 72
        if place % 2:
            assert 28 + 156 - signs[-1].right == near(one_sign, 1.2)
        else:
            assert signs[0].left - 28 == near(one_sign, 1.2)


def test_7_4_the_imprint_closes_the_last_even_page(printed: dict[str, list[Page]]) -> None:
    for name, pages in printed.items():
        page = pages[-1]
        assert "印发" in text_of(page.lines()[-1]), name
        assert page.number == "" or int(page.number.strip("—")) % 2 == 0, name


def test_7_4_rules_of_its_width_thick_outside_and_thin_within(printed: dict[str, list[Page]]) -> None:
    rules = sorted(printed["odd"][-1].rules, key=lambda one: one.middle)
    heights = [one.height for one in rules]
    assert len(rules) == 4
    assert all(one.left == near(28) and one.right == near(28 + 156) for one in rules)
    assert [round(one, 1) for one in (heights[0], heights[-1])] == [near(0.35, 0.1)] * 2
    assert max(heights[1:-1]) < min(heights[0], heights[-1])
    assert rules[-1].middle == near(37 + 225, 1.5)


def test_7_4_copies_receipt_issuer_and_day_in_size_4_one_sign_in(printed: dict[str, list[Page]]) -> None:
    lines = printed["odd"][-1].lines(150)
    told = [text_of(line) for line in lines]
    assert told[0] == "抄送：区委，区人大常委会，市人民政府。"
    assert "0a1b2c3d" * 8 in "".join(told) and "第12号封存" in "".join(told)
    assert told[-1] == "示例区人民政府办公室2026年2月20日印发"
    assert {round(one.size) for line in lines for one in line} == {14}
    one_sign = 14 * 25.4 / 72
    assert all(line[0].left - 28 == near(one_sign, 0.8) for line in lines)
    assert 28 + 156 - lines[-1][-1].right == near(one_sign, 0.8)


def test_7_5_neither_a_blank_page_nor_the_imprint_behind_it_is_numbered(printed: dict[str, list[Page]]) -> None:
    pages = printed["full"]
    assert pages[-1].number == "" and "印发" in text_of(pages[-1].lines()[-1])
    assert all(not one.signs for one in pages if not one.lines())


def test_the_pdf_puts_the_imprint_beneath_the_text_where_there_is_room() -> None:
    assert [as_pdf.end_of(PAPERS[name]) for name in ("odd", "room", "full")] == ["next", "same", "blank"]
    assert len(pages_of(as_pdf.write(PAPERS["room"]))) == 2


def test_a_row_of_the_annex_stands_whole_on_one_page() -> None:
    rows = tuple((f"第{number:03}行", "法" * (40 + number) + chr(0x5000 + number)) for number in range(60))
    pages = pages_of(as_pdf.write(paper(2, Annex("指标口径", (), ("指标", "口径"), rows, (1, 2)))))
    texts = ["".join(text_of(line) for line in page.lines()) for page in pages]
    first = {at for at, text in enumerate(texts) if "第000行" in text}
    last = {at for at, text in enumerate(texts) if "第059行" in text}
    assert first and last and first != last
    for number in range(60):
        begun = [at for at, text in enumerate(texts) if f"第{number:03}行" in text]
        assert begun == [at for at, text in enumerate(texts) if chr(0x5000 + number) in text]
