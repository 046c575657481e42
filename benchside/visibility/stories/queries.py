"""What can be asked about stories, starting from what the asker may see."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Lower

from benchside.organisations.models import Organisation
from benchside.visibility.enums import StoryState
from benchside.visibility.models import Story
from benchside.visibility.models.stories import StoryQuerySet

SEARCHED = ("name", "slug", "job_title", "employer", "role__title", "organisation__name")
SORTS: dict[str, tuple[Any, ...]] = {
    "sent": (F("sent_at").desc(nulls_last=True), "-pk"),
    "name": (Lower("name"), "pk"),
    "role": (Lower("role__title"), "pk"),
    "employer": (Lower("employer"), "pk"),
    "state": ("state", "-pk"),
    "review": (F("review_on").asc(nulls_last=True), "pk"),
}


def public_stories() -> StoryQuerySet:
    """Every story a reader may see, newest first, with what a card shows. Lists, pages, search,
    feeds, posts, embeds and machines all begin here and nowhere else."""
    return Story.objects.public().select_related(
        "role__sector", "organisation", "photo", "page", "film"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody asked a list for. `sort` is a key of SORTS, with "-" before it reversed."""

    sort: str = "sent"
    words: str = ""
    state: str = ""
    due: bool = False


def at_the_desk(wanted: Wanted) -> QuerySet[Story]:
    """What reviewers see: everything that was sent in. A draft is its person's alone."""
    found = Story.objects.exclude(state=StoryState.DRAFT)
    return _as_wanted(found.select_related("role", "organisation"), wanted)


def waiting() -> tuple[int, int]:
    """How many wait for a reviewer, and how many are to be read again."""
    waits = Story.objects.filter(state__in=(StoryState.SENT, StoryState.AGREED)).count()
    return waits, Story.objects.to_read_again().count()


def of_organisation(organisation: Organisation, wanted: Wanted) -> QuerySet[Story]:
    """What those see who may tell its stories: all that were begun here or are published. What
    somebody tells by themselves is not their employer's to know before everybody knows it."""
    begun_here = Q(organisation=organisation, author__isnull=False)
    seen = Q(organisation=organisation, state=StoryState.PUBLISHED)
    found = Story.objects.filter(begun_here | seen).select_related("role", "page")
    return _as_wanted(found, wanted)


def of_person(person_id: UUID) -> QuerySet[Story]:
    """One's own, newest first: begun while signed in, or with an address they have proven."""
    proven = EmailAddress.objects.filter(user__person_id=person_id, verified=True)
    addresses = [address.lower() for address in proven.values_list("email", flat=True)]
    found = Story.objects.annotate(address=Lower("email"))
    found = found.filter(Q(person_id=person_id) | Q(address__in=addresses))
    return found.select_related("role", "page").order_by("-pk")


def _as_wanted(found: QuerySet[Story], wanted: Wanted) -> QuerySet[Story]:
    if wanted.state in StoryState.values:
        found = found.filter(state=wanted.state)
    if wanted.due:
        found = found.filter(pk__in=Story.objects.to_read_again().values("pk"))
    for word in wanted.words.split():
        anywhere = Q()
        for name in SEARCHED:
            anywhere |= Q(**{f"{name}__icontains": word})
        found = found.filter(anywhere)
    found = found.order_by(*SORTS.get(wanted.sort.removeprefix("-"), SORTS["sent"]))
    return found.reverse() if wanted.sort.startswith("-") else found
