"""Masks for single values: a name to the surname, a phone to 3+4, a number to 4+4, an address to the street office."""

from __future__ import annotations

import re

COMPOUND = frozenset(
    "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 "
    "仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 拓跋 夹谷 轩辕 令狐 "
    "段干 百里 呼延 东郭 南门 羊舌 微生 公户 公玉 公仪 梁丘 公仲 公上 公门 公山 公坚 左丘 公伯 西门 公祖 第五 公乘 贯丘 公皙 "
    "南荣 东里 东宫 仲长 子书 子桑 即墨 达奚 褚师 纳兰 完颜 叶赫 那拉".split()
)
_NAMELESS = frozenset({"匿名", "不愿透露姓名", "群众", "市民", "居民", "业主"})

_PROVINCE = r"(?:[一-龥]{2,8}?(?:省|自治区|特别行政区))?"
_CITY = r"(?:[一-龥]{2,10}?(?:自治州|地区|盟|市))?"
_DISTRICT = r"(?:[一-龥]{2,10}?(?:新区|开发区|自治县|区|县|旗|市))?"
_STREET = r"(?:[一-龥]{2,10}?(?:街道|镇|苏木|乡))?"
_PLACE = re.compile(_PROVINCE + _CITY + _DISTRICT + _STREET)


def name(text: str) -> str:
    """Surname and two crosses whatever the length: 张××, 欧阳××; names in letters keep the first letter."""
    plain = "".join(text.split()) if _chinese(text) else text.strip()
    if not plain or plain in _NAMELESS:
        return plain
    if not _chinese(plain):
        return plain[0].upper() + "××"
    surname = plain[:2] if plain[:2] in COMPOUND and len(plain) > 2 else plain[:1]
    return surname + "××"


def firm(text: str) -> str:
    """A firm keeps its first two signs and its legal form: 深圳××有限公司. A sole trader is a person and is masked so."""
    plain = text.strip()
    if len(plain) <= 4 and _chinese(plain):
        return name(plain)
    ending = re.search(r"(?:股份有限公司|有限责任公司|有限公司|合伙企业|合作社|事务所|公司|工厂|商行|经营部|中心|店|厂)$", plain)
    return plain[:2] + "××" + (ending[0] if ending else "")


def phone(text: str) -> str:
    """A mobile number as 138****5678; shorter ones keep their last two digits."""
    digits = re.sub(r"\D", "", text)
    if len(digits) == 11 and digits.startswith("1"):
        return f"{digits[:3]}****{digits[-4:]}"
    return "*" * max(len(digits) - 2, 0) + digits[-2:] if len(digits) >= 7 else "*" * len(digits)


def id_number(text: str) -> str:
    """At most the first four and the last four signs of a number of 15 or more; shorter ones keep two at the front."""
    plain = "".join(text.split())
    if len(plain) >= 15:
        return plain[:4] + "*" * (len(plain) - 8) + plain[-4:]
    return plain[:2] + "*" * max(len(plain) - 2, 0)


def address(text: str) -> str:
    """Down to the street office (街道, 镇, 乡) and no further; nothing recognised shows nothing but the mark."""
    plain = "".join(text.split())
    if not plain:
        return ""
    place = _PLACE.match(plain)
    kept = place[0] if place else ""
    return kept if kept == plain else kept + "××"


def _chinese(text: str) -> bool:
    return any("一" <= sign <= "龥" for sign in text)
