"""People as pages, files and programs show them: what they show, and where they work."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from benchside.core.models import Picture
from benchside.people.models import Profile, Technician
from benchside.people.queries import with_lines
from benchside.people.showing import Shown, shown
from benchside.visibility.circles import Circle, posts

PHOTO = "fill-480x480|format-jpeg"


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody works, as far as they show it: the title, or the place, or both."""

    title: str = ""
    organisation: str = ""
    slug: str = ""
    unit: str = ""
    unit_id: int | None = None

    @property
    def words(self) -> str:
        """Unit and organisation, as a line."""
        return ", ".join(filter(None, (self.unit, self.organisation)))


@dataclass(frozen=True, slots=True)
class Card:
    """One person. `url` is empty for somebody who has not claimed their record."""

    person: Shown
    places: tuple[Place, ...]
    url: str

    @property
    def initials(self) -> str:
        parts = [part for part in self.person.name.split() if part[0].isalnum()]
        return "".join(part[0] for part in (*parts[:1], *parts[1:][-1:])).upper()

    @property
    def photo_words(self) -> str:
        return self.person.photo.description if self.person.photo else ""

    @property
    def line(self) -> str:
        """What they do, in one line: their own words first."""
        titles = next((place.title for place in self.places if place.title), "")
        role = self.person.role[1] if self.person.role else ""
        return self.person.headline or titles or role


def cards(circle: Circle, found: Iterable[Technician]) -> list[Card]:
    """In the order given, in a fixed number of queries. Whoever has hidden since is left out."""
    technicians = list(found)
    if not technicians:  # as for most searches of the site
        return []
    keys = [one.pk for one in technicians]
    by_technician = {one.technician_id: one for one in _profiles(keys)}
    held = _places(circle, keys)
    made = []
    for technician in technicians:
        person = _seen(circle, technician, by_technician.get(technician.pk))
        if person.name:
            places = _shown_places(person, held[technician.pk])
            made.append(Card(person, places, address(circle, person.public_id)))
    return made


def card_of(circle: Circle, found: QuerySet[Technician], public_id: str) -> Card | None:
    """The one of `found` at this address, or None."""
    return next(iter(cards(circle, found.filter(profile__public_id=public_id))), None)


def address(circle: Circle, public_id: str) -> str:
    if not public_id:
        return ""
    if circle.organisation is None:
        return reverse("visibility:person", args=[public_id])
    return reverse("visibility:inside_person", args=[circle.organisation.slug, public_id])


def _profiles(keys: list[int]) -> QuerySet[Profile]:
    photo = Prefetch("photo", Picture.objects.prefetch_renditions(PHOTO))
    found = with_lines(Profile.objects.filter(technician__in=keys))
    return found.select_related(None).select_related("technician", "role").prefetch_related(photo)


def _seen(circle: Circle, technician: Technician, profile: Profile | None) -> Shown:
    if profile is not None:
        return shown(profile, circle.audience)
    if circle.organisation is None or technician.is_claimed:
        return Shown(public_id="")
    return Shown(public_id="", name=technician.name, post=True, unit=True)


def _places(circle: Circle, keys: list[int]) -> dict[int, list[Place]]:
    held: dict[int, list[Place]] = defaultdict(list)
    found = posts(circle).filter(employment__technician__in=keys)
    for post in found.select_related("employment__organisation", "unit"):
        organisation = post.employment.organisation
        held[post.employment.technician_id].append(
            Place(
                title=post.title,
                organisation=organisation.name,
                slug=organisation.slug,
                unit=post.unit.name if post.unit else "",
                unit_id=post.unit_id,
            )
        )
    return held


def _shown_places(person: Shown, held: list[Place]) -> tuple[Place, ...]:
    """Without what is not shown; two that then say the same are one."""
    said = [
        Place(
            title=place.title if person.post else "",
            organisation=place.organisation if person.unit else "",
            slug=place.slug if person.unit else "",
            unit=place.unit if person.unit else "",
            unit_id=place.unit_id if person.unit else None,
        )
        for place in held
        if person.post or person.unit
    ]
    return tuple(dict.fromkeys(said))
