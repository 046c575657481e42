"""Where stories are shown in other rooms, and what goes when one changes."""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from django.utils import timezone

from benchside.careers.sheet import PLACE, RESULT_PLACE, SECTOR_PLACE
from benchside.core.registries import (
    PagePurge,
    Panel,
    Plain,
    SearchProvider,
    Subscription,
    measures,
    page_purges,
    panels,
    search_providers,
    subscriptions,
)
from benchside.core.tasks import task
from benchside.visibility.stories.events import STORY_CHANGED
from benchside.visibility.stories.reading import elsewhere
from benchside.visibility.stories.reading.cards import store
from benchside.visibility.stories.reading.measures import MEASURES
from benchside.visibility.stories.reading.queries import public

PANELS = (
    Panel(
        key="visibility.stories.role",
        place=PLACE,
        title="People like you",
        template="visibility/stories/parts/beside_role.html",
        context=elsewhere.beside_role,
        order=-1,
    ),
    Panel(
        key="visibility.stories.sector",
        place=SECTOR_PLACE,
        title="They work here",
        template="visibility/stories/parts/panel.html",
        context=elsewhere.beside_sector,
    ),
    Panel(
        key="visibility.stories.result",
        place=RESULT_PLACE,
        title="Meet somebody who does it",
        template="visibility/stories/parts/panel.html",
        context=elsewhere.beside_result,
    ),
)
SEARCH = SearchProvider(key="story", title="Stories", find=elsewhere.find)
# Besides those the stories themselves name.
MORE_PAGES = ("/oembed*", "/careers/sectors/*")
LOOK_AGAIN = timedelta(minutes=1)


def more_pages(payload: Mapping[str, Plain]) -> Iterable[str]:
    return MORE_PAGES


def forget_cards(payload: Mapping[str, Plain]) -> None:
    """Delete what was drawn of a story that changed; once more a minute later, for what a process
    that was just drawing has left behind."""
    slug = str(payload["slug"])
    store.forget(slug)
    forget_again.using(run_after=timezone.now() + LOOK_AGAIN).enqueue(slug)


@task(attempts=5)
def forget_again(slug: str) -> None:
    if not public().filter(slug=slug).exists():
        store.forget(slug)


def register() -> None:
    for panel in PANELS:
        panels.register(panel)
    search_providers.register(SEARCH)
    page_purges.register(
        PagePurge(key="visibility.stories.read", event=STORY_CHANGED.key, addresses=more_pages)
    )
    subscriptions.register(
        Subscription(key="visibility.stories.cards", event=STORY_CHANGED.key, handle=forget_cards)
    )
    for measure in MEASURES:
        measures.register(measure)
