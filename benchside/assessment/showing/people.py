"""Whom to write to: people of the holder who lead a submission, or may sign it."""

from collections.abc import Iterator
from uuid import UUID

from benchside.accounts.models import User
from benchside.assessment.models import Submission
from benchside.assessment.writing_rules import can_lead, may_sign
from benchside.core.actions import Actor
from benchside.organisations.models import Membership


def _around(submission: Submission) -> Iterator[User]:
    """Everybody of the holder, once."""
    seen: set[int] = set()
    technician = submission.technician
    if technician is not None and technician.account is not None:
        seen.add(technician.account.pk)
        yield technician.account
    if submission.organisation_id is None:
        return
    members = Membership.objects.live().filter(organisation=submission.organisation_id)
    for one in members.select_related("user").order_by("pk"):
        if one.user_id not in seen and one.user.is_active:
            seen.add(one.user_id)
            yield one.user


def leaders_of(submission: Submission) -> list[User]:
    return [one for one in _around(submission) if can_lead(Actor.of(one), submission)]


def signers_of(submission: Submission, right: str) -> list[User]:
    return [one for one in _around(submission) if may_sign(Actor.of(one), submission, right)]


def account_of(person_id: UUID | None) -> User | None:
    if person_id is None:
        return None
    return User.objects.filter(person_id=person_id, is_active=True).first()


def writers_to_tell(submission: Submission) -> list[str]:
    """Addresses of those who lead it; of whoever began it, where nobody does."""
    leaders = leaders_of(submission)
    begun = account_of(submission.created_by)
    found = leaders or ([begun] if begun else [])
    return [one.email for one in found if one.email]


def name_of_holder(submission: Submission) -> str:
    """A person's submission is theirs; their employer stands behind it."""
    if submission.technician is not None:
        return submission.technician.name
    return submission.organisation.name if submission.organisation else ""
