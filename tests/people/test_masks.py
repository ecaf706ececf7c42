"""Masks: what may stand on a page that others read."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi.people import masks


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三丰", "张××"),
        ("李四", "李××"),
        ("欧阳修文", "欧阳××"),
        ("欧阳", "欧××"),
        ("阿卜杜拉·买买提", "阿××"),
        ("Maria Gonzalez", "M××"),
        ("匿名", "匿名"),
        ("", ""),
    ],
)
def test_a_name_is_masked_to_its_surname_whatever_its_length(name: str, masked: str) -> None:
    assert masks.name(name) == masked


@pytest.mark.parametrize(
    ("firm", "masked"),
    [
        ("深圳市某某科技有限公司", "深圳××有限公司"),
        ("福田老王烧烤店", "福田××店"),
        ("王小明", "王××"),
    ],
)
def test_a_firm_keeps_its_place_and_form(firm: str, masked: str) -> None:
    assert masks.firm(firm) == masked


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("广东省深圳市福田区莲花街道景田路12号3栋501", "广东省深圳市福田区莲花街道××"),
        ("陕西省商洛市商州区城关街道", "陕西省商洛市商州区城关街道"),
        ("景田北小区3栋501", "××"),
        ("上海市浦东新区张江镇科苑路88号", "上海市浦东新区张江镇××"),
        ("", ""),
    ],
)
def test_an_address_ends_at_the_street_office(address: str, masked: str) -> None:
    assert masks.address(address) == masked


def test_numbers_show_no_more_than_their_ends() -> None:
    assert masks.phone("138 1234 5678") == "138****5678"
    assert masks.phone("0755-82345678") == "**********78"
    assert masks.id_number("11010519491231002X") == "1101**********002X"
    assert masks.id_number("E12345678") == "E1*******"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("我叫李明，家里漏水。", "我叫李××，家里漏水。"),
        ("我叫李明今年45岁", "我叫李××今年45岁"),
        ("联系人：欧阳建国，手机13812345678", "联系人：欧阳××，手机138****5678"),
        ("联系人是王芳", "联系人是王××"),
        ("找到刘建军师傅修了三次", "找到刘××师傅修了三次"),
        ("手机 138 1234 5678 可联系", "手机 138****5678 可联系"),
        ("电话+86 13812345678", "电话138****5678"),
        ("座机0755-82345678", "座机**********78"),
        ("电话：82345678，晚上在家", "电话：******，晚上在家"),
        ("幺三八零零一三八零零零是我的号", "***********是我的号"),
        ("１３８１２３４５６７８", "138****5678"),
        ("身份证11010519491231002X", "身份证1101**********002X"),
        ("卡号6222 0212 3456 7890 123没有到账", "卡号6222***********0123没有到账"),
        ("护照号E12345678", "护照号******"),
        ("车牌粤B12345占道", "车牌粤B·*****占道"),
        ("粤BD12345 停在人行道", "粤B·***** 停在人行道"),
        ("发到 zhang.san@example.com.cn 也行", "发到 ***@*** 也行"),
        ("微信号：zhangsan123", "微信号：******"),
        ("我住在福田区莲花街道景田路12号3栋2单元501室", "我住在福田区莲花街道××"),
        ("景田路12号的路灯坏了", "景田路××号的路灯坏了"),
        ("幸福小区3栋2单元501室漏水", "幸福小区××漏水"),
    ],
)
def test_personal_data_in_a_sentence_is_masked(text: str, masked: str) -> None:
    assert masks.free_text(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "2025年3月5日，地铁1号线停运30分钟，已拨打12345热线。",
        "深福复〔2025〕18号决定书",
        "查询编号250305-1234-5678",
        "补偿款100000000元尚未到位",
        "申请人不服行政处罚决定，请求撤销。",
        "负责人表示将于5个工作日内整改",
        "2号楼电梯坏了三天",
        "国道312线K120处塌方",
    ],
)
def test_what_names_nobody_stays_readable(text: str) -> None:
    assert masks.free_text(text) == text


def test_values_of_the_parties_are_masked_wherever_they_stand() -> None:
    text = "昨天慕容雪在广场说，她的摊位被占，慕容雪的电话写在牌子上。"
    assert "慕容雪" not in masks.free_text(text, ["慕容雪"])


_TALK = st.text(alphabet="我们小区的路灯坏了很久请尽快处理谢谢，。！ \n今天明天", max_size=30)
_PHONE = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
_ID = st.from_regex(r"[1-6][0-9]{5}(19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|1[0-9])[0-9]{3}[0-9X]", fullmatch=True)


@given(_TALK, _PHONE, _TALK, _ID, _TALK)
def test_no_phone_and_no_id_survives_in_any_talk(before: str, phone: str, middle: str, number: str, after: str) -> None:
    masked = masks.free_text(f"{before}，{phone}，{middle}。{number}，{after}")
    assert phone not in masked
    assert number not in masked
    assert not re.search(r"[0-9]{7}", masked)


@given(st.text(alphabet="我叫张三联系人是住在景田路1号23栋5室电话：13812345678粤B@.com×*，。 ", max_size=60))
def test_masking_twice_changes_nothing_more(text: str) -> None:
    once = masks.free_text(text)
    assert masks.free_text(once) == once
