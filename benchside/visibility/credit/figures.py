"""How many: each person once, however much they did and in however many posts."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from benchside.core.disclosure import WORKFORCE, Cell, protect_count
from benchside.organisations.models import Employment, Organisation
from benchside.organisations.staff import releasing
from benchside.visibility.credit import queries
from benchside.visibility.credit.enums import ContributionState
from benchside.visibility.credit.taxonomy import ROLES
from benchside.visibility.models import Contribution, ContributionRole


@dataclass(frozen=True, slots=True)
class Counts:
    """Of what is shown to the organisation: `by_role` is (role, people, address of the list)."""

    contributions: int
    confirmed: int
    people: int
    outputs: int
    by_role: list[tuple[str, int, str]]


def counts_of(organisation: Organisation) -> Counts:
    """Counted from the list that every member sees, so there is nothing to hide in it."""
    shown = queries.shown_at(organisation, queries.Wanted()).order_by()
    found = Contribution.objects.filter(pk__in=shown.values("pk"))
    numbers = found.aggregate(
        contributions=Count("pk"),
        confirmed=Count("pk", filter=Q(state=ContributionState.CONFIRMED)),
        people=Count("technician", distinct=True),
        outputs=Count("output", distinct=True),
    )
    held = ContributionRole.objects.filter(contribution__in=found.values("pk")).order_by()
    people = dict(
        held.values_list("code").annotate(people=Count("contribution__technician", distinct=True))
    )
    by_role = [
        (role.name, people[role.code], f"?role={role.code}")
        for role in ROLES
        if role.code in people
    ]
    return Counts(**numbers, by_role=by_role)


@dataclass(frozen=True, slots=True)
class AtCensus:
    """Of all technicians on the list, whatever they show: to the nearest 5, on a fixed day."""

    day: date
    people: Cell
    contributions: Cell


def at_census(organisation: Organisation) -> AtCensus | None:
    """On the last census that is shown; None before the first. Between censuses nothing moves, so
    that nobody can be told from the one before."""
    shown = releasing.shown_of(organisation)
    if not shown:
        return None
    day = shown[-1].day
    found = confirmed_on(organisation.pk, day)
    people = found.values("technician").distinct().count()
    return AtCensus(
        day,
        protect_count(people, policy=WORKFORCE, closed=True),
        protect_count(found.count(), policy=WORKFORCE, closed=True),
    )


def confirmed_on(organisation_id: int, day: date) -> QuerySet[Contribution]:
    """What was confirmed by the end of a day, of those who worked there then."""
    end = timezone.make_aware(datetime.combine(day, time.max))
    there = Employment.objects.filter(organisation=organisation_id).filter(
        Q(left_on=None) | Q(left_on__gt=day)
    )
    standing = Q(state=ContributionState.CONFIRMED) | Q(withdrawn_at__gt=end)
    return Contribution.objects.filter(
        standing, confirmed_at__lte=end, technician__in=there.values("technician")
    )
