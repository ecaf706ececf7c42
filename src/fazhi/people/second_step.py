"""The second step of a log-in: six digits of the moment (RFC 6238), each good once, and spare codes."""

from __future__ import annotations

import secrets
import time
from base64 import b32encode
from uuid import UUID

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor import InvalidToken
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.db import transaction

from fazhi.people import login, sealing
from fazhi.people.models import Account, SecondFactor

SECRET = 20
DIGITS = 6
STEP = 30
DRIFT = 1
"""How many steps a telephone's clock may be early or late."""
SPARE = 8
ALPHABET = "ABCDEFGHJKMNPQRSTVWXYZ23456789"


def new_secret() -> bytes:
    return secrets.token_bytes(SECRET)


def words_of(secret: bytes) -> str:
    """The secret as it is typed into an application by hand."""
    return b32encode(secret).decode().rstrip("=")


def address_of(secret: bytes, username: str, issuer: str) -> str:
    """The address that an application reads from the QR code."""
    return _totp(secret).get_provisioning_uri(username, issuer)


def has(account: UUID) -> bool:
    """Whether a log-in of the account takes a second step."""
    return SecondFactor.objects.filter(account=account).exists()


def confirm(account: UUID, secret: bytes, code: str) -> tuple[str, ...]:
    """Takes the secret into use once its code was right, and gives the spare codes, told this once; else nothing."""
    step = _step_of(secret, code, 0)
    if step is None:
        return ()
    spare = tuple("-".join("".join(secrets.choice(ALPHABET) for _ in range(5)) for _ in range(2)) for _ in range(SPARE))
    with transaction.atomic():
        SecondFactor.objects.filter(account=account).delete()
        SecondFactor(
            account_id=account,
            sealed=sealing.seal(sealing.derived("second"), secret, account.bytes),
            last_step=step,
            spare_marks=[_mark(account, one) for one in spare],
        ).save(force_insert=True)
    return spare


def prove(account: UUID, code: str) -> bool:
    """Whether the code is right now and was not used before; wrong ones count as wrong passwords do."""
    with transaction.atomic():
        holder = Account.objects.select_for_update().get(pk=account)
        row = SecondFactor.objects.select_for_update().filter(account=account).first()
        if row is None or login.locked(holder):
            return False
        secret = sealing.unseal(sealing.derived("second"), bytes(row.sealed), account.bytes)
        step = _step_of(secret, code, row.last_step)
        spare = _mark(account, code)
        if step is not None:
            row.last_step = step
        elif spare in row.spare_marks:
            row.spare_marks.remove(spare)
        else:
            login.count_failure(holder)
            return False
        row.save(update_fields=["last_step", "spare_marks"])
        login.forget_failures(account)
        return True


def spare_left(account: UUID) -> int:
    row = SecondFactor.objects.filter(account=account).first()
    return len(row.spare_marks) if row else 0


def remove(account: UUID) -> None:
    """Log-ins of the account take one step again."""
    SecondFactor.objects.filter(account=account).delete()


def _totp(secret: bytes) -> TOTP:
    return TOTP(secret, DIGITS, SHA1(), STEP)  # noqa: S303 - what applications on telephones understand


def _step_of(secret: bytes, code: str, after: int) -> int | None:
    """The step whose code this is, near the present and later than the last one used."""
    digits = "".join(str(int(sign)) for sign in code if sign.isdecimal())
    if len(digits) != DIGITS:
        return None
    now = int(time.time()) // STEP
    for step in range(now - DRIFT, now + DRIFT + 1):
        if step <= after:
            continue
        try:
            _totp(secret).verify(digits.encode(), step * STEP)
        except InvalidToken:
            continue
        return step
    return None


def _mark(account: UUID, code: str) -> str:
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    return sealing.mark("spare", f"{account}:{plain}", key="code")
