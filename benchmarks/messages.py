"""Messages to measure with: a year of a district made by chance, and near-duplicates found by comparing every text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from fazhi.hotspots.voices import Voice

YEAR = datetime(2025, 1, 1, tzinfo=ZoneInfo("Asia/Shanghai"))
FIRST = "东西南北中上下新老长金银红绿青江湖山石花龙凤春秋明清和平安泰福禄永康丽景文昌华"
SECOND = "湖山河岭桥塘溪坪岗田园林苑庭台坊里亭洲滩泉井渡口港湾埔围坝坡源"
KINDS = (
    "小区", "花园", "社区", "路", "大道", "市场", "小学", "公园", "工业园", "地铁站",
)  # fmt: skip
WHAT = (
    "夜间施工噪音扰民", "垃圾堆积没有人清运", "路灯长期不亮", "电梯经常困人", "停车收费不合理",
    "物业不公开账目", "污水外溢臭气熏天", "拖欠工人工资", "健身房关门不退会员卡", "公交班次太少",
    "路面坑洼积水", "违章搭建占用通道", "消防通道被堵", "自来水发黄", "燃气管道没有接通", "开发商延期交房",
    "捆绑销售车位", "广场舞音响太大", "餐馆油烟直排", "工地扬尘没有覆盖", "学校招生划片不公", "补课收费",
    "养老金没有到账", "停电没有通知",
)  # fmt: skip
ASKS = (
    "请有关部门派人查看", "希望尽快解决", "多次拨打电话没有结果", "居民意见很大", "已经影响正常生活",
    "请给一个明确的答复",
)  # fmt: skip
WHEN = (
    "上个月开始", "最近两周", "去年就反映过", "每天晚上十点以后", "周末尤其严重", "从早上五点起",
    "连续下雨之后",
)  # fmt: skip


def year(many: int, seed: int = 1, events: int = 200) -> list[Voice]:
    """So many messages over a year: one in eight of them on one of the events, the others here and there."""
    chance = Random(seed)
    hot = [(_place(chance), chance.choice(WHAT), chance.randrange(330)) for _ in range(events)]
    return [_message(number, many, chance, hot) for number in range(many)]


def _message(number: int, many: int, chance: Random, hot: Sequence[tuple[str, str, int]]) -> Voice:
    day = number * 365 / many
    place, what = _place(chance), chance.choice(WHAT)
    if chance.random() < 0.125:
        place, what, begins = chance.choice(hot)
        day = begins + chance.random() * 30
    said = [f"{place}{what}", chance.choice(WHEN), chance.choice(ASKS), f"{place}的{chance.choice(WHAT)}也没有人管"]
    chance.shuffle(said)
    text = "，".join(said * chance.randrange(1, 4)) + "。"
    return Voice(str(number), f"人{number}", YEAR + timedelta(days=day), f"{place}{what}", text)


def _place(chance: Random) -> str:
    name = chance.choice(FIRST) + chance.choice(SECOND)
    return f"{name}{chance.choice(FIRST)}{chance.choice(SECOND)}{chance.choice(KINDS)}"


def near_duplicates(voices: Sequence[Voice], *, least: float = 0.5) -> set[tuple[int, int]]:
    """Pairs of places in the list whose texts share half of their runs of three signs; none of our words is asked."""
    runs = [_runs(voice.text) for voice in voices]
    holding: defaultdict[str, list[int]] = defaultdict(list)
    for place, mine in enumerate(runs):
        for run in mine:
            holding[run].append(place)
    pairs = {
        (a, b)
        for places in holding.values()
        if len(places) <= 30
        for at, a in enumerate(places)
        for b in places[at + 1 :]
    }
    return {(a, b) for a, b in pairs if len(runs[a] & runs[b]) >= least * len(runs[a] | runs[b])}


def _runs(text: str) -> frozenset[str]:
    plain = re.sub(r"\W", "", text)[:600]
    return frozenset(plain[at : at + 3] for at in range(len(plain) - 2))
