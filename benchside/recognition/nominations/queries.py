"""What can be asked about nominations."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone

from benchside.accounts.models import User
from benchside.accounts.queries import verified_addresses
from benchside.assessment import embargo
from benchside.assessment.awarding import queries as awarding
from benchside.assessment.enums import SeatState, SubmissionState
from benchside.assessment.models import StandardVersion
from benchside.assessment.panels import judgements_of
from benchside.assessment.rules import standards_of
from benchside.core.actions import Actor
from benchside.recognition.enums import NominationState
from benchside.recognition.models import Nomination, NominationRound
from benchside.recognition.nominations import rules
from benchside.recognition.nominations.points import points
from benchside.recognition.nominations.states import is_judged

DECIDED = (SubmissionState.APPROVED, SubmissionState.DECLINED, SubmissionState.WITHDRAWN)


def version_of(one: NominationRound) -> StandardVersion | None:
    return awarding.version_in_force(one.standard)


def categories_of(one: NominationRound) -> dict[str, str]:
    """The titles of its categories, by key."""
    version = version_of(one)
    return {route.key: route.title for route in version.standard.routes} if version else {}


def rounds() -> QuerySet[NominationRound]:
    """Those the public sees: from the day they open."""
    return NominationRound.objects.filter(opens_on__lte=timezone.localdate())


def run_by(user: User) -> QuerySet[NominationRound]:
    return NominationRound.objects.filter(standard__in=standards_of(Actor.of(user)))


def may_begin(user: User) -> list[tuple[str, str]]:
    """What a round may be begun of: standards of theirs that somebody is nominated for."""
    keys = standards_of(Actor.of(user))
    newest = {
        key: found
        for key in sorted(keys)
        if (found := StandardVersion.objects.in_force(key)) is not None
    }
    return [
        (key, one.title)
        for key, one in newest.items()
        if one.standard.routes and any(s.right == "nominator" for s in one.standard.sign_offs)
    ]


def shortlist(one: NominationRound) -> QuerySet[Nomination]:
    """Whom the public may read of, by category and name: nobody before the day."""
    if not one.shows_shortlist:
        return Nomination.objects.none()
    shown = (NominationState.SHORTLISTED, NominationState.WON)
    listed = Q(state__in=shown) | Q(state=NominationState.NOT_CHOSEN, shortlisted_at__isnull=False)
    return one.nominations.filter(listed).exclude(name="").order_by("category", "name", "pk")


def of_nominator(user: User) -> QuerySet[Nomination]:
    mine = Q(nominator=user) | Q(technician__account=user)
    found = Nomination.objects.filter(mine).select_related("round", "submission", "technician")
    return found.order_by("-asked_at", "-pk")


def standing_told(nomination: Nomination) -> NominationState:
    """How it stands, as its nominee and its nominator may read it: of the shortlist they hear on
    its day, with everybody."""
    state = NominationState(nomination.state)
    if state == NominationState.SHORTLISTED and not nomination.round.shows_shortlist:
        return NominationState.AGREED
    return state


def state_told(nomination: Nomination) -> str:
    """The same in words; of what is written and judged, where that is."""
    state = standing_told(nomination)
    if state == NominationState.AGREED and nomination.submission:
        return str(embargo.state_told(nomination.submission).label)
    return str(state.label)


def sent_to(user: User) -> QuerySet[Nomination]:
    """Where somebody is the nominee, by an address that is proven to be theirs. Of several who
    nominated them they learn of the one that was asked for."""
    theirs = Q(technician__isnull=True) | Q(technician__account=user)
    found = Nomination.objects.filter(theirs, email__in=verified_addresses(user))
    found = found.exclude(state=NominationState.BESIDE).exclude(nominator=user)
    return found.select_related("round", "nominator", "technician").order_by("-asked_at", "-pk")


def to_answer(user: User) -> QuerySet[Nomination]:
    """Those that wait for their yes or no, the one that closes first before the others."""
    today = timezone.localdate()
    found = sent_to(user).filter(state=NominationState.ASKED, round__closes_on__gte=today)
    return found.filter(round__opens_on__lte=today).order_by("round__closes_on", "pk")


@dataclass(frozen=True, slots=True)
class Line:
    """A nomination as those who run the round see it, with what its judges gave."""

    nomination: Nomination
    category: str
    points: float | None
    judges: int
    is_own: bool = False  # of whoever looks: what its judges gave is not for them

    @property
    def state(self) -> str:
        one = self.nomination
        if self.is_own:
            return state_told(one)
        if one.state == NominationState.AGREED and one.submission:
            return str(one.submission.get_state_display())
        return str(one.get_state_display())

    @property
    def may_be_listed(self) -> bool:
        return self.nomination.state == NominationState.AGREED and is_judged(self.nomination)


SORTS = {
    "points": lambda line: (line.points is not None, line.points or 0),
    "name": lambda line: line.nomination.name.casefold(),
    "category": lambda line: (line.category, line.nomination.name.casefold()),
    "state": lambda line: line.state,
}


def lines(
    one: NominationRound,
    titles: dict[str, str] | None = None,
    *,
    seen_by: User | None = None,
    words: str = "",
    category: str = "",
    sort: str = "-points",
) -> list[Line]:
    """All nominations of a round, narrowed and sorted; a round holds some hundreds at most. Of
    several who proposed the same person the one that was asked for stands there.
    Whoever looks sees no points of their own, nor of those they nominated."""
    found = one.nominations.select_related(
        "submission__version", "nominator", "technician"
    ).prefetch_related("submission__seats__judgements")
    found = found.exclude(state=NominationState.BESIDE)
    for word in words.split()[:8]:
        found = found.filter(name__icontains=word)
    if category:
        found = found.filter(category=category)
    titles = categories_of(one) if titles is None else titles
    made = [_line(each, titles, seen_by) for each in found.order_by("pk")]
    return sorted(made, key=SORTS[sort.removeprefix("-")], reverse=sort.startswith("-"))


def _line(nomination: Nomination, titles: dict[str, str], seen_by: User | None) -> Line:
    category = titles.get(nomination.category, nomination.category)
    if seen_by is not None and rules.is_of(Actor.of(seen_by), nomination):
        return Line(nomination, category, None, 0, is_own=True)
    if nomination.submission is None:
        return Line(nomination, category, None, 0)
    grades = [one.key for one in nomination.submission.version.standard.review.grades]
    # Nobody appeals against a prize, so every seat that is handed in counts.
    seats = nomination.submission.seats.all()
    done = [one for one in seats if one.state == SeatState.SUBMITTED]
    given = [judgements_of(one) for one in done]
    return Line(nomination, category, points(grades, given), len(done))


def undecided(one: NominationRound) -> int:
    """How many on the shortlist are not decided: the winners wait for them."""
    listed = one.nominations.filter(state=NominationState.SHORTLISTED)
    return listed.exclude(submission__state__in=DECIDED).count()
