"""What exhibitions offer the rest of the house, registered at start-up."""

from collections.abc import Iterable, Mapping

from wagtail import hooks

from benchside.core import pictures
from benchside.core.actions import SYSTEM
from benchside.core.registries import PagePurge, Plain, Subscription, measures, page_purges
from benchside.core.registries import subscriptions as heard
from benchside.people.events import MEDIA_CONSENT_WITHDRAWN
from benchside.visibility.exhibitions import actions, desk_menu, states, tasks
from benchside.visibility.exhibitions.events import EXHIBITION_CHANGED
from benchside.visibility.exhibitions.measures import MEASURES
from benchside.visibility.stories.events import STORY_CHANGED

__all__ = ["register", "states", "tasks"]  # named, so that its tables and clock are known

# A story without a picture is taken back by its own word alone.
TAKEN_BACK = (pictures.WITHDRAWN, MEDIA_CONSENT_WITHDRAWN, STORY_CHANGED)


def pages_of_exhibitions(payload: Mapping[str, Plain]) -> Iterable[str]:
    return ("/", "/teachers/", "/exhibitions*", "/sitemap.xml")


def look_again(payload: Mapping[str, Plain]) -> None:
    """Somebody took something back: whatever was made of it must come down."""
    actions.take_down_withdrawn(actor=SYSTEM)


def register() -> None:
    for event in (EXHIBITION_CHANGED, *TAKEN_BACK):
        page_purges.register(
            PagePurge(
                key=f"visibility.exhibitions.{event.key}",
                event=event.key,
                addresses=pages_of_exhibitions,
            )
        )
    for event in TAKEN_BACK:
        heard.register(
            Subscription(key=f"visibility.panels.{event.key}", event=event.key, handle=look_again)
        )
    for measure in MEASURES:
        measures.register(measure)
    hooks.register("register_admin_urls", desk_menu.urls)
    hooks.register("register_admin_menu_item", desk_menu.item)
