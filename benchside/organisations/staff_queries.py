"""What can be asked of the staff list, starting from whom the asker may see."""

from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.utils import timezone

from benchside.accounts.enums import InvitationState
from benchside.accounts.models import User
from benchside.organisations import queries, roles, tree
from benchside.organisations.enums import MemberRole, StaffRunState
from benchside.organisations.models import (
    Employment,
    Organisation,
    Post,
    StaffFile,
    StaffRun,
    TitleDecision,
)
from benchside.organisations.queries import Seat
from benchside.organisations.staff.kept import DECLINED
from benchside.people.models import ClaimInvitation

SORTS: dict[str, tuple[Any, ...]] = {
    "name": ("technician__name", "pk"),
    "title": (F("main__title").asc(nulls_last=True), "technician__name", "pk"),
    "unit": (F("main__unit__name").asc(nulls_last=True), "technician__name", "pk"),
    "grade": (F("main__grade").asc(nulls_last=True), "technician__name", "pk"),
    "fte": (F("main__fte").asc(nulls_last=True), "technician__name", "pk"),
    "since": (F("started_on").asc(nulls_last=True), "technician__name", "pk"),
    "left": (F("left_on").asc(nulls_last=True), "technician__name", "pk"),
}
CLAIMED = {"yes": False, "no": True}


def visible_staff(seat: Seat) -> QuerySet[Employment]:
    """Everybody for whoever keeps or leads the list; for managers, those of their units and those
    who answer to them; nobody for the others. Who said that they are no technician is gone."""
    everybody = Employment.objects.filter(organisation=seat.organisation)
    everybody = everybody.exclude(leaving_reason=DECLINED)
    if seat.may(roles.SEE_STAFF):
        return everybody
    if not seat.may(roles.SEE_OWN_STAFF):
        return everybody.none()
    current = Post.objects.current().filter(employment=OuterRef("pk"))
    answers_to = Q(manager__technician__account=seat.user, manager__left_on=None)
    return everybody.filter(
        Exists(current.filter(Q(unit__in=units_of_manager(seat)) | answers_to)), left_on=None
    )


def units_of_manager(seat: Seat) -> set[int]:
    """The units somebody manages, with all below them."""
    nodes = queries.nodes_of(seat.organisation)
    managed = [
        one.unit_id
        for one in seat.memberships
        if one.role == MemberRole.MANAGER and one.unit_id is not None
    ]
    return {unit for top in managed for unit in tree.with_all_below(top, nodes)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody asked the list for. `sort` is a key of SORTS, with "-" before it reversed."""

    sort: str = "name"
    words: str = ""
    unit: int | None = None
    grade: str = ""
    claimed: str = ""
    gone: bool = False


def staff(seat: Seat, wanted: Wanted) -> QuerySet[Employment]:
    """The list as asked for; of each person the main post is beside them as `main`."""
    held = Q(posts__is_main=True, posts__ended_on__isnull=True)
    found = (
        visible_staff(seat)
        .filter(left_on__isnull=not wanted.gone)
        .annotate(main=FilteredRelation("posts", condition=held))
        .select_related("technician")
        .annotate(
            title=F("main__title"),
            unit_name=F("main__unit__name"),
            grade=F("main__grade"),
            fte=F("main__fte"),
            terms=F("main__terms"),
        )
    )
    if wanted.unit is not None:
        nodes = queries.nodes_of(seat.organisation)
        found = found.filter(main__unit__in=tree.with_all_below(wanted.unit, nodes))
    if wanted.grade:
        found = found.filter(main__grade=wanted.grade)
    if wanted.claimed in CLAIMED:
        found = found.filter(technician__account__isnull=CLAIMED[wanted.claimed])
    for word in wanted.words.split():
        found = found.filter(
            Q(technician__name__icontains=word)
            | Q(main__title__icontains=word)
            | Q(main__unit__name__icontains=word)
            | Q(staff_number__istartswith=word)
        )
    found = found.order_by(*SORTS.get(wanted.sort.removeprefix("-"), SORTS["name"]))
    return found.reverse() if wanted.sort.startswith("-") else found


def grades(organisation: Organisation) -> list[str]:
    held = Post.objects.current().filter(employment__organisation=organisation).exclude(grade="")
    return list(held.order_by("grade").values_list("grade", flat=True).distinct())


def posts_of(one: Employment) -> QuerySet[Post]:
    """All posts, those held now first."""
    return one.posts.select_related("unit__above", "manager__technician").order_by(
        F("ended_on").desc(nulls_first=True), "-is_main", "pk"
    )


# --- one's own -----------------------------------------------------------------------------------
def listed_as(user: User) -> QuerySet[Employment]:
    """Somebody's own employments, those left last; with their posts."""
    mine = Employment.objects.filter(technician__account=user).select_related("organisation")
    posts = Post.objects.select_related("unit").order_by("-is_main", "pk")
    listed = mine.select_related("technician").prefetch_related(Prefetch("posts", queryset=posts))
    return listed.order_by(F("left_on").desc(nulls_first=True), "organisation__name", "pk")


# --- whose record is claimed ----------------------------------------------------------------------
CLAIM_STATES = [
    ("claimed", "Claimed"),
    ("asked", "Asked, no answer yet"),
    ("on-paper", "Given a code on paper"),
    ("declined", "Said no"),
    ("not-asked", "Not asked yet"),
    ("no-address", "No work address"),
]


def _with_claim(found: QuerySet[Employment]) -> Any:
    """`claim` is the newest letter's key, `answer` why it was turned down, `claim_state` one of
    CLAIM_STATES."""
    letters = ClaimInvitation.objects.filter(technician=OuterRef("technician")).order_by("-pk")
    is_open = Q(letter=InvitationState.OPEN, letter_until__gt=timezone.now())
    return found.annotate(
        claim=Subquery(letters.values("pk")[:1]),
        letter=Subquery(letters.values("invitation__state")[:1]),
        answer=Subquery(letters.values("answer")[:1]),
        letter_to=Subquery(letters.values("invitation__email")[:1]),
        letter_until=Subquery(letters.values("invitation__expires_at")[:1]),
        claim_state=Case(
            When(technician__account__isnull=False, then=Value("claimed")),
            When(is_open & Q(letter_to=""), then=Value("on-paper")),
            When(is_open, then=Value("asked")),
            When(letter=InvitationState.DECLINED, then=Value("declined")),
            When(technician__work_email="", then=Value("no-address")),
            default=Value("not-asked"),
        ),
    )


def claims(seat: Seat, *, sort: str, state: str, words: str) -> Any:
    found = _with_claim(staff(seat, Wanted(sort=sort, words=words)))
    return found.filter(claim_state=state) if state in dict(CLAIM_STATES) else found


def claim_counts(organisation: Organisation) -> list[tuple[str, str, int]]:
    """(key, label, people) for each state."""
    current = _with_claim(Employment.objects.current().filter(organisation=organisation))
    rows = dict(
        current.values("claim_state")
        .annotate(people=Count("pk"))
        .values_list("claim_state", "people")
    )
    return [(key, label, rows.get(key, 0)) for key, label in CLAIM_STATES]


def to_invite(organisation: Organisation) -> Any:
    """Those with a work address who were never asked; whoever said no is not asked again."""
    current = Employment.objects.current().filter(organisation=organisation)
    return _with_claim(current).filter(claim_state="not-asked").order_by("pk")


# --- how the list came to be ---------------------------------------------------------------------
def newest_run(organisation: Organisation) -> StaffRun | None:
    """The list that holds now."""
    applied = StaffRun.objects.filter(organisation=organisation, state=StaffRunState.APPLIED)
    return applied.order_by("-applied_at", "-pk").first()


def runs(organisation: Organisation) -> QuerySet[StaffRun]:
    """Latest first, without what is long."""
    return (
        StaffRun.objects.filter(organisation=organisation)
        .exclude(state=StaffRunState.STAGING)
        .defer("problems", "notices", "waiting", "new_units")
    )


def files(organisation: Organisation) -> QuerySet[StaffFile]:
    return StaffFile.objects.filter(organisation=organisation).select_related(
        "run", "watched__result"
    )


DECISION_SORTS = {
    "title": ("plain",),
    "verdict": ("verdict", "plain"),
    "when": ("decided_at", "plain"),
}


def decisions(
    organisation: Organisation, *, sort: str = "title", words: str = ""
) -> QuerySet[TitleDecision]:
    """What was decided about job titles."""
    found = organisation.title_decisions.all()
    for word in words.split():
        found = found.filter(spelling__icontains=word)
    found = found.order_by(*DECISION_SORTS.get(sort.removeprefix("-"), DECISION_SORTS["title"]))
    return found.reverse() if sort.startswith("-") else found
