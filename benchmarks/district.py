"""Units and clerks of the measurements that write: each with a post, a grant over its unit and a way to log in."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from benchmarks.generate import PASSWORD

BEGUN = date(2019, 1, 1)


def found(name: str, code: str) -> UUID:
    """A department without a parent."""
    from fazhi.people import units

    return units.found(name, parent=None, since=BEGUN, kind="department", organ_code=code)


def clerk(name: str, unit: UUID) -> tuple[UUID, UUID]:
    """Account and post of somebody who may record in the unit."""
    from fazhi.people import posts
    from fazhi.reach import grants

    post = posts.create(unit, f"{name}岗", ["record"], since=BEGUN)
    account = posts.open_account(name, name, PASSWORD)
    posts.hold(post, account, since=BEGUN)
    grants.give(unit=unit, post=post, since=BEGUN)
    return account, post
