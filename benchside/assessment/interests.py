"""What stands between people and submissions, read from the records, many at once."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from django.db.models.functions import Lower

from benchside.accounts import queries as accounts
from benchside.accounts.models import User
from benchside.assessment.enums import AppealState, SeatState
from benchside.assessment.models import (
    Appeal,
    Contributor,
    Interest,
    Partnership,
    Seat,
    Submission,
    Supporter,
)
from benchside.assessment.seats import Case, Conflict, Reviewer, conflicts
from benchside.organisations.models import Employment, Membership
from benchside.people.models import Technician

Many = dict[int, set[int]]


def conflicts_of(user: User, submission: Submission) -> tuple[Conflict, ...]:
    """Every reason why this user may not sit on, decide or hear this submission."""
    return conflicts_among([user], [submission])[user.pk, submission.pk]


def conflicts_among(
    users: Sequence[User], submissions: Sequence[Submission]
) -> dict[tuple[int, int], tuple[Conflict, ...]]:
    """The same for each of many users and submissions, by their keys, in a few queries."""
    cases = cases_of(submissions)
    people = reviewers_of(users, cases)
    return {
        (user.pk, one.pk): conflicts(
            people[user.pk], cases[one.pk], is_personal=one.technician_id is not None
        )
        for user in users
        for one in submissions
    }


def reviewers_of(users: Sequence[User], cases: Mapping[int, Case]) -> dict[int, Reviewer]:
    """Where each belongs and what they declared, as far as these cases go."""
    where, declared = _organisations_of(users), _declared_by(users, cases)
    return {
        user.pk: Reviewer(
            key=user.pk,
            organisations=frozenset(where.get(user.pk, ())),
            declared=frozenset(declared.get(user.pk, ())),
        )
        for user in users
    }


def _declared_by(users: Sequence[User], cases: Mapping[int, Case]) -> Many:
    """The submissions each has an interest in, named or through an organisation it touches."""
    touching: dict[int, set[int]] = {}
    for pk, case in cases.items():
        for organisation in case.holder_organisations:
            touching.setdefault(int(str(organisation)), set()).add(pk)
    said = Interest.objects.filter(user__in=users).values_list(
        "user_id", "submission_id", "organisation_id"
    )
    found: Many = {}
    for user, submission, organisation in said:
        mine = found.setdefault(user, set())
        mine |= touching.get(organisation, set()) if organisation else {submission}
    return found


def organisations_of(user: User) -> frozenset[int]:
    """Where somebody has a role or works."""
    return frozenset(_organisations_of([user]).get(user.pk, ()))


def _organisations_of(users: Sequence[User]) -> Many:
    roles = Membership.objects.live().filter(user__in=users)
    work = Employment.objects.current().filter(technician__account__in=users)
    return _gathered(
        chain(
            roles.values_list("user_id", "organisation_id"),
            work.values_list("technician__account_id", "organisation_id"),
        )
    )


def case_of(submission: Submission) -> Case:
    """The people and organisations a submission touches."""
    return cases_of([submission])[submission.pk]


def cases_of(submissions: Sequence[Submission]) -> dict[int, Case]:
    """The same for many, by their keys."""
    touched = _organisations_of_holders(submissions)
    partners = _partners_of(set().union(*touched.values()) if touched else set())
    people, supporters = _people_of(submissions), _supporters_of(submissions)
    left = Seat.objects.filter(submission__in=submissions, state=SeatState.STOOD_DOWN)
    sat = _gathered(left.values_list("submission_id", "user_id"))
    hands = _hands_in(submissions)
    return {
        one.pk: Case(
            key=one.pk,
            holder_people=frozenset(people.get(one.pk, ())),
            holder_organisations=frozenset(touched.get(one.pk, ())),
            partners=frozenset(
                chain.from_iterable(partners.get(each, ()) for each in touched.get(one.pk, ()))
            ),
            supporters=frozenset(supporters.get(one.pk, ())),
            sat_before=frozenset(sat.get(one.pk, ())),
            hands=frozenset(hands.get(one.pk, ())),
        )
        for one in submissions
    }


def _hands_in(submissions: Sequence[Submission]) -> Many:
    """Whoever recommended, ratified or heard what was overturned on appeal: the panel that looks
    again is of others. What was only sent back is recommended anew by the same officer."""
    upheld = Appeal.objects.filter(
        decision__submission__in=submissions, state=AppealState.UPHELD
    ).values_list(
        "decision__submission_id",
        "decision__recommended_by",
        "decision__ratified_by",
        "decided_by",
    )
    pairs = [(submission, person) for submission, *people in upheld for person in people]
    asked = User.objects.filter(person_id__in={person for _, person in pairs if person})
    users = dict(asked.values_list("person_id", "pk")) if pairs else {}
    return _gathered((submission, users.get(person)) for submission, person in pairs if person)


def _people_of(submissions: Sequence[Submission]) -> Many:
    writers = Contributor.objects.filter(submission__in=submissions)
    holders = Submission.objects.filter(
        pk__in=[one.pk for one in submissions], technician__account__isnull=False
    )
    return _gathered(
        chain(
            writers.values_list("submission_id", "user_id"),
            holders.values_list("pk", "technician__account_id"),
        )
    )


def _organisations_of_holders(submissions: Sequence[Submission]) -> Many:
    found = _gathered((one.pk, one.organisation_id) for one in submissions)
    technicians = {one.technician_id for one in submissions if one.technician_id}
    if technicians:
        work = Employment.objects.current().filter(technician__in=technicians)
        employers = _gathered(work.values_list("technician_id", "organisation_id"))
        for one in submissions:
            if more := employers.get(one.technician_id or 0):
                found.setdefault(one.pk, set()).update(more)
    return found


def _partners_of(organisations: set[int]) -> Many:
    one = Partnership.objects.filter(one__in=organisations).values_list("one_id", "other_id")
    other = Partnership.objects.filter(other__in=organisations).values_list("other_id", "one_id")
    return _gathered(chain(one, other))


def _supporters_of(submissions: Sequence[Submission]) -> Many:
    """Supporters have no account here; one who happens to have one is known by the address."""
    asked = Supporter.objects.filter(submission__in=submissions)
    named = list(asked.annotate(lower=Lower("email")).values_list("submission_id", "lower"))
    known = _accounts_by_address({address for _, address in named})
    return _gathered((one, user) for one, address in named for user in known.get(address, ()))


def accounts_behind(addresses: set[str]) -> set[int]:
    """Whose they are, as far as that is known here."""
    return set().union(*_accounts_by_address({one.lower() for one in addresses}).values())


def _accounts_by_address(addresses: set[str]) -> dict[str, set[int]]:
    """By lower-case address: who signs in with it, and whose employer has it of them."""
    if not addresses:
        return {}
    claimed = Technician.objects.filter(account__isnull=False).annotate(lower=Lower("work_email"))
    found = {address: {user} for address, user in accounts.users_with_addresses(addresses).items()}
    for address, user in claimed.filter(lower__in=addresses).values_list("lower", "account_id"):
        found.setdefault(address, set()).add(user)
    return found


def _gathered(pairs: Iterable[tuple[int, int | None]]) -> Many:
    found: Many = {}
    for key, value in pairs:
        if value is not None:
            found.setdefault(key, set()).add(value)
    return found
