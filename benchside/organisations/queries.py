"""What can be asked about organisations, starting from what the asker may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404
from django.utils import timezone

from benchside.accounts.enums import InvitationState
from benchside.accounts.models import User
from benchside.core.models import AuditEvent
from benchside.core.sitting import Sitting
from benchside.organisations import roles, tree
from benchside.organisations.enums import MemberRole, OrganisationState, PlaceList
from benchside.organisations.models import (
    KnownPlace,
    Membership,
    Organisation,
    RoleInvitation,
    StaffRun,
    Unit,
)
from benchside.organisations.wording import GROUPS, told

INDENT = "\u2003"  # an em of space


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody's place in an organisation: what pages may show them. Actions ask again."""

    organisation: Organisation
    user: User
    memberships: tuple[Membership, ...]

    def may(self, right: str) -> bool:
        allowed = roles.with_right(right)
        return any(one.role in allowed for one in self.memberships)

    @property
    def sitting(self) -> Sitting:
        """The same in plain values, for rooms that lean on none of this."""
        return Sitting(
            organisation_id=self.organisation.pk,
            slug=self.organisation.slug,
            kind=self.organisation.kind,
            viewer_id=self.user.person_id,
            roles=frozenset(one.role for one in self.memberships),
        )

    @property
    def is_lead(self) -> bool:
        return any(one.role == MemberRole.LEAD for one in self.memberships)


def seat(user: User, slug: str) -> Seat:
    """Where a user sits in an open organisation. Raises Http404 for everybody who does not."""
    found = tuple(
        Membership.objects.live()
        .filter(
            user=user,
            organisation__slug=slug,
            organisation__state=OrganisationState.APPROVED,
        )
        .select_related("organisation", "organisation__contact", "unit")
    )
    if not found:
        raise Http404
    return Seat(found[0].organisation, user, found)


# --- one person's -------------------------------------------------------------------------------
def organisations_of(user: User) -> list[tuple[Organisation, list[Membership]]]:
    """The open organisations somebody is a member of, each with what they are in it."""
    found: dict[Organisation, list[Membership]] = {}
    live = Membership.objects.live().filter(
        user=user, organisation__state=OrganisationState.APPROVED
    )
    for one in live.select_related("organisation", "unit").order_by("organisation__name", "pk"):
        found.setdefault(one.organisation, []).append(one)
    return list(found.items())


def applications_of(user: User) -> QuerySet[Organisation]:
    """What somebody asked for that is not open: waiting or declined, latest first."""
    return Organisation.objects.filter(
        applied_by=user.person_id,
        state__in=[OrganisationState.APPLIED, OrganisationState.DECLINED],
    ).order_by("-applied_at")


def invitations_to(user: User) -> QuerySet[RoleInvitation]:
    """What an address was asked to, and has not answered; the link itself is in the mail."""
    return RoleInvitation.objects.filter(
        invitation__email__iexact=user.email,
        invitation__state=InvitationState.OPEN,
        invitation__expires_at__gt=timezone.now(),
    ).select_related("organisation", "unit", "invitation__invited_by")


# --- finding ------------------------------------------------------------------------------------
def open_with_number(urn: str, ukprn: str, ror: str) -> Organisation | None:
    """The open organisation that has one of these numbers."""
    numbers = Q()
    for name, value in (("urn", urn), ("ukprn", ukprn), ("ror", ror)):
        if value:
            numbers |= Q(**{name: value})
    return Organisation.objects.open().filter(numbers).first() if numbers else None


def open_among(places: Iterable[KnownPlace]) -> dict[int, Organisation]:
    """Which known places are organisations here already: by the place's key."""
    found = list(places)
    by_code = {
        (name, code): organisation
        for organisation in Organisation.objects.open().filter(
            Q(urn__in=[one.code for one in found])
            | Q(ukprn__in=[one.code for one in found])
            | Q(ror__in=[one.code for one in found])
        )
        for name, code in (
            (PlaceList.SCHOOLS, organisation.urn),
            (PlaceList.UNIVERSITIES, organisation.ukprn),
            (PlaceList.RESEARCH, organisation.ror),
        )
        if code
    }
    pairs = ((one.pk, by_code.get((PlaceList(one.source), one.code))) for one in found)
    return {pk: organisation for pk, organisation in pairs if organisation}


def slugs_like(stem: str) -> set[str]:
    found = Organisation.objects.filter(Q(slug=stem) | Q(slug__startswith=f"{stem}-"))
    return set(found.values_list("slug", flat=True))


def applications() -> QuerySet[Organisation]:
    """For the desk: what waits, the oldest first."""
    return Organisation.objects.waiting().order_by("applied_at", "pk")


def without_a_lead() -> QuerySet[Organisation]:
    """For the desk: open organisations nobody is in charge of, such as after an erasure."""
    lead = Membership.objects.leads().filter(organisation=OuterRef("pk"))
    return Organisation.objects.open().filter(~Exists(lead))


def applicant_of(organisation: Organisation) -> User | None:
    return User.objects.filter(person_id=organisation.applied_by).first()


def listed(organisation: Organisation) -> KnownPlace | None:
    """What the real list says of the organisation's number, if it was taken from one."""
    numbers = [
        (PlaceList.SCHOOLS, organisation.urn),
        (PlaceList.RESEARCH, organisation.ror),
        (PlaceList.UNIVERSITIES, organisation.ukprn),
    ]
    for key, code in numbers:
        if code and (found := KnownPlace.objects.filter(source=key, code=code).first()):
            return found
    return None


# --- members ------------------------------------------------------------------------------------
SORTS = {
    "name": ("user__name", "user__email", "role", "pk"),
    "role": ("role", "user__name", "pk"),
    "unit": (F("unit__name").asc(nulls_first=True), "user__name", "pk"),
    "start": ("started_on", "user__name", "pk"),
    "end": (F("ended_on").asc(nulls_last=True), "user__name", "pk"),
}


def members(
    organisation: Organisation,
    *,
    sort: str = "name",
    role: str = "",
    ended: bool = False,
    words: str = "",
) -> QuerySet[Membership]:
    """Who is what, now or in the past. `sort` is a key of SORTS, with "-" before it reversed."""
    found = organisation.memberships.select_related("user", "unit")
    found = found.filter(ended_on__isnull=not ended)
    if role:
        found = found.filter(role=role)
    for word in words.split():
        found = found.filter(Q(user__name__icontains=word) | Q(unit__name__icontains=word))
    found = found.order_by(*SORTS.get(sort.removeprefix("-"), SORTS["name"]))
    return found.reverse() if sort.startswith("-") else found


def members_who_sign_in(organisation: Organisation) -> list[User]:
    """Everybody with a role now, once each, by name."""
    live = Membership.objects.live().filter(organisation=organisation, user=OuterRef("pk"))
    found = User.objects.filter(Exists(live), is_active=True)
    return list(found.order_by("name", "email"))


def leads_of(organisation: Organisation) -> list[User]:
    lead = Membership.objects.leads().filter(organisation=organisation, user=OuterRef("pk"))
    return list(User.objects.filter(Exists(lead)).order_by("name", "email"))


def holds_role(organisation: Organisation, email: str, role: str, unit: Unit | None) -> bool:
    """Whether the account of an address holds this role already."""
    live = Membership.objects.live().filter(organisation=organisation, role=role, unit=unit)
    address = Q(user__email__iexact=email)
    proven = Q(user__emailaddress__email__iexact=email, user__emailaddress__verified=True)
    return live.filter(address | proven).exists()


def invitations(organisation: Organisation) -> QuerySet[RoleInvitation]:
    """Latest first, each with who sent it."""
    return organisation.invitations.select_related(
        "invitation", "invitation__invited_by", "unit"
    ).order_by("-invitation__created_at", "-pk")


def open_invitations(organisation_id: int | OuterRef) -> QuerySet[RoleInvitation]:
    return RoleInvitation.objects.filter(
        organisation=organisation_id, invitation__state=InvitationState.OPEN
    )


@dataclass(frozen=True, slots=True)
class Numbers:
    """How big an organisation is here."""

    people: int
    units: int
    open_invitations: int


def numbers_of(organisation: Organisation) -> Numbers:
    """All three in one question."""
    here = {"organisation": OuterRef("pk")}
    people = Membership.objects.live().filter(**here)
    units = Unit.objects.open().filter(**here)
    invited = open_invitations(OuterRef("pk"))
    found = Organisation.objects.filter(pk=organisation.pk).values_list(
        _how_many(people, "user"), _how_many(units, "pk"), _how_many(invited, "pk")
    )
    return Numbers(*found.get())


def _how_many(found: QuerySet[Any, Any], column: str) -> Coalesce:
    """Of those of an outer row's organisation, as a column."""
    counted = found.order_by().values("organisation").annotate(many=Count(column, distinct=True))
    return Coalesce(Subquery(counted.values("many")), 0)


# --- units --------------------------------------------------------------------------------------
def nodes_of(organisation: Organisation) -> list[tree.Node]:
    """The open units, for `tree`."""
    rows = Unit.objects.open().filter(organisation=organisation)
    return [tree.Node(*row) for row in rows.order_by().values_list("id", "above", "name")]


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One line of the tree on a page."""

    id: int
    name: str
    depth: int
    below: int
    posts: int
    people: str

    @property
    def indented(self) -> str:
        """The name, set in as deep as it stands, for lists to choose from."""
        return f"{INDENT * self.depth}{self.name}"


def unit_lines(organisation: Organisation) -> list[UnitLine]:
    """The tree in order, with how many posts each unit has and who looks after it."""
    posts = dict(
        Unit.objects.open()
        .filter(organisation=organisation)
        .order_by()
        .annotate(held=Count("posts", filter=Q(posts__ended_on__isnull=True)))
        .values_list("id", "held")
    )
    looked_after: dict[int, list[str]] = {}
    live = organisation.memberships.live().filter(unit__isnull=False).select_related("user")
    for one in live.order_by("user__name", "pk"):
        named = f"{one.user.get_full_name()} ({one.get_role_display().lower()})"
        looked_after.setdefault(one.unit_id or 0, []).append(named)
    return [
        UnitLine(
            id=branch.node.id,
            name=branch.node.name,
            depth=branch.depth,
            below=branch.below,
            posts=posts.get(branch.node.id, 0),
            people=", ".join(looked_after.get(branch.node.id, [])),
        )
        for branch in tree.in_order(nodes_of(organisation))
    ]


def what_hangs_on(unit: Unit) -> str:
    """What keeps a unit from being closed, in words; empty when nothing does."""
    counts = [
        (unit.below.filter(closed_on__isnull=True).count(), "unit", "units"),
        (unit.posts.filter(ended_on__isnull=True).count(), "post", "posts"),
        (unit.memberships.filter(ended_on__isnull=True).count(), "role", "roles"),
        (unit.equipment.live().count(), "item of equipment", "items of equipment"),
    ]
    said = [f"{count} {one if count == 1 else many}" for count, one, many in counts if count]
    return " and ".join(said)


# --- history ------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Happening:
    """One line of an organisation's history: when, what, by whom, about whom."""

    at: datetime
    told: str
    who: str
    about: str


def events_of(
    organisation: Organisation, *, group: str = "", by: UUID | None = None
) -> QuerySet[AuditEvent]:
    """Latest first, those of its staff lists among them. `group` is a key of GROUPS, `by` the
    person who did it."""
    lists = [str(pk) for pk in organisation.staff_runs.values_list("pk", flat=True)]
    of_lists = Q(subject_type=StaffRun._meta.label, subject_id__in=lists)
    here = Q(subject_type=Organisation._meta.label, subject_id=str(organisation.pk))
    found = AuditEvent.objects.filter(here | of_lists)
    if group in GROUPS:
        found = found.filter(verb__startswith=f"{group}.")
    return found.filter(actor=by) if by else found


def who_acted(organisation: Organisation) -> list[tuple[str, str]]:
    """Everybody in an organisation's history, as person id and name, by name."""
    ids = events_of(organisation).filter(actor__isnull=False).order_by().distinct()
    names = names_of({actor for actor in ids.values_list("actor", flat=True) if actor})
    return sorted(names.items(), key=lambda each: each[1].casefold())


def history(events: Iterable[AuditEvent], organisation: Organisation) -> list[Happening]:
    """Events as lines, with the names that people and units have today."""
    found = list(events)
    names = names_of({event.actor for event in found if event.actor} | _people_in(found))
    units = dict(Unit.objects.filter(organisation=organisation).values_list("id", "name"))
    lists = _lists_in(found)
    return [
        Happening(
            at=event.at,
            told=told(event.verb),
            who=names.get(str(event.actor), "") or event.get_actor_kind_display(),
            about=lists.get(event.pk) or _said(event.detail, names, units),
        )
        for event in found
    ]


def _lists_in(events: list[AuditEvent]) -> dict[int, str]:
    """By the event's key, the staff list it is about: "staff.xlsx of 31/10/2026"."""
    about = {
        one.pk: int(one.subject_id) for one in events if one.subject_type == StaffRun._meta.label
    }
    runs = StaffRun.objects.in_bulk(set(about.values())) if about else {}
    return {
        event: f"{runs[key].filename} of {runs[key].as_of:%d/%m/%Y}"
        for event, key in about.items()
        if key in runs
    }


def names_of(people: set[UUID]) -> dict[str, str]:
    """Names by person id, as text; somebody erased is called so by their own record."""
    users = User.objects.filter(person_id__in=people)
    return {str(user.person_id): user.get_full_name() for user in users}


PEOPLE = ("person", "giver", "taker")


def _people_in(events: list[AuditEvent]) -> set[UUID]:
    return {
        UUID(event.detail[name]) for event in events for name in PEOPLE if event.detail.get(name)
    }


def _said(detail: dict[str, Any], names: dict[str, str], units: dict[int, str]) -> str:
    parts = []
    if giver := detail.get("giver"):
        parts.append(f"from {names.get(giver, '')} to {names.get(detail['taker'], '')}")
    if person := detail.get("person"):
        parts.append(names.get(person, ""))
    if role := detail.get("role"):
        parts.append(str(MemberRole(role).label))
    if unit := detail.get("unit"):
        parts.append(units.get(unit, ""))
    if titles := detail.get("titles"):
        more = f" and {len(titles) - 5} more" if len(titles) > 5 else ""
        verdict = f": {detail['verdict']}" if "verdict" in detail else ""
        parts.append(f"{'; '.join(titles[:5])}{more}{verdict}")
    if reason := detail.get("reason"):
        parts.append(f"of {detail['day']}: {reason}")
    if changed := detail.get("changed"):
        parts.append(", ".join(changed))
    return ", ".join(part for part in parts if part)
