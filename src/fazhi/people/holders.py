"""Query number and hidden code: how a citizen without an account proves to hold a matter."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

import psycopg
from django.db import connection
from django.utils import timezone

from fazhi.people import sealing
from fazhi.people.models import Attempt, Holder

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 10
TRIES = 10
TRIES_PER_ORIGIN = 60
WINDOW = timedelta(minutes=15)

_ISSUE = """
insert into people_holder (query_number, matter, code_mark, issued) values (%s, %s, %s, now()) on conflict do nothing
"""
_NUMBERS = (
    "select matter, query_number from people_holder where matter = any (%s) and withdrawn is null order by issued"
)
_HEARD = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})
_NOBODY = "sm3:" + "0" * 64


class TooManyTries(Exception):
    """This number, or this caller, was tried too often; the text says when to come back."""


def issue(matter: UUID) -> tuple[str, str]:
    """A query number (14 digits in groups) and a code of 50 bits, shown once; only a keyed mark of the code is kept."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    while True:
        number = f"{timezone.localdate():%y%m%d}{secrets.randbelow(10**8):08d}"
        connection.ensure_connection()
        with psycopg.Cursor(connection.connection) as cursor:  # prepared, unlike Django's own
            cursor.execute(_ISSUE, [number, matter, _code_mark(number, code)])
            if cursor.rowcount:
                return grouped_number(number), grouped_code(code)


def prove(query_number: str, code: str, *, origin: str = "") -> UUID | None:
    """The matter, or None for a wrong and for an absent number alike: same work, same answer.

    Call it outside the transaction of the act it guards, or a refused act forgets the try. `origin` says whence
    the caller came (an address); only a keyed mark of it is kept. TooManyTries after 10 wrong tries a number or
    60 an origin within 15 minutes.
    """
    number = plain_number(query_number)
    number_mark, origin_mark = sealing.mark("try", number), sealing.mark("origin", origin) if origin else ""
    _refuse_if_too_many(number_mark, origin_mark)
    row = Holder.objects.filter(query_number=number, withdrawn=None).first()
    kept = row.code_mark if row else _NOBODY
    proved = hmac.compare_digest(kept, _code_mark(number, plain_code(code)))
    Attempt(number_mark=number_mark, origin_mark=origin_mark, proved=proved).save(force_insert=True)
    return row.matter if row and proved else None


def number_of(matter: UUID) -> str:
    """The query number of a matter in groups, or nothing."""
    row = Holder.objects.filter(matter=matter, withdrawn=None).order_by("-issued").first()
    return grouped_number(row.query_number) if row else ""


def numbers_of(matters: Iterable[UUID]) -> dict[UUID, str]:
    """Query numbers by matter, the latest of each; asked for every list, so past the writing of its statement."""
    if not (wanted := list(matters)):
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_NUMBERS, [wanted])
        return {matter: grouped_number(number) for matter, number in cursor.fetchall()}


def matter_of(query_number: str) -> UUID | None:
    """The matter of a query number, for officials whose right to see it is then asked of reach."""
    row = Holder.objects.filter(query_number=plain_number(query_number)).first()
    return row.matter if row else None


def plain_number(text: str) -> str:
    """Digits only, full-width ones too; at most 16 kept."""
    return "".join(str(int(sign)) for sign in text if sign.isdecimal())[:16]


def plain_code(text: str) -> str:
    """The code as it was issued: upper case, without groups, letters that are misheard for digits set right."""
    wide = {wide: chr(wide - 0xFEE0) for wide in range(0xFF01, 0xFF5F)}
    return "".join(sign for sign in text.translate(wide).upper() if sign.isalnum()).translate(_HEARD)[:32]


def grouped_number(number: str) -> str:
    return f"{number[:6]}-{number[6:10]}-{number[10:]}"


def grouped_code(code: str) -> str:
    return f"{code[:3]}-{code[3:6]}-{code[6:]}"


def _code_mark(number: str, code: str) -> str:
    return sealing.mark("code", number + ":" + code, key="code")


def tries_left(query_number: str, *, origin: str = "") -> int:
    """How many wrong tries are still heard of this number and this caller; the same for a number that there is not."""
    number = sealing.mark("try", plain_number(query_number))
    return _left(number, sealing.mark("origin", origin) if origin else "")


def _refuse_if_too_many(number_mark: str, origin_mark: str) -> None:
    if not _left(number_mark, origin_mark):
        raise TooManyTries("尝试次数过多，请15分钟后再试。查询码只显示一次，忘了不能补发。")


def _left(number_mark: str, origin_mark: str) -> int:
    recent = Attempt.objects.filter(proved=False, at__gt=timezone.now() - WINDOW)
    by_number = TRIES - recent.filter(number_mark=number_mark)[:TRIES].count()
    if not origin_mark:
        return by_number
    return min(by_number, TRIES_PER_ORIGIN - recent.filter(origin_mark=origin_mark)[:TRIES_PER_ORIGIN].count())
