"""`fazhi hotspots` on tables as offices have them."""

from __future__ import annotations

import json
import re

from click.testing import CliRunner

from fazhi.cli.hotspots import hotspots


def run(*arguments):
    done = CliRunner().invoke(hotspots, [str(argument) for argument in arguments])
    assert done.exit_code == 0, done.output
    return done.output


def test_rows_that_cannot_be_read_are_told_and_the_others_are_read(tmp_path):
    table = tmp_path / "留言.csv"
    table.write_text(
        "留言编号,留言用户,留言主题,留言时间,留言详情,点赞数,反对数\n"
        "1,甲,柳泉镇砖窑冒黑烟,2024-03-01 08:00:00,柳泉镇的砖窑冒黑烟。,3,0\n"
        "2,乙,柳泉镇砖窑黑烟,2024-03-02,砖窑黑烟飘到柳泉镇学校。,,1\n"
        "3,丙,没有时间,,没有时间的来信,0,0\n",
        encoding="utf-8",
    )
    told = json.loads(run(table, "--json"))
    assert told["voices"] == 2
    assert told["refused"] == [{"row": 4, "reason": "留言时间是空的"}]
    assert told["events"][0]["members"] == ["1", "2"]
    assert told["events"][0]["heat"]["likes"] == 3
    assert "热度＝" in run(table)


def test_the_two_events_that_readers_agree_on_stand_at_the_top(shared):
    told = json.loads(run(shared / "data" / "appeals" / "messages_hot_topics.xlsx", "--json", "--top", "5"))
    titles = [event["title"] + "".join(event["places"]) for event in told["events"]]
    plant = next(event for event in told["events"] if re.search("搅拌", event["title"]))
    parking = next(event for event in told["events"] if re.search("车位", event["title"]))
    assert plant["heat"]["voices"] >= 55, titles
    assert parking["heat"]["voices"] >= 55, titles
