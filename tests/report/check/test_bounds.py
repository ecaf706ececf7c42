"""Whatever is fed to the checker comes to an end, and quickly enough to wait for."""

import pytest
from tests.report.check.frame import report_of

from fazhi.report.check import check
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
