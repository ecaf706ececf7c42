"""Tables of units, posts, accounts, parties and holders. Dated rows hold from `since` until the day before `until`."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower


class Accounts(BaseUserManager["Account"]):
    """Finds accounts by user name, without regard to case."""

    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(username__iexact=username or "")


class Account(AbstractBaseUser):
    """One person who may log in; what the person may do comes from the posts held on the day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField(max_length=64, unique=True)
    display = models.CharField(max_length=64)
    sort_key = models.CharField(max_length=200, blank=True, default="")
    is_active = models.BooleanField(default=True)
    failures = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True, blank=True)
    created = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[Accounts] = Accounts()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display"]

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(Lower("username"), name="account_name")]

    def __str__(self) -> str:
        return self.display


class Unit(models.Model):
    """An organ, a department, a subdistrict or a community. Its place in the tree is dated, its id is for good."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=200, blank=True, default="")
    short = models.CharField(max_length=40, blank=True, default="")
    kind = models.CharField(max_length=24, default="department")
    organ_code = models.CharField(max_length=12, blank=True, default="")
    sort_key = models.CharField(max_length=400, blank=True, default="")
    initials = models.CharField(max_length=120, blank=True, default="")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    succeeded_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(until__gt=F("since")), name="unit_days")]

    def __str__(self) -> str:
        return self.name


class UnitPlace(models.Model):
    """Where a unit stands in the tree on the days from `since`; no parent is a root."""

    id = models.BigAutoField(primary_key=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="places")
    parent = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="children")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "people_unit_place"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "since"], name="unit_place_once_a_day"),
            models.UniqueConstraint(fields=["unit"], condition=Q(until=None), name="unit_place_one_now"),
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="unit_place_days"),
        ]


class Post(models.Model):
    """A post in a unit. Work and rights belong to posts; people hold them for a while."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    title = models.CharField(max_length=80)
    title_en = models.CharField(max_length=120, blank=True, default="")
    powers = ArrayField(models.CharField(max_length=24), default=list)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(until__gt=F("since")), name="post_days")]

    def __str__(self) -> str:
        return self.title


class Holding(models.Model):
    """Who holds a post on which days."""

    id = models.BigAutoField(primary_key=True)
    post = models.ForeignKey(Post, models.PROTECT, related_name="holdings")
    account = models.ForeignKey(Account, models.PROTECT, related_name="holdings")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["post", "account", "since"], name="holding_once_a_day"),
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="holding_days"),
        ]


class Party(models.Model):
    """A citizen, firm or organ in a matter: personal data under a key of its own. No key, no data: that is erasure."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=8)
    key = models.BinaryField(null=True)
    sealed = models.BinaryField(null=True)
    name_mark = models.CharField(max_length=72, null=True, db_index=True)
    phone_mark = models.CharField(max_length=72, null=True, db_index=True)
    number_mark = models.CharField(max_length=72, null=True, db_index=True)
    name_parts = ArrayField(models.CharField(max_length=12), null=True)
    created = models.DateTimeField(auto_now_add=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=["citizen", "firm", "organ"]), name="party_kind"),
        ]
        indexes: ClassVar = [GinIndex(fields=["name_parts"], name="party_name_parts")]


class Sameness(models.Model):
    """That two parties were found to be one person or firm, or not to be. Insert-only: the last word on a pair counts.
    `one` is the lesser of the two ids; both stay parties with ids of their own."""

    id = models.BigAutoField(primary_key=True)
    one = models.UUIDField()
    other = models.UUIDField()
    same = models.BooleanField()
    ground = models.CharField(max_length=16)
    account = models.UUIDField(null=True)
    post = models.UUIDField(null=True)
    unit = models.UUIDField(null=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "people_same"
        constraints: ClassVar = [models.CheckConstraint(condition=Q(one__lt=F("other")), name="same_in_order")]
        indexes: ClassVar = [
            models.Index(fields=["one", "other", "-id"], name="same_pair"),
            models.Index(fields=["other"], name="same_other"),
        ]


class Look(models.Model):
    """Who looked at whose data, when and what for; without a party, at all texts of the matter. Insert-only."""

    id = models.BigAutoField(primary_key=True)
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="looks", db_constraint=False)
    matter = models.UUIDField(null=True, db_index=True)
    account = models.UUIDField(null=True)
    post = models.UUIDField(null=True)
    unit = models.UUIDField(null=True)
    face = models.CharField(max_length=8)
    purpose = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)


class Holder(models.Model):
    """The query number and the hidden code by which a citizen without an account proves to hold a matter."""

    query_number = models.CharField(max_length=16, primary_key=True)
    matter = models.UUIDField(db_index=True)
    code_mark = models.CharField(max_length=72)
    issued = models.DateTimeField(auto_now_add=True)
    withdrawn = models.DateTimeField(null=True)


class Attempt(models.Model):
    """One try at a query number, right or wrong; `mark` hides what was typed and whence it came."""

    id = models.BigAutoField(primary_key=True)
    number_mark = models.CharField(max_length=72)
    origin_mark = models.CharField(max_length=72, blank=True, default="")
    at = models.DateTimeField(auto_now_add=True)
    proved = models.BooleanField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["number_mark", "-at"], name="attempt_number"),
            models.Index(fields=["origin_mark", "-at"], name="attempt_origin"),
        ]


class Use(models.Model):
    """One use of something that may be used so often only; `mark` hides who used it, and no use is kept for long."""

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=40)
    mark = models.CharField(max_length=72)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["name", "mark", "-at"], name="use_of_one")]


class Nomination(models.Model):
    """A holding that the system administrator asks for; it holds once the security administrator confirms it."""

    id = models.BigAutoField(primary_key=True)
    post = models.ForeignKey(Post, models.PROTECT, related_name="nominations")
    account = models.ForeignKey(Account, models.PROTECT, related_name="nominations")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    by = models.UUIDField()
    asked = models.DateTimeField(auto_now_add=True)
    decided_by = models.UUIDField(null=True)
    decided = models.DateTimeField(null=True)
    confirmed = models.BooleanField(null=True)


class Deed(models.Model):
    """What an administrator did, on whom or what, as it was and as it is since. Insert-only, each row chained to the
    one before under a key outside the database; rows older than the chain have no digest."""

    id = models.BigAutoField(primary_key=True)
    account = models.UUIDField(null=True)
    post = models.UUIDField(null=True)
    unit = models.UUIDField(null=True)
    verb = models.CharField(max_length=24)
    about = models.CharField(max_length=240)
    before = models.TextField(blank=True, default="")
    after = models.TextField(blank=True, default="")
    at = models.DateTimeField()
    prev = models.CharField(max_length=72, blank=True, default="")
    digest = models.CharField(max_length=72, blank=True, default="")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["-at", "-id"], name="deed_lately")]


class Token(models.Model):
    """A key by which another program acts in a post for an account; only a keyed mark of it is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    mark = models.CharField(max_length=72, unique=True)
    title = models.CharField(max_length=80)
    account = models.ForeignKey(Account, models.PROTECT, related_name="tokens")
    post = models.ForeignKey(Post, models.PROTECT, related_name="tokens")
    scopes = ArrayField(models.CharField(max_length=16), default=list)
    issued = models.DateTimeField(auto_now_add=True)
    until = models.DateField()
    withdrawn = models.DateTimeField(null=True)


class SecondFactor(models.Model):
    """The second step of a log-in: a secret shared with the person's telephone, and marks of the codes for its loss."""

    account = models.OneToOneField(Account, models.CASCADE, primary_key=True, related_name="second_factor")
    sealed = models.BinaryField()
    last_step = models.BigIntegerField(default=0)
    spare_marks = ArrayField(models.CharField(max_length=72), default=list)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "people_second_factor"


class Identity(models.Model):
    """Who an account is at another log-in: the issuer and the name it gives for good."""

    id = models.BigAutoField(primary_key=True)
    issuer = models.CharField(max_length=200)
    subject = models.CharField(max_length=255)
    account = models.ForeignKey(Account, models.CASCADE, related_name="identities")
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["issuer", "subject"], name="identity_once")]


class Unsent(models.Model):
    """What one person has typed into a form and not sent: sealed, for that person alone, and not for long."""

    id = models.BigAutoField(primary_key=True)
    account = models.ForeignKey(Account, models.CASCADE, related_name="unsent")
    form = models.CharField(max_length=160)
    sealed = models.BinaryField()
    kept = models.DateTimeField()

    class Meta:
        db_table = "people_unsent"
        constraints: ClassVar = [models.UniqueConstraint(fields=["account", "form"], name="unsent_once")]
        indexes: ClassVar = [models.Index(fields=["kept"], name="unsent_kept")]
