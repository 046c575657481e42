"""Users: who can sign in, and who was asked to. What a person shows of themselves is `people`'s."""

import uuid
from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from benchside.accounts.enums import InvitationState, Purpose

INVITATION_LASTS = timedelta(days=14)
DEMONSTRATION_DOMAIN = "@benchside.example"


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in by e-mail address.

    `person_id` is the opaque id that audit rows hold: erasing the user blanks name and
    address here, and the record of what was done still stands.
    """

    person_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField("e-mail address", unique=True)
    name = models.CharField("name", max_length=120, blank=True)
    is_staff = models.BooleanField("can open the editors' desk", default=False)
    is_active = models.BooleanField("can sign in", default=True)
    is_demonstration = models.BooleanField(default=False, editable=False)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("email"), name="accounts_user_email_caseless"),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | Q(is_active=False, name=""),
                name="accounts_user_erased_is_blank",
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | Q(is_staff=False, is_superuser=False),
                name="accounts_user_erased_may_nothing",
            ),
            models.CheckConstraint(
                condition=Q(is_demonstration=False) | Q(email__endswith=DEMONSTRATION_DOMAIN),
                name="accounts_user_demonstration_address",
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name()

    def get_full_name(self) -> str:
        if self.erased_at:
            return "Erased person"
        return self.name or self.email

    def get_short_name(self) -> str:
        return self.name.split(" ")[0] if self.name else self.email


def invitation_end() -> datetime:
    return timezone.now() + INVITATION_LASTS


class Invitation(models.Model):
    """A letter that makes an account for the one address it was sent to, once, for two weeks.

    Without an address it is a code on paper, which whoever holds it may take up. Neither token nor
    code is ever kept, only a hash; `accepted_by` is a person id. `offer` says in words what a room
    offers beside the account, and `about` is that room's key for it.
    """

    email = models.EmailField("e-mail address", blank=True)
    purpose = models.CharField(max_length=20, choices=Purpose, default=Purpose.ACCOUNT)
    about = models.CharField(max_length=80, blank=True, editable=False)
    offer = models.CharField(max_length=300, blank=True, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="invitations"
    )
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    state = models.CharField(
        max_length=20, choices=InvitationState, default=InvitationState.OPEN, editable=False
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField(default=invitation_end)
    accepted_at = models.DateTimeField(null=True, blank=True, editable=False)
    accepted_by = models.UUIDField(null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)
    declined_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering: ClassVar = ["-created_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                Lower("email"),
                "purpose",
                "about",
                condition=Q(state=InvitationState.OPEN),
                name="accounts_invitation_one_open",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=InvitationState.ACCEPTED,
                    accepted_at__isnull=False,
                    accepted_by__isnull=False,
                )
                | Q(
                    ~Q(state=InvitationState.ACCEPTED),
                    accepted_at__isnull=True,
                    accepted_by__isnull=True,
                ),
                name="accounts_invitation_accepted_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(state=InvitationState.REVOKED, revoked_at__isnull=False)
                | Q(~Q(state=InvitationState.REVOKED), revoked_at__isnull=True),
                name="accounts_invitation_revoked_when",
            ),
            models.CheckConstraint(
                condition=Q(state=InvitationState.DECLINED, declined_at__isnull=False)
                | Q(~Q(state=InvitationState.DECLINED), declined_at__isnull=True),
                name="accounts_invitation_declined_when",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")),
                name="accounts_invitation_lasts",
            ),
        ]

    def __str__(self) -> str:
        return f"Invitation {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.state == InvitationState.OPEN and self.expires_at > timezone.now()

    @property
    def is_on_paper(self) -> bool:
        return not self.email

    @property
    def offered(self) -> str:
        """What it opens, in words that follow "offers you"."""
        return self.offer or Purpose(self.purpose).label

    @property
    def standing(self) -> str:
        """How it stands, in a word for the screen."""
        if self.state == InvitationState.OPEN and not self.is_open:
            return "Run out"
        return InvitationState(self.state).label
