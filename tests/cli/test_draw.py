"""`fazhi draw` at the command line: promised, fixed, drawn, and drawn again."""

from pathlib import Path

import pytest
from typing_in import done, refused

from district import lay
from fazhi.desk import drawing
from fazhi.people.actors import machine

SEED = "一段不少于十六个字符的随机种子文字七八九"


@pytest.mark.usefixtures("db")
def test_a_draw_is_checked_at_the_command_line(tmp_path: Path) -> None:
    actor = machine(lay().units["司法局"])
    matter = drawing.commit(actor, "三月抽查", SEED, "三月十日开奖号", key="c").matter
    drawing.fix_pool(actor, matter, [f"企业{one}" for one in range(9)], 3, key="p")
    assert "不符" in refused(f"draw check {matter}")
    drawing.hold(actor, matter, SEED, "528", key="h")
    assert done(f"draw check {matter}").count("相符") == 3
