"""What stands between a person and a submission, read from the records."""

from benchside.accounts import queries as accounts
from benchside.accounts.models import User
from benchside.assessment.enums import SeatState
from benchside.assessment.models import Contributor, Interest, Partnership, Seat, Submission
from benchside.assessment.seats import Case, Conflict, Reviewer, conflicts
from benchside.organisations.models import Employment, Membership


def conflicts_of(user: User, submission: Submission) -> tuple[Conflict, ...]:
    """Every reason why this user may not sit on, decide or hear this submission."""
    is_personal = submission.technician_id is not None
    return conflicts(_reviewer(user, submission), case_of(submission), is_personal=is_personal)


def _reviewer(user: User, submission: Submission) -> Reviewer:
    declared = Interest.objects.filter(user=user)
    keys = {submission.pk} if declared.filter(submission=submission).exists() else set()
    touched = _organisations_of_holder(submission)
    if declared.filter(organisation__in=touched).exists():
        keys.add(submission.pk)
    return Reviewer(key=user.pk, organisations=organisations_of(user), declared=frozenset(keys))


def organisations_of(user: User) -> frozenset[int]:
    """Where somebody has a role or works."""
    roles = Membership.objects.live().filter(user=user).values_list("organisation_id", flat=True)
    work = Employment.objects.current().filter(technician__account=user)
    return frozenset(roles) | frozenset(work.values_list("organisation_id", flat=True))


def case_of(submission: Submission) -> Case:
    """The people and organisations a submission touches."""
    organisations = _organisations_of_holder(submission)
    return Case(
        key=submission.pk,
        holder_people=_people_of(submission),
        holder_organisations=organisations,
        partners=_partners_of(organisations),
        supporters=_supporters_of(submission),
        sat_before=frozenset(
            Seat.objects.filter(submission=submission, state=SeatState.STOOD_DOWN).values_list(
                "user_id", flat=True
            )
        ),
    )


def _people_of(submission: Submission) -> frozenset[int]:
    writers = Contributor.objects.filter(submission=submission).values_list("user_id", flat=True)
    holder = submission.technician.account_id if submission.technician else None
    return frozenset(writers) | (frozenset({holder}) if holder else frozenset())


def _organisations_of_holder(submission: Submission) -> frozenset[int]:
    found = {submission.organisation_id} if submission.organisation_id else set()
    if submission.technician_id:
        work = Employment.objects.current().filter(technician=submission.technician_id)
        found |= set(work.values_list("organisation_id", flat=True))
    return frozenset(found)


def _partners_of(organisations: frozenset[int]) -> frozenset[int]:
    one = Partnership.objects.filter(one__in=organisations).values_list("other_id", flat=True)
    other = Partnership.objects.filter(other__in=organisations).values_list("one_id", flat=True)
    return frozenset(one) | frozenset(other)


def _supporters_of(submission: Submission) -> frozenset[int]:
    addresses = submission.supporters.values_list("email", flat=True)
    found = (accounts.user_with_address(address) for address in addresses)
    return frozenset(user.pk for user in found if user is not None)
