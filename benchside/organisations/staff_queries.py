"""What can be asked of the staff list, starting from whom the asker may see."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet
from django.utils import timezone

from benchside.organisations import queries, roles, tree
from benchside.organisations.enums import UNDO_DAYS, MemberRole, RequestState, StaffRunState
from benchside.organisations.models import (
    CountMeIn,
    Employment,
    Merger,
    NotTheSame,
    Organisation,
    Post,
    StaffFile,
    StaffRun,
    StaffSnapshot,
    TitleDecision,
)
from benchside.organisations.queries import Seat
from benchside.organisations.staff import kept
from benchside.organisations.staff.kept import DECLINED
from benchside.organisations.staff_list import Person
from benchside.organisations.staff_list.duplicates import likely_pairs

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
    answers_to = Q(manager__technician__account=seat.user)
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


# --- one person twice, and people who are missing ------------------------------------------------
@dataclass(frozen=True, slots=True)
class LikelyPair:
    """Two of the list who may be one, and why. Ids are of their employments."""

    first_id: int
    second_id: int
    first: Person
    second: Person
    why: tuple[str, ...]


def pairs(organisation: Organisation) -> list[LikelyPair]:
    """The likeliest first, without those somebody has told apart. Three queries."""
    there = kept.kept(organisation)
    people = {one.key: one for one in there.people}
    apart = set(
        NotTheSame.objects.filter(organisation=organisation).values_list("first", "second")
    )
    found = []
    for pair in likely_pairs(there.people):
        first, second = there.employments[pair.first], there.employments[pair.second]
        if tuple(sorted((first, second))) not in apart:
            found.append(
                LikelyPair(first, second, people[pair.first], people[pair.second], pair.why)
            )
    return found


def claimed_among(ids: set[int]) -> set[int]:
    """Of these employments, those whose person signs in."""
    found = Employment.objects.filter(pk__in=ids, technician__account__isnull=False)
    return set(found.values_list("pk", flat=True))


def mergers(organisation: Organisation) -> QuerySet[Merger]:
    """Those that can still be undone, latest first."""
    since = timezone.now() - timedelta(days=UNDO_DAYS)
    return (
        organisation.mergers.filter(undone_at=None, merged_at__gte=since, kept__is_listed=True)
        .exclude(old={})
        .select_related("kept__technician", "absorbed__technician")
    )


def requests_to_count(organisation: Organisation) -> QuerySet[CountMeIn]:
    """Those that wait, the oldest first."""
    waiting = organisation.requests_to_count.filter(state=RequestState.WAITING)
    return waiting.select_related("user")


def snapshots(organisation: Organisation) -> QuerySet[StaffSnapshot]:
    return organisation.staff_snapshots.select_related("definition").order_by("-day")
