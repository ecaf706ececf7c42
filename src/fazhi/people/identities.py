"""Accounts known at another log-in: linked once by user name, then found by the issuer's own name for the person."""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction

from fazhi.people.models import Account, Identity


def account_of(issuer: str, subject: str, username: str) -> UUID | None:
    """The account of one who logged in elsewhere. One never seen is linked to the open account of the same user name
    that is linked to nobody else there; without such an account there is none: accounts are opened here only."""
    known = Identity.objects.select_related("account").filter(issuer=issuer, subject=subject).first()
    if known is not None:
        return known.account.pk if known.account.is_active else None
    account = Account.objects.filter(username__iexact=username.strip(), is_active=True).first() if username else None
    if account is None or Identity.objects.filter(issuer=issuer, account=account).exists():
        return None
    try:
        with transaction.atomic():
            Identity(issuer=issuer, subject=subject, account=account).save(force_insert=True)
    except IntegrityError:
        return account_of(issuer, subject, "")
    return account.pk


def unlink(account: UUID) -> int:
    """Forgets every log-in elsewhere of the account; how many there were."""
    return Identity.objects.filter(account=account).delete()[0]
