"""A page that shows every piece on sample values, for those who make pages."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from fazhi.web.faces.due import Due
from fazhi.web.faces.icons import PATHS
from fazhi.web.faces.ribbon import Ribbon, make_ribbon
from fazhi.web.faces.values import Act, Chip, Expected, Field, NotNow, Running, Step, Tile

START, DUE, NOW = date(2025, 1, 21), date(2025, 2, 21), date(2025, 2, 14)
REST = {date(2025, 1, 28) + timedelta(days=n): "春节" for n in range(8)}
SUSPENDED = {date(2025, 2, 10) + timedelta(days=n): "中止" for n in range(3)}


@dataclass(frozen=True, slots=True)
class SampleDay:
    day: date
    counted: bool
    number: int | None
    reason: str
    reason_en: str = "rest day"


def sample_ribbon() -> Ribbon:
    return make_ribbon(
        list(_days()),
        due=DUE,
        today=NOW,
        events={date(2025, 2, 10): "中止", date(2025, 2, 13): "恢复审理"},
        steps=("1月21日收到申请，当日不计。", "满15个工作日为2月18日。", "中止3个工作日，顺延至2月21日。"),
        law="《中华人民共和国行政复议法》第三十条、第八十八条",
        status="惯例口径",
    )


def _days() -> Iterator[SampleDay]:
    yield SampleDay(START, False, None, "起算日不计")
    number, day = 0, START
    while day < DUE:
        day += timedelta(days=1)
        reason = REST.get(day) or SUSPENDED.get(day, "")
        weekend = day.weekday() > 4 and day not in {date(2025, 1, 26), date(2025, 2, 8)}
        if reason or weekend:
            yield SampleDay(day, False, None, reason or "周末")
        else:
            number += 1
            yield SampleDay(day, True, number, "")


def sample_dues() -> list[Due]:
    return [
        Due("overdue", date(2025, 3, 3), -2, working=True),
        Due("today", date(2025, 3, 5)),
        Due("soon", date(2025, 3, 8), 3, working=True),
        Due("ahead", date(2025, 4, 2), 21),
        Due("ahead", date(2026, 12, 28), 40, provisional=True),
        Due("paused"),
        Due("waiting", date(2025, 3, 12)),
        Due("measured", left=3),
        Due("ripe", date(2025, 3, 1)),
        Due("met", date(2025, 2, 10), ended=date(2025, 2, 7)),
        Due("late", date(2025, 2, 10), ended=date(2025, 2, 12)),
        Due("lapsed", date(2025, 2, 10)),
        Due("early", date(2025, 2, 10)),
        Due("disputed", date(2025, 2, 10)),
        Due("dropped"),
    ]


def sample_steps() -> list[Step]:
    recorded = datetime(2025, 2, 3, 8, 12, tzinfo=UTC)
    return [
        Step(
            date(2025, 2, 3),
            "收到申请",
            "申请人不服某街道办事处作出的行政处罚决定，请求撤销。",
            (("方式", "网上"),),
            who="王××·区司法局",
            recorded=recorded,
            seq=1,
            correct_href="#",
        ),
        Step(date(2025, 2, 5), "通知补正", struck=True, who="王××·区司法局", recorded=recorded, seq=2),
        Step(
            date(2025, 2, 6),
            "受理",
            files=(("受理通知书", "#"),),
            corrects="更正第2条",
            seq=3,
            recorded=recorded,
            who="王××·区司法局",
        ),
        Step(date(2025, 2, 10), "视为受理", deemed=True, seq=4),
    ]


def sample_fields() -> list[Field]:
    return [
        Field("day", "哪一天", "day", "3月8日", "可以写 0308、3月8日、今天、+5工作日", required=True),
        Field("outcome", "结果", "radio", "支持", required=True, choices=(("支持", "支持"), ("不支持", "不支持"))),
        Field("unit", "交给哪个单位", "search", hint="输入名称或拼音首字母", choices=(("区司法局", "qsfj"),)),
        Field(
            "reason",
            "原因",
            "select",
            error="请选择原因。",
            required=True,
            choices=(("1", "需要以其他案件的审理结果为依据"),),
        ),
        Field("text", "说明", "long", "", "写清楚事情的经过"),
        Field("files", "附件", "file"),
        Field("agree", "需要书面答复", "check", "yes"),
    ]


def gallery(request: HttpRequest) -> HttpResponse:
    ribbon = sample_ribbon()
    clocks = [
        Running("受理审查", Due("met", date(2025, 2, 10), ended=date(2025, 2, 7)), None, law="第三十条"),
        Running("作出决定", Due("ahead", DUE, 5, working=True), ribbon),
    ]
    return render(
        request,
        "faces/gallery.html",
        {
            "dues": sample_dues(),
            "ribbon": ribbon,
            "steps": sample_steps(),
            "clocks": clocks,
            "expected": [Expected("作出决定", Due("ahead", DUE, 5, working=True))],
            "fields": sample_fields(),
            "acts": [Act("suspended", "中止", tuple(sample_fields()[:2]), "第三十九条"), Act("decided", "作出决定")],
            "not_now": [
                NotNow("再次延长", "已经延长过一次。", "第六十二条"),
                NotNow("终止", "中止未满六十日。", "第四十一条"),
            ],
            "tiles": [
                Tile("按期办结率", "96.4", "%", "1,204 ÷ 1,249 · 截至 12月31日", "#"),
                Tile("收到申请", "1,605", "件", "", "#"),
                Tile("平均办理", "18.2", "天", "中位数 16 天", "#"),
            ],
            "chips": [
                Chip("逾期", "#", "2", wrong=True),
                Chip("今日到期", "#", "4", chosen=True),
                Chip("三日内", "#", "11"),
                Chip("等待他人", "#", "7"),
                Chip("暂定日期", "#", "3"),
            ],
            "icons": sorted(PATHS),
        },
    )
