"""What can be asked by those who write, starting from what each may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import Http404

from benchside.accounts.models import User
from benchside.assessment import writing_rules as rules
from benchside.assessment.content import asked
from benchside.assessment.models import Comment, Contributor, Submission
from benchside.assessment.standards import Area, Criterion, Standard
from benchside.core.actions import Actor
from benchside.organisations import queries as organisations
from benchside.organisations import roles
from benchside.organisations.enums import OrganisationState
from benchside.organisations.models import Membership

WRITING_RIGHTS = (roles.LEAD_CHARTER, roles.KEEP_PLAN, roles.APPLY_FOR_MARKS)


@dataclass(frozen=True)
class Writer:
    """Somebody before a submission that they may read, and what pages may show them. Actions ask
    again."""

    user: User
    submission: Submission
    leads: bool
    parts: tuple[Contributor, ...]  # of everybody who was asked

    @property
    def standard(self) -> Standard:
        return self.submission.version.standard

    @cached_property
    def own_parts(self) -> list[Contributor]:
        return [one for one in self.parts if one.user_id == self.user.pk]

    @property
    def talks(self) -> bool:
        """Whether they read what the writers say to each other."""
        return self.leads or bool(self.own_parts)

    def may_write(self, criterion: str) -> bool:
        return self.submission.is_open and self.writes(criterion)

    def writes(self, criterion: str) -> bool:
        """Whether it is theirs to write, while the submission is open."""
        return self.leads or rules.covers(self.own_parts, self.standard, criterion)

    def covers(self, place: "Place") -> bool:
        """Whether it lies in a part they were asked for."""
        return rules.covers(self.own_parts, self.standard, place.criterion.key)

    @cached_property
    def places(self) -> "list[Place]":
        """What is asked, in the order of the standard, each with its number."""
        wanted = {one.key for one in asked(self.submission)}
        pairs = [
            (area, one)
            for area in self.standard.areas
            for one in area.criteria
            if one.key in wanted
        ]
        return [Place(n, area, one) for n, (area, one) in enumerate(pairs, 1)]

    def place(self, key: str) -> "Place":
        """Raises Http404 for what is not asked here."""
        for one in self.places:
            if one.criterion.key == key:
                return one
        raise Http404

    def beside(self, place: "Place") -> "tuple[Place | None, Place | None]":
        """The one before and the one after."""
        at = place.number - 1
        after = self.places[at + 1] if at + 1 < len(self.places) else None
        return (self.places[at - 1] if at else None), after


@dataclass(frozen=True, slots=True)
class Place:
    number: int
    area: Area
    criterion: Criterion

    def __str__(self) -> str:
        return f"{self.number}. {self.criterion.title}"


def writer(user: User, key: UUID) -> Writer:
    """Who this is to a submission. Raises Http404 for everybody who may not read it."""
    found = _whole().filter(key=key).first()
    if found is None:
        raise Http404
    actor = Actor.of(user)
    parts = tuple(found.contributors.select_related("user"))
    leads = rules.can_lead(actor, found)
    one = Writer(user, found, leads, parts)
    if not (leads or one.own_parts or rules.is_signer(actor, found)):
        raise Http404
    return one


def _whole() -> QuerySet[Submission]:
    return Submission.objects.select_related("version", "organisation", "technician")


def is_asked(key: UUID, criterion: str) -> bool:
    """Whether a submission of that key asks this: for words sent by somebody who is signed out."""
    try:
        found = Submission.objects.select_related("version").filter(key=key).first()
    except ValidationError:
        return False
    return found is not None and criterion in {one.key for one in asked(found)}


# --- the list of one's own ------------------------------------------------------------------------
def forms_of(user: User) -> list[tuple[Submission, str]]:
    """All that somebody may see, newest first, each with what they are to it: "lead", "write" or
    "sign". Who leads for an organisation its thin room says, once for each kind of submission."""
    live = Membership.objects.live().filter(user=user)
    inside = live.filter(organisation__state=OrganisationState.APPROVED)
    own_parts = Contributor.objects.filter(user=user).values("submission")
    found = _whole().filter(
        Q(organisation__in=inside.values("organisation"))
        | Q(technician__account=user)
        | Q(pk__in=own_parts)
    )
    mine = set(own_parts.values_list("submission", flat=True))
    actor, known = Actor.of(user), {}
    seen: list[tuple[Submission, str]] = []
    for one in found:
        kind = (one.organisation_id, one.technician_id, one.version_id, one.purpose)
        if kind not in known:
            known[kind] = _part_in(actor, one)
        part = known[kind] if known[kind] == "lead" or one.pk not in mine else "write"
        if part:
            seen.append((one, part))
    return seen


def _part_in(actor: Actor, one: Submission) -> str:
    if rules.can_lead(actor, one):
        return "lead"
    return "sign" if rules.is_signer(actor, one) else ""


# --- who reads a draft ----------------------------------------------------------------------------
def readers(submission: Submission, parts: Iterable[Contributor]) -> list[User]:
    """Whom one can speak to beside a question: who was asked, the holder, and those of the
    organisation who lead it."""
    found = {one.user for one in parts if one.user.is_active}
    if submission.technician and submission.technician.account:
        found.add(submission.technician.account)
    if submission.organisation_id:
        allowed = {role for right in WRITING_RIGHTS for role in roles.with_right(right)}
        live = Membership.objects.live().filter(
            organisation=submission.organisation_id, role__in=allowed, user__is_active=True
        )
        for one in live.select_related("user"):
            if one.user not in found and rules.can_lead(Actor.of(one.user), submission):
                found.add(one.user)
    return sorted(found, key=lambda one: (one.get_full_name().casefold(), one.pk))


def talk(submission: Submission, criterion: str = "") -> list[Comment]:
    """Comments beside one criterion, oldest first, each with its answers; open ones first."""
    found = submission.comments.filter(criterion=criterion, reply_to__isnull=True)
    found = found.select_related("author").prefetch_related("replies__author")
    return sorted(found, key=lambda one: one.resolved_at is not None)


def names(people: Iterable[UUID | None]) -> dict[str, str]:
    return organisations.names_of({one for one in people if one})
