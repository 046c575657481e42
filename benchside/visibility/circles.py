"""Who looks at the directory, and whom they may see: where every read of this room begins."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from benchside.organisations.enums import OrganisationState
from benchside.organisations.models import Employment, Organisation, Post
from benchside.people.enums import Audience
from benchside.people.models import Technician

# What an employer's own people know of somebody who has not claimed their record.
UNCLAIMED = frozenset({"name", "post", "unit"})


@dataclass(frozen=True, slots=True)
class Circle:
    """Everyone; or those of one `organisation`, who see what is shown to it."""

    organisation: Organisation | None = None

    @property
    def audience(self) -> Audience:
        return Audience.EVERYONE if self.organisation is None else Audience.ORGANISATION

    def may_see(self, key: str) -> Q:
        """True of a technician whose field `key` this circle may see. Said of every field that
        is looked at: what is matched but not shown would tell all the same."""
        chosen = Q(**{f"profile__{key}_to__gte": self.audience})
        if self.organisation is not None and key in UNCLAIMED:
            return chosen | Q(profile__isnull=True)
        return chosen


EVERYONE = Circle()


def people(circle: Circle) -> QuerySet[Technician]:
    """Everybody the circle may see at all, by name. Reads only what is so now."""
    named = Technician.objects.filter(erased_at__isnull=True, name__gt="")
    if circle.organisation is None:
        found = named.filter(profile__is_shown=True)
    else:
        here = employments(circle).filter(technician=OuterRef("pk"))
        unclaimed = Q(profile__isnull=True, account__isnull=True)
        found = named.filter(Exists(here)).filter(Q(profile__is_shown=True) | unclaimed)
    return found.filter(circle.may_see("name")).order_by("name", "pk")


def employments(circle: Circle) -> QuerySet[Employment]:
    """Where people work now: nobody who left, at no organisation that has closed."""
    found: QuerySet[Employment] = Employment.objects.current().filter(
        organisation__state=OrganisationState.APPROVED
    )
    return found if circle.organisation is None else found.filter(organisation=circle.organisation)


def posts(circle: Circle) -> QuerySet[Post]:
    """The posts people hold now, those of the circle's organisation where it has one."""
    found: QuerySet[Post] = Post.objects.current().filter(
        employment__organisation__state=OrganisationState.APPROVED
    )
    if circle.organisation is not None:
        found = found.filter(employment__organisation=circle.organisation)
    return found


def in_circle(user: Any, organisation: Organisation) -> bool:
    """Whether somebody signed in is a member of the organisation, or a technician who works
    there."""
    is_open = organisation.is_open and user.is_authenticated
    if not is_open:
        return False
    if organisation.memberships.live().filter(user=user).exists():
        return True
    here = Circle(organisation)
    return employments(here).filter(technician__account=user).exists()
