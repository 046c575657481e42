"""What this room forgets by the clock."""

from datetime import timedelta
from importlib import import_module

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.utils import timezone

from benchside.accounts.models import Invitation, User
from benchside.core.schedule import daily
from benchside.core.tasks import task

UNFINISHED_AFTER = timedelta(days=7)
INVITATION_AFTER = timedelta(days=90)


@daily(at="03:30")
@task(attempts=3)
def forget_unfinished_sign_ups() -> None:
    """Somebody typed an address and never the code sent to it: perhaps not theirs at all."""
    User.objects.filter(
        last_login__isnull=True,
        date_joined__lt=timezone.now() - UNFINISHED_AFTER,
        is_staff=False,
        is_superuser=False,
        is_demonstration=False,
        erased_at__isnull=True,
        emailaddress__verified=False,
    ).exclude(emailaddress__verified=True).delete()


@daily(at="03:35")
@task(attempts=3)
def forget_old_invitations() -> None:
    """Three months after its last day an invitation is an address without a use."""
    Invitation.objects.filter(expires_at__lt=timezone.now() - INVITATION_AFTER).delete()


@daily(at="03:45")
@task(attempts=3)
def forget_ended_sessions() -> None:
    """Sessions that ran out, and what was noted about their devices."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    store.clear_expired()
    for session in UserSession.objects.iterator(chunk_size=500):
        session.purge()
