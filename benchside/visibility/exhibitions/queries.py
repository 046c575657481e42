"""What can be asked of exhibitions: by everybody, and by the campaign team."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.utils import timezone

from benchside.people.models import MediaConsent
from benchside.visibility.enums import PhotoState, StoryState
from benchside.visibility.exhibitions.enums import PanelState, StopState
from benchside.visibility.exhibitions.permitted import may_hang_of
from benchside.visibility.models import Exhibition, Panel, Photo, Stop, Story, VisitorCount


# --- everybody's ----------------------------------------------------------------------------------
def public_exhibitions() -> QuerySet[Exhibition]:
    return Exhibition.objects.public()


@dataclass(frozen=True, slots=True)
class Tour:
    """The stops of an exhibition as they stand on a day."""

    now: list[Stop]
    coming: list[Stop]
    past: list[Stop]


def tour(stops: Iterable[Stop], today: date) -> Tour:
    """Those called off stay among those to come until their last day: people may have planned."""
    ahead = [one for one in stops if one.ends_on >= today]
    return Tour(
        now=[one for one in ahead if one.is_on(today)],
        coming=[one for one in ahead if not one.is_on(today)],
        past=[one for one in stops if one.ends_on < today and not one.is_cancelled][::-1],
    )


def panels_shown(exhibition: Exhibition) -> list[Panel]:
    """The panels that may hang, with what they are made of."""
    found = list(
        exhibition.panels.select_related(
            "exhibition", "story__photo", "story__role", "photo__picture", "photo__role"
        )
    )
    allowed = may_hang_of(found)
    return [one for one in found if one.pk in allowed]


def visitors_of(exhibition: Exhibition) -> tuple[int, bool]:
    """How many came in all, and whether any of it is a guess."""
    found = VisitorCount.objects.filter(
        stop__exhibition=exhibition, stop__state=StopState.PLANNED
    ).aggregate(all=Sum("visitors"), guesses=Count("pk", filter=Q(is_estimate=True)))
    return found["all"] or 0, bool(found["guesses"])


# --- the team's -----------------------------------------------------------------------------------
def listed(words: str = "", state: str = "", sort: str = "title") -> QuerySet[Any]:
    stops = Count("stops", filter=Q(stops__state=StopState.PLANNED), distinct=True)
    found = Exhibition.objects.annotate(
        held=Count("panels", filter=~Q(panels__state=PanelState.GONE), distinct=True),
        planned=stops,
        down=Count("panels", filter=Q(panels__state=PanelState.TAKE_DOWN), distinct=True),
    )
    if state:
        found = found.filter(state=state)
    for word in words.split():
        found = found.filter(title__icontains=word)
    orders = {"title": "title", "panels": "held", "stops": "planned", "down": "down"}
    found = found.order_by(orders.get(sort.removeprefix("-"), "title"), "pk")
    return found.reverse() if sort.startswith("-") else found


STOP_SORTS = {
    "starts": ("starts_on", "pk"),
    "venue": ("venue", "pk"),
    "town": ("town", "pk"),
    "visitors": ("came", "pk"),
}


def stops(
    exhibition: Exhibition, words: str = "", state: str = "", sort: str = "starts"
) -> QuerySet[Any]:
    """The stops with how many came to each."""
    found = exhibition.stops.annotate(
        came=Sum("counts__visitors"), guessed=Count("counts", filter=Q(counts__is_estimate=True))
    )
    if state:
        found = found.filter(state=state)
    for word in words.split():
        found = found.filter(Q(venue__icontains=word) | Q(town__icontains=word))
    found = found.order_by(*STOP_SORTS.get(sort.removeprefix("-"), STOP_SORTS["starts"]))
    return found.reverse() if sort.startswith("-") else found


def hangs_at(exhibition: Exhibition) -> list[Stop]:
    """Where the panels are now, else where they go next."""
    today = timezone.localdate()
    planned = exhibition.stops.planned().filter(ends_on__gte=today).order_by("starts_on", "pk")
    now = [one for one in planned if one.is_on(today)]
    return now or list(planned[:1])


def overlapping(exhibition: Exhibition, first: date, last: date, but: int | None) -> Stop | None:
    """A planned stop that shares a day with these."""
    found = exhibition.stops.planned().filter(starts_on__lte=last, ends_on__gte=first)
    return found.exclude(pk=but or 0).first()


def _in_print(prefix: str, key: str) -> Q:
    """Keys of what somebody has let be printed."""
    subjects = MediaConsent.objects.standing().filter(in_print=True, subject__startswith=prefix)
    keys = {UUID(one.split(":", 1)[1]) for one in subjects.values_list("subject", flat=True)}
    return Q(**{f"{key}__in": keys})


def stories_to_hang(exhibition: Exhibition) -> QuerySet[Story]:
    """Published stories that may be printed and are not among its panels."""
    hung = Panel.objects.filter(exhibition=exhibition, story=OuterRef("pk"))
    found = Story.objects.filter(_in_print("story:", "key"), state=StoryState.PUBLISHED)
    return found.exclude(Exists(hung)).order_by("slug")


def photos_to_hang(exhibition: Exhibition) -> QuerySet[Photo]:
    """Approved photographs that may be printed and are not among its panels."""
    hung = Panel.objects.filter(exhibition=exhibition, photo=OuterRef("pk"))
    found = Photo.objects.filter(
        _in_print("photo:", "key"), state=PhotoState.APPROVED, picture__isnull=False
    )
    return found.exclude(Exists(hung)).select_related("picture").order_by("-approved_at", "pk")


def panels(exhibition: Exhibition) -> list[tuple[Panel, bool]]:
    """All panels with whether each may hang now."""
    found = list(
        exhibition.panels.select_related(
            "exhibition", "story__photo", "story__role", "photo__picture", "photo__role"
        )
    )
    allowed = may_hang_of(found)
    return [(one, one.pk in allowed) for one in found]
