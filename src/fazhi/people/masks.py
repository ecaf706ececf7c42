"""Masks: a name to the surname, a phone to 3+4, a number to 4+4, an address to the street; and all in free text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

_PAIRS = (
    "欧阳太史端木上官司马东方独孤南宫万俟闻人夏侯诸葛尉迟公羊赫连澹台皇甫宗政濮阳公冶太叔申屠公孙慕容"
    "仲孙钟离长孙宇文司徒鲜于司空闾丘子车亓官司寇巫马公西颛孙壤驷公良漆雕乐正宰父谷梁拓跋夹谷轩辕令狐"
    "段干百里呼延东郭南门羊舌微生公户公玉公仪梁丘公仲公上公门公山公坚左丘公伯西门公祖第五公乘贯丘公皙"
    "南荣东里东宫仲长子书子桑即墨达奚褚师纳兰完颜叶赫那拉"
)
COMPOUND = frozenset(_PAIRS[start : start + 2] for start in range(0, len(_PAIRS), 2))
_NAMELESS = frozenset({"匿名", "不愿透露姓名", "群众", "市民", "居民", "业主"})

_FORM = re.compile("(?:股份有限公司|有限责任公司|有限公司|合伙企业|合作社|事务所|公司|工厂|商行|经营部|中心|店|厂)$")
_PROVINCE = r"(?:[一-龥]{2,8}?(?:省|自治区|特别行政区))?"
_CITY = r"(?:[一-龥]{2,10}?(?:自治州|地区|盟|市))?"
_DISTRICT = r"(?:[一-龥]{2,10}?(?:新区|开发区|自治县|(?<![小社园校])区|县|旗|市))?"
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
    """A firm keeps its first two signs and its legal form: 深圳××有限公司. A sole trader is a person."""
    plain = text.strip()
    if len(plain) <= 4 and _chinese(plain):
        return name(plain)
    ending = re.search(
        r"(?:股份有限公司|有限责任公司|有限公司|合伙企业|合作社|事务所|公司|工厂|商行|经营部|中心|店|厂)$", plain
    )
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


_WIDE = str.maketrans("０１２３４５６７８９＠．－＋ｘＸ：", "0123456789@.-+xX：")
_COMPOUND = "|".join(sorted(COMPOUND))
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖萧田董袁潘蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦"
    "贾夏付傅方邹熊白孟秦邱侯江尹薛闫阎段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申"
    "欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简"
    "车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝"
)
_PERSON = rf"(?:(?:{_COMPOUND})|[{_SURNAMES}])"
# A sign that begins the next clause is no second half of a given name.
_NEXT = "今年住是在的电家我于系说向对现来因和与及等手身联男女投反也就已将被"
_GIVEN = rf"[一-龥×](?:(?![{_NEXT}])[一-龥×])?"
_CUE = (
    r"(?:我叫|我名叫|名叫|叫做|本人叫|我的名字是|本人姓名|姓名|名字|联系人|投诉人|申请人|举报人|反映人|信访人|来信人|来电人|求助人|"
    r"被申请人|当事人|户主|房东|法定代表人|负责人|经办人|收件人|落款|署名|此致敬礼)"
)
_LINK = r"(?:\s*(?:[:：,，]|是|为|叫)\s*|\s*)"
_HONOUR = r"(?=(?:先生|女士|小姐|同志|大爷|大妈|阿姨|师傅|老师|医生|律师|老板))"

_NUMERAL = r"[0-9A-Za-z零〇一二三四五六七八九十百甲乙丙丁]{1,5}"
_PART = rf"(?:第?{_NUMERAL}\s*(?:号楼|号院|号房|栋|幢|座|单元|门|楼|层|室|房|户))"
_DOOR = re.compile(
    rf"{_PART}(?:[-—,，\s]?{_PART})+(?:[-—]?[0-9]{{1,4}})?|{_PART}[-—]?[0-9]{{2,4}}(?!\s*[年月日元个%％万亿米人户次])"
)
_ROOM = re.compile(rf"(?<![0-9A-Za-z]){_NUMERAL}\s*(?:室|号房|单元)(?![一-龥]*(?:会议|审批|申请|报告))")
_NUMBER = re.compile(
    r"(?<=[路街巷道弄里村组屯庄园苑区])\s*[0-9]{1,5}(?:-[0-9]{1,4})?\s*号(?!线|文|令|公告|院线)(?:之[一二三四五六七八九十])?"
)
_LIVES = re.compile(
    r"(家住|住在|现住|我住|住址|家庭地址|详细地址|联系地址|通讯地址|户籍地址|户籍地|收件地址|身份证地址)"
    r"(\s*(?:[:：]|是|为|在|于)?\s*)([一-龥0-9A-Za-z（）()\-—#·]{4,60})"
)
_PLATE = re.compile(
    r"([京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新][A-HJ-NP-Za-hj-np-z])"
    r"[·•．.\s-]?[A-HJ-NP-Za-hj-np-z0-9]{4,5}[A-HJ-NP-Za-hj-np-z0-9挂学警港澳]?(?![A-Za-z0-9])"
)
_MAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_CHAT = re.compile(
    r"((?:微信|QQ|qq|Qq|支付宝|抖音)\s*(?:号码|账号|帐号|号)?\s*(?:[:：]|是|为)?\s*)([A-Za-z0-9_-]{5,20})"
)
_PAPERS = re.compile(
    r"((?:护照|通行证|军官证|驾驶证|社保卡|医保卡)\s*(?:号码|编号|号)?\s*(?:[:：]|是|为)?\s*)([A-Za-z0-9]{6,20})"
)
_SPELT = re.compile(r"[零〇一二三四五六七八九幺]{11}")
_DIGITS = re.compile(r"(?<![0-9A-Za-z.])(?:\+?86[- ]?)?[0-9](?:[ -]?[0-9]){6,22}[Xx]?(?![0-9A-Za-z])")
_CALLED = re.compile(
    r"((?:电话|手机|座机|联系方式|致电|号码)\s*(?:号码|号)?\s*(?:[:：]|是|为)?\s*)([0-9]{7,8})(?![0-9])"
)
_NAMED = re.compile(rf"({_CUE}{_LINK})({_PERSON}{_GIVEN})")
_TITLED = re.compile(rf"({_PERSON}[一-龥]{{1,2}}){_HONOUR}")


def free_text(text: str, known: Iterable[str] = ()) -> str:
    """The text with personal data masked. `known`: values of the matter's parties, masked wherever they stand."""
    masked = text.translate(_WIDE)
    for value in sorted({value.strip() for value in known if len(value.strip()) >= 2}, key=len, reverse=True):
        masked = masked.replace(value, _known(value))
    for pattern, mask in _STEPS:
        masked = pattern.sub(mask, masked)
    return masked


def contacts(text: str, named: Iterable[str] = ()) -> str:
    """The text as those read it who work on the matter: places stay, what names or reaches a person is masked.

    `named`: names, telephone and identity numbers of the matter's parties, masked wherever they stand."""
    masked = text.translate(_WIDE)
    for value in sorted({value.strip() for value in named if len(value.strip()) >= 2}, key=len, reverse=True):
        masked = masked.replace(value, _known(value))
    for pattern, mask in _REACHING:
        masked = pattern.sub(mask, masked)
    return masked


def _known(value: str) -> str:
    digits = re.sub(r"\D", "", value)
    if len(digits) >= 15:
        return id_number(value)
    if len(digits) >= 7 and len(digits) >= len(value) - 4:
        return phone(value)
    return name(value) if len(value) <= 4 else address(value)


def _number(found: re.Match[str]) -> str:
    whole = found[0]
    plain = re.sub(r"[^0-9Xx]", "", whole)
    if plain.startswith("86") and len(plain) == 13 and plain[2] == "1":
        plain = plain[2:]
    if len(plain) >= 15:
        return id_number(plain)
    if len(plain) == 11 and plain[0] == "1" and plain[1] in "3456789":
        return phone(plain)
    landline = plain[0] == "0" and plain[1] != "0" and 10 <= len(plain) <= 12
    return "*" * (len(plain) - 2) + plain[-2:] if landline else whole


def _lives(found: re.Match[str]) -> str:
    return found[1] + found[2] + address(found[3])


def _plate(found: re.Match[str]) -> str:
    return found[1] + "·*****"


def _name(found: re.Match[str]) -> str:
    return found[1] + name(found[2])


def _titled(found: re.Match[str]) -> str:
    return name(found[1])


def _after_cue(found: re.Match[str]) -> str:
    return found[1] + "******"


_STEPS: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (_MAIL, "***@***"),
    (_PAPERS, _after_cue),
    (_CHAT, _after_cue),
    (_DIGITS, _number),
    (_CALLED, _after_cue),
    (_SPELT, "*" * 11),
    (_PLATE, _plate),
    (_LIVES, _lives),
    (_DOOR, "××"),
    (_NUMBER, "××号"),
    (_ROOM, "××"),
    (_NAMED, _name),
    (_TITLED, _titled),
)
_REACHING = tuple(step for step in _STEPS if step[0] in (_MAIL, _PAPERS, _CHAT, _DIGITS, _CALLED, _SPELT))
