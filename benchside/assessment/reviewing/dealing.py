"""Who could take a seat, why others could not, and a fair dealing of many seats at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db.models import Q

from benchside.assessment.barriers import kept_off
from benchside.assessment.interests import cases_of, conflicts_among, reviewers_of
from benchside.assessment.models import Interest, Reviewer, Seat, Submission
from benchside.assessment.panels import free_seats, not_blind
from benchside.assessment.reviewing.queries import is_trained
from benchside.assessment.seats import Id, deal
from benchside.assessment.seats import Reviewer as Person

MAY_HAVE_READ = "They may have read a review that is in"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A reviewer beside one submission: `against` is every reason why they cannot be asked."""

    reviewer: Reviewer
    load: int
    against: tuple[str, ...]
    doubts: tuple[str, ...] = ()

    @property
    def may(self) -> bool:
        return not self.against


def candidates(submission: Submission, found: Sequence[Reviewer]) -> list[Candidate]:
    """All of them, those who may and have least to do first."""
    users = [one.user for one in found]
    reasons = conflicts_among(users, [submission])
    here = {one.user_id for one in submission.seats.all()}
    said, kept = _said(submission, found), kept_off(submission, users)
    readers = not_blind(submission, users)
    made = [
        Candidate(
            one,
            _load(one),
            tuple(reason.label for reason in reasons[one.user_id, submission.pk])
            + (("They have or had a seat here",) if one.user_id in here else ())
            + ((MAY_HAVE_READ,) if one.user_id in readers else ())
            + said.get(one.user_id, ())
            + kept.get(one.user_id, ()),
            tuple(_doubts(one)),
        )
        for one in found
    ]
    return sorted(made, key=lambda one: (not one.may, bool(one.doubts), one.load))


def _said(submission: Submission, found: Sequence[Reviewer]) -> dict[int, tuple[str, ...]]:
    """In their own words, the interests they declared in it or in an organisation it touches."""
    touched = cases_of([submission])[submission.pk].holder_organisations
    declared = Interest.objects.filter(user__in=[one.user_id for one in found])
    here = declared.filter(Q(submission=submission) | Q(organisation__in=touched))
    words: dict[int, tuple[str, ...]] = {}
    for user, what in here.exclude(what="").values_list("user_id", "what"):
        words[user] = (*words.get(user, ()), f"“{what}”")
    return words


def _load(reviewer: Reviewer) -> int:
    """As `queries.reviewers` counted it."""
    return int(getattr(reviewer, "load", 0))


def _doubts(reviewer: Reviewer) -> Iterable[str]:
    """What speaks against asking them and does not forbid it."""
    if not is_trained(reviewer):
        yield f"Training was to be refreshed by {reviewer.refresh_by:%-d %B %Y}"
    if _load(reviewer) >= reviewer.most:
        yield f"Has {_load(reviewer)} already, and takes {reviewer.most}"


@dataclass(frozen=True, slots=True)
class Proposal:
    """Seats dealt out: (submission, seat's number, reviewer), and how many are left without."""

    seats: Sequence[tuple[Submission, int, Reviewer]]
    short: Sequence[tuple[Submission, int]]


def propose(submissions: Sequence[Submission], found: Sequence[Reviewer]) -> Proposal:
    """Fill what is free with those who may, as evenly as can be. Nothing is written."""
    able = [one for one in found if is_trained(one)]
    by_user = {one.user_id: one for one in able}
    cases = cases_of(submissions)
    people = reviewers_of([one.user for one in able], cases)
    ready = [replace(people[pk], load=_load(one), most=one.most) for pk, one in by_user.items()]
    seats: list[tuple[Submission, int, Reviewer]] = []
    short: list[tuple[Submission, int]] = []
    taken = _taken(submissions)
    users = [one.user for one in able]
    read = {one.pk: not_blind(one, users) for one in submissions}
    for personal in (False, True):
        for number, group in _by_free(submissions, personal=personal).items():
            wanted = [
                replace(
                    cases[one.pk],
                    sat_before=cases[one.pk].sat_before | taken.get(one.pk, set()) | read[one.pk],
                )
                for one in group
            ]
            dealt = deal(wanted, ready, seats=number, is_personal=personal)
            for one in group:
                given = [by_user[int(str(pk))] for pk in dealt.seats[one.pk]]
                free = free_seats(one)
                seats += [(one, seat, who) for seat, who in zip(free, given, strict=False)]
                if missing := dealt.short.get(one.pk, 0):
                    short.append((one, missing))
            ready = _loaded(ready, dealt.seats.values())
    return Proposal(seats, short)


def _taken(submissions: Sequence[Submission]) -> dict[int, set[int]]:
    """Who has or had a seat: nobody gets a second one on the same submission."""
    found: dict[int, set[int]] = {}
    held = Seat.objects.filter(submission__in=submissions).values_list("submission_id", "user_id")
    for submission, user in held:
        found.setdefault(submission, set()).add(user)
    return found


def _by_free(submissions: Sequence[Submission], *, personal: bool) -> dict[int, list[Submission]]:
    """Those of one kind of holder, by how many seats are free: the dealer gives alike to all."""
    found: dict[int, list[Submission]] = {}
    for one in submissions:
        number = len(free_seats(one))
        if number and (one.technician_id is not None) is personal:
            found.setdefault(number, []).append(one)
    return found


def _loaded(ready: Sequence[Person], dealt: Iterable[Sequence[Id]]) -> list[Person]:
    """The reviewers with what they were just dealt."""
    given = [pk for each in dealt for pk in each]
    return [replace(one, load=one.load + given.count(one.key)) for one in ready]
