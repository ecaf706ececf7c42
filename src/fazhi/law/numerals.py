"""Numbers as they are written in Chinese: 1,234, 1.49亿, 三千二百, 二〇二四, 百分之九十五."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2, "俩": 2}
STEPS = {"十": 10, "百": 100, "千": 1000}
MYRIADS = {"万": 10_000, "亿": 100_000_000}
CHARACTERS = "零〇○一二两三四五六七八九十百千万亿"
LONGEST = 30
"""Digits of a number that can be one; longer runs are numbers of accounts or documents."""


def arabic(text: str) -> Decimal | None:
    """The value of digits with thousands marks; None for what is no number."""
    digits = text.replace(",", "").replace("，", "").replace(" ", "")
    if len(digits) > LONGEST:
        return None
    try:
        return Decimal(digits)
    except InvalidOperation:
        return None


def times(text: str) -> int:
    """What 万, 亿, 百万 and the like multiply by."""
    product = 1
    for character in text:
        product *= STEPS.get(character) or MYRIADS.get(character) or 1
    return product


def chinese(text: str) -> Decimal | None:
    """The value of a Chinese numeral, place by place (二〇二四) or counted out (两千零二十四); None if it is none."""
    if not text or len(text) > LONGEST or any(character not in CHARACTERS for character in text):
        return None
    if all(character in DIGITS for character in text):
        return Decimal("".join(str(DIGITS[character]) for character in text)) if len(text) != 2 else _pair(text)
    total = part = digit = 0
    seen = False
    for character in text:
        if character in DIGITS:
            digit, seen = DIGITS[character], True
        elif character in STEPS:
            part += (digit if seen else 1) * STEPS[character]
            digit, seen = 0, False
        else:
            before, total = (total, 0) if character == "亿" else (0, total)
            total += (before + part + digit or 1) * MYRIADS[character]
            part, digit, seen = 0, 0, False
    return Decimal(total + part + digit)


def _pair(text: str) -> Decimal | None:
    """Two digits without a step: 二四 may be 24 or 二、四 (2 or 4); only with a nought is it a number."""
    return Decimal(DIGITS[text[0]] * 10 + DIGITS[text[1]]) if "〇" in text or "零" in text else None
