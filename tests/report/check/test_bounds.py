"""Whatever is fed to the checker comes to an end, and quickly enough to wait for."""

import pytest
from tests.report.check.frame import report_of

from fazhi.report.check import check
from fazhi.report.check.places import View
from fazhi.report.read import read_text

LONG = {
    "one sentence of many figures": "，".join(f"受理案件{n}件，审结{n}件，审结率9{n % 10}%" for n in range(1, 300))
    + "。",
    "many sentences": "".join(f"全年受理第{n}类案件{n}件，同比增长{n % 90}%。" for n in range(1, 1500)),
    "a list without end": "、".join(f"第{n}项工作{n}件" for n in range(1, 800)) + "三项制度。",
    "signs only": "、" * 5_000 + "三项制度（" + "、" * 5_000,
    "nothing": "",
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG.keys())
def test_long_texts_are_read_and_checked_in_bounded_time(text):
    report = report_of(text) if text else read_text("")
    assert isinstance(check(report), tuple)


def test_a_figure_among_thousands_of_headings_is_read_like_one_among_few():
    """Each stands under its own heading, and a plan stays a plan however many points come before it."""
    for many in (3, 8_000):
        points = "".join(f"{'一二三四五六七八九十'[n % 10]}是受理第{n}类案件{n}件；" for n in range(many))
        view = View(read_text(f"一、工作情况\n{points}\n二、下一步计划\n计划办理案件12件。"))
        first, last = view.said[1], view.said[-1]
        assert view.heading_of(first).startswith("工作情况 受理第")
        assert (view.heading_of(last), view.planned(last), view.planned(first)) == ("下一步计划", True, False)
        assert len(view.said) >= many


def test_a_list_of_thousands_of_shortcomings_is_held_against_the_plan_like_a_short_one():
    for many in (3, 8_000):
        fields = "、".join("治理" + chr(0x5000 + n // 90) + chr(0x6000 + n % 90) for n in range(many))
        head = "一、工作情况\n扎实推进。\n二、存在的不足\n"
        text = f"{head}在人民调解、{fields}等方面还有不足。\n三、下一年度安排\n充实调解队伍。"
        said = [one.stated for one in check(read_text(text)) if one.rule == "shortcomings-without-plan"]
        assert "人民调解" not in said
