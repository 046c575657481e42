"""Which seats count now, and who may read which judgement."""

from collections.abc import Mapping, Sequence

from benchside.accounts.models import User
from benchside.assessment import rules
from benchside.assessment.enums import AppealState, DutyKind, SeatState, SubmissionState
from benchside.assessment.models import Appeal, Duty, Judgement, Seat, Submission
from benchside.assessment.models.reviews import STANDING
from benchside.assessment.narrowing import may_read
from benchside.assessment.scoring import Outcome, disagree, outcome, settled
from benchside.assessment.standards import Criterion
from benchside.core.actions import Actor

THIRD = 3
APPEAL_FROM = 10


def seats_in_use(submission: Submission) -> list[Seat]:
    """The seats that stand, in order; after an appeal that was upheld, its panel alone."""
    found = list(submission.seats.filter(state__in=STANDING).order_by("number"))
    heard = [one for one in found if one.number >= APPEAL_FROM]
    return heard or found


def next_appeal_seat(submission: Submission) -> int | None:
    """The number from which a new panel's seats count, where an appeal was upheld."""
    upheld = Appeal.objects.filter(decision__submission=submission, state=AppealState.UPHELD)
    return APPEAL_FROM * upheld.count() or None


def third_of(submission: Submission) -> int:
    """The number of the seat that looks where the first two of the panel disagree."""
    first = next_appeal_seat(submission)
    return first + THIRD - 1 if first else THIRD


def free_seats(submission: Submission) -> list[int]:
    """The numbers that may be given now: those of the panel that nobody holds, and a third where
    two disagree."""
    review = submission.version.standard.review
    first = next_appeal_seat(submission) or 1
    wanted = list(range(first, first + submission.version.standard.seats_on(submission.route)))
    if submission.state == SubmissionState.IN_REVIEW:
        if review.third_on_disagreement and disagreement_of(submission):
            wanted.append(third_of(submission))
    elif submission.state != SubmissionState.SUBMITTED:
        return []
    held = {one.number for one in submission.seats.all() if one.state in STANDING}
    return [number for number in wanted if number not in held]


def judgements_of(seat: Seat) -> Mapping[str, str]:
    return {one.criterion: one.grade for one in seat.judgements.all() if one.grade}


def judgements_read_by(user: User, submission: Submission, *, may_decide: bool) -> list[Judgement]:
    """What this user may read of the reviews: their own; all that are handed in, for those who
    decide. A reviewer reads nobody else's before their own is in, and a third seat, which is there
    because two disagreed, not before either."""
    found = Judgement.objects.filter(seat__submission=submission).select_related("seat")
    own = submission.seats.filter(user=user).first()
    if own is not None and own.state != SeatState.SUBMITTED:
        return list(found.filter(seat=own))
    if own is not None or may_decide:
        return list(found.filter(seat__state=SeatState.SUBMITTED))
    return []


def not_blind(submission: Submission, users: Sequence[User]) -> set[int]:
    """Of these, by key, whose duties have let them read a review that was handed in: what they
    would judge themselves is no independent look. Where nothing is graded, nobody is."""
    graded = submission.version.standard.review.grades
    if not graded or not any(one.submitted_at for one in submission.seats.all()):
        return set()
    kinds = (DutyKind.ASSIGN, DutyKind.RATIFY)
    held = Duty.objects.filter(standard=submission.version.key, kind__in=kinds, user__in=users)
    with_duty = set(held.values_list("user_id", flat=True))
    return {
        one.pk
        for one in users
        if (one.is_superuser or one.pk in with_duty)
        and rules.can_decide(Actor.of(one), submission)
        and may_read(one, submission)
    }


def outcome_of(submission: Submission) -> Outcome:
    """What the reviews that are in come to: with two, a criterion is met when both say so; with a
    third, when two of three do."""
    standard = submission.version.standard
    given = [
        judgements_of(one) for one in seats_in_use(submission) if one.state == SeatState.SUBMITTED
    ]
    level, route = submission.level or None, submission.route
    if len(given) == 3:
        first, second, third = given
        return outcome(standard, settled(first, second, third, standard), level=level, route=route)
    meets = {grade.key: grade.meets for grade in standard.review.grades}
    joined: dict[str, str] = {}
    for one in given:
        for key, grade in one.items():
            if key not in joined or not meets[grade]:
                joined[key] = grade
    return outcome(standard, joined, level=level, route=route)


def shortfalls_of(submission: Submission) -> list[tuple[Criterion, str]]:
    """Each criterion that the reviews say is not met, with why. The reasons are written for
    whoever is told no; what a reviewer wrote for the panel alone is none of them. Nothing where no
    rule says what has to be met: those reasons were written for whoever decides."""
    standard = submission.version.standard
    if standard.decision.rule == "none":
        return []
    meets = {grade.key: grade.meets for grade in standard.review.grades}
    reasons: dict[str, list[str]] = {}
    for seat in seats_in_use(submission):
        for said in seat.judgements.all():
            if said.reason and meets.get(said.grade) is False:
                reasons.setdefault(said.criterion, []).append(said.reason.strip())
    return [
        (standard.criterion(key), "\n\n".join(dict.fromkeys(reasons.get(key, []))))
        for key in outcome_of(submission).unmet
    ]


def disagreement_of(submission: Submission) -> tuple[str, ...]:
    """The criteria on which the first two, both done, say opposite things."""
    done = [one for one in seats_in_use(submission) if one.state == SeatState.SUBMITTED]
    if len(done) != 2 or third_of(submission) in {one.number for one in done}:
        return ()
    first, second = (judgements_of(one) for one in done)
    return disagree(submission.version.standard, first, second)


def is_done(submission: Submission) -> bool:
    """All seats are handed in, and a third where the standard wants one on disagreement."""
    seats = seats_in_use(submission)
    done = [one for one in seats if one.state == SeatState.SUBMITTED]
    standard = submission.version.standard
    if len(done) < len(seats) or len(done) < standard.seats_on(submission.route):
        return False
    return not (standard.review.third_on_disagreement and disagreement_of(submission))
