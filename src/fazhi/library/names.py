"""Names of documents: one shape for all ways of writing one, and the short names that officials use."""

from __future__ import annotations

import re
import unicodedata

SHORT = {
    "行诉法": "行政诉讼法",
    "民诉法": "民事诉讼法",
    "刑诉法": "刑事诉讼法",
    "治安处罚法": "治安管理处罚法",
    "道交法": "道路交通安全法",
    "消法": "消费者权益保护法",
    "环保法": "环境保护法",
    "未保法": "未成年人保护法",
    "妇保法": "妇女权益保障法",
    "食安法": "食品安全法",
    "信息公开条例": "政府信息公开条例",
    "征收条例": "国有土地上房屋征收与补偿条例",
    "城市房屋征收条例": "国有土地上房屋征收与补偿条例",
    "行政诉讼法解释": "最高人民法院关于适用中华人民共和国行政诉讼法的解释",
    "行诉解释": "最高人民法院关于适用中华人民共和国行政诉讼法的解释",
}
_SIGNS = re.compile(r"[\s《》〈〉<>「」“”\"'‘’＜＞]+")
_TRIAL = re.compile(r"\((?:试行|暂行|草案|修订|修正|[12]\d{3}年?[^()]{0,10})\)$")
_STATE = "中华人民共和国"


def plain_name(title: str) -> str:
    """A title without brackets, spaces, the name of the state at its head and (试行) at its end."""
    name = _SIGNS.sub("", unicodedata.normalize("NFKC", title))
    name = _TRIAL.sub("", name)
    return name.removeprefix(_STATE) if len(name) > len(_STATE) + 1 else name


def full_name(name: str) -> str:
    """The plain name that a short name stands for, or the plain name itself."""
    plain = plain_name(name)
    return plain_name(SHORT.get(plain, plain))


def slug(title: str) -> str:
    """The name of a document as it stands in an address."""
    return plain_name(title).replace("/", "／")
