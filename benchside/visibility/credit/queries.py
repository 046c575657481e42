"""What can be asked about contributions, starting from what the asker may see."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from benchside.accounts import tokens
from benchside.careers.models import KitTerm
from benchside.organisations.models import Equipment, Organisation, Post, Runs
from benchside.people.enums import Audience
from benchside.people.models import Technician
from benchside.visibility.circles import EVERYONE, Circle, employments, people
from benchside.visibility.credit.enums import SEEN, StandsAs
from benchside.visibility.credit.taxonomy import BY_CODE, CreditRole
from benchside.visibility.credit.wording import Thanked
from benchside.visibility.models import Contribution, ContributionRole, CreditLetter

Pair = tuple[str, str]


def whole(found: QuerySet[Contribution]) -> QuerySet[Contribution]:
    """With all that a page of contributions reads, in a fixed number of queries."""
    return found.select_related("output").prefetch_related(
        "roles",
        Prefetch("kit", KitTerm.objects.order_by("name")),
        Prefetch(
            "equipment", Equipment.objects.select_related("organisation", "part_of", "unit")
        ),
    )  # fmt: skip


# --- a technician's own --------------------------------------------------------------------------
def of(technician: Technician) -> QuerySet[Contribution]:
    """All that somebody has stated, withdrawn included: newest output first."""
    newest = (F("output__year").desc(nulls_last=True), "output__title", "pk")
    return whole(technician.contributions.select_related("letter").order_by(*newest))


def kit_to_choose(technician: Technician, contribution: Contribution | None) -> list[KitTerm]:
    """The kit of their profile, and what is chosen already."""
    own = Q(pk__in=technician.profile.kit.order_by().values("term"))
    if contribution is not None:
        own |= Q(pk__in=contribution.kit.order_by().values("pk"))
    return list(KitTerm.objects.filter(own).order_by("name"))


def equipment_to_choose(
    technician: Technician, contribution: Contribution | None
) -> list[Equipment]:
    """What they are named with where they work, and what is chosen already."""
    runs = Runs.objects.current().filter(technician=technician, equipment=OuterRef("pk"))
    own = Q(Exists(runs))
    if contribution is not None:
        own |= Q(pk__in=contribution.equipment.order_by().values("pk"))
    return list(Equipment.objects.filter(own).select_related("organisation").order_by("name", "pk"))


def thanked(contribution: Contribution) -> Thanked:
    """Who is to be thanked, as the technician's own page has it."""
    technician = contribution.technician
    post = (
        Post.objects.current()
        .filter(employment__technician=technician)
        .select_related("employment__organisation", "unit")
        .order_by("pk")
        .first()
    )
    used = list(contribution.equipment.all())
    homes = (one.part_of.name if one.part_of else "" for one in used)
    profile = getattr(technician, "profile", None)
    things = [one.name for one in used] or [one.name for one in contribution.kit.all()]
    return Thanked(
        name=technician.name or "Your name",
        letters=profile.letters if profile else "",
        orcid=profile.orcid if profile else "",
        unit=post.unit.name if post and post.unit else "",
        organisation=post.employment.organisation.name if post else "",
        equipment=tuple(things),
        facility=next(filter(None, homes), ""),
    )


# --- the lead author's ---------------------------------------------------------------------------
def letter_of(token: str) -> CreditLetter | None:
    """The open letter a link belongs to; None for one unknown, used, taken back or run out."""
    found = (
        CreditLetter.objects.filter(token_hash=tokens.digest(token))
        .select_related("contribution__output", "contribution__technician")
        .first()
    )
    return found if found and found.is_open else None


def for_author(letter: CreditLetter) -> Contribution:
    """What the lead author is asked about, whole."""
    return whole(Contribution.objects.select_related("technician")).get(pk=letter.contribution_id)


# --- what others see -----------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Work:
    """A part in an output, as a circle sees it. `kit` and `equipment` are (words, address); an
    address may be empty. `confirmed_by` is empty while it is the technician's word alone."""

    title: str
    kind: str
    year: int | None
    venue: str
    doi: str
    url: str
    roles: tuple[CreditRole, ...]
    stands_as: str
    is_author: bool
    note: str
    kit: tuple[Pair, ...]
    equipment: tuple[Pair, ...]
    confirmed_by: str
    is_confirmed: bool
    source: str

    @property
    def line(self) -> str:
        """In one line: what, when, which roles, and whether anybody else says so."""
        year = f" ({self.year})" if self.year else ""
        roles = ", ".join(role.name for role in self.roles)
        said = "confirmed" if self.is_confirmed else "stated"
        return f"{self.title}{year}: {roles} [{said}]"


def works_by_id(circle: Circle, public_ids: Iterable[str]) -> dict[str, list[Work]]:
    """What each of these people shows the circle of their contributions, in eight queries at most.

    Kit stands beside it only for those who see their kit, and an item of an organisation only for
    those who also see where they work: it would tell.
    """
    seen = dict(
        people(circle)
        .filter(
            circle.may_see("contributions"),
            profile__public_id__in=[one for one in public_ids if one],
            contributions__state__in=SEEN,
        )
        .order_by()
        .values_list("pk", "profile__public_id")
        .distinct()
    )
    if not seen:
        return {}
    kit = _keys(circle, seen, "kit")
    places = kit & _keys(circle, seen, "unit")
    newest = (F("output__year").desc(nulls_last=True), "output__title", "pk")
    found: dict[str, list[Work]] = defaultdict(list)
    for one in whole(Contribution.objects.seen().filter(technician__in=seen)).order_by(*newest):
        whose = one.technician_id
        found[seen[whose]].append(_work(circle, one, whose in kit, whose in places))
    return found


def _keys(circle: Circle, technicians: Iterable[int], key: str) -> set[int]:
    seen = Technician.objects.filter(circle.may_see(key), pk__in=list(technicians))
    return set(seen.order_by().values_list("pk", flat=True))


def _work(circle: Circle, one: Contribution, with_kit: bool, with_places: bool) -> Work:
    output = one.output
    terms = one.kit.all() if with_kit else ()
    items = [item for item in one.equipment.all() if with_places and _is_seen(circle, item)]
    return Work(
        title=output.title,
        kind=output.get_kind_display(),
        year=output.year,
        venue=output.venue,
        doi=output.doi,
        url=output.url,
        roles=tuple(one.credit_roles),
        stands_as=one.get_stands_as_display(),
        is_author=one.stands_as == StandsAs.AUTHOR,
        note=one.note,
        kit=tuple((term.name, term.slug) for term in terms),
        equipment=tuple((item.name, _address_of(item)) for item in items),
        confirmed_by=one.confirmed_by,
        is_confirmed=one.is_confirmed,
        source=output.get_source_display(),
    )


def _is_public(item: Equipment) -> bool:
    return item.is_public and item.is_live and item.organisation.is_open


def _is_seen(circle: Circle, item: Equipment) -> bool:
    here = circle.organisation
    return _is_public(item) or (here is not None and item.organisation_id == here.pk)


def _address_of(item: Equipment) -> str:
    return item.get_absolute_url() if _is_public(item) else ""


# --- equipment: what it made possible ------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Made:
    """An output, and those who used the item for it and work there still, as (name, public id)."""

    title: str
    year: int | None
    venue: str
    url: str
    people: tuple[Pair, ...]


def made_with(equipment_id: int, most: int) -> list[Made]:
    """Work done with an item of the public register: confirmed by its lead author, and by people
    who show everybody their name, their contributions, their kit and where they work. Four facts
    stand on the page, so all four must be theirs to show. The work of somebody who has left stays,
    without their name."""
    showing = people(EVERYONE)
    for key in ("contributions", "kit", "unit"):
        showing = showing.filter(EVERYONE.may_see(key))
    there = employments(EVERYONE).filter(
        technician=OuterRef("technician"), organisation__equipment=equipment_id
    )
    found = (
        Contribution.objects.confirmed()
        .filter(equipment=equipment_id, equipment__in=Equipment.objects.public())
        .filter(technician__in=showing.order_by().values("pk"))
        .select_related("output", "technician__profile")
        .annotate(is_there=Exists(there))
        .order_by(F("output__year").desc(nulls_last=True), "output__title", "technician__name")
    )
    by_output: dict[int, list[Any]] = {}
    for one in found:
        by_output.setdefault(one.output_id, []).append(one)
    return [_made(those) for those in list(by_output.values())[:most]]


def _made(those: list[Any]) -> Made:
    output = those[0].output
    named = (
        (one.technician.name, one.technician.profile.public_id) for one in those if one.is_there
    )
    return Made(output.title, output.year, output.venue, output.url, tuple(named))


# --- inside an organisation ----------------------------------------------------------------------
SORTS: dict[str, tuple[Any, ...]] = {
    "title": ("output__title", "pk"),
    # Newest first, titles still from A to Z.
    "year": (F("output__year").asc(nulls_first=True), "-output__title", "-pk"),
    "name": ("technician__name", "output__title", "pk"),
    "state": ("state", "output__title", "pk"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a member asked the list for. `sort` is a key of SORTS, with "-" before it reversed."""

    sort: str = "-year"
    words: str = ""
    role: str = ""
    confirmed: str = ""


def shown_at(organisation: Organisation, wanted: Wanted) -> QuerySet[Contribution]:
    """What people who work there now show to it."""
    circle = Circle(organisation)
    showing = people(circle).filter(
        circle.may_see("contributions"), profile__contributions_to__gte=Audience.ORGANISATION
    )
    found = Contribution.objects.seen().filter(technician__in=showing.order_by().values("pk"))
    for word in wanted.words.split():
        found = found.filter(
            Q(output__title__icontains=word)
            | Q(output__venue__icontains=word)
            | Q(output__doi__icontains=word)
            | Q(technician__name__icontains=word)
        )
    if wanted.role in BY_CODE:
        held = ContributionRole.objects.filter(contribution=OuterRef("pk"), code=wanted.role)
        found = found.filter(Exists(held))
    if wanted.confirmed in {"yes", "no"}:
        is_confirmed = Q(confirmed_at__isnull=False)
        found = found.filter(is_confirmed if wanted.confirmed == "yes" else ~is_confirmed)
    ordered = whole(found).select_related("technician__profile")
    ordered = ordered.order_by(*SORTS.get(wanted.sort.removeprefix("-"), SORTS["title"]))
    return ordered.reverse() if wanted.sort.startswith("-") else ordered
