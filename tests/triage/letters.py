"""Sorted letters of our own making: enough to learn from, told in turns of phrase that repeat as letters do."""

from __future__ import annotations

import random

PARTS = {
    "环境保护": (
        ("化工厂", "养猪场", "砖厂", "搅拌站", "河边作坊"),
        ("夜里排黑烟", "把污水直排河道", "臭气熏天", "粉尘飘进教室", "机器轰鸣扰民"),
    ),
    "教育文体": (
        ("实验小学", "第三中学", "城北幼儿园", "职业学院", "镇中心小学"),
        ("周末强制补课", "学费上涨", "招生片区不公布", "老师有偿家教", "食堂饭菜差"),
    ),
    "劳动和社会保障": (
        ("建筑公司", "服装厂", "物流公司", "电子厂", "保安公司"),
        ("拖欠工资三个月", "不交社保", "不签劳动合同", "工伤不赔", "加班不给加班费"),
    ),
}
ENDS = ("请有关部门管一管。", "反映多次没有结果。", "希望尽快答复。", "谢谢领导。", "到底归谁管？")


def sorted_letters(count: int = 90, seed: int = 1) -> list[tuple[str, str]]:
    """(text, topic), the topics in turn."""
    chance = random.Random(seed)
    names = list(PARTS)
    found = []
    for place in range(count):
        name = names[place % len(names)]
        who, what = PARTS[name]
        found.append((f"{chance.choice(who)}{chance.choice(what)}，{chance.choice(ENDS)}", name))
    return found
