"""What hangs on the wall: every read begins at what is approved and drawn."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet

from benchside.careers.models import Role
from benchside.core.models import Picture
from benchside.visibility.models import Campaign, Photo
from benchside.visibility.photos.wall import Asked, Place
from benchside.visibility.photos.wall_pictures import ON_THE_WALL, WHOLE, Shot, large

A_PAGE = 48
FIRST_SEEN = 4  # pictures that are not lazy: what a phone shows at once

ORDER = ("-approved_at", "-pk")


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    name: str
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Applied:
    label: str
    url: str


class Chosen:
    """What an address asks for, looked up: its words, its condition, and what was left out."""

    def __init__(self, asked: Asked) -> None:
        self.condition = Q()
        self.labels: dict[str, str] = {}
        self.ignored: list[str] = []
        kept = dict(asked.chosen)
        for name, value in asked.chosen.items():
            found = getattr(self, f"_{name}")(value)
            if found is None:
                kept[name] = ""
                self.ignored.append(f"We have no pictures of the {name} “{value}”.")
                continue
            condition, self.labels[name] = found
            self.condition &= condition
        self.asked = Asked(**kept, older=asked.older, newer=asked.newer)

    def _school(self, value: str) -> tuple[Q, str] | None:
        one = Photo.objects.on_wall().filter(school_slug=value).values_list("school", flat=True)
        school = one.order_by(*ORDER).first()
        return (Q(school_slug=value), school) if school else None

    def _trade(self, value: str) -> tuple[Q, str] | None:
        role = Role.objects.filter(slug=value, live=True).first()
        return (Q(role=role), role.title) if role else None

    def _year(self, value: str) -> tuple[Q, str] | None:
        is_year = len(value) == 4 and value.isascii() and value.isdecimal()
        return (Q(year=int(value)), value) if is_year else None

    def _campaign(self, value: str) -> tuple[Q, str] | None:
        campaign = Campaign.objects.public().filter(slug=value).first()
        return (Q(campaign=campaign), campaign.name) if campaign else None


class Wall:
    """A stretch of the wall, as an address asks for it."""

    def __init__(
        self, asked: Asked, base: str, size: int = A_PAGE, specs: tuple[str, ...] = ON_THE_WALL
    ) -> None:
        self.chosen, self.base, self.size, self.specs = Chosen(asked), base, size, specs
        self.asked = self.chosen.asked
        self.ignored = self.chosen.ignored

    @cached_property
    def photos(self) -> list[Photo]:
        """Newest first, with the sizes that are drawn."""
        return self._stretch[0]

    @cached_property
    def total(self) -> int:
        return self._all.count()

    @property
    def older_url(self) -> str:
        """Where the next older ones are, or nothing at the end."""
        has_older = self._stretch[1] if not self.asked.newer else True
        if not has_older or not self.photos:
            return ""
        return self.base + self.asked.older_than(place_of(self.photos[-1])).query_string

    @property
    def newer_url(self) -> str:
        has_newer = self._stretch[1] if self.asked.newer else self.asked.older is not None
        if not has_newer or not self.photos:
            return ""
        return self.base + self.asked.newer_than(place_of(self.photos[0])).query_string

    @property
    def top_url(self) -> str:
        return self.base + self.asked.at_the_top.query_string

    @property
    def applied(self) -> list[Applied]:
        labels = self.chosen.labels.items()
        return [
            Applied(label, self.base + self.asked.without(n).query_string) for n, label in labels
        ]

    @cached_property
    def newest(self) -> datetime | None:
        return self._all.order_by(*ORDER).values_list("approved_at", flat=True).first()

    def filters(self) -> list[Filter]:
        """What can be chosen, of what hangs here at all."""
        photos = Photo.objects.on_wall()
        years = photos.order_by("-year").values_list("year", flat=True).distinct()
        trades = Role.objects.filter(pk__in=photos.filter(role__live=True).values("role"))
        campaigns = Campaign.objects.public().filter(pk__in=photos.values("campaign"))
        made = [
            ("trade", "Job", [(role.slug, role.title) for role in trades.order_by("title")]),
            ("year", "Year", [(str(year), str(year)) for year in years]),
            ("campaign", "Campaign", [(one.slug, one.name) for one in campaigns]),
        ]
        return [
            Filter(name, label, tuple(self._option(name, *pair) for pair in pairs))
            for name, label, pairs in made
            if pairs
        ]

    def _option(self, name: str, value: str, label: str) -> Option:
        return Option(value, label, getattr(self.asked, name) == value)

    @cached_property
    def _all(self) -> QuerySet[Photo]:
        return Photo.objects.on_wall().filter(self.chosen.condition)

    @cached_property
    def _stretch(self) -> tuple[list[Photo], bool]:
        """The photographs, and whether there are more beyond."""
        found = hung(self._all, self.specs)
        if self.asked.newer:
            some = list(
                found.filter(after(self.asked.newer)).order_by("approved_at", "pk")[: self.size + 1]
            )
            return some[: self.size][::-1], len(some) > self.size
        if self.asked.older:
            found = found.filter(before(self.asked.older))
        some = list(found.order_by(*ORDER)[: self.size + 1])
        return some[: self.size], len(some) > self.size


def place_of(photo: Photo) -> Place:
    assert photo.approved_at is not None  # the database holds it
    return Place(photo.approved_at, photo.pk)


def before(place: Place) -> Q:
    """Older ones. The first part lets the index find the place, the second is exact."""
    return Q(approved_at__lte=place.at) & (Q(approved_at__lt=place.at) | Q(pk__lt=place.number))


def after(place: Place) -> Q:
    return Q(approved_at__gte=place.at) & (Q(approved_at__gt=place.at) | Q(pk__gt=place.number))


def hung(photos: QuerySet[Photo], specs: tuple[str, ...]) -> QuerySet[Photo]:
    """With their pictures and the sizes that are drawn: two queries more, however many."""
    return photos.prefetch_related(Prefetch("picture", Picture.objects.prefetch_renditions(*specs)))


@dataclass(frozen=True)
class One:
    """One photograph with its neighbours on the wall."""

    photo: Photo
    shot: Shot
    newer: Photo | None
    older: Photo | None


def one(key: UUID) -> One | None:
    """None for what does not hang: hidden, withdrawn, waiting and never there are the same."""
    photos = Photo.objects.on_wall()
    photo = hung(photos.filter(key=key), WHOLE).select_related("role", "campaign").first()
    if photo is None or photo.picture is None:
        return None
    place = place_of(photo)
    return One(
        photo=photo,
        shot=large(photo.picture),
        newer=photos.filter(after(place)).order_by("approved_at", "pk").first(),
        older=photos.filter(before(place)).order_by(*ORDER).first(),
    )


@dataclass(frozen=True, slots=True)
class School:
    slug: str
    name: str
    count: int


def schools() -> list[School]:
    """Every school with a picture on the wall, by name."""
    rows = (
        Photo.objects.on_wall()
        .exclude(school_slug="")
        .order_by("school", "school_slug")
        .values_list("school_slug", "school")
        .annotate(count=Count("pk"))
    )
    return [School(*row) for row in rows]
