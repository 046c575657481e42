"""Stories on pages of other rooms: beside a role, a sector and a quiz's result, on the first page,
in the site's search. All the same for everybody."""

import uuid
from collections.abc import Sequence

from django.db.models import Q
from django.urls import reverse

from benchside.core.registries import Context, SearchHit
from benchside.visibility.choosing import clean
from benchside.visibility.stories.reading.queries import about_roles, cards, public
from benchside.visibility.stories.reading.shown import Card

BESIDE_A_ROLE = 4  # one large, three small
BESIDE_A_SECTOR = 3
BESIDE_A_RESULT = 3
ON_THE_FIRST_PAGE = 3
WORDS_AT_MOST = 6
LOOKED_IN = ("page__title", "name", "employer", "role__title", "region", "letters")


def beside_role(role_slug: str, viewer_id: uuid.UUID | None) -> Context | None:
    """One story large and a few small, those of this very job first; without any, the page asks
    whoever does it to tell."""
    found = cards(about_roles([role_slug])[: BESIDE_A_ROLE * 2])
    shown = sorted(found, key=lambda card: card.role is None or card.role.slug != role_slug)
    return {
        "lead": shown[0] if shown else None,
        "cards": shown[1:BESIDE_A_ROLE],
        "more": len(shown) > BESIDE_A_ROLE,
        "url": f"{reverse('visibility:stories')}?role={role_slug}",
    }


def beside_sector(sector_slug: str, viewer_id: uuid.UUID | None) -> Context | None:
    """A few from this world of work; None while there are none."""
    shown = cards(public().filter(role__sector__slug=sector_slug)[: BESIDE_A_SECTOR + 1])
    if not shown:
        return None
    url = f"{reverse('visibility:stories')}?sector={sector_slug}"
    return {"cards": shown[:BESIDE_A_SECTOR], "more": len(shown) > BESIDE_A_SECTOR, "url": url}


def beside_result(role_slugs: str, viewer_id: uuid.UUID | None) -> Context | None:
    """Who does one of the jobs a quiz has found, the best match first, each job once if it can be.

    `role_slugs` are parted by commas, best first. Nothing of whoever asks is kept.
    """
    slugs = role_slugs.split(",")
    found = cards(public().filter(role__slug__in=slugs)[: BESIDE_A_RESULT * len(slugs)])
    if not found:
        return None
    place = {slug: order for order, slug in enumerate(slugs)}
    seen: dict[str, int] = {}

    def turn(card: Card) -> tuple[int, int]:
        slug = card.role.slug if card.role else ""
        seen[slug] = seen.get(slug, 0) + 1
        return seen[slug], place.get(slug, len(place))

    shown = sorted(found, key=turn)[:BESIDE_A_RESULT]
    return {"cards": shown, "more": False, "url": reverse("visibility:stories")}


def on_the_first_page() -> Sequence[Card]:
    """The newest, of sectors as different as can be."""
    found = cards(public()[: ON_THE_FIRST_PAGE * 4])
    first = {card.role.sector_id if card.role else 0: card for card in reversed(found)}
    kept = {card.key for card in list(reversed(first.values()))[:ON_THE_FIRST_PAGE]}
    chosen = [card for card in found if card.key in kept]
    rest = [card for card in found if card.key not in kept]
    return [*chosen, *rest][:ON_THE_FIRST_PAGE]


def find(words: str, limit: int) -> Sequence[SearchHit]:
    """For the search of the site: read from what is told now, from no index.

    A word is found in the hook, the name, the job, the place. A common word of a question ("what",
    "does") is one too many rarely enough, and then nothing is found, as elsewhere.
    """
    query = clean(words)
    if not query:
        return []
    found = public()
    for word in query.split()[:WORDS_AT_MOST]:
        anywhere = Q()
        for name in LOOKED_IN:
            anywhere |= Q(**{f"{name}__icontains": word})
        found = found.filter(anywhere)
    return [
        SearchHit(title=card.title, url=card.url, kind="story", summary=f"“{card.hook}”")
        for card in cards(found[:limit])
    ]
