"""Log-in with lockout after wrong passwords, the rule for new ones, and the end of idle sessions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.contrib.auth import logout
from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from fazhi.people.models import Account

FAILURES = 5
LOCKED = timedelta(minutes=15)
IDLE = timedelta(minutes=30)
LEAST = 10
LEAST_SIGNS = 5
RULE = f"至少{LEAST}个字，其中至少{LEAST_SIGNS}个不同；不能只有数字，不能有用户名或姓名，不能是常见密码"
WALL_LASTS = timedelta(days=30)
_SEEN = "fazhi.seen"
_LASTS = "fazhi.lasts"
UNATTENDED = "unattended"
"""The word in an address by which a page that refreshes itself says that nobody asked."""


class Lockout(BaseBackend):
    """Checks the password. After 5 wrong ones the account rests 15 minutes; a stranger learns neither of the two."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_: object
    ) -> Account | None:
        if not username or password is None:
            return None
        with transaction.atomic():
            account = Account.objects.select_for_update().filter(username__iexact=username.strip()).first()
            if account is None or not account.is_active or locked(account):
                make_password(password)  # the work of a check, so that time tells nothing
                return None
            if account.check_password(password):
                forget_failures(account.pk)
                return account
            count_failure(account)
        return None

    def get_user(self, user_id: UUID) -> Account | None:
        return Account.objects.filter(pk=user_id, is_active=True).first()


def weakness(password: str, username: str, display: str) -> str:
    """Why a password will not do, in a sentence; nothing if it will."""
    if len(password) < LEAST:
        return f"密码太短：至少{LEAST}个字。"
    if len(set(password)) < LEAST_SIGNS or password.isdecimal():
        return f"密码太简单：不能只有数字，并且至少有{LEAST_SIGNS}个不同的字。"
    names = [name for name in (username, display) if len(name) > 1]
    if any(name.lower() in password.lower() for name in names):
        return "密码里不能有用户名或姓名。"
    try:
        CommonPasswordValidator().validate(password)
    except ValidationError:
        return "这是常见的密码，容易被猜中，请换一个。"
    return ""


def refusal() -> str:
    """What to tell anybody who cannot log in; the same for every name."""
    return f"用户名或密码不正确。连续{FAILURES}次不正确，账号将暂停登录{LOCKED.seconds // 60}分钟。"


def stay(request: HttpRequest, *, lasting: bool) -> None:
    """Whether the session goes on without anybody there: that of a post that may only look at the wall."""
    if bool(request.session.get(_LASTS)) != lasting:
        request.session[_LASTS] = lasting
        request.session.set_expiry(WALL_LASTS if lasting else None)


class EndIdleSessions:
    """Middleware: a session that nobody used for 30 minutes ends, whatever its cookie says. What a page asks for by
    itself (`?unattended`) is no use; the wall's own sessions stay."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = timezone.now().timestamp()
            seen = request.session.get(_SEEN, now)
            if now - float(seen) > IDLE.total_seconds() and not request.session.get(_LASTS):
                logout(request)
            elif UNATTENDED in request.GET and _SEEN in request.session:
                pass
            elif now - float(seen) > 60 or _SEEN not in request.session:
                request.session[_SEEN] = now
        return self.get_response(request)


def locked(account: Account) -> bool:
    """Whether the account rests after wrong tries."""
    return account.locked_until is not None and account.locked_until > timezone.now()


def count_failure(account: Account) -> None:
    """One wrong try more; the fifth lets the account rest. The caller holds its row."""
    failures = account.failures + 1
    locked = timezone.now() + LOCKED if failures >= FAILURES else None
    kept = 0 if locked else failures
    Account.objects.filter(pk=account.pk).update(failures=kept, locked_until=locked)


def forget_failures(account: UUID) -> None:
    Account.objects.filter(pk=account).update(failures=0, locked_until=None)
